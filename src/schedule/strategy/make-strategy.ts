import type { Axis } from "../project/axis.ts";
import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import { assignmentsOf } from "./assignments.ts";
import type { Basis } from "./basis.ts";
import { bottlenecksOf } from "./bottleneck.ts";
import { communicationsOf } from "./coordination/communications.ts";
import type { Coordination, Session } from "./coordination/coordination.ts";
import { DECISION_RULES, SESSION_RULES } from "./coordination/rules.ts";
import { sessionsOf } from "./coordination/sessions.ts";
import { syncPlansOf } from "./coordination/sync-plans.ts";
import { criticalAnalysis } from "./critical-analysis.ts";
import { efficiencyOf } from "./efficiency.ts";
import { forecast, type ForecastOptions } from "./forecast.ts";
import { milestonesOf } from "./milestones.ts";
import { monitoringOf } from "./monitoring.ts";
import { partialOrder } from "./order/partial-order.ts";
import { performanceOf } from "./performance.ts";
import { measuresOf, planQualityOf } from "./plan-quality.ts";
import { bufferPrice, priceOfAllBarriers, syncPrices, withPrices } from "./prices.ts";
import { qualityOf, type Verifications } from "./quality-gates.ts";
import { resourceConstraints } from "./resource-constraints.ts";
import { eventsOf, findRisks, riskRegister, withRisks, type Found } from "./risks/register.ts";
import { whatShortensMost, type Shortenings } from "./shortenings.ts";
import type { Strategy } from "./strategy.ts";
import { timelineOf, type Timeline } from "./timeline.ts";
import { unitsOf, type Units } from "./units.ts";
import { wavesOf, type Price, type Wave } from "./waves.ts";
import type { Scheduler } from "./what-if.ts";
import { workloadOf } from "./workload.ts";

/** What the first part of a strategy rests on. */
export interface PreparationOptions extends Omit<ForecastOptions, "events" | "calm"> {
  readonly verifications?: Verifications;
}

export interface StrategyOptions extends PreparationOptions {
  /** Schedules a changed project, for prices and for what shortens it; without it nothing is priced. */
  readonly scheduler?: Scheduler;
  /** How often the project is scheduled anew for what shortens it most; 0 for not at all. */
  readonly tries?: number;
}

/** Everything that follows from a project and its schedule. The same arguments give the same strategy. */
export function strategyOf(
  project: Project,
  schedule: Schedule,
  axis: Axis,
  options: StrategyOptions = {},
): Strategy {
  return strategyOn(project, schedule, timelineOf(project, axis, schedule.makespan), options);
}

/** The same on a timeline that is there already. */
export function strategyOn(
  project: Project,
  schedule: Schedule,
  timeline: Timeline,
  { scheduler, tries, ...options }: StrategyOptions = {},
): Strategy {
  const prepared = prepareStrategy(project, schedule, timeline, options);
  return assembleStrategy(prepared, scheduler && trialsOf(prepared, scheduler, tries));
}

/** What follows from one schedule alone: all but what others of the project would be like. */
export interface Prepared {
  readonly basis: Basis;
  readonly units: Units;
  readonly found: readonly Found[];
  readonly sessions: readonly Session[];
  /** Without prices and risks. */
  readonly waves: readonly Wave[];
  readonly verifications: Verifications | undefined;
}

/** First part of a strategy; `trialsOf` and `assembleStrategy` go on with it. */
export function prepareStrategy(
  project: Project,
  schedule: Schedule,
  timeline: Timeline,
  { verifications, ...options }: PreparationOptions = {},
): Prepared {
  const order = partialOrder(project, schedule, timeline);
  const critical = criticalAnalysis(order);
  const calm: Basis = {
    project,
    schedule,
    timeline,
    order,
    critical,
    forecast: forecast(project, order, timeline, options),
  };
  const units = unitsOf(project, schedule.passedOver);
  const found = findRisks({ basis: calm, units, workload: workloadOf(calm) });
  const events = eventsOf(found);
  const stormy = { ...options, events, calm: calm.forecast };
  const basis =
    events.length === 0 ? calm : { ...calm, forecast: forecast(project, order, timeline, stormy) };
  const sessions = sessionsOf(basis, units);
  const waves = wavesOf(basis, units, sessions);
  return { basis, units, found, sessions, waves, verifications };
}

/** What came of scheduling anew. */
export interface Trials {
  readonly waves: readonly Wave[];
  readonly barriers?: Price;
  readonly syncs: ReadonlyMap<string, Price>;
  readonly bufferCosts: number;
  readonly shortenings?: Shortenings;
}

/** Prices, and what shortens it most. Asks for the same projects whatever it is told. */
export function trialsOf(
  { basis, waves }: Pick<Prepared, "basis" | "waves">,
  scheduler: Scheduler,
  tries?: number,
): Trials {
  return {
    waves: withPrices(waves, basis, scheduler),
    ...(waves.length > 1 ? { barriers: priceOfAllBarriers(waves, basis, scheduler) } : {}),
    syncs: syncPrices(basis, scheduler),
    bufferCosts: bufferPrice(basis, scheduler).minutes,
    ...(tries === 0 ? {} : { shortenings: whatShortensMost(basis, scheduler, tries) }),
  };
}

/** Last part of a strategy; without trials nothing in it is priced. */
export function assembleStrategy(
  { basis, units, found, sessions, verifications, ...unpriced }: Prepared,
  trials?: Trials,
): Strategy {
  const { project, schedule, timeline, critical } = basis;
  const { barriers, shortenings } = trials ?? {};
  const risks = riskRegister(basis, found, sessions);
  const waves = withRisks(trials?.waves ?? unpriced.waves, risks);
  const workload = workloadOf(basis, trials?.bufferCosts);
  const coordination: Coordination = {
    sessions,
    sessionRules: SESSION_RULES,
    syncs: syncPlansOf(basis, units, { sessions, prices: trials?.syncs ?? new Map() }),
    communications: communicationsOf(basis),
    decisions: DECISION_RULES,
  };
  const efficiency = efficiencyOf(basis, workload, coordination);
  const planQuality = planQualityOf(basis, {
    waves,
    efficiency,
    coverage: risks.coverage,
    coordination,
  });
  return {
    project,
    schedule,
    dayMinutes: timeline.dayMinutes,
    critical,
    bottlenecks: bottlenecksOf(basis, workload, shortenings?.tried),
    milestones: milestonesOf(basis),
    waves,
    ...(barriers === undefined ? {} : { allBarriers: barriers }),
    ...(shortenings === undefined ? {} : { shortenings }),
    workload,
    efficiency,
    assignments: assignmentsOf(basis),
    constraints: resourceConstraints(basis),
    forecast: basis.forecast,
    risks,
    quality: qualityOf(waves, coordination, verifications),
    coordination,
    monitoring: monitoringOf(
      performanceOf(basis, { efficiency, workload }),
      measuresOf(planQuality),
    ),
    planQuality,
  };
}
