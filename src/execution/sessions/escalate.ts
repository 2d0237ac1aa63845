import type { SessionEvent } from "../../core/session-event.ts";
import { concernKey, type Concern } from "./concerns.ts";
import type { EscalationRules, EscalationStep } from "./escalation-rules.ts";

const MINUTE = 60_000;

export interface Escalated {
  readonly concerns: ReadonlyMap<string, Concern>;
  readonly raised: readonly Extract<SessionEvent, { readonly type: "escalation-raised" }>[];
  /** When the next threshold is reached, in milliseconds since 1970; undefined where none is left. */
  readonly next?: number;
}

/**
 * What has to be told now. Each step of each concern is told once, at its threshold or as soon after it as somebody looks; never before. A clock
 * that was put back only makes it later.
 */
export function escalate(
  concerns: ReadonlyMap<string, Concern>,
  {
    rules,
    now,
    sessionsOf,
  }: {
    readonly rules: EscalationRules;
    readonly now: number;
    /** Ids of the sessions that some keys belong to. */
    readonly sessionsOf: (keys: readonly string[]) => readonly string[];
  },
): Escalated {
  const raised: Escalated["raised"][number][] = [];
  const after = new Map<string, Concern>();
  let next = Infinity;
  for (const concern of concerns.values()) {
    const told = new Set(concern.told);
    for (const step of rules[concern.kind]) {
      if (told.has(step.rule) || (step.only === "critical" && !concern.critical)) continue;
      const due = concern.since + step.after * MINUTE;
      if (due > now) next = Math.min(next, due);
      else {
        told.add(step.rule);
        raised.push(eventOf(concern, step, sessionsOf([concern.about, ...concern.holds])));
      }
    }
    after.set(concernKey(concern), { ...concern, told: [...told] });
  }
  return { concerns: after, raised, ...(next < Infinity && { next }) };
}

const eventOf = (
  { kind, about, holds, text }: Concern,
  { after, to, rule }: EscalationStep,
  sessions: readonly string[],
): Escalated["raised"][number] => ({
  type: "escalation-raised",
  concern: kind,
  about,
  sessions,
  to,
  afterMinutes: after,
  rule,
  text: holds.length > 0 ? `${text} Held up by it: ${holds.join(", ")}.` : text,
});

/** Those that are settled now and had been told of. */
export function settledConcerns(
  before: ReadonlyMap<string, Concern>,
  after: ReadonlyMap<string, Concern>,
  now: number,
): readonly Extract<SessionEvent, { readonly type: "escalation-settled" }>[] {
  return [...before].flatMap(([key, { kind, about, since, told }]) =>
    told.length === 0 || after.has(key)
      ? []
      : [
          {
            type: "escalation-settled" as const,
            concern: kind,
            about,
            afterMinutes: Math.round(Math.max(0, now - since) / MINUTE),
          },
        ],
  );
}
