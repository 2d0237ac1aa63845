import type { SessionEvent } from "../../core/session-event.ts";
import type { RiskTrigger } from "../../schedule/strategy/risks/risk.ts";

/** A risk of the register as a run watches it; plain data, kept in the run's journal. */
export type WatchedRisk = {
  readonly id: string;
  readonly name: string;
  readonly level: "low" | "medium" | "high";
  readonly trigger: Extract<RiskTrigger, { readonly kind: "metric" }>;
  readonly owner: string;
  readonly response: readonly string[];
  readonly contingency: string;
};

type Told = Extract<SessionEvent, { readonly type: "risk-raised" | "risk-settled" }>;

export interface RisksSeen {
  /** Ids of those that have come true, and not gone since. */
  readonly raised: ReadonlySet<string>;
  readonly events: readonly Told[];
}

/**
 * Which risks have come true, or are over. Each is told when it comes true, and again only after it was over: a value that stays beyond its
 * threshold is no news. A value that is not known changes nothing.
 */
export function watchRisks(
  risks: readonly WatchedRisk[],
  raised: ReadonlySet<string>,
  measure: (trigger: WatchedRisk["trigger"]) => number | undefined,
): RisksSeen {
  const now = new Set(raised);
  const events: Told[] = [];
  for (const risk of risks) {
    const { id, name, trigger } = risk;
    const measured = measure(trigger);
    if (measured === undefined) continue;
    const value = Math.round(measured * 10) / 10;
    const beyond =
      trigger.comparison === "above" ? value > trigger.threshold : value < trigger.threshold;
    if (beyond === now.has(id)) continue;
    if (beyond) {
      now.add(id);
      events.push(raisedEvent(risk, value));
    } else {
      now.delete(id);
      events.push({ type: "risk-settled", risk: id, name, value });
    }
  }
  return { raised: now, events };
}

const raisedEvent = (
  { id, name, level, trigger, owner, response, contingency }: WatchedRisk,
  value: number,
): Told => ({
  type: "risk-raised",
  risk: id,
  name,
  level,
  metric: trigger.metric,
  value,
  threshold: trigger.threshold,
  unit: trigger.unit,
  about: trigger.subjects,
  owner,
  response,
  contingency,
});
