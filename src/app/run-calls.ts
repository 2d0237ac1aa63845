import type { CacheNote } from "../core/cache-note.ts";
import type { Resources } from "../core/resources.ts";
import type { RecordedEvent, Usage } from "../core/event.ts";

/** One call of an agent in a run, or an earlier answer that was taken instead. */
export interface RunCall {
  /** Its name, e.g. `planning-requirements-r1-a1`; also that of its folder under `attempts/`. */
  readonly step: string;
  readonly stage: string;
  readonly role: string;
  readonly agent: string;
  readonly attempt: number;
  readonly round: number;
  readonly state: "asked" | "succeeded" | "failed";
  /** ISO 8601, UTC: when it ended, or was begun. */
  readonly at: string;
  readonly durationMs?: number;
  readonly usage?: Usage;
  /** Why it failed. */
  readonly reason?: string;
  readonly cache?: CacheNote;
  /** What its processes took of the machine. */
  readonly resources?: Resources;
}

/** The calls of a run, in the order in which they ended; those that have not, last. */
export async function callsOf(events: AsyncIterable<RecordedEvent>): Promise<readonly RunCall[]> {
  const open = new Map<string, RunCall>();
  const ended: RunCall[] = [];
  for await (const { at, event } of events) {
    if (event.type !== "agent-started" && event.type !== "agent-finished") continue;
    const { stage, role, agent, attempt, round, cache } = event;
    // Runs of earlier versions don't say it.
    const step = cache?.step ?? `${stage}-${role}-r${round}-a${attempt}`;
    const call = { step, stage, role, agent, attempt, round, at, ...(cache && { cache }) };
    if (event.type === "agent-started") {
      open.set(step, { ...call, state: "asked" });
      continue;
    }
    const { outcome, durationMs, usage, reason, resources } = event;
    open.delete(step);
    const more = { ...(reason && { reason }), ...(resources && { resources }) };
    ended.push({ ...call, state: outcome, durationMs, usage, ...more });
  }
  return [...ended, ...open.values()];
}
