import type { RecordedEvent, RunEvent } from "../core/event.ts";

/** One event with when the database saw it, in milliseconds since the epoch. */
export interface Timed<E extends RunEvent = RunEvent> {
  readonly at: number;
  readonly event: E;
}

/** What was recorded of one stage of a run, oldest first. */
export interface StageHistory {
  readonly runId: string;
  readonly stage: string;
  /** Names of its specialists. */
  readonly roles: readonly string[];
  readonly startedAt: number;
  /** Whether the run ended after it, or went on to another stage. */
  readonly ended: boolean;
  /** From its last event until its gate asked again: other stages went on meanwhile. Milliseconds since the epoch. */
  readonly away: readonly { readonly from: number; readonly to: number }[];
  readonly events: readonly Timed[];
  /** What happened to it while it was not under way: it ended before, or it never began and the one before it ended. */
  readonly outside: readonly Timed[];
}

/** After these a stage goes on only if its gate asks again. */
const ENDS_STAGES: ReadonlySet<RunEvent["type"]> = new Set([
  "stage-started",
  "stages-voided",
  "run-finished",
]);

/**
 * The stages of a run, in the order in which they started. A stage that is run again is another one; one whose gate asks
 * again, because what it approved was changed, goes on.
 */
export function stagesOf(records: readonly RecordedEvent[]): readonly StageHistory[] {
  const stages: {
    head: Omit<StageHistory, "events" | "outside">;
    readonly events: Timed[];
    readonly outside: Timed[];
  }[] = [];
  /** What happened to a stage before it began: held, because something that it works from was missing. */
  let early: readonly (Timed & { readonly event: { readonly stage: string } })[] = [];
  for (const { runId, at, event } of records) {
    const time = Date.parse(at);
    if (ENDS_STAGES.has(event.type))
      for (const one of stages) one.head = { ...one.head, ended: true };
    if (event.type === "stages-voided" && event.asksAgain !== null) {
      const asking = stages.findLast(({ head }) => head.stage === event.asksAgain);
      if (asking) {
        const from = asking.events.at(-1)?.at ?? time;
        const away = [...asking.head.away, { from, to: time }];
        asking.head = { ...asking.head, ended: false, away };
      }
    }
    if (event.type === "stage-started") {
      const { stage, roles } = event;
      const head = { runId, stage, roles, startedAt: time, ended: false, away: [] };
      const isOwn = ({ event: before }: (typeof early)[number]) => before.stage === stage;
      stages.push({ head, events: early.filter(isOwn), outside: [] });
      // Another stage may begin first: the run goes back when something was changed.
      early = early.filter((one) => !isOwn(one));
    }
    if (!("stage" in event)) continue;
    const stage = stages.findLast(({ head }) => head.stage === event.stage && !head.ended);
    if (stage) stage.events.push({ at: time, event });
    else early = [...early, { at: time, event }];
  }
  // A stage that is held between others may never begin again: the run goes back, or ends there.
  for (const { at, event } of early) {
    const owner =
      stages.findLast(({ head }) => head.stage === event.stage) ??
      stages.findLast(({ head }) => head.startedAt <= at) ??
      stages[0];
    owner?.outside.push({ at, event });
  }
  return stages.map(({ head, events, outside }) => ({ ...head, events, outside }));
}

type EventType = RunEvent["type"];
export type EventOf<T extends EventType> = Extract<RunEvent, { readonly type: T }>;

/** Events of one type in a stage, oldest first. */
export const timedOf = <T extends EventType>(
  { events }: StageHistory,
  type: T,
): readonly Timed<EventOf<T>>[] =>
  events.flatMap(({ at, event }) => (isOf(event, type) ? [{ at, event }] : []));

export const eventsOf = <T extends EventType>(
  stage: StageHistory,
  type: T,
): readonly EventOf<T>[] => timedOf(stage, type).map(({ event }) => event);

const isOf = <T extends EventType>(event: RunEvent, type: T): event is EventOf<T> =>
  event.type === type;

/** How each specialist ended, the last time it was settled; only of `role`, if one is named. */
export function settledRoles(
  stage: StageHistory,
  role?: string,
): readonly EventOf<"role-settled">[] {
  const last = new Map(
    eventsOf(stage, "role-settled")
      .filter((event) => stage.roles.includes(event.role))
      .filter((event) => role === undefined || event.role === role)
      .map((event) => [event.role, event]),
  );
  return [...last.values()];
}

/** Waits for a person, in milliseconds; one that is still open has no end. */
export function waitsOf(
  stage: StageHistory,
): readonly { readonly kind: "gate" | "hold"; readonly from: number; readonly to?: number }[] {
  const waits: { kind: "gate" | "hold"; from: number; to?: number }[] = [];
  for (const { at, event } of stage.events) {
    if (event.type === "gate-opened") waits.push({ kind: "gate", from: at });
    if (event.type === "stage-held") waits.push({ kind: "hold", from: at });
    const ended =
      event.type === "gate-decided" ? "gate" : event.type === "stage-resumed" ? "hold" : undefined;
    const open = waits.findLast(({ kind, to }) => kind === ended && to === undefined);
    if (open) open.to = at;
  }
  return waits;
}
