import type { SessionEvent } from "../../core/session-event.ts";
import { SESSION_RULES } from "../../schedule/strategy/coordination/rules.ts";
import type { CheckpointCause, CheckpointFrequency } from "../checkpoints/checkpoint.ts";
import { checkpointsDue } from "../checkpoints/checkpoints-due.ts";
import {
  newDeviations,
  notesAfter,
  type AllNotes,
  type ReportNews,
} from "../checkpoints/notes-after.ts";
import { driftOf } from "../drift.ts";
import type { Executable } from "../executable.ts";
import { frontierOf, type Frontier } from "../frontier.ts";
import { isGateDue, type WaveGate } from "../gates/wave-gates.ts";
import { measureRisk, type RunMeasures } from "../risks/measure-risks.ts";
import { watchRisks, type RisksSeen, type WatchedRisk } from "../risks/risk-watch.ts";
import { stateOfTask, type RunRules, type RunState } from "../run-state.ts";
import type { TaskNews } from "../task-news.ts";
import { concernsOf, type Concern } from "./concerns.ts";
import {
  coordinateSessions,
  NO_SESSIONS,
  type SessionsAfter,
  type SessionsState,
} from "./coordinate-sessions.ts";
import { ESCALATION_RULES, type EscalationRules } from "./escalation-rules.ts";
import { escalate, settledConcerns } from "./escalate.ts";
import { timesAfter, NO_TIMES, type RunTimes } from "./run-times.ts";
import type { PlannedSession } from "./session.ts";
import { sessionsOf } from "./sessions-of.ts";

/** What holds for a whole run, as long as its plans stay as they are. */
export interface CoordinationRules {
  readonly work: Executable;
  readonly rules: RunRules;
  readonly sessions: readonly PlannedSession[];
  readonly gates: readonly WaveGate[];
  readonly risks: readonly WatchedRisk[];
  readonly escalation: EscalationRules;
  readonly syncEvery: number;
  readonly frequency: CheckpointFrequency;
  /** By the schedule that the run was begun with, in minutes from its beginning. */
  readonly starts: ReadonlyMap<string, number>;
  readonly plannedEnd: number;
  readonly deadline?: number;
  /** By file, tasks that the plan says write it. */
  readonly writers: ReadonlyMap<string, readonly string[]>;
}

/** S3's values. */
export const PLAIN_COORDINATION = {
  escalation: ESCALATION_RULES,
  syncEvery: SESSION_RULES.syncEvery,
  frequency: "phase",
  gates: [],
  risks: [],
} as const satisfies Partial<CoordinationRules>;

/** How what lies between tasks stands; a function of all that was seen, so that a replay makes it anew. */
export interface CoordinationState extends SessionsState {
  /** When the run began, in milliseconds since 1970. */
  readonly begunAt: number;
  readonly concerns: ReadonlyMap<string, Concern>;
  /** By key of the gate that is due, why it failed when it was judged last; null: it waits for people. */
  readonly judgedGates: ReadonlyMap<string, string | null>;
  readonly raisedRisks: ReadonlySet<string>;
  /** When risks were measured last; they look at the whole graph. */
  readonly measuredAt: number;
  /** The sessions that were looked at last: those of an edited plan are others, and are looked at all. */
  readonly planned: readonly PlannedSession[];
  readonly notes: AllNotes;
  readonly times: RunTimes;
  readonly checkpoints: number;
}

export const notCoordinated = (begunAt: number): CoordinationState => ({
  ...NO_SESSIONS,
  begunAt,
  concerns: new Map(),
  judgedGates: new Map(),
  raisedRisks: new Set(),
  measuredAt: -Infinity,
  planned: [],
  notes: new Map(),
  times: NO_TIMES,
  checkpoints: 0,
});

export interface SeenNow {
  /** Milliseconds since 1970, from the run's journal. */
  readonly now: number;
  /** After all of `news`. */
  readonly run: RunState;
  /** Of `run`, where somebody keeps it; made anew without. */
  readonly frontier?: Frontier;
  readonly news: readonly TaskNews[];
  /** What agents reported with it. */
  readonly reports: readonly ReportNews[];
  /** The run goes no further. */
  readonly over: boolean;
}

export interface Coordinated {
  readonly state: CoordinationState;
  readonly events: readonly SessionEvent[];
  /** Checkpoints that are due now, in order. */
  readonly due: readonly CheckpointCause[];
  /** Gates that are due and were not judged yet. */
  readonly gates: readonly WaveGate[];
  /** When to look again, though nothing happens: at the next threshold, and at what is measured while work goes on. Milliseconds since 1970. */
  readonly wakeAt?: number;
  readonly lookAt?: number;
}

/** Risks are measured so often while nothing happens, and at most so often while much does. */
const LOOK_MS = 5 * 60_000;
const APART_MS = 60_000;
const MINUTE = 60_000;

/** All that follows from some news for what lies between tasks: sessions, thresholds, risks, gates, checkpoints. */
export function coordinateRun(
  given: CoordinationRules,
  before: CoordinationState,
  seen: SeenNow,
): Coordinated {
  const { work, rules, gates } = given;
  const { now, run } = seen;
  const { frontier = frontierOf(work, run, rules) } = seen;
  const due = gates.filter((gate) => isGateDue(work.graph, gate, frontier));
  const judgedGates = stillDue(before, due);
  const failedGates = new Map(
    [...judgedGates].flatMap(([key, why]) => (why === null ? [] : [[key, why] as const])),
  );
  const concerns = concernsOf(work, before.concerns, { frontier, failedGates, now });
  const notes = notesAfter(before.notes, seen);
  const among = amongSessions(given, before, { ...seen, concerns, due, notes });
  const idsOf = (keys: readonly string[]) => sessionsOf(given.sessions, keys).map(({ id }) => id);
  const told = escalate(concerns, { rules: given.escalation, now, sessionsOf: idsOf });
  const risks = lookAtRisks(given, before, { ...seen, frontier });
  const causes = checkpointsDue(given.frequency, { ...seen, completed: among.completed });
  return {
    state: {
      ...before,
      ...among.state,
      concerns: told.concerns,
      judgedGates,
      raisedRisks: risks.raised,
      measuredAt: risks.measuredAt,
      planned: given.sessions,
      notes,
      times: risks.times,
      checkpoints: before.checkpoints + causes.length,
    },
    events: [
      ...among.events,
      ...settledConcerns(before.concerns, concerns, now),
      ...told.raised,
      ...risks.events,
    ],
    due: causes,
    gates: due.filter(({ key }) => !judgedGates.has(key)),
    ...(told.next !== undefined && { wakeAt: told.next }),
    ...(risks.lookAt < Infinity && { lookAt: risks.lookAt }),
  };
}

interface Among extends SeenNow {
  readonly concerns: ReadonlyMap<string, Concern>;
  readonly due: readonly WaveGate[];
  readonly notes: AllNotes;
}

function amongSessions(
  { sessions, syncEvery }: CoordinationRules,
  before: CoordinationState,
  { run, news, reports, concerns, due, notes, over, now }: Among,
): SessionsAfter {
  const atGate = new Map(
    due.flatMap(({ after, name }) => after.map((key) => [key, name] as const)),
  );
  const happened = [...news, ...reports].map(({ task }) => task);
  const unsettled = [...concerns.values()].map(({ about }) => about);
  const meets = ({ id }: PlannedSession) => before.sessions.get(id)?.status === "coordinating";
  const own = new Set(sessionsOf(sessions, [...happened, ...unsettled, ...atGate.keys()]));
  const all = over || before.planned !== sessions;
  return coordinateSessions(before, {
    planned: sessions,
    touched: all ? sessions : sessions.filter((each) => own.has(each) || meets(each)),
    stateOf: (key) => stateOfTask(run, key),
    news,
    concerns,
    atGate,
    deviations: newDeviations(before.notes, notes, happened),
    syncEvery,
    over,
    now,
  });
}

function lookAtRisks(
  { work, rules, risks, starts, writers, deadline, plannedEnd }: CoordinationRules,
  { begunAt, times: timesBefore, raisedRisks, measuredAt }: CoordinationState,
  { now: ms, run, news, over, frontier }: SeenNow & { readonly frontier: Frontier },
): RisksSeen & {
  readonly times: RunTimes;
  readonly lookAt: number;
  readonly measuredAt: number;
} {
  const now = (ms - begunAt) / MINUTE;
  const { workers } = rules.limits;
  const waits = risks.some(({ trigger }) => trigger.metric === "waiting-minutes");
  const ready = waits ? readyIn(work, frontier) : undefined;
  const times = timesAfter(timesBefore, { news, minute: now, ready });
  const { measured, readySince, changes } = times;
  const lookAt = risks.length > 0 && !over ? ms + LOOK_MS : Infinity;
  if (risks.length === 0 || (!over && ms < measuredAt + APART_MS))
    return { raised: raisedRisks, events: [], times, lookAt, measuredAt };
  const measures: RunMeasures = {
    work,
    frontier,
    now,
    measured,
    starts,
    readySince,
    drift: () => driftOf(work, run, { measured, now, workers, plannedEnd }),
    changes,
    writers,
    ...(deadline !== undefined && { deadline }),
  };
  const seen = watchRisks(risks, raisedRisks, (trigger) => measureRisk(trigger, measures));
  return { ...seen, times, lookAt, measuredAt: ms };
}

/** The state after a gate was judged and not passed: with why it failed, or null where it waits for people. */
export function gateJudged(
  state: CoordinationState,
  { key }: Pick<WaveGate, "key">,
  why: string | null,
): CoordinationState {
  return { ...state, judgedGates: new Map(state.judgedGates).set(key, why) };
}

/** A verdict holds as long as the gate is due. */
function stillDue(
  { judgedGates }: CoordinationState,
  due: readonly WaveGate[],
): ReadonlyMap<string, string | null> {
  const keys = new Set(due.map(({ key }) => key));
  return new Map([...judgedGates].filter(([key]) => keys.has(key)));
}

const readyIn = ({ graph }: Executable, frontier: Frontier): readonly string[] =>
  Array.from(frontier.ready(), (node) => graph.nodes[node]?.key ?? "");
