import type { Basis } from "./basis.ts";
import type { Coordination } from "./coordination/coordination.ts";
import type { Efficiency } from "./efficiency.ts";
import { lengthText } from "./length.ts";
import { measured, worstLevel, type Level, type Measured } from "./measured.ts";
import { overbookings } from "./overbookings.ts";
import { THRESHOLDS } from "./performance.ts";
import type { RiskCoverage } from "./risks/risk.ts";
import { teamCrossings } from "./team-crossings.ts";
import type { Wave } from "./waves.ts";

/** S3 "Execution Plan Quality Metrics", computed (MISSION WV-12). */
export interface PlanQuality {
  readonly completeness: Measured;
  readonly optimisation: Measured;
  readonly feasibility: Measured;
  readonly riskCoverage: Measured;
  readonly coordinationDesign: Measured;
  /** The worst of them. */
  readonly level: Level;
}

export interface QualityInput {
  readonly waves: readonly Wave[];
  readonly efficiency: Efficiency;
  readonly coverage: RiskCoverage;
  readonly coordination: Coordination;
}

export function planQualityOf(basis: Basis, input: QualityInput): PlanQuality {
  const measures = {
    completeness: completeness(basis, input.waves),
    optimisation: optimisation(basis, input.efficiency),
    feasibility: feasibility(basis),
    riskCoverage: riskCoverage(input.coverage),
    coordinationDesign: coordinationDesign(basis, input.coordination),
  };
  return { ...measures, level: worstLevel(Object.values(measures).map(({ level }) => level)) };
}

export const measuresOf = ({
  completeness: whole,
  optimisation: shorter,
  feasibility: possible,
  riskCoverage: covered,
  coordinationDesign: designed,
}: PlanQuality): readonly Measured[] => [whole, shorter, possible, covered, designed];

const partOf = (part: number, whole: number): { readonly value?: number } =>
  whole === 0 ? {} : { value: (part / whole) * 100 };

/** A phase counts when it has activities, and all of them are in the schedule and in a wave. */
function completeness({ project, schedule }: Basis, waves: readonly Wave[]): Measured {
  const inWaves = new Set(
    waves.flatMap(({ units }) => units.flatMap(({ activities }) => activities)),
  );
  const scheduled = new Set(
    schedule.bookings.flatMap(({ activity }) => (inWaves.has(activity) ? [activity] : [])),
  );
  const missing = new Set(project.groups.map(({ id }) => id));
  const filled = new Set(
    project.activities.flatMap(({ group }) => (group === undefined ? [] : [group])),
  );
  for (const id of filled) missing.delete(id);
  for (const { id, group } of project.activities)
    if (group !== undefined && !scheduled.has(id)) missing.add(group);
  const groups = project.groups.length;
  const covered = groups - project.groups.filter(({ id }) => missing.has(id)).length;
  const activities = project.activities.length;
  const here = project.activities.filter(({ id }) => scheduled.has(id)).length;
  return measured({
    id: "completeness",
    name: "Completeness",
    calculation:
      "Phases in the schedule and in a wave / All phases * 100 (activities where there are no phases)",
    unit: "percent",
    ...(groups > 0 ? partOf(covered, groups) : partOf(here, activities)),
    thresholds: THRESHOLDS.whole,
    evidence: `${covered} of ${groups} phases, ${here} of ${activities} activities`,
  });
}

/** More than the lower bound allows can't be had. */
function optimisation(
  { schedule, timeline }: Basis,
  { sequential, percent, optimality }: Efficiency,
): Measured {
  const most = sequential > 0 ? ((sequential - schedule.bound) / sequential) * 100 : 0;
  return measured({
    id: "optimisation",
    name: "Optimization",
    calculation: "(Sequential Time - Parallel Time) / Sequential Time * 100",
    unit: "percent",
    ...(sequential > 0 ? { value: percent } : {}),
    thresholds: THRESHOLDS.reduction,
    evidence:
      `${Math.round(percent)} % shorter than one after another; no schedule of these people and dependencies saves more than ${Math.round(most)} % ` +
      `(at least ${lengthText(schedule.bound, timeline.dayMinutes)}, this one is at ${Math.round(optimality)} % of that)`,
  });
}

function feasibility({ project, schedule }: Basis): Measured {
  const over = overbookings(project, schedule);
  const hit = new Set(over.flatMap(({ activities }) => activities));
  const all = project.activities.length;
  const [worst] = over;
  return measured({
    id: "feasibility",
    name: "Feasibility",
    calculation:
      "Activities that no person, team or shared resource is overbooked for / All activities * 100",
    unit: "percent",
    ...partOf(all - hit.size, all),
    thresholds: THRESHOLDS.whole,
    evidence: worst
      ? `${over.length} overbooked, first ${worst.kind} ${worst.id}: ${worst.most} at once of ${worst.capacity}`
      : `${schedule.bookings.length} bookings, nothing is overbooked`,
  });
}

const riskCoverage = ({ high, mitigated, percent }: RiskCoverage): Measured =>
  measured({
    id: "risk_coverage",
    name: "Risk Coverage",
    calculation: "High risks with prevention, response, contingency and owner / High risks * 100",
    unit: "percent",
    value: percent,
    thresholds: THRESHOLDS.whole,
    evidence: `${mitigated} of ${high} high risks`,
  });

/**
 * Dependencies between teams that something looks after: a sync point on the way, a meeting of both, or messages of sessions where agents
 * are part of it; and sync points that say who, when, what counts and what else.
 */
function coordinationDesign(basis: Basis, { syncs, communications }: Coordination): Measured {
  const { project } = basis;
  const agents = new Set(project.teams.flatMap(({ id, kind }) => (kind === "agents" ? [id] : [])));
  const meeting = (a: string, b: string) =>
    communications.some(({ teams }) => teams.includes(a) && teams.includes(b));
  const [after, before] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const sync of project.syncPoints) {
    for (const id of sync.after) after.set(id, (after.get(id) ?? new Set()).add(sync.id));
    for (const id of sync.before) before.set(id, (before.get(id) ?? new Set()).add(sync.id));
  }
  const crossings = teamCrossings(basis);
  const crossing = crossings.length;
  const covered = crossings.filter(({ from, to, teams: [one, other] }) => {
    const synced = [...(after.get(from) ?? [])].some((sync) => before.get(to)?.has(sync));
    return synced || agents.has(one) || agents.has(other) || meeting(one, other);
  }).length;
  const whole = syncs.filter(
    (sync) => sync.participants.length > 0 && sync.criteria.length > 0 && sync.onFailure.length > 0,
  ).length;
  return measured({
    id: "coordination_design",
    name: "Coordination Design",
    calculation:
      "(Dependencies between teams that are looked after + sync points with participants, criteria and failure procedures) / All of both * 100",
    unit: "percent",
    value:
      crossing + syncs.length === 0 ? 100 : ((covered + whole) / (crossing + syncs.length)) * 100,
    thresholds: THRESHOLDS.design,
    evidence: `${covered} of ${crossing} dependencies between teams, ${whole} of ${syncs.length} sync points`,
  });
}
