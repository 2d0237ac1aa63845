import type { GivenStrategy } from "../../project/given.ts";
import type { MitigationStrategy, Risk, RiskCategory } from "./risk.ts";

type Template = Omit<MitigationStrategy, "id" | "risks" | "source">;

/** One for each category; the first is S3's own. */
const STRATEGIES: Readonly<Record<RiskCategory, Template>> = {
  coordination_risk: {
    name: "Proactive Coordination",
    description: "Regular coordination touchpoints to prevent issues",
    implementation: [
      "Daily standups with all parallel teams",
      "Weekly integration reviews",
      "Real-time conflict monitoring",
    ],
    successMetrics: ["<5% coordination conflicts", "No critical path impacts"],
    monitoring: "Daily coordination effectiveness tracking",
  },
  technical_integration_risk: {
    name: "Continuous Integration",
    description: "What fits together is found out as it is made, not at the end",
    implementation: [
      "Contract validation between waves",
      "Integration tests with every change",
      "Mock implementations until the real ones are there",
    ],
    successMetrics: [
      "No integration wave begins with an open dependency",
      "Integration takes no longer than planned",
    ],
    monitoring: "Integration test results of each day",
  },
  resource_conflict_risk: {
    name: "Resource Scheduling",
    description:
      "What is scarce is booked for what has the least slack, and made less scarce where that is cheap",
    implementation: [
      "Priority of the critical chain",
      "Cross-training for skills that one person has",
      "A second one of what is waited for most",
    ],
    successMetrics: [
      "No activity of the critical chain waits for a resource longer than planned",
      "Each skill in two people",
    ],
    monitoring: "Waiting times of resources and people, daily",
  },
  quality_risk: {
    name: "Quality Gates",
    description: "A wave is done when what it promised was verified",
    implementation: [
      "Criteria of each phase before it begins",
      "Quality gate of each wave",
      "Review of all code before merge",
    ],
    successMetrics: ["No task of a passed gate is opened again"],
    monitoring: "Gates that were passed, failed and passed again",
  },
  schedule_risk: {
    name: "Schedule Control",
    description:
      "The end that is promised has its uncertainty in it, and moves are seen when they are small",
    implementation: [
      "Promise what four of five simulated runs keep",
      "Replan from what happened, weekly and when a trigger fires",
      "Reserve of capacity for what goes wrong",
    ],
    successMetrics: [
      "The end is within the forecast's P50 and P95",
      "No more than 5% behind schedule",
    ],
    monitoring: "Forecast of the end, daily",
  },
};

/**
 * What answers these risks: what the plan gives, in its words, then ours by category, in the order of the worst of each, for risks that no given
 * one answers. A given one of the name of one of ours is that one, and answers the risks of both.
 */
export function strategiesFor(
  risks: readonly Risk[],
  given: readonly GivenStrategy[] = [],
): readonly MitigationStrategy[] {
  const answered = new Set(given.flatMap((strategy) => strategy.risks));
  const byCategory = new Map<RiskCategory, string[]>();
  for (const { id, category } of risks) {
    if (!isCategory(category) || answered.has(id)) continue;
    const list = byCategory.get(category);
    if (list) list.push(id);
    else byCategory.set(category, [id]);
  }
  const own = given.map((strategy): MitigationStrategy => {
    const same = [...byCategory].find(([category]) => STRATEGIES[category].name === strategy.name);
    if (same) byCategory.delete(same[0]);
    const { id, name, description, implementation, successMetrics, monitoring } = strategy;
    const answers = [...strategy.risks, ...(same?.[1] ?? [])];
    const words = { id, name, description, implementation, successMetrics, monitoring };
    return { ...words, source: "given", risks: answers };
  });
  const taken = new Set(own.map(({ id }) => id));
  const ours = Array.from(byCategory, ([category, ids]): MitigationStrategy => ({
    ...STRATEGIES[category],
    id: freeNumber("mit", taken),
    source: "derived",
    risks: ids,
  }));
  return [...own, ...ours];
}

const isCategory = (word: string): word is RiskCategory => Object.hasOwn(STRATEGIES, word);

/** `mit_001`, or the next that nothing is called yet; it is then taken. */
export function freeNumber(prefix: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const id = `${prefix}_${String(number).padStart(3, "0")}`;
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}
