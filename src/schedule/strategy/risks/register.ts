import type { Session } from "../coordination/coordination.ts";
import type { Basis } from "../basis.ts";
import { measured } from "../measured.ts";
import { earliest, networkOf, timesFor } from "../order/network.ts";
import { THRESHOLDS } from "../performance.ts";
import { simulateOrder, withReserve, type RiskEvent } from "../simulation/simulate-order.ts";
import { spreadOf } from "../simulation/spread.ts";
import type { Wave } from "../waves.ts";
import type { Finding, RiskContext } from "./finding.ts";
import { givenRisk } from "./given-risk.ts";
import {
  compareLevels,
  IMPACT_LEVELS,
  levelOf,
  PROBABILITY_LEVELS,
  RISK_MATRIX,
} from "./levels.ts";
import type { Risk, RiskCategory, RiskCoverage, RiskRegister } from "./risk.ts";
import type { RiskRule } from "./risk-rule.ts";
import { RISK_RULES } from "./rules.ts";
import { freeNumber, strategiesFor } from "./strategies.ts";

/** Risks of one rule at most: the ones that cost most. */
const MOST_OF_A_RULE = 10;
/** Runs for what only risks ask, fewer than for the forecast; a share is within 2 %. */
const RUNS = 2_000;

/** What a rule found, with what it would cost. */
export interface Found {
  readonly rule: RiskRule;
  readonly finding: Finding;
  /** Minutes that the whole ends later if it happens and all else goes as planned. */
  readonly delay: number;
}

/** What all rules find, the costliest of each first. The forecast in `basis` is one without events. */
export function findRisks(context: Omit<RiskContext, "lateness">): readonly Found[] {
  const delayBy = delays(context);
  const all = { ...context, lateness: latenessOf(context) };
  return RISK_RULES.flatMap((rule) =>
    rule
      .find(all)
      .map((finding): Found => ({
        rule,
        finding,
        delay: "minutes" in finding.does ? finding.does.minutes : delayBy(finding.does.hits),
      }))
      .toSorted((a, b) => b.delay * b.finding.probability - a.delay * a.finding.probability)
      .slice(0, MOST_OF_A_RULE),
  );
}

/** What of it the forecast does not know already: events that hit durations. */
export const eventsOf = (found: readonly Found[]): readonly RiskEvent[] =>
  found.flatMap(({ rule, finding }, index): readonly RiskEvent[] =>
    finding.source === "assumed" && "hits" in finding.does
      ? [{ id: `${rule.id} ${index}`, probability: finding.probability, hits: finding.does.hits }]
      : [],
  );

/** What the plan itself names, and what rules found beside it. */
export function riskRegister(
  basis: Basis,
  found: readonly Found[],
  sessions: readonly Session[],
): RiskRegister {
  const { makespan } = basis.schedule;
  const { given } = basis.project;
  const own = (given?.risks ?? []).map((risk) => givenRisk(risk, basis, sessions));
  const taken = new Set(own.map(({ id }) => id));
  const derived = found.map(({ rule, finding, delay }): Risk => {
    const probability = levelOf(finding.probability, PROBABILITY_LEVELS);
    const impact = levelOf(makespan > 0 ? delay / makespan : 0, IMPACT_LEVELS);
    return {
      id: freeNumber(PREFIXES[rule.category], taken),
      source: { kind: "derived", rule: rule.id },
      name: `${rule.name} ${finding.about}`,
      category: rule.category,
      probability: { value: finding.probability, level: probability, source: finding.source },
      impact: { minutes: delay, days: delay / basis.timeline.dayMinutes, level: impact },
      level: RISK_MATRIX[probability][impact],
      affected: affectedBy(finding, basis.schedule, sessions),
      evidence: finding.evidence,
      detectionMethod: rule.detectionMethod,
      trigger: finding.trigger,
      earlyWarningSigns: rule.earlyWarningSigns,
      preventionMeasures: rule.preventionMeasures,
      responseProcedures: rule.responseProcedures,
      contingencyPlan: rule.contingencyPlan,
      owner: rule.owner,
    };
  });
  const sorted = [...own, ...derived].toSorted(
    (a, b) => compareLevels(a.level, b.level) || expectedDelay(b) - expectedDelay(a),
  );
  return {
    risks: sorted,
    strategies: strategiesFor(sorted, given?.strategies),
    coverage: coverageOf(sorted),
  };
}

/** What a plan names without a figure comes first among those of its level. */
const expectedDelay = ({ probability, impact }: Risk): number =>
  probability.value === undefined || impact.minutes === undefined
    ? Number.MAX_VALUE
    : probability.value * impact.minutes;

const PREFIXES: Readonly<Record<RiskCategory, string>> = {
  coordination_risk: "coord",
  technical_integration_risk: "integ",
  resource_conflict_risk: "res",
  quality_risk: "qual",
  schedule_risk: "sched",
};

function affectedBy(
  { activities, people = [], resources = [], teams }: Finding,
  { bookings }: RiskContext["basis"]["schedule"],
  sessions: readonly Session[],
): Risk["affected"] {
  const ids = new Set(activities);
  const own = bookings.flatMap(({ activity, team }) =>
    team !== undefined && ids.has(activity) ? [team] : [],
  );
  return {
    activities: [...ids],
    sessions: sessions
      .filter((session) => session.activities.some((id) => ids.has(id)))
      .map(({ id }) => id),
    teams: teams ?? [...new Set(own)],
    people,
    resources,
  };
}

/** High risks that somebody keeps from happening, answers, and has a way out of (MISSION WV-09: all of them). */
export function coverageOf(risks: readonly Risk[]): RiskCoverage {
  const high = risks.filter(({ level }) => level === "high");
  const mitigated = high.filter(
    (risk) =>
      risk.preventionMeasures.length > 0 &&
      risk.responseProcedures.length > 0 &&
      risk.contingencyPlan !== "" &&
      risk.owner !== "",
  );
  const percent = high.length === 0 ? 100 : (mitigated.length / high.length) * 100;
  const { level } = measured({
    id: "",
    name: "",
    calculation: "",
    unit: "percent",
    value: percent,
    thresholds: THRESHOLDS.whole,
    evidence: "",
  });
  return { high: high.length, mitigated: mitigated.length, percent, level };
}

/** The waves with the highest level among the risks of their activities. */
export function withRisks(waves: readonly Wave[], { risks }: RiskRegister): readonly Wave[] {
  return waves.map((wave) => {
    const own = new Set(wave.units.flatMap(({ activities }) => activities));
    const levels = risks
      .filter(({ affected }) => affected.activities.some((id) => own.has(id)))
      .map(({ level }) => level);
    return { ...wave, risk: levels.toSorted(compareLevels)[0] ?? "low" };
  });
}

/** By going through the schedule's order once more with what the event does. */
function delays({ basis }: Pick<RiskContext, "basis">): (hits: RiskEvent["hits"]) => number {
  const { order } = basis;
  const network = networkOf(order);
  const times = timesFor(network);
  const planned = order.nodes.map(({ work }) => work);
  const end = earliest(network, planned, times);
  return (hits) => {
    const work = planned.slice();
    for (const { node, factor, minutes } of hits) {
      const { open = 0, reserve = 0 } = order.nodes[node] ?? {};
      const certain = (planned[node] ?? 0) - open;
      const needed = open * (1 - reserve);
      const longer =
        needed > 0 ? open * withReserve(factor + minutes / needed, reserve) : open + minutes;
      work[node] = certain + longer;
    }
    return Math.max(0, earliest(network, work, times) - end);
  };
}

/** The same runs each time. */
function latenessOf({ basis }: Pick<RiskContext, "basis">): RiskContext["lateness"] {
  const { project, order, forecast } = basis;
  const spreads = project.activities.map(({ work }) => spreadOf(work));
  const options = {
    runs: Math.min(RUNS, forecast.runs),
    seed: forecast.seed,
    correlation: forecast.estimates.correlation,
    events: [],
  };
  return (asked) => {
    if (asked.length === 0) return [];
    const moments = asked.map(({ nodes }) => nodes);
    const runs = simulateOrder(order, spreads, { ...options, moments });
    return runs.moments.map((ends, index) => {
      const by = asked[index]?.by ?? 0;
      return ends.filter((end) => end > by + 0.5).length / ends.length;
    });
  };
}
