import { digraph } from "../../../core/graph/digraph.ts";
import { stronglyConnected } from "../../../core/graph/components.ts";
import type { CrewActivity, CrewNeed, CrewOption, CrewParts, Interval } from "./crew-parts.ts";

/** Something for which a problem cannot be solved, told before it is tried. */
export interface CrewFault {
  readonly kind: CrewFaultKind;
  /** The activity it is about, if it is about one. */
  readonly activity?: number;
  readonly text: string;
}

/**
 * `people`: too few can do it, even with nobody else about. `capacity`: it takes more than there is. `cycle`: it waits for itself. `number`: a
 * number is none, out of range or names nothing. `time`: absences out of order, or more ticks altogether than can be counted.
 */
export type CrewFaultKind = "people" | "capacity" | "cycle" | "number" | "time";

type Report = (kind: CrewFaultKind, text: string, activity?: number) => void;

/** The latest tick that is counted to; twice it still fits in 32 bits. */
const LATEST = 2 ** 30 - 1;
/** Needs of one option; real ones have a dozen at most. */
const MOST_NEEDS = 100;
/** Faults after which no more are told. */
const MOST_FAULTS = 1_000;

/** What is wrong with the parts of a problem; without faults every search for a schedule ends with one. O(parts), and a matching for each option. */
export function crewPartFaults(parts: CrewParts): readonly CrewFault[] {
  const faults: CrewFault[] = [];
  const report: Report = (kind, text, activity) => {
    if (faults.length < MOST_FAULTS)
      faults.push(activity === undefined ? { kind, text } : { kind, text, activity });
  };
  for (const [resource, units] of parts.capacities.entries())
    if (!isCount(units)) report("number", `resource ${resource} has ${units} units`);
  for (const [person, absences] of parts.absences.entries())
    checkAbsences(person, absences, report);
  for (const pool of parts.pools.keys()) checkPool(parts, pool, report);
  const served = new Map<string, boolean>();
  for (const [node, activity] of parts.activities.entries())
    checkActivity(parts, served, (kind, text) => report(kind, text, node), activity);
  checkArcs(parts, report);
  if (faults.length === 0) checkHorizon(parts, report);
  return faults;
}

const isCount = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= LATEST;

function checkAbsences(person: number, absences: readonly Interval[], report: Report): void {
  let last = -1;
  for (const { from, to } of absences) {
    if (!isCount(from) || !isCount(to) || from >= to || from <= last)
      report("time", `person ${person} is away from ${from} to ${to}, after ${last}`);
    last = to;
  }
}

function checkPool({ pools, absences }: CrewParts, pool: number, report: Report): void {
  const members = pools[pool] ?? [];
  const known = new Set<number>();
  for (const { person, factor = 1, cost = 0 } of members) {
    if (absences[person] === undefined || known.has(person))
      report("number", `pool ${pool} has person ${person}, who is not there or in it twice`);
    if (!(factor > 0 && factor <= 1_000)) report("number", `factor ${factor} in pool ${pool}`);
    if (!Number.isFinite(cost)) report("number", `cost ${cost} in pool ${pool}`);
    known.add(person);
  }
}

function checkActivity(
  parts: CrewParts,
  served: Map<string, boolean>,
  report: Report,
  { options, release = 0, deadline = 0, fixed }: CrewActivity,
): void {
  if (!isCount(release) || !isCount(deadline)) report("number", `from ${release} to ${deadline}`);
  if (options.length === 0) report("number", "no option");
  for (const option of options) checkOption(parts, option, report);
  if (!fixed) {
    for (const { needs = [] } of options) checkNeeds(parts, served, report, needs);
    return;
  }
  if (!isCount(fixed.start) || !isCount(fixed.end) || fixed.start > fixed.end)
    report("number", `fixed from ${fixed.start} to ${fixed.end}`);
  if (options[fixed.option ?? 0] === undefined) report("number", `option ${fixed.option} of none`);
  for (const person of fixed.people)
    if (parts.absences[person] === undefined) report("number", `person ${person} is not there`);
}

function checkOption({ capacities }: CrewParts, option: CrewOption, report: Report): void {
  const { work, demands = [], cost = 0 } = option;
  if (!isCount(work) || !Number.isFinite(cost)) report("number", `work ${work}, cost ${cost}`);
  const amounts = new Map<number, number>();
  for (const { resource, amount } of demands) {
    if (capacities[resource] === undefined || !isCount(amount))
      report("number", `${amount} of resource ${resource}`);
    amounts.set(resource, (amounts.get(resource) ?? 0) + amount);
  }
  for (const [resource, amount] of amounts)
    if (work > 0 && amount > (capacities[resource] ?? 0))
      report("capacity", `${amount} of resource ${resource}, which has ${capacities[resource]}`);
}

function checkNeeds(
  parts: CrewParts,
  served: Map<string, boolean>,
  report: Report,
  needs: readonly CrewNeed[],
): void {
  if (needs.length > MOST_NEEDS) return report("number", `${needs.length} needs in one option`);
  for (const { pool, count } of needs) {
    const members = parts.pools[pool];
    if (members === undefined || !isCount(count))
      return report("number", `${count} of pool ${pool}`);
    if (members.length < count)
      return report("people", `${count} of pool ${pool}, which has ${members.length}`);
  }
  const key = needs.map(({ pool, count }) => `${pool}x${count}`).join();
  const isServed = served.get(key) ?? canServe(parts, needs);
  served.set(key, isServed);
  if (!isServed) report("people", "too few different people for all its needs together");
}

/** Whether there are different people for all needs: everybody in turn gets one, for which others may change theirs (Kuhn 1955). */
function canServe({ pools }: CrewParts, needs: readonly CrewNeed[]): boolean {
  const members = needs.map(({ pool }) => new Set(pools[pool]?.map(({ person }) => person)));
  const served: number[][] = needs.map(() => []);
  const seat = (person: number, seen: Set<number>): boolean => {
    for (const [need, { count }] of needs.entries()) {
      const list = served[need] ?? [];
      if (seen.has(need) || !(members[need]?.has(person) ?? false)) continue;
      seen.add(need);
      const leaving =
        list.length < count ? list.length : list.findIndex((other) => seat(other, seen));
      if (leaving < 0) continue;
      list[leaving] = person;
      return true;
    }
    return false;
  };
  let missing = needs.reduce((sum, { count }) => sum + count, 0);
  for (const person of new Set(members.flatMap((set) => [...set]))) {
    if (missing === 0) break;
    if (seat(person, new Set())) missing--;
  }
  return missing === 0;
}

function checkArcs({ activities, arcs }: CrewParts, report: Report): void {
  const size = activities.length;
  const good = arcs.filter(({ from, to, lag = 0 }) => {
    const isGood = activities[from] && activities[to] && isCount(Math.abs(lag));
    if (!isGood) report("number", `an arc from ${from} to ${to} with lag ${lag}`);
    return isGood;
  });
  const graph = digraph(
    size,
    good.map(({ from }) => from),
    good.map(({ to }) => to),
  );
  const { of } = stronglyConnected(graph);
  const circling = good.find(({ from, to }) => of[from] === of[to]);
  if (circling) report("cycle", "it waits for itself", circling.to);
}

/** Everything one after the other, with all absences in between, must end at a tick that can be counted. */
function checkHorizon({ activities, arcs, absences, pools }: CrewParts, report: Report): void {
  const slowest = pools.map((pool) =>
    pool.reduce((most, { factor = 1 }) => Math.max(most, factor), 1),
  );
  let [latest, ticks] = [0, 0];
  for (const { options, release = 0, fixed } of activities) {
    latest = Math.max(latest, release, fixed?.end ?? 0);
    let most = 0;
    for (const { work, needs = [] } of options)
      for (const factor of [1, ...needs.map(({ pool }) => slowest[pool] ?? 1)])
        most = Math.max(most, Math.ceil(work * factor));
    ticks += most;
  }
  for (const { lag = 0 } of arcs) ticks += Math.abs(lag);
  for (const list of absences) latest = Math.max(latest, list.at(-1)?.to ?? 0);
  if (latest + ticks > LATEST)
    report("time", `it may last ${latest + ticks} ticks, more than ${LATEST}`);
}
