import { oneLine } from "../../core/text.ts";
import { FAILURE_MODES } from "../../execution/failure-mode.ts";
import { EXECUTION_PATTERNS } from "../../execution/patterns.ts";
import type { PreviewRules, RunPreview } from "../../execution/preview/run-preview.ts";
import { factLines, plural } from "../figure-lines.ts";
import { differsLines, headLines, prose, tallyText } from "../plans/plan-words.ts";
import { composeLine, paint, type Style, type Tone } from "../style.ts";
import { textWidth } from "../text-width.ts";
import { clockText } from "./clock-text.ts";
import { checkLines, conflictLines, peopleLines } from "./foreseen-lines.ts";
import { costLines } from "./cost-lines.ts";
import { phaseDrawing } from "./phase-drawing.ts";
import { repositoryLines } from "./repository-lines.ts";

/** A dry run for people: the graph by phase, when it ends, what it costs, what will need them. */
export function previewLines(preview: RunPreview, command: string, style: Style): string[] {
  const { left } = preview;
  if (left.tasks + left.verifications === 0) return nothingLines(preview, style);
  return [
    ...titleLines(preview, style),
    "",
    ...phaseDrawing(preview, style),
    "",
    ...ruleLines(preview, style),
    ...finishLines(preview, style),
    ...costLines(preview.cost, style),
    ...conflictLines(preview, style),
    ...peopleLines(preview.people, style),
    ...checkLines(preview, style),
    ...repositoryLines(preview.repository, style),
    ...problemLines(preview, style),
    "",
    ...startLines(preview, command, style),
  ];
}

/** How to begin it; where no agent is named, that one has to be. */
function startLines({ cost }: RunPreview, command: string, style: Style): string[] {
  const told = "This was a dry run: nothing was begun or spent.";
  return cost.agent === null
    ? [
        ...prose(
          `${told} No agent is named yet that works on tasks (wavegate agents lists them). Start it with:`,
          style,
          "quiet",
          1,
        ),
        ` ${command} --agent NAME`,
      ]
    : [...prose(`${told} Start it with:`, style, "quiet", 1), ` ${command}`];
}

function nothingLines({ plans, unlanded }: RunPreview, style: Style): string[] {
  const [first] = plans;
  return [
    ...plans.flatMap(({ head, tally }) =>
      prose(
        `Nothing is left to do in ${oneLine(head.file, 200)}: ${tallyText(tally)}.`,
        style,
        "good",
      ),
    ),
    ...[
      ...unlandedHints(unlanded),
      `hint: Open a task again with: wavegate plans reset ${oneLine(first?.head.name ?? "PLAN", 100)} TASK`,
    ].flatMap((hint) => prose(hint, style, "quiet")),
  ];
}

/** What is done, and where nobody would look for it. */
export const unlandedHints = (unlanded: readonly string[]): readonly string[] =>
  unlanded.map(
    (run) => `hint: Not all of it is in HEAD. Bring it there with: wavegate land ${run}`,
  );

function titleLines({ plans }: RunPreview, style: Style): string[] {
  const [only, another] = plans;
  if (only && !another) return headLines(only.head, style);
  const columns =
    Math.min(30, Math.max(...plans.map(({ name }) => textWidth(oneLine(name, 60))))) + 2;
  return [
    paint(style, "strong", `${plans.length} plans in one run`),
    ...plans.flatMap(({ name, head, tally }) => [
      composeLine(style, [
        { text: ` ${oneLine(name, 60)}`, columns: columns + 1, tone: "accent" },
        { text: tallyText(tally), columns: 30 },
        { text: oneLine(head.file, 200), tone: "quiet" },
      ]),
      ...differsLines(head, style),
    ]),
  ];
}

const fact = (name: string, text: string, style: Style, tone: Tone = "plain"): string[] =>
  factLines(name, text, tone, style);

function ruleLines({ rules, left }: RunPreview, style: Style): string[] {
  const levels = levelsText(rules);
  return [
    ...fact(
      "left to do",
      `${plural(left.tasks, "task")} and ${plural(left.verifications, "verification")}`,
      style,
    ),
    ...fact("pattern", `${rules.pattern}: ${EXECUTION_PATTERNS[rules.pattern].words}`, style),
    ...fact(
      "at once",
      `${plural(rules.workers, "task")}${levels === "" ? "" : `; ${levels}`}`,
      style,
    ),
    ...fact(
      "failures",
      `${rules.failures}: ${FAILURE_MODES[rules.failures].words}; a task is tried ${plural(rules.retries + 1, "time")}`,
      style,
    ),
  ];
}

const levelsText = ({ plans, phases, batch }: PreviewRules): string =>
  [
    ...(plans === null ? [] : [`of ${plural(plans, "plan")}`]),
    ...(phases === null ? [] : [`of ${plural(phases, "phase")} of a plan`]),
    ...(batch === null ? [] : [`in batches of ${batch}`]),
  ].join(", ");

function finishLines({ estimate, rules }: RunPreview, style: Style): string[] {
  const { expected, spread, draws, sigma, bound, work, utilisation, guessed, model } = estimate;
  const share = Math.round(utilisation * 100);
  return [
    ...fact("finish", `after ${clockText(expected)}, by the plan's estimates`, style, "strong"),
    ...(spread
      ? fact(
          "",
          `P50 ${clockText(spread.p50)}, P80 ${clockText(spread.p80)}, P95 ${clockText(spread.p95)} over ${plural(draws, "draw")} of durations (lognormal, sigma ${sigma})`,
          style,
        )
      : fact("", "the plan is too large for draws of durations", style, "quiet")),
    ...(model === "dag"
      ? fact(
          "",
          `so large a plan is estimated by the pattern dag; ${rules.pattern} takes longer`,
          style,
          "warn",
        )
      : []),
    ...fact("", `no order ends sooner than ${clockText(bound)}`, style),
    ...fact(
      "work",
      `${clockText(work)} in all, ${share} % of the time of ${plural(rules.workers, "worker")}`,
      style,
    ),
    ...(guessed > 0
      ? fact(
          "",
          `the plan doesn't say how long ${plural(guessed, "task")} ${guessed === 1 ? "takes" : "take"}: read ratios there, not hours`,
          style,
          "warn",
        )
      : []),
  ];
}

function problemLines({ problems, plans }: RunPreview, style: Style): string[] {
  const count = (severity: string) => problems.filter((each) => each.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (errors + warnings === 0) return [];
  const told = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
  ].join(" and ");
  const where = plans.map(({ head }) => `wavegate plans validate ${oneLine(head.name, 100)}`);
  return fact(
    "problems",
    `${told} in the ${plans.length === 1 ? "plan" : "plans"}: ${where.slice(0, 3).join("; ")}`,
    style,
    errors > 0 ? "bad" : "warn",
  );
}
