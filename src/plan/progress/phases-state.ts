import type { BoxState, Phase } from "../model.ts";
import { phaseName, type PlanGraph } from "../graph/model.ts";
import { finished } from "./finished.ts";
import type { Progress } from "./progress.ts";
import { standingOf, type NextRule, type Standing, type StandingOptions } from "./standing.ts";

/** How a phase stands. */
export interface PhaseProgress {
  readonly phase: Phase;
  /** Which of the graph's plans it belongs to. */
  readonly plan: number;
  readonly counts: Readonly<Record<BoxState, number>>;
  readonly tasks: number;
  /** Of finished tasks, rounded down; 100 where there are none. */
  readonly percent: number;
  /** `complete` when its end is passed: all tasks finished, blocking verifications made. `open` when any task runs or could. */
  readonly state: "complete" | "open" | "waiting";
  /** Why it is open: a task was begun, `pipeline-start`, or the rule by which what was before it is passed. */
  readonly by: "begun" | "pipeline-start" | NextRule | undefined;
  /** Keys of phases it waits for that have not ended. */
  readonly waitsFor: readonly string[];
}

/** All phases of a graph in the order of the document. */
export function phasesState(
  graph: PlanGraph,
  progress: Progress,
  options: StandingOptions,
): readonly PhaseProgress[] {
  const standing = standingOf(graph, progress, options);
  const tasks = new Map<string, number[]>();
  const ends = new Map<string, number>();
  graph.nodes.forEach((node, index) => {
    if (node.kind === "phase-end") ends.set(phaseName(node.plan, node.phase?.key), index);
    if (node.kind !== "task") return;
    const key = phaseName(node.plan, node.task.phase);
    const list = tasks.get(key);
    if (list) list.push(index);
    else tasks.set(key, [index]);
  });
  const isPassed = (plan: number, phase: string) => {
    const end = ends.get(phaseName(plan, phase));
    return end !== undefined && standing.passed(end);
  };
  return graph.plans.flatMap(({ phases }, plan) =>
    phases.map((phase): PhaseProgress => {
      const members = tasks.get(phaseName(plan, phase.key)) ?? [];
      const counts = countsOf(standing, members);
      const done = counts.done + counts.skipped;
      const waitsFor = phase.after.filter((each) => !isPassed(plan, each.phase));
      const by = openBy(phase, {
        standing,
        members,
        waits: waitsFor.length > 0,
        rule: options.rule,
      });
      const state = isPassed(plan, phase.key) ? "complete" : by ? "open" : "waiting";
      return {
        phase,
        plan,
        counts,
        tasks: members.length,
        percent: members.length === 0 ? 100 : Math.floor((done * 100) / members.length),
        state,
        by: state === "open" ? by : undefined,
        waitsFor: [...new Set(waitsFor.map((each) => each.phase))],
      };
    }),
  );
}

function countsOf(standing: Standing, members: readonly number[]): Record<BoxState, number> {
  const counts = { open: 0, done: 0, "in-progress": 0, skipped: 0, failed: 0 };
  for (const task of members) counts[standing.stateOf(task)]++;
  return counts;
}

interface Membership {
  readonly standing: Standing;
  readonly members: readonly number[];
  readonly waits: boolean;
  readonly rule: NextRule;
}

function openBy(phase: Phase, { standing, members, waits, rule }: Membership): PhaseProgress["by"] {
  const open = members.filter((task) => !finished(standing.stateOf(task)));
  const isOpen =
    open.some((task) => standing.holding(task).length === 0) ||
    (members.length === 0 && !waits) ||
    (open.length === 0 && members.length > 0);
  if (!isOpen)
    return open.some((task) => standing.stateOf(task) === "in-progress") ? "begun" : undefined;
  if (!waits) return "barriers";
  if (phase.startsWhen.length > 0) return "pipeline-start";
  return members.some((task) => standing.stateOf(task) !== "open") ? "begun" : rule;
}
