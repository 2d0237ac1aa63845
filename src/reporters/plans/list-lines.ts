import { oneLine } from "../../core/text.ts";
import type { ListAnswer, ListedPlan } from "../../plan/answers/list-answer.ts";
import type { Tally } from "../../plan/answers/plan-head.ts";
import { plural } from "../figure-lines.ts";
import { composeLine, symbolsOf, type Style } from "../style.ts";
import { textWidth } from "../text-width.ts";
import { DIALECT_NAMES, foundText, progressBar, prose } from "./plan-words.ts";

const DIALECT = 10;
const PHASES = 6;
const NUMBER = 7;
const BAR = 6;
const PERCENT = 6;
const PROBLEMS = 10;
const MOST_UNREAD = 5;

const CUT_OFF =
  "There are more files than are looked for: plans may be missing here. Name them by their paths.";

/** All plans of a repository, a line each. */
export function listLines(
  { plans, current, unsure, more, unread }: ListAnswer,
  style: Style,
): string[] {
  if (plans.length + unread.length + unsure.length === 0) return ["There are no plans here."];
  const { arrow } = symbolsOf(style);
  const widest = Math.max(4, ...plans.map(({ name }) => textWidth(oneLine(name, 200))));
  const room = style.width - DIALECT - PHASES - NUMBER - BAR - PERCENT - PROBLEMS - 8;
  const columns = Math.max(12, Math.min(widest, room));
  const found = current && foundText(current.foundBy);
  return [
    composeLine(style, [
      { text: `   ${"plan".padEnd(columns)}  `, tone: "quiet" },
      { text: "dialect", columns: DIALECT, tone: "quiet" },
      { text: "phases", columns: PHASES, align: "right", tone: "quiet" },
      { text: "tasks", columns: NUMBER, align: "right", tone: "quiet" },
      { text: "  " },
      { text: "done", columns: BAR + PERCENT, tone: "quiet" },
      { text: "  problems", tone: "quiet" },
    ]),
    ...plans.flatMap((plan) => [
      planLine(plan, { columns, current: plan.file === current?.file }, style),
      ...checklistLines(plan, style),
    ]),
    "",
    totalText(plans),
    ...(current && found
      ? prose(`${arrow} ${oneLine(current.name, 200)} is ${found}.`, style, "quiet")
      : []),
    ...(unsure.length > 0
      ? prose(
          `not sure it is a plan: ${unsure
            .slice(0, MOST_UNREAD)
            .map((file) => oneLine(file, 300))
            .join(
              ", ",
            )}${unsure.length > MOST_UNREAD ? ` and ${unsure.length - MOST_UNREAD} more` : ""}; it counts where it is named`,
          style,
          "quiet",
        )
      : []),
    ...(more ? prose(CUT_OFF, style, "warn") : []),
    ...unread
      .slice(0, MOST_UNREAD)
      .flatMap(({ file, reason }) =>
        prose(`not read: ${oneLine(file, 300)}: ${oneLine(reason, 200)}`, style, "warn"),
      ),
    ...(unread.length > MOST_UNREAD ? [`and ${unread.length - MOST_UNREAD} more not read`] : []),
  ];
}

function planLine(
  plan: ListedPlan,
  { columns, current }: { readonly columns: number; readonly current: boolean },
  style: Style,
): string {
  const { arrow } = symbolsOf(style);
  const { errors, warnings } = plan.problems;
  return composeLine(style, [
    { text: current ? arrow : "", columns: 3, tone: "accent" },
    { text: oneLine(plan.name, 200), columns, tone: current ? "strong" : "plain" },
    { text: "  " },
    { text: DIALECT_NAMES[plan.dialect], columns: DIALECT, tone: "quiet" },
    { text: String(plan.phases), columns: PHASES, align: "right" },
    { text: String(plan.tally.tasks), columns: NUMBER, align: "right" },
    { text: "  " },
    ...progressBar(plan.tally, BAR, style),
    {
      text: plan.tally.tasks === 0 ? "" : `${plan.tally.percent} %`,
      columns: PERCENT,
      align: "right",
    },
    { text: "  " },
    ...(errors + warnings === 0 ? [{ text: "none", tone: "quiet" } as const] : []),
    ...(errors > 0 ? [{ text: `${errors} err `, tone: "bad" } as const] : []),
    ...(warnings > 0 ? [{ text: `${warnings} warn`, tone: "warn" } as const] : []),
  ]);
}

/** How many boxes of a feature's checklists are ticked, under its plan. */
function checklistLines({ checklists }: ListedPlan, style: Style): string[] {
  if (checklists.length === 0) return [];
  const items = checklists.reduce((total, one) => total + one.items, 0);
  const open = checklists.reduce((total, one) => total + one.open.length, 0);
  const text = `${plural(checklists.length, "checklist")}: ${items - open} of ${items} ${items === 1 ? "box" : "boxes"} ticked`;
  return [composeLine(style, [{ text: "     " }, { text, tone: open > 0 ? "warn" : "quiet" }])];
}

function totalText(plans: readonly ListedPlan[]): string {
  const sum = (of: keyof Tally) => plans.reduce((total, { tally }) => total + tally[of], 0);
  const [tasks, settled] = [sum("tasks"), sum("done") + sum("skipped")];
  const share = tasks === 0 ? "" : `, ${Math.floor((settled * 100) / tasks)} % done`;
  return `${plural(plans.length, "plan")}, ${plural(tasks, "task")}${share}`;
}
