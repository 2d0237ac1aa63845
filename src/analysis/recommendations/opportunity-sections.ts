import type { AnalysedPlan } from "../input.ts";
import { RANKING_WORKERS, WORKERS } from "../measure/settings.ts";
import type { Row, Section, Statement } from "../model.ts";
import {
  counted,
  minutesFigure,
  named,
  percent,
  rounded,
  rowOf,
  stated,
  tableOf,
} from "../phrases.ts";
import { note, planSection } from "../plan-section.ts";
import { WORTH_MINUTES, type Measured, type MeasuredAll } from "./measure-opportunities.ts";
import type { Risk } from "./risks.ts";

export const savedOf = ({ saves }: Measured, workers: number = RANKING_WORKERS): number =>
  rounded(saves.get(workers) ?? 0);

const TITLES = [
  "#Rank",
  "What to do",
  "Because",
  ...WORKERS.map((workers) => `#Saves min, ${workers} w`),
  "#Shorter in %",
  "#Lines",
  "Effort",
  "But",
];

/** S4's 6.1: impact against effort. */
export function rankedSection(
  plan: AnalysedPlan,
  { worth, idle }: MeasuredAll,
  replications: number,
): Section {
  const rest = stated(
    idle.length === 0
      ? "All changes that were looked for save something."
      : `${counted(idle.length, "more change")} ${idle.length === 1 ? "saves" : "save"} less than ${counted(WORTH_MINUTES, "minute")}: ${named(
          idle.map(({ deed }) => deed),
          4,
        )}.`,
    { value: idle.length, unit: "changes without use", of: idle.length + worth.length },
    idle.slice(0, 3).flatMap(({ places }) => places.slice(0, 1)),
  );
  return planSection(plan, "opportunities", "Opportunities by impact and effort", [
    note(
      `Each change was made to the plan by itself and the plan run again ${counted(replications, "time")} with the same drawn durations, each task starting when its dependencies end and a worker is free. ` +
        `Minutes saved on average with 1, 3 and 8 workers; ranked by ${RANKING_WORKERS}. Effort is the lines of the plan that change.`,
    ),
    tableOf("Opportunities", TITLES, worth.map(rankedRow)),
    { kind: "paragraph", statements: [rest] },
  ]);
}

function rankedRow(measured: Measured, index: number): Row {
  const { deed, because, lines, effort, caution, places } = measured.opportunity;
  return rowOf(
    [
      index + 1,
      deed,
      because,
      ...WORKERS.map((workers) => savedOf(measured, workers)),
      percent(measured.oftenShorter),
      lines,
      effort === "plan" ? "edit of the plan" : "architecture",
      caution ?? null,
    ],
    places,
  );
}

const none = (what: string): Statement =>
  stated(`No ${what} saves a minute.`, { value: 0, unit: "changes" });

/** S4's 6.2. */
export function effortSection(plan: AnalysedPlan, { worth }: MeasuredAll): Section {
  const items = (effort: "plan" | "architecture"): readonly Statement[] =>
    worth
      .filter(({ opportunity }) => opportunity.effort === effort)
      .map((each) =>
        stated(
          `${each.opportunity.deed}: ${savedOf(each)} minutes with ${RANKING_WORKERS} workers, ${counted(each.opportunity.lines, "line")}.`,
          minutesFigure(savedOf(each)),
          each.opportunity.places.slice(0, 2),
        ),
      );
  const [quick, deep] = [items("plan"), items("architecture")];
  return planSection(plan, "effort", "Quick wins and architectural changes", [
    note("Quick wins: edits of the plan."),
    { kind: "list", items: quick.length > 0 ? quick : [none("edit of the plan")] },
    note("Architectural changes: how the plan is run, or what is built, becomes another."),
    { kind: "list", items: deep.length > 0 ? deep : [none("architectural change")] },
  ]);
}

/** S4's 6.3. */
export const riskSection = (plan: AnalysedPlan, risks: readonly Risk[]): Section =>
  planSection(plan, "risks", "Risks and mitigations", [
    risks.length === 0
      ? {
          kind: "paragraph",
          statements: [
            stated("None of the risks looked for is there.", { value: 0, unit: "risks" }),
          ],
        }
      : tableOf(
          "Risks of running the plan in parallel",
          ["Risk", "#How many", "#Of", "What is counted", "Mitigation"],
          risks.map(({ risk, count, of, unit, mitigation, places }) =>
            rowOf([risk, count, of, unit, mitigation], places),
          ),
        ),
  ]);
