import { oneLine } from "../../core/text.ts";
import { isSettled, stateOf, type PlanView } from "../../plan/answers/plan-view.ts";
import { workBefore } from "../../plan/answers/why-answer.ts";
import type { MatchedStatus } from "../../plan/status/match-records.ts";
import type { EditWish } from "./plan-cases.ts";

/** How many keys a warning names. */
const MOST_NAMED = 5;

/** What an edit did, as far as it may deserve a warning. */
export interface MadeEdit {
  readonly wish: EditWish;
  /** The plan as it was. */
  readonly before: PlanView;
  /** The status file as it is now, if there is one. */
  readonly status: MatchedStatus | undefined;
  /** Keys of the tasks that were named, and of those that changed. */
  readonly named: readonly string[];
  readonly changed: ReadonlySet<string>;
}

/** What was done though it looks like a mistake: tasks ahead of what they wait for, words that are kept nowhere. One sentence each. */
export const editWarnings = (edit: MadeEdit): readonly string[] => [
  ...edit.named.flatMap((key) => ahead(edit, key)),
  ...lostWords(edit),
];

function ahead(
  { wish: { action }, before, named, changed }: MadeEdit,
  key: string,
): readonly string[] {
  if (!changed.has(key) || (action !== "tick" && action !== "start")) return [];
  const { graph, standing } = before;
  const node = graph.indexOf.get(key);
  if (node === undefined || standing.holding(node).length === 0) return [];
  const together = new Set(action === "tick" ? named : []);
  const open = workBefore(before, node)
    .map(({ dependency }) => dependency)
    .filter(
      (one) =>
        !together.has(one) &&
        !isSettled(stateOf(before, one)) &&
        !standing.passed(graph.indexOf.get(one) ?? -1),
    );
  if (open.length === 0) return [];
  const shown = open.slice(0, MOST_NAMED).map((one) => oneLine(one, 40));
  const more = open.length > MOST_NAMED ? ` and ${open.length - MOST_NAMED} more` : "";
  const did = action === "tick" ? "is ticked" : "is started";
  return [
    `${oneLine(key, 40)} ${did} before what it waits for is done: ${shown.join(", ")}${more}.`,
  ];
}

/** The option that gives the words, and the field of a record that keeps them. */
const KEPT = {
  tick: { option: "--notes", field: "notes" },
  fail: { option: "--error", field: "error" },
  skip: { option: "--reason", field: "skipReason" },
} as const;

function lostWords({ wish: { action, words }, status, named }: MadeEdit): readonly string[] {
  if (words === undefined || action === "start" || action === "reset") return [];
  const { option, field } = KEPT[action];
  const records = new Map(status?.tasks.map((record) => [record.key, record]));
  const lost = named.filter((key) => records.get(key)?.[field] !== words);
  if (lost.length === 0) return [];
  const why =
    status === undefined
      ? "the plan has no status file, and its boxes have no room for it"
      : "their records were so already, or there are none";
  const shown = lost.slice(0, MOST_NAMED).map((key) => oneLine(key, 40));
  return [`What ${option} says is kept nowhere for ${shown.join(", ")}: ${why}.`];
}
