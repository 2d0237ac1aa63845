import type { SessionEvent } from "../../core/session-event.ts";
import type { Executable } from "../executable.ts";
import { stateOfTask, type RunState } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import type { CoordinationState } from "./coordinate-run.ts";
import { ORCHESTRATOR, type Message } from "./message.ts";
import { CREATED, type PlannedSession, type SessionState } from "./session.ts";

/** A file of the state folder; `path` is relative to it. */
export interface StateFile {
  readonly path: string;
  readonly text: string;
}

/** The name of a project's folder in S3's layout: nothing in it leads anywhere else. */
export const stateFolderOf = (project: string): string =>
  `state/projects/${project.replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80) || "project"}`;

interface FilesOf {
  readonly runId: string;
  readonly project: string;
  readonly work: Executable;
  readonly sessions: readonly PlannedSession[];
  readonly before: { readonly state: CoordinationState; readonly run: RunState };
  readonly after: { readonly state: CoordinationState; readonly run: RunState };
  readonly events: readonly SessionEvent[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * What of the state folder is to be written after some events, in S3's layout (`sessions/session_001.json`): sessions that changed, or were told
 * something, and what the orchestrator was told. Before a change of state, what was there is kept (S3 `backup_frequency:
 * before_major_transitions`). Files for tools that read them; the run itself reads none.
 */
export function sessionFiles(given: FilesOf): readonly StateFile[] {
  const { events, sessions, after } = given;
  if (events.length === 0) return [];
  const folder = `${stateFolderOf(given.project)}/sessions`;
  const moved = new Map<string, string>();
  const touched = new Set<string>();
  for (const event of events) {
    if (event.type === "session-advanced") {
      touched.add(event.session);
      if (!moved.has(event.session)) moved.set(event.session, event.from);
    }
    if (event.type === "message-sent") for (const to of event.to) touched.add(to);
  }
  const own = sessions.filter(({ id }) => touched.has(id));
  const backups = own.flatMap((session): readonly StateFile[] => {
    const from = moved.get(session.id);
    return from === undefined || from === "created"
      ? []
      : [
          {
            path: `${folder}/backups/${session.id}-${given.at}-${from}.json`,
            text: textOf(sessionFile(session, given, given.before)),
          },
        ];
  });
  const written = own.map((session) => ({
    path: `${folder}/${session.id}.json`,
    text: textOf(sessionFile(session, given, after)),
  }));
  const upwards =
    touched.has(ORCHESTRATOR) || events.some(({ type }) => type.startsWith("escalation-"))
      ? [{ path: `${folder}/${ORCHESTRATOR}.json`, text: textOf(orchestratorFile(given)) }]
      : [];
  return [...backups, ...written, ...upwards];
}

const textOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const timeOf = (at: number): string => new Date(at).toISOString();

const planId = ({ runId }: FilesOf): string => `parallel_exec_${runId}`;

function sessionFile(
  { id, unit, title, tasks, waitsFor }: PlannedSession,
  given: FilesOf,
  { state, run }: FilesOf["after"],
) {
  const own = state.sessions.get(id) ?? CREATED;
  const states = tasks.map((key) => ({ id: key, status: stateOfTask(run, key).status }));
  return {
    session_id: id,
    execution_plan_id: planId(given),
    phase_id: unit,
    phase_name: title,
    state: own.status,
    state_since: sinceOf(own),
    ...(own.status === "coordinating" && { coordinating_over: own.why }),
    interactions: own.status === "created" ? 0 : own.interactions,
    waits_for: waitsFor,
    progress: {
      finished: tasks.filter((key) => isFinished(stateOfTask(run, key))).length,
      total: tasks.length,
    },
    tasks: states,
    messages: (state.inboxes.get(id) ?? []).map(messageEntry),
    updated_at: timeOf(given.at),
  };
}

function sinceOf(state: SessionState): string | null {
  if (state.status === "created") return null;
  return timeOf("since" in state ? state.since : state.at);
}

const orchestratorFile = (given: FilesOf) => ({
  execution_plan_id: planId(given),
  sessions: given.sessions.map(({ id, title }) => ({
    session_id: id,
    phase_name: title,
    state: (given.after.state.sessions.get(id) ?? CREATED).status,
  })),
  open_escalations: [...given.after.state.concerns.values()]
    .filter(({ told }) => told.length > 0)
    .map(({ kind, about, since, told, text }) => ({
      concern: kind,
      about,
      since: timeOf(since),
      rules: told,
      text,
    })),
  messages: (given.after.state.inboxes.get(ORCHESTRATOR) ?? []).map(messageEntry),
  updated_at: timeOf(given.at),
});

/** S3 `structured_json_messaging`. */
const messageEntry = ({ number, at, kind, from, to, about, text }: Message) => ({
  message_id: number,
  sent_at: timeOf(at),
  message_type: kind,
  from,
  to,
  about,
  content: text,
});
