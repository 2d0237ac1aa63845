import type { BudgetFigures } from "../core/budget-figures.ts";
import type { Progress, RecordedEvent, RunEvent } from "../core/event.ts";
import { isPlanEvent } from "../core/plan-event.ts";
import { isSessionEvent } from "../core/session-event.ts";

/** Where a role stands. Times are milliseconds since the epoch, as the store saw them. */
export interface AgentRow {
  readonly role: string;
  readonly agent: string;
  readonly state: "pending" | "running" | "retrying" | "succeeded" | "partial" | "failed";
  readonly attempt: number;
  readonly round: number;
  readonly startedAt: number | undefined;
  readonly durationMs: number | undefined;
  /** When the next attempt starts, while retrying. */
  readonly retryAt: number | undefined;
  /** What the agent said last, why it failed, or what it found. */
  readonly line: string;
}

type Of<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;

export interface GateView {
  readonly state: "waiting" | "approved" | "rejected" | "changing" | "voided";
  readonly round: number;
  readonly digest: string;
  readonly since: number;
  readonly note: string;
}

export interface StageView {
  readonly name: string;
  readonly started: Of<"stage-started"> | undefined;
  /** The specialists, in the order of the stage. */
  readonly specialists: readonly AgentRow[];
  /** Reviewer, synthesizer and QA, in the order they came. */
  readonly later: readonly AgentRow[];
  readonly quorum: Of<"quorum-tallied"> | undefined;
  readonly review: Of<"review-finished"> | undefined;
  readonly checks: Of<"checks-run"> | undefined;
  readonly rework: Of<"rework-requested"> | undefined;
  readonly gate: GateView | undefined;
  readonly hold: Of<"stage-held"> | undefined;
  /** Set where the stage was not needed. */
  readonly passedOver: Of<"stage-skipped"> | undefined;
  readonly written: readonly string[];
  /** Set while the run waits for work that is done outside of it. */
  readonly work: Of<"work-requested"> | undefined;
  /** Whether what it made is void: what is said of a stage of this name from now on is another one's. */
  readonly voided: boolean;
  /** Adaptive rules that hold for it. */
  readonly rules: readonly Of<"rule-fired">[];
  /** Agents without the sandbox that is wanted. */
  readonly unprotected: readonly Of<"sandbox-checked">[];
  /** Documents next to the spec that no role gets. */
  readonly skipped: readonly Of<"document-skipped">[];
  /** The provider that refused calls last. */
  readonly slowed: { readonly event: Of<"provider-slowed">; readonly at: number } | undefined;
}

/** Everything a person watching a run needs to see, derived from its events alone. */
export interface LiveView {
  /** Last event taken in; earlier ones are passed over, so taking a history in twice changes nothing. */
  readonly seq: number;
  readonly runId: string;
  readonly subject: string;
  readonly startedAt: number | undefined;
  readonly stages: readonly StageView[];
  /** What the run used and may use, as of the last call that ended. */
  readonly budget: BudgetFigures | undefined;
  readonly end: { readonly event: Of<"run-finished">; readonly at: number } | undefined;
}

export const EMPTY_VIEW: LiveView = {
  seq: 0,
  runId: "",
  subject: "",
  startedAt: undefined,
  stages: [],
  budget: undefined,
  end: undefined,
};

/** Take in one event or sign of life. Never throws, whatever the order. */
export function reduceView(view: LiveView, input: RecordedEvent | Progress): LiveView {
  if (!("event" in input)) return withProgress(view, input);
  if (input.seq <= view.seq) return view;
  const parsed = Date.parse(input.at);
  const at = Number.isNaN(parsed) ? (view.startedAt ?? 0) : parsed;
  const next = { ...view, seq: input.seq, runId: input.runId, startedAt: view.startedAt ?? at };
  const { event } = input;
  if (event.type === "stages-voided") return voided(next, event);
  if ("stage" in event) {
    const budget = event.type === "agent-finished" ? (event.budget ?? next.budget) : next.budget;
    return withStage({ ...next, budget }, event.stage, (stage) => reduceStage(stage, event, at));
  }
  // Runs that carry out plans have a view of their own.
  if (isPlanEvent(event) || isSessionEvent(event)) return next;
  switch (event.type) {
    case "run-started":
      return { ...next, subject: event.subject, startedAt: at, end: undefined };
    case "run-finished":
      return { ...next, end: { event, at } };
    case "run-taken-over":
    case "child-taken":
      return next;
  }
}

type StageEvent = Exclude<Extract<RunEvent, { readonly stage: string }>, Of<"stages-voided">>;

/** Stages that run again begin with a row of their own; one whose gate asks again comes last, as it is its turn. */
function voided(view: LiveView, { asksAgain, runAgain }: Of<"stages-voided">): LiveView {
  const stages = view.stages.map((stage) =>
    runAgain.some(({ stage: name }) => name === stage.name) ? { ...stage, voided: true } : stage,
  );
  const isAsked = ({ name, voided: gone }: StageView) => name === asksAgain && !gone;
  // What was held and what was waited for is over, too.
  const over = stages.filter(({ started, passedOver }) => started ?? passedOver);
  return {
    ...view,
    stages: [...over.filter((stage) => !isAsked(stage)), ...over.filter(isAsked)],
  };
}

function withStage(
  view: LiveView,
  name: string,
  change: (stage: StageView) => StageView,
): LiveView {
  const isIt = (stage: StageView) => stage.name === name && !stage.voided;
  const known = view.stages.some(isIt);
  const stages = known ? view.stages : [...view.stages, emptyStage(name)];
  return { ...view, stages: stages.map((stage) => (isIt(stage) ? change(stage) : stage)) };
}

const emptyStage = (name: string): StageView => ({
  name,
  started: undefined,
  specialists: [],
  later: [],
  quorum: undefined,
  review: undefined,
  checks: undefined,
  rework: undefined,
  gate: undefined,
  hold: undefined,
  passedOver: undefined,
  work: undefined,
  voided: false,
  written: [],
  rules: [],
  skipped: [],
  slowed: undefined,
  unprotected: [],
});

/** A role nobody has been asked to fill yet. */
export const pendingRow = (role: string): AgentRow => ({
  role,
  agent: "",
  state: "pending",
  attempt: 0,
  round: 1,
  startedAt: undefined,
  durationMs: undefined,
  retryAt: undefined,
  line: "",
});

function reduceStage(stage: StageView, event: StageEvent, at: number): StageView {
  switch (event.type) {
    case "stage-started":
      return { ...stage, started: event, specialists: rowsFor(event.roles, stage.specialists) };
    case "agent-started":
    case "agent-finished":
    case "agent-retried":
    case "role-settled":
      return withRow({ ...stage, hold: undefined }, event.role, (row) => reduceRow(row, event, at));
    case "quorum-tallied":
      return { ...stage, quorum: event };
    case "review-finished":
      return { ...stage, review: event };
    case "checks-run":
      return { ...stage, checks: event };
    case "rework-requested":
      return { ...stage, rework: event };
    case "gate-opened":
    case "gate-decided":
    case "gate-voided":
      return { ...stage, gate: gateAfter(event, at) };
    case "stage-held":
      return { ...stage, hold: event };
    case "stage-resumed":
      return { ...stage, hold: undefined, work: undefined };
    case "work-requested":
      return { ...stage, work: event };
    case "stage-signed-off":
    case "artifact-proposed":
    case "depth-chosen":
    case "draft-iterated":
    case "budget-reached":
      return stage;
    case "sandbox-checked":
      return event.reason === null
        ? stage
        : { ...stage, unprotected: [...stage.unprotected, event] };
    case "provider-slowed":
      return { ...stage, slowed: { event, at } };
    case "rule-fired":
      return { ...stage, rules: [...stage.rules, event] };
    case "stage-skipped":
      return { ...stage, passedOver: event };
    case "document-skipped":
      return { ...stage, skipped: [...stage.skipped, event] };
    case "artifact-written":
      return { ...stage, written: [...new Set([...stage.written, event.path])] };
  }
}

/** A row per role, keeping those known; roles named twice get one. */
const rowsFor = (roles: readonly string[], known: readonly AgentRow[]): readonly AgentRow[] =>
  [...new Set(roles)].map((role) => known.find((row) => row.role === role) ?? pendingRow(role));

function withRow(stage: StageView, role: string, change: (row: AgentRow) => AgentRow): StageView {
  const changeIn = (rows: readonly AgentRow[]) =>
    rows.map((row) => (row.role === role ? change(row) : row));
  if (stage.specialists.some((row) => row.role === role))
    return { ...stage, specialists: changeIn(stage.specialists) };
  const later = stage.later.some((row) => row.role === role)
    ? stage.later
    : [...stage.later, pendingRow(role)];
  return { ...stage, later: changeIn(later) };
}

type RowEvent = Extract<StageEvent, { readonly role: string }>;

function reduceRow(row: AgentRow, event: RowEvent, at: number): AgentRow {
  switch (event.type) {
    case "agent-started": {
      const { agent, attempt, round } = event;
      const fresh = { durationMs: undefined, retryAt: undefined, line: "" };
      return { ...row, ...fresh, agent, attempt, round, state: "running", startedAt: at };
    }
    case "agent-finished": {
      const { agent, attempt, round, durationMs, outcome } = event;
      const line = event.reason ?? "";
      return { ...row, agent, attempt, round, durationMs, line, state: outcome };
    }
    case "agent-retried":
      return { ...row, state: "retrying", retryAt: at + event.waitMs, line: event.reason };
    case "role-settled":
      return { ...row, state: event.status, round: event.round, line: event.summary };
  }
}

function gateAfter(
  event: Of<"gate-opened"> | Of<"gate-decided"> | Of<"gate-voided">,
  at: number,
): GateView {
  const { round } = event;
  switch (event.type) {
    case "gate-opened":
      return { state: "waiting", round, digest: event.digest, since: at, note: event.prompt };
    case "gate-voided":
      return { state: "voided", round, digest: "", since: at, note: event.reason };
    case "gate-decided": {
      const state = ({ approve: "approved", reject: "rejected", modify: "changing" } as const)[
        event.decision
      ];
      const note = event.reason ? `by ${event.by}: ${event.reason}` : `by ${event.by}`;
      return { state, round, digest: event.digest, since: at, note };
    }
  }
}

/** A sign of life counts only for a role that is known to run. */
function withProgress(view: LiveView, { runId, stage: name, role, line }: Progress): LiveView {
  if (runId !== view.runId || !view.stages.some((stage) => stage.name === name)) return view;
  const say = (row: AgentRow) =>
    row.role === role && row.state === "running" ? { ...row, line } : row;
  return withStage(view, name, (stage) => ({
    ...stage,
    specialists: stage.specialists.map(say),
    later: stage.later.map(say),
  }));
}
