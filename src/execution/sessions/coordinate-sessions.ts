import { VersionedMap } from "../../core/versioned-map.ts";
import type { MessageType, SessionEvent } from "../../core/session-event.ts";
import type { TaskEvent } from "../task-event.ts";
import type { TaskNews } from "../task-news.ts";
import { isActive, isFinished, type TaskState } from "../task-state.ts";
import type { Concern } from "./concerns.ts";
import { delivered, ORCHESTRATOR, type Inboxes, type Message } from "./message.ts";
import {
  advanceSession,
  CREATED,
  type PlannedSession,
  type SessionChange,
  type SessionState,
} from "./session.ts";

/** Sessions as they stand, and what they told each other. */
export interface SessionsState {
  /** By id; who is not in it is created. */
  readonly sessions: ReadonlyMap<string, SessionState>;
  readonly inboxes: Inboxes;
  /** Messages so far. */
  readonly messages: number;
  /** By key of task, the last attempt that counted as an interaction. */
  readonly counted: ReadonlyMap<string, number>;
}

export const NO_SESSIONS: SessionsState = {
  sessions: new Map(),
  inboxes: new Map(),
  messages: 0,
  counted: new Map(),
};

export interface SessionsSeen {
  readonly planned: readonly PlannedSession[];
  /** Those that something may have changed for: with news, at a meeting, with something unsettled. All without it. */
  readonly touched?: readonly PlannedSession[];
  readonly stateOf: (key: string) => TaskState;
  readonly news: readonly TaskNews[];
  /** What is unsettled now. */
  readonly concerns: ReadonlyMap<string, Concern>;
  /** Keys of the work that gates which are due wait for, with the gate's name. */
  readonly atGate: ReadonlyMap<string, string>;
  /** New deviations, by task, each safe to show. */
  readonly deviations: ReadonlyMap<string, readonly string[]>;
  /** After so many interactions a session tells all others how it stands. */
  readonly syncEvery: number;
  /** The run goes no further. */
  readonly over: boolean;
  readonly now: number;
}

export interface SessionsAfter {
  readonly state: SessionsState;
  readonly events: readonly SessionEvent[];
  /** Ids of sessions that were completed just now. */
  readonly completed: readonly string[];
}

/** The lifecycle of all sessions after some news (S3 `session_lifecycle`, `state_sync_frequency`, `inter_agent_communication`). */
export function coordinateSessions(before: SessionsState, seen: SessionsSeen): SessionsAfter {
  return new Turn(before, seen).run();
}

/** Attempts of agents that ended, each once. */
const ENDS: ReadonlySet<TaskEvent["kind"]> = new Set(["worked", "failed", "asked"]);

class Turn {
  readonly #seen: SessionsSeen;
  readonly #states: Map<string, SessionState>;
  #counted: VersionedMap<string, number>;
  readonly #events: SessionEvent[] = [];
  readonly #completed: string[] = [];
  /** Keys of tasks that an attempt was begun for just now. */
  readonly #begun: ReadonlySet<string>;
  #inboxes: Inboxes;
  #messages: number;

  constructor(before: SessionsState, seen: SessionsSeen) {
    this.#seen = seen;
    this.#begun = new Set(
      seen.news.flatMap(({ task, event }) => (event.kind === "started" ? [task] : [])),
    );
    this.#states = new Map(before.sessions);
    this.#counted = VersionedMap.of(before.counted);
    this.#inboxes = before.inboxes;
    this.#messages = before.messages;
  }

  run(): SessionsAfter {
    const { planned, touched = planned, over } = this.#seen;
    for (const session of touched) this.#begin(session);
    for (const session of touched) this.#interact(session);
    for (const session of touched) this.#meet(session);
    for (const session of touched) this.#sync(session);
    for (const session of touched) this.#finish(session);
    if (over)
      for (const session of planned)
        this.#change(session, { kind: "archived" }, "the run goes no further");
    return {
      state: {
        sessions: this.#states,
        inboxes: this.#inboxes,
        messages: this.#messages,
        counted: this.#counted,
      },
      events: this.#events,
      completed: this.#completed,
    };
  }

  #begin(session: PlannedSession): void {
    const { status } = this.#stateOf(session);
    if (status === "active" || status === "coordinating" || status === "archived") return;
    if (status === "completed" && !this.#isDone(session)) {
      this.#change(session, { kind: "reopened" }, "something of it is to be done again");
      return;
    }
    const begun = session.tasks.some(
      (key) => isActive(this.#seen.stateOf(key)) || this.#begun.has(key),
    );
    if (status !== "created" || !begun) return;
    this.#change(session, { kind: "opened" }, "its first task was begun");
    this.#tell("status", session, [ORCHESTRATOR], { text: `${session.title} begins.` });
  }

  #interact(session: PlannedSession): void {
    if (this.#seen.news.length === 0 && this.#seen.deviations.size === 0) return;
    const own = new Set(session.tasks);
    for (const { task, attempt, event } of this.#seen.news) {
      if (!own.has(task) || !ENDS.has(event.kind)) continue;
      if ((this.#counted.get(task) ?? 0) >= attempt) continue;
      this.#counted = this.#counted.with(task, attempt);
      this.#quietly(session, { kind: "interacted" });
    }
    for (const task of session.tasks)
      for (const text of this.#seen.deviations.get(task) ?? [])
        this.#tell("coordination", session, this.#waitingFor(session), { about: [task], text });
  }

  /** A conflict and a gate keep a session coordinating as long as they last. */
  #meet(session: PlannedSession): void {
    const why = this.#reasonToMeet(session);
    const { status } = this.#stateOf(session);
    if (status === "active" && why !== undefined) {
      this.#change(session, { kind: "sync-begun", why: why.text }, why.text);
      if (why.kind === "conflict")
        this.#tell("conflict", session, [ORCHESTRATOR, ...this.#others(session)], why);
    }
    if (status === "coordinating" && why === undefined)
      this.#change(session, { kind: "sync-ended" }, "what it met over is settled");
  }

  #sync(session: PlannedSession): void {
    const own = this.#stateOf(session);
    const { syncEvery } = this.#seen;
    if (own.status !== "active" || own.unsynced < syncEvery || this.#isDone(session)) return;
    const why = `${own.unsynced} interactions since the last sync`;
    this.#change(session, { kind: "sync-begun", why }, why);
    const others = this.#others(session);
    if (others.length > 0)
      this.#tell("sync_request", session, others, { text: `${this.#progress(session)} ${why}.` });
    for (const other of this.#seen.planned)
      if (others.includes(other.id))
        this.#tell("status", other, [session.id], { text: this.#progress(other) });
    this.#tell("status", session, [ORCHESTRATOR], { text: this.#progress(session) });
    this.#change(session, { kind: "sync-ended" }, "all sessions know how it stands");
  }

  #finish(session: PlannedSession): void {
    const { status } = this.#stateOf(session);
    if (status === "completed" || status === "archived" || !this.#isDone(session)) return;
    this.#change(session, { kind: "finished" }, "all of it is finished");
    this.#completed.push(session.id);
    this.#tell("status", session, [ORCHESTRATOR], { text: this.#progress(session) });
    const waiting = this.#waitingFor(session);
    if (waiting.length > 0)
      this.#tell("coordination", session, waiting, {
        text: `${session.title} is finished: what it made has landed.`,
      });
  }

  #reasonToMeet({ tasks }: PlannedSession):
    | {
        readonly kind: "conflict" | "gate";
        readonly about: readonly string[];
        readonly text: string;
      }
    | undefined {
    const { concerns, atGate } = this.#seen;
    if (concerns.size === 0 && atGate.size === 0) return undefined;
    for (const key of tasks) {
      const conflict = this.#seen.concerns.get(`conflict ${key}`);
      if (conflict) return { kind: "conflict", about: [key], text: conflict.text };
    }
    const gate = tasks.map((key) => this.#seen.atGate.get(key)).find((name) => name !== undefined);
    return gate === undefined ? undefined : { kind: "gate", about: [], text: `${gate} is due` };
  }

  #change(session: PlannedSession, change: SessionChange, why: string): void {
    const from = this.#stateOf(session).status;
    if (!this.#quietly(session, change)) return;
    this.#events.push({
      type: "session-advanced",
      session: session.id,
      title: session.title,
      from,
      to: this.#stateOf(session).status,
      why,
      ...this.#count(session),
    });
  }

  #quietly(session: PlannedSession, change: SessionChange): boolean {
    const next = advanceSession(this.#stateOf(session), change, this.#seen.now);
    if (next.ok) this.#states.set(session.id, next.value);
    return next.ok;
  }

  #tell(
    kind: MessageType,
    { id: from }: PlannedSession,
    to: readonly string[],
    { about = [], text }: { readonly about?: readonly string[]; readonly text: string },
  ): void {
    if (to.length === 0) return;
    const number = ++this.#messages;
    const message: Message = { number, at: this.#seen.now, kind, from, to, about, text };
    this.#inboxes = delivered(this.#inboxes, message);
    this.#events.push({ type: "message-sent", message: number, kind, from, to, about, text });
  }

  readonly #stateOf = ({ id }: PlannedSession): SessionState => this.#states.get(id) ?? CREATED;

  readonly #done = new Map<string, boolean>();

  readonly #isDone = ({ id, tasks }: PlannedSession): boolean => {
    const known = this.#done.get(id);
    if (known !== undefined) return known;
    const done = tasks.every((key) => isFinished(this.#seen.stateOf(key)));
    this.#done.set(id, done);
    return done;
  };

  readonly #count = ({ tasks }: PlannedSession) => ({
    done: tasks.filter((key) => isFinished(this.#seen.stateOf(key))).length,
    of: tasks.length,
  });

  readonly #progress = (session: PlannedSession): string => {
    const { done, of } = this.#count(session);
    return `${session.title}: ${done} of ${of} finished.`;
  };

  /** Sessions that are at work beside this one. */
  readonly #others = (session: PlannedSession): readonly string[] =>
    this.#seen.planned
      .filter((other) => {
        const { status } = this.#stateOf(other);
        return other.id !== session.id && (status === "active" || status === "coordinating");
      })
      .map(({ id }) => id);

  readonly #waitingFor = ({ id }: PlannedSession): readonly string[] =>
    this.#seen.planned.filter(({ waitsFor }) => waitsFor.includes(id)).map((other) => other.id);
}
