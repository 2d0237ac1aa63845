import { withoutBold } from "../../core/markdown/without-bold.ts";
import { oneLine } from "../../core/text.ts";
import type { FoundBy, PlanHead, ProblemCount, Tally } from "../../plan/answers/plan-head.ts";
import type { Doubt } from "../../plan/answers/doubts.ts";
import type { BoxState, Dialect, PlanDiagnostic } from "../../plan/model.ts";
import { formatPlace } from "../../core/place.ts";
import { plural } from "../figure-lines.ts";
import {
  composeLine,
  paint,
  symbolsOf,
  wrapText,
  type Cell,
  type Style,
  type Tone,
} from "../style.ts";
import { fitText, textWidth } from "../text-width.ts";

/** What is said in more than one answer about plans: names, states, bars. All text of plans passes `oneLine` here. */

export const DIALECT_NAMES: Readonly<Record<Dialect, string>> = {
  "plan-file": "plan file",
  "spec-kit": "Spec Kit",
  prd: "PRD",
  "dependency-json": "JSON",
};

const STATE_TONES: Readonly<Record<BoxState, Tone>> = {
  open: "plain",
  done: "good",
  "in-progress": "accent",
  skipped: "quiet",
  failed: "bad",
};

export const stateTone = (state: BoxState): Tone => STATE_TONES[state];

export function stateSymbol(state: BoxState, style: Pick<Style, "unicode">): string {
  const { good, bad, partial, pending, skipped } = symbolsOf(style);
  return { open: pending, done: good, "in-progress": partial, skipped, failed: bad }[state];
}

/** Widest key. */
const KEY = 24;

/** A key is short; one that is not, is cut. */
export const keyText = (key: string): string => fitText(oneLine(key, 80), KEY);

/** Keys in a row; past `most`, how many more. */
export function keysText(keys: readonly string[], most = 6): string {
  const more = keys.length - most;
  const shown = keys.slice(0, most).map(keyText).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** Words of a task without the marks that only a page renders; paths stay as they are. */
export const taskText = (text: string): string =>
  oneLine(withoutBold(text.slice(0, 2_000)).replaceAll("`", ""), 300);

/** Columns that the longest of these keys takes, within bounds. */
export const keyColumns = (keys: readonly string[], most = 12): number =>
  Math.min(
    most,
    keys.reduce((widest, key) => Math.max(widest, textWidth(keyText(key))), 1),
  );

/** A bar of so many columns; full only when nothing is left, and not empty once something is done. */
export function progressBar(tally: Tally, columns: number, style: Style): readonly Cell[] {
  const { full, rest } = symbolsOf(style);
  const settled = tally.done + tally.skipped;
  const share = tally.tasks === 0 ? 0 : settled / tally.tasks;
  const exact = Math.floor(share * columns);
  const filled = settled > 0 ? Math.max(1, exact) : 0;
  return [
    { text: full.repeat(filled), tone: settled === tally.tasks ? "good" : "accent" },
    { text: rest.repeat(columns - filled), tone: "quiet" },
  ];
}

/** `12 of 61 done (19 %), 2 in progress, 1 failed`; where tasks were skipped, `12 done, 3 skipped of 61 (24 %)`: both count in the share. */
export function tallyText({ tasks, done, inProgress, failed, skipped, percent }: Tally): string {
  if (tasks === 0) return "no tasks";
  const settled =
    skipped > 0 ? `${done} done, ${skipped} skipped of ${tasks}` : `${done} of ${tasks} done`;
  const parts = [
    `${settled} (${percent} %)`,
    ...(inProgress > 0 ? [`${inProgress} in progress`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return parts.join(", ");
}

export function problemText({ errors, warnings, notes }: ProblemCount): string {
  const parts = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
    ...(notes > 0 ? [plural(notes, "note")] : []),
  ];
  return parts.length === 0 ? "none" : parts.join(", ");
}

export const problemTone = ({ errors, warnings }: ProblemCount): Tone =>
  errors > 0 ? "bad" : warnings > 0 ? "warn" : "quiet";

/** How the plan was found, where the user did not write its path. */
export function foundText({ rule, source }: FoundBy): string {
  const from = oneLine(source ?? "", 200);
  switch (rule) {
    case "path":
    case "name":
      return "";
    case "current-plan":
      return `the current plan by ${from}`;
    case "feature":
      return `the current feature by ${from}`;
    case "only":
      return "the only plan here";
  }
}

/** That states are those of another version of the plan, where they are. */
export const differsLines = ({ statusDiffers }: PlanHead, style: Style): string[] =>
  statusDiffers === undefined
    ? []
    : prose(
        `The states are of another version of this plan: ${statusDiffers.differing} of ${statusDiffers.records} records have other texts.`,
        style,
        "bad",
      );

/** Title, file and dialect, how the plan was found, and whether its states can be gone by. */
export function headLines(plan: PlanHead, style: Style): string[] {
  const { dot } = symbolsOf(style);
  const about = [oneLine(plan.file, 400), DIALECT_NAMES[plan.dialect], foundText(plan.foundBy)];
  const { repository } = plan;
  const parts = about.filter((part) => part !== "");
  const line = parts.join(` ${dot} `);
  const title = oneLine(plan.title, 300) || oneLine(plan.name, 300);
  return [
    paint(style, "strong", fitText(title, style.width)),
    ...(textWidth(line) <= style.width
      ? [paint(style, "quiet", line)]
      : [pathLine(plan.file, style), ...prose(parts.slice(1).join(` ${dot} `), style, "quiet")]),
    ...(repository === undefined
      ? []
      : [paint(style, "quiet", "in another repository:"), pathLine(repository, style)]),
    ...differsLines(plan, style),
  ];
}

/** A path on a line of its own, never cut: people copy it. */
export const pathLine = (path: string, style: Style, tone: Tone = "quiet"): string =>
  paint(style, tone, oneLine(path, 400));

/** Sentences, broken at blanks; further lines are indented as the first. */
export function prose(text: string, style: Style, tone: Tone = "plain", indent = 0): string[] {
  const margin = " ".repeat(indent);
  return wrapText(text, Math.max(20, style.width - indent)).map(
    (line) => margin + paint(style, tone, line),
  );
}

/** How many were left out, if any. */
export const more = (count: number): string[] =>
  count > 0 ? [`   and ${count} more; --all shows them`] : [];

const LABEL = 13;

/** One fact under its label, cut at the end of the line. */
export const labelled = (style: Style, name: string, text: string, tone: Tone = "plain"): string =>
  composeLine(style, [
    { text: ` ${name}`, columns: LABEL, tone: "quiet" },
    { text, tone },
  ]).trimEnd();

/** A task in one line: state, key, words. */
export const taskCells = (
  task: { readonly key: string; readonly text: string; readonly state: BoxState },
  columns: number,
  style: Style,
): readonly Cell[] => [
  { text: `${stateSymbol(task.state, style)} `, tone: stateTone(task.state) },
  { text: keyText(task.key), columns: columns + 2, tone: "strong" },
  { text: taskText(task.text) },
];

/** What the plan says and can't hold a task back, each with its place. */
export const doubtLines = (doubts: readonly Doubt[], style: Style, indent: number): string[] =>
  doubts
    .slice(0, MOST_DOUBTS)
    .flatMap(({ message, place }) =>
      prose(
        `${oneLine(message, 240)} (${oneLine(formatPlace(place), 200)})`,
        style,
        "warn",
        indent,
      ),
    );

const MOST_DOUBTS = 6;

/** A status file that can't be read comes first: what stands below is of the boxes alone. */
export const damagedLines = (damaged: PlanDiagnostic | null, style: Style): string[] =>
  damaged === null
    ? []
    : [
        "",
        ...prose(
          `error ${damaged.code}: ${oneLine(damaged.message, 400)} States below are those of the boxes alone.`,
          style,
          "bad",
          1,
        ),
        ...prose(`hint: ${oneLine(damaged.hint ?? "", 400)}`, style, "quiet", 1),
      ];
