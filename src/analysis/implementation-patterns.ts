import type { Simulated } from "../schedule/simulate.ts";
import { DEFAULT_MINUTES } from "../plan/estimates.ts";
import type { AnalysedPlan, AnalysisInput } from "./input.ts";
import type { Task } from "../plan/model.ts";
import { NOISE, RANKING_WORKERS, replicationsFor, SEED, toldP95 } from "./measure/settings.ts";
import { outputsOf } from "./measure/shared-files.ts";
import { FINDINGS, type Finding, type Statement } from "./model.ts";
import { comparePatterns } from "./patterns/compare-patterns.ts";
import { comparisonSection, exampleSection, tradeoffSection } from "./patterns/pattern-sections.ts";
import { counted, minutesFigure, percent, rounded, stated, timeOf } from "./phrases.ts";

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
    return p95 === null ? "" : ` (P95 ${timeOf(p95)})`;
  };
  const place = plan.plan.tasks.slice(0, 1).map((task) => task.place);
  const cost =
    Math.round(saved) === 0
      ? "barriers between phases cost nothing here"
      : `barriers between phases cost ${timeOf(saved)} of it on average (${percent(share)} %)`;
  return [
    stated(
      `${plan.name}, ${RANKING_WORKERS} workers: phase by phase takes ${timeOf(phases.makespan.p50)} in the middle run${slow(phases)}, DAG ${timeOf(dag.makespan.p50)}${slow(dag)}; ` +
        `${cost}, batches take ${timeOf(Math.max(0, batched.overDag))} more than DAG.`,
      minutesFigure(saved),
      place,
    ),
    ...withoutEstimate(plan),
    stated(
      `${plan.name}: begun in the order of the document without waiting (independent), ${times(loose.violations)} per run something would begin before what it waits for is done, and ${
        outputsOf(plan.uses).length === 0
          ? "which files would be written twice at once can't be told, as no task names one"
          : `${times(loose.collisions)} two tasks would write one thing at once`
      }.`,
      { value: rounded(loose.violations + loose.collisions), unit: "broken per run" },
      place,
    ),
  ];
}

const times = (count: number): string => counted(rounded(count), "time");

/** Minutes of what has no estimate are the same for all, those of shares alike within a phase: then only ratios mean something. */
function withoutEstimate({ name, plan }: AnalysedPlan): readonly Statement[] {
  const silent = plan.tasks.filter(({ estimate }) => estimate === undefined);
  const shares = plan.tasks.filter(({ estimate }) => estimate?.source === "phase");
  const of = plan.tasks.length;
  const statement = (tasks: readonly Task[], text: string, unit: string): readonly Statement[] =>
    tasks.length === 0
      ? []
      : [
          stated(
            `${name}: ${tasks.length} of ${counted(of, "task")} ${tasks.length === 1 ? "has" : "have"} no estimate and ${tasks.length === 1 ? "counts" : "count"} ${text}; read ratios, not ${tasks.length < of ? "exact " : ""}minutes.`,
            { value: tasks.length, unit, of },
            tasks.slice(0, 1).map(({ place }) => place),
          ),
        ];
  const shared = shares.reduce((sum, { estimate }) => sum + (estimate?.minutes ?? 0), 0);
  return [
    ...statement(silent, `${DEFAULT_MINUTES.task} minutes`, "tasks without estimate"),
    ...statement(
      shares,
      `a share of what ${shares.length === 1 ? "its phase is" : "their phases are"} said to take, ${timeOf(shared)} together`,
      "tasks with a share",
    ),
  ];
}
