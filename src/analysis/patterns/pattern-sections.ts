import type { Simulated } from "../../schedule/simulate.ts";
import type { AnalysedPlan } from "../input.ts";
import { RANKING_WORKERS, toldP95 } from "../measure/settings.ts";
import type { Block, Section } from "../model.ts";
import { counted, minutesFigure, percent, rounded, rowOf, stated, tableOf } from "../phrases.ts";
import { note, planSection } from "../plan-section.ts";
import { firstSteps, ganttOf } from "./first-steps.ts";
import { PATTERN_WORDS, type PatternWords } from "./pattern-words.ts";

const wordsOf = (pattern: Simulated["pattern"]): PatternWords | undefined =>
  PATTERN_WORDS.find((each) => each.pattern === pattern);
const nameOf = (pattern: Simulated["pattern"]): string => wordsOf(pattern)?.name ?? pattern;

/** All figures of one plan. */
export function comparisonSection(
  plan: AnalysedPlan,
  simulated: readonly Simulated[],
  replications: number,
): Section {
  return planSection(plan, "comparison", "Patterns, measured", [
    note(
      `Minutes of working time over ${counted(replications, "replication")}; durations are lognormal around the estimates, the same for all patterns in each replication. ` +
        "Barrier cost: minutes more than DAG. Blast radius: tasks and verifications that can't run when one fails for good, on average over all of them, and at worst. " +
        "Broken: times that something began before what it waits for had ended (a task, a verification, a phase), and pairs that write one thing at once. " +
        "Forced: groups that had to be opened early as dependencies run against them.",
    ),
    tableOf(
      "Each pattern with 1, 3 and 8 workers",
      [
        "#Workers",
        "Pattern",
        "#As expected",
        "#P50",
        "#P95",
        "#Utilisation %",
        "#Barrier cost",
        "#Blast mean",
        "#Blast worst",
        "#Broken order",
        "#Broken files",
        "#Forced",
      ],
      simulated.map((each) =>
        rowOf([
          each.workers,
          nameOf(each.pattern),
          rounded(each.expected),
          rounded(each.makespan.p50),
          toldP95(each.makespan.p95, replications),
          percent(each.utilisation),
          rounded(each.overDag),
          rounded(each.blast.mean),
          each.blast.most,
          rounded(each.violations),
          rounded(each.collisions),
          each.forced,
        ]),
      ),
    ),
  ]);
}

/** Complexity, performance, reliability (S4's 5.5): the first is what a pattern needs, the others are measured. */
export function tradeoffSection(
  plan: AnalysedPlan,
  simulated: readonly Simulated[],
  replications: number,
): Section {
  const few = simulated.filter(({ workers }) => workers === RANKING_WORKERS);
  const best = few
    .filter(({ pattern }) => pattern !== "independent")
    .reduce<number>((least, { makespan }) => Math.min(least, makespan.p50), Infinity);
  return planSection(plan, "tradeoffs", "Tradeoffs", [
    tableOf(
      `Complexity, performance and reliability with ${RANKING_WORKERS} workers`,
      [
        "Pattern",
        "Complexity: it must know",
        "#Performance: P50 min",
        "#P95 min",
        "#Of the best safe %",
        "Reliability: broken per run",
        "#Held up by a failure",
      ],
      few.map(({ pattern, makespan, violations, collisions, blast }) =>
        rowOf([
          nameOf(pattern),
          wordsOf(pattern)?.needs.join(", ") ?? "",
          rounded(makespan.p50),
          toldP95(makespan.p95, replications),
          best > 0 && best < Infinity ? percent(makespan.p50 / best) : null,
          `order ${counted(rounded(violations), "time")}, files ${counted(rounded(collisions), "time")}`,
          rounded(blast.mean),
        ]),
      ),
    ),
  ]);
}

const STEPS = 10;

/** What each pattern is, on the plan itself: its first steps. */
export const exampleSection = (plan: AnalysedPlan, simulated: readonly Simulated[]): Section =>
  planSection(
    plan,
    "examples",
    "First steps of each pattern",
    PATTERN_WORDS.flatMap((words): readonly Block[] => {
      const steps = firstSteps(plan, words.pattern, { workers: RANKING_WORKERS, most: STEPS });
      const figures = simulated.find(
        ({ pattern, workers }) => pattern === words.pattern && workers === RANKING_WORKERS,
      );
      if (steps.length === 0 || !figures) return [];
      const atOnce = steps.filter(({ start }) => start === steps[0]?.start).map(({ key }) => key);
      return [
        note(`${words.name}: ${words.rule}`),
        {
          kind: "paragraph",
          statements: [
            stated(
              `${atOnce.join(", ")} ${atOnce.length === 1 ? "begins" : "begin"} first; as expected all is done after ${rounded(figures.expected)} minutes with ${counted(RANKING_WORKERS, "worker")}.`,
              minutesFigure(figures.expected),
            ),
          ],
        },
        {
          kind: "code",
          language: "text",
          code: ganttOf(steps),
          caption: `${words.name}: the first ${steps.length} steps, from and to which minute`,
        },
      ];
    }),
  );
