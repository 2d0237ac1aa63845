import { oneLine } from "../../core/text.ts";
import type { ConflictsAnswer } from "../../plan/answers/conflicts-answer.ts";
import type { Conflict, Contention, ResourceUser } from "../../plan/resources/model.ts";
import { plural } from "../figure-lines.ts";
import { composeLine, paint, symbolsOf, type Style } from "../style.ts";
import { textWidth } from "../text-width.ts";
import { historyLines } from "./history-lines.ts";
import { headLines, keysText, keyText, more, prose } from "./plan-words.ts";

const MOST_FILES = 10;
const MOST_PAIRS = 20;
const WIDEST_PATH = 40;

/** What several tasks touch, and which of those can't run at once. */
export function conflictLines(answer: ConflictsAnswer, style: Style, all = false): string[] {
  const { conflicts, marked, tasks, unknown } = answer;
  const [mostFiles, mostPairs] = all ? [Infinity, Infinity] : [MOST_FILES, MOST_PAIRS];
  const hot = conflicts.contentions.filter(({ writeWrite }) => writeWrite > 0);
  const pairs = pairsOf(conflicts.contentions);
  return [
    ...headLines(answer.plan, style),
    "",
    ...(hot.length === 0
      ? [" No two tasks that could run at once write the same thing."]
      : [paint(style, "strong", " hot"), ...hotLines(hot.slice(0, mostFiles), style)]),
    ...more(hot.length - mostFiles),
    ...(pairs.length > 0
      ? [
          "",
          paint(style, "strong", " not at once"),
          ...pairs.slice(0, mostPairs).map((pair) => pairLine(pair, style)),
          ...more(pairs.length - mostPairs),
        ]
      : []),
    ...historyLines(answer.history, style, mostPairs),
    ...(hot.length > 0 ? ["", ...sumLines(answer, style)] : []),
    ...(conflicts.complete
      ? []
      : prose(
          "Globs and folders hold more than was followed: there may be further conflicts. Name files where you can.",
          style,
          "warn",
          1,
        )),
    ...(marked.colliding.length > 0
      ? prose(
          `${marked.colliding.length} of ${plural(marked.tasks, "task")} marked parallel are not: ${keysText(marked.colliding, 8)}`,
          style,
          "warn",
          1,
        )
      : []),
    ...storyLines(answer, style),
    ...(unknown > 0
      ? prose(
          `${unknown} of ${plural(tasks, "task")} ${unknown === 1 ? "names nothing that it touches" : "name nothing that they touch"}: nothing is known of ${unknown === 1 ? "it" : "them"}.`,
          style,
          "quiet",
          1,
        )
      : []),
  ];
}

/** Stories read as if each could be built alone. */
function storyLines({ stories }: ConflictsAnswer, style: Style): string[] {
  const [most] = stories?.files ?? [];
  if (!stories || !most) return [];
  return prose(
    `Stories are not independent: ${keysText(most.stories, 6)} write ${oneLine(most.resource, 200)}${stories.files.length > 1 ? `; ${plural(stories.files.length, "thing")} in all are written by several` : ""}.`,
    style,
    "warn",
    1,
  );
}

function sumLines({ conflicts, hot }: ConflictsAnswer, style: Style): string[] {
  const costs = hot.reduce((most, one) => Math.max(most, one.costsAtLeast), 0);
  return [
    ...prose(
      `${plural(conflicts.writeWrite, "pair")} that both write; ${conflicts.readWrite} of which one reads. What only the words of a task say is a guess and marked with ?.`,
      style,
      "plain",
      1,
    ),
    ...(costs > 0
      ? prose(
          "Keeping the writers of the first one apart makes the whole plan longer.",
          style,
          "warn",
          1,
        )
      : []),
  ];
}

function hotLines(contentions: readonly Contention[], style: Style): string[] {
  const widest = Math.max(...contentions.map(({ resource }) => textWidth(oneLine(resource, 200))));
  const columns = Math.min(widest, WIDEST_PATH);
  return contentions.map(({ resource, users, writeWrite }) => {
    const names = (access: "read" | "write") =>
      users.filter(({ use }) => use.access === access).map(named);
    const reading = names("read");
    return composeLine(style, [
      { text: "   " },
      { text: oneLine(resource, 200), columns, tone: "accent" },
      { text: plural(writeWrite, "pair"), columns: 11, align: "right" },
      { text: `  write ${keysText(names("write"), 8)}` },
      { text: reading.length > 0 ? `; read ${keysText(reading, 4)}` : "", tone: "quiet" },
    ]);
  });
}

const named = ({ task, use }: ResourceUser): string => (use.sure ? task : `${task}?`);

/** Pairs that are not to run at once, each with all that they contend for; declared ones first. */
interface Pair {
  readonly first: Conflict;
  readonly resources: readonly string[];
}

function pairsOf(contentions: readonly Contention[]): readonly Pair[] {
  const pairs = new Map<string, { first: Conflict; resources: string[] }>();
  for (const conflict of contentions.flatMap(({ listed }) => listed)) {
    if (!conflict.exclusive) continue;
    const key = `${conflict.a}\n${conflict.b}`;
    const known = pairs.get(key);
    if (!known) pairs.set(key, { first: conflict, resources: [conflict.resource] });
    else {
      if (conflict.sure && !known.first.sure) known.first = conflict;
      known.resources.push(conflict.resource);
    }
  }
  const all = [...pairs.values()];
  return [...all.filter(({ first }) => first.sure), ...all.filter(({ first }) => !first.sure)];
}

function pairLine({ first, resources }: Pair, style: Style): string {
  const { bad } = symbolsOf(style);
  const rest = resources.length > 1 ? ` and ${resources.length - 1} more` : "";
  const times = style.unicode ? "×" : "x";
  return composeLine(style, [
    { text: ` ${first.sure ? bad : "?"} `, tone: first.sure ? "bad" : "warn" },
    { text: `${keyText(first.a)} ${times} ${keyText(first.b)}`, columns: 18, tone: "strong" },
    {
      text: first.kind === "write-write" ? "both write" : "one writes",
      columns: 12,
      tone: "quiet",
    },
    { text: `${oneLine(first.resource, 200)}${rest}` },
  ]);
}
