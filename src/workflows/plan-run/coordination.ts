import {
  declaringPlans,
  type DeclaringPlan,
  type NamedTexts,
} from "../../execution/declaring-plans.ts";
import { declaredInPlans } from "../../execution/gates/declared-in-plans.ts";
import { syncsOf, waveGates, type WaveGate } from "../../execution/gates/wave-gates.ts";
import { executable, type Executable } from "../../execution/executable.ts";
import { givenRisks } from "../../execution/risks/given-risks.ts";
import { notRegistered } from "../../execution/risks/registered-risks.ts";
import type { WatchedRisk } from "../../execution/risks/risk-watch.ts";
import { runRisks, writersOf } from "../../execution/risks/run-risks.ts";
import type { RunRules, RunState } from "../../execution/run-state.ts";
import { simulateExecution } from "../../execution/simulate-execution.ts";
import {
  PLAIN_COORDINATION,
  type CoordinationRules,
} from "../../execution/sessions/coordinate-run.ts";
import { planSessions } from "../../execution/sessions/plan-sessions.ts";
import type { PlannedSession } from "../../execution/sessions/session.ts";
import { isFinished } from "../../execution/task-state.ts";
import { addSyncPoints } from "../../plan/graph/add-sync-points.ts";
import type { PlanGraph } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import type { CoordinationInput } from "../run-plan-input.ts";
import { plannedMinutes } from "./replan.ts";

export const PLAIN_INPUT: CoordinationInput = { gates: "none", checkpoints: "phase" };

/** A graph with the gates of its waves, where they are asked for, and the sessions that it is carried out in. */
export interface CoordinatedGraph {
  readonly graph: PlanGraph;
  readonly sessions: readonly PlannedSession[];
  readonly gates: readonly WaveGate[];
  /** Plans that declare more than tasks. */
  readonly declaring: readonly DeclaringPlan[];
}

/**
 * What plans declare holds by itself. Gates that are asked for besides are those of waves of sessions, where the plans declare none.
 *
 * @param before sessions of the plans as they were before they were edited
 */
export function coordinatedGraph(
  plain: PlanGraph,
  { gates: mode }: Pick<CoordinationInput, "gates">,
  { plans = [], before = [] }: CoordinationGiven = {},
): CoordinatedGraph {
  const declaring = declaringPlans(plain, plans);
  const declared = declaredInPlans(plain, declaring);
  const graph = addSyncPoints(plain, declared.syncs);
  const sessions = planSessions(executable(graph, { uses: new Map() }), before);
  const wished =
    mode === "none" || declared.gates.length > 0 ? [] : waveGates(graph, sessions, mode);
  const gates = [...declared.gates, ...wished];
  return { graph: addSyncPoints(graph, syncsOf(graph, gates)), sessions, gates, declaring };
}

interface CoordinationGiven {
  /** The texts of the graph's plans, which may declare sync points, gates and risks. */
  readonly plans?: readonly NamedTexts[];
  readonly before?: readonly PlannedSession[];
}

/** All that holds for what lies between the tasks of a run, as long as its plans stay as they are. */
export function coordinationRules(
  work: Executable,
  {
    rules,
    input,
    coordinated: { sessions, gates, declaring },
    uses,
    registered,
    state,
  }: {
    readonly rules: RunRules;
    readonly input: CoordinationInput;
    readonly coordinated: Pick<CoordinatedGraph, "sessions" | "gates" | "declaring">;
    readonly uses: UsesByTask;
    /** What registers of schedules say of the plans. */
    readonly registered: readonly WatchedRisk[];
    readonly state: RunState;
  },
): CoordinationRules {
  const plannedEnd = plannedMinutes(work, state, rules.limits.workers);
  return {
    ...PLAIN_COORDINATION,
    work,
    rules,
    sessions,
    gates,
    risks: [
      ...givenRisks(work, declaring, { uses, plannedEnd }),
      ...registered,
      ...notRegistered(runRisks(work, { uses, plannedEnd }), registered),
    ],
    frequency: input.checkpoints,
    starts: startsOf(work, rules, state),
    plannedEnd,
    writers: writersOf(uses),
  };
}

/** Deciding all of a run in advance takes a second of so many: above this nobody is told what starts late. */
const SIMULATED = 20_000;

/** When each task begins if everything takes what the plan expects, from what is finished. */
function startsOf(
  work: Executable,
  rules: RunRules,
  { tasks }: RunState,
): ReadonlyMap<string, number> {
  if (work.graph.nodes.length > SIMULATED) return new Map();
  const finished = new Map([...tasks].filter(([, each]) => isFinished(each)));
  const from: RunState = { tasks: finished, batch: [], released: new Set(rules.gates) };
  const { times } = simulateExecution(work, { rules, durations: work.graph.minutes, from });
  return new Map(Array.from(times, ([key, { start }]) => [key, start] as const));
}
