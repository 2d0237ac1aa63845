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
import { groupOf, type Opportunity, type OpportunityGroup } from "./opportunity.ts";
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
  { worth, idle, noise, unmeasured }: MeasuredAll,
  replications: number,
): Section {
  const rest = stated(
    idle.length === 0
      ? "No other change was looked for."
      : `${counted(idle.length, "more change")} ${idle.length === 1 ? "saves" : "save"} less than ${counted(WORTH_MINUTES, "minute")}: ${named(
          idle.map(({ deed }) => deed),
          4,
        )}.`,
    {
      value: idle.length,
      unit: "changes without use",
      of: idle.length + noise.length + worth.length,
    },
    idle.slice(0, 3).flatMap(({ places }) => places.slice(0, 1)),
  );
  return planSection(plan, "opportunities", "Opportunities by impact and effort", [
    note(
      `Each change was made to the plan by itself and the plan run again ${counted(replications, "time")} with the same drawn durations, each task starting when its dependencies end and a worker is free. ` +
        `Minutes saved on average with 1, 3 and 8 workers; ranked by ${RANKING_WORKERS}. "~": within the noise, the 95 % interval of the average has zero in it or more than one run in ten becomes longer. Effort is the lines of the plan that change.`,
    ),
    ...(worth.length === 0 ? [] : [tableOf("Opportunities", TITLES, worth.map(rankedRow))]),
    {
      kind: "paragraph",
      statements: [
        ...(worth.length === 0 ? [noneStatement] : []),
        ...withinNoise(noise),
        ...(idle.length === 0 && worth.length === 0 ? [] : [rest]),
        ...(unmeasured === 0 ? [] : [notLookedAt(unmeasured)]),
      ],
    },
  ]);
}

const noneStatement = stated("No change that was looked for is measured to save a minute.", {
  value: 0,
  unit: "changes",
});

/** What is no win, though its average says so. */
const withinNoise = (noise: readonly Opportunity[]): readonly Statement[] =>
  noise.length === 0
    ? []
    : [
        stated(
          `What ${counted(noise.length, "more change")} ${noise.length === 1 ? "saves" : "save"} on average lies within the noise of the durations, so that ${noise.length === 1 ? "it is" : "they are"} not recommended: ${named(
            noise.map(({ deed }) => deed),
            4,
          )}.`,
          { value: noise.length, unit: "changes within the noise" },
          noise.slice(0, 3).flatMap(({ places }) => places.slice(0, 1)),
        ),
      ];

const notLookedAt = (unmeasured: number): Statement =>
  stated(
    `The plan is large: ${counted(unmeasured, "further change")} ${unmeasured === 1 ? "was" : "were"} not measured.`,
    { value: unmeasured, unit: "changes not measured" },
  );

/** Whole minutes; what may be chance is marked. */
function toldSaving(measured: Measured, workers: number): number | string {
  const minutes = Math.round(savedOf(measured, workers));
  return measured.proven.has(workers) || minutes === 0 ? minutes : `~${minutes}`;
}

function rankedRow(measured: Measured, index: number): Row {
  const { deed, because, lines, caution, places } = measured.opportunity;
  return rowOf(
    [
      index + 1,
      deed,
      because,
      ...WORKERS.map((workers) => toldSaving(measured, workers)),
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

function inWords(measured: Measured, workers: number): string {
  const minutes = Math.round(savedOf(measured, workers));
  if (measured.proven.has(workers)) return counted(minutes, "minute");
  return minutes === 0 ? "nothing" : "within the noise";
}

const sentence = (each: Measured): Statement =>
  stated(
    `${each.opportunity.deed}: ${inWords(each, RANKING_WORKERS)} with ${RANKING_WORKERS} workers, ${inWords(each, MOST_WORKERS)} with ${MOST_WORKERS}; ${counted(each.opportunity.lines, "line")}.`,
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
    none: "None of these is measured to save a minute.",
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
