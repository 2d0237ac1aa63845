import type { AnalysedPlan } from "../input.ts";
import { RANKING_WORKERS, WORKERS } from "../measure/settings.ts";
import type { Block, Row, Section, Statement } from "../model.ts";
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
import { groupOf, type OpportunityGroup } from "./opportunity.ts";
import type { Risk } from "./risks.ts";

export const savedOf = ({ saves }: Measured, workers: number = RANKING_WORKERS): number =>
  rounded(saves.get(workers) ?? 0);

const MOST_WORKERS = WORKERS.at(-1) ?? RANKING_WORKERS;

const EFFORTS: Readonly<Record<OpportunityGroup, string>> = {
  quick: "edit of the plan",
  architecture: "architecture",
  unproven: "look first",
};

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
  { worth, idle, unmeasured }: MeasuredAll,
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
    {
      kind: "paragraph",
      statements: unmeasured === 0 ? [rest] : [rest, notLookedAt(unmeasured)],
    },
  ]);
}

const notLookedAt = (unmeasured: number): Statement =>
  stated(
    `The plan is large: ${counted(unmeasured, "further change")} ${unmeasured === 1 ? "was" : "were"} not measured.`,
    { value: unmeasured, unit: "changes not measured" },
  );

function rankedRow(measured: Measured, index: number): Row {
  const { deed, because, lines, caution, places } = measured.opportunity;
  return rowOf(
    [
      index + 1,
      deed,
      because,
      ...WORKERS.map((workers) => savedOf(measured, workers)),
      percent(measured.oftenShorter),
      lines,
      EFFORTS[groupOf(measured.opportunity)],
      caution ?? null,
    ],
    places,
  );
}

/** S4's 6.2. What rests on tasks that name nothing is no quick win: it is told apart. */
export function effortSection(plan: AnalysedPlan, { worth }: MeasuredAll): Section {
  return planSection(
    plan,
    "effort",
    "Quick wins and architectural changes",
    GROUPS.flatMap(({ title, group, none }): readonly Block[] => {
      const found = worth.filter(({ opportunity }) => groupOf(opportunity) === group);
      const nothing = stated(none, { value: 0, unit: "changes" });
      return [
        note(title),
        { kind: "list", items: found.length > 0 ? found.map(sentence) : [nothing] },
      ];
    }),
  );
}

const sentence = (each: Measured): Statement =>
  stated(
    `${each.opportunity.deed}: ${savedOf(each)} minutes with ${RANKING_WORKERS} workers, ${savedOf(each, MOST_WORKERS)} with ${MOST_WORKERS}, ${counted(each.opportunity.lines, "line")}.`,
    minutesFigure(savedOf(each)),
    each.opportunity.places.slice(0, 2),
  );

const GROUPS: readonly {
  readonly group: OpportunityGroup;
  readonly title: string;
  readonly none: string;
}[] = [
  {
    group: "quick",
    title: "Quick wins: edits of the plan that no file or dependency it names speaks against.",
    none: "No edit that is shown to be safe saves a minute.",
  },
  {
    group: "architecture",
    title: "Architectural changes: how the plan is run, or what is built, becomes another.",
    none: "No architectural change that is shown to be safe saves a minute.",
  },
  {
    group: "unproven",
    title:
      "To be looked at first: what these tasks name can't show that the change is safe. Have them name what they need, then measure again; their lines are counted.",
    none: "None of these saves a minute.",
  },
];

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
