import type { Simulated } from "../schedule/simulate.ts";
import type { AnalysedPlan, AnalysisInput } from "./input.ts";
import { NOISE, RANKING_WORKERS, replicationsFor, SEED, toldP95 } from "./measure/settings.ts";
import { FINDINGS, type Finding, type Statement } from "./model.ts";
import { comparePatterns } from "./patterns/compare-patterns.ts";
import { comparisonSection, exampleSection, tradeoffSection } from "./patterns/pattern-sections.ts";
import { counted, minutesFigure, percent, rounded, stated } from "./phrases.ts";

/** The patterns on one plan. */
export interface PatternFigures {
  readonly plan: AnalysedPlan;
  readonly replications: number;
  readonly simulated: readonly Simulated[];
}

/** The patterns on every plan that has tasks, simulated; the same input gives the same figures. */
export function patternFigures(plans: readonly AnalysedPlan[]): readonly PatternFigures[] {
  const nodes = plans.reduce((sum, { declared }) => sum + declared.nodes.length, 0);
  const replications = replicationsFor(nodes);
  return plans
    .filter(({ plan }) => plan.tasks.length > 0)
    .map((plan) => ({ plan, replications, simulated: comparePatterns(plan, replications) }));
}

/** S4's phase 5: the four patterns, each on these plans. */
export function implementationPatterns({ plans }: AnalysisInput): Finding {
  const figures = patternFigures(plans);
  const silent = plans.filter((plan) => figures.every((each) => each.plan !== plan));
  return {
    ...FINDINGS[4],
    status: "complete",
    summary: figures.length === 0 ? [] : [method(figures), ...figures.flatMap(sentences)],
    sections: figures.flatMap(({ plan, replications, simulated }) => [
      comparisonSection(plan, simulated, replications),
      tradeoffSection(plan, simulated, replications),
      exampleSection(plan, simulated),
    ]),
    gaps: silent.map(({ file }) => `${file} has no tasks.`),
  };
}

const method = (figures: readonly PatternFigures[]): Statement => {
  const replications = figures[0]?.replications ?? 0;
  return stated(
    `Six ways to run ${counted(figures.length, "plan")} were simulated ${counted(replications, "time")} each with seed ${SEED}; durations are lognormal with sigma ${NOISE.sigma}, their mean is the estimate.`,
    { value: replications, unit: "replications" },
  );
};

function sentences({ plan, simulated, replications }: PatternFigures): readonly Statement[] {
  const of = (pattern: Simulated["pattern"]) =>
    simulated.find((each) => each.pattern === pattern && each.workers === RANKING_WORKERS);
  const [phases, dag] = [of("phases"), of("dag")];
  const [batched, loose] = [of("batched"), of("independent")];
  if (!phases || !dag || !batched || !loose) return [];
  const saved = phases.makespan.mean - dag.makespan.mean;
  const share = phases.makespan.mean > 0 ? saved / phases.makespan.mean : 0;
  const slow = ({ makespan }: Simulated): string => {
    const p95 = toldP95(makespan.p95, replications);
    return p95 === null ? "" : ` (P95 ${p95})`;
  };
  const place = plan.plan.tasks.slice(0, 1).map((task) => task.place);
  return [
    stated(
      `${plan.name}, ${RANKING_WORKERS} workers: phase by phase takes ${rounded(phases.makespan.p50)} minutes${slow(phases)}, DAG ${rounded(dag.makespan.p50)}${slow(dag)}: ` +
        `barriers between phases cost ${rounded(saved)} minutes on average (${percent(share)} %), batches ${rounded(batched.overDag)}.`,
      minutesFigure(saved),
      place,
    ),
    stated(
      `${plan.name}: running all at once would break ${rounded(loose.violations)} dependencies and write one file twice at once ${rounded(loose.collisions)} times per run.`,
      { value: rounded(loose.violations + loose.collisions), unit: "broken per run" },
      place,
    ),
  ];
}
