import type { PlannedSession } from "./session.ts";

type ByTask = ReadonlyMap<string, readonly PlannedSession[]>;

const known = new WeakMap<readonly PlannedSession[], ByTask>();

/** The sessions that some tasks or verifications belong to, in the order of the plan. They are looked through once for each list of sessions. */
export function sessionsOf(
  sessions: readonly PlannedSession[],
  keys: Iterable<string>,
): readonly PlannedSession[] {
  const of = known.get(sessions) ?? byTask(sessions);
  known.set(sessions, of);
  const found = new Set<PlannedSession>();
  for (const key of keys) for (const session of of.get(key) ?? []) found.add(session);
  return found.size < 2 ? [...found] : sessions.filter((session) => found.has(session));
}

function byTask(sessions: readonly PlannedSession[]): ByTask {
  const of = new Map<string, PlannedSession[]>();
  for (const session of sessions)
    for (const key of session.tasks) {
      const own = of.get(key);
      if (own) own.push(session);
      else of.set(key, [session]);
    }
  return of;
}
