import type { CrewActivity, CrewOption, CrewParts, Interval } from "./crew-parts.ts";

/** A schedule as it is handed on; `CrewSolution` is one. */
export interface CrewTimes {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  /** Which of its own options each activity has. */
  readonly options: ArrayLike<number>;
  /** Those of the first need first. */
  readonly people: readonly (readonly number[])[];
  readonly makespan: number;
  readonly lateness: number;
  readonly cost: number;
}

type Report = (fault: string) => void;

/**
 * What is wrong with a schedule of a problem with people, by definition and nothing else: it shares no code with the solvers. Empty when it
 * is feasible. What is fixed is taken as it is, against each other and against what it waits for: facts need not be feasible.
 * O(n log n) for each person and resource, O(log absences) for each activity.
 */
export function crewFaultsOf(parts: CrewParts, times: CrewTimes): readonly string[] {
  const faults: string[] = [];
  const report: Report = (fault) => void faults.push(fault);
  const size = parts.activities.length;
  for (const list of [times.starts, times.ends, times.options, times.people])
    if (list.length !== size) return [`${list.length} entries for ${size} activities`];
  for (const [node, activity] of parts.activities.entries())
    if (activity.fixed) checkFixed(node, activity, times, report);
    else checkActivity(parts, node, times, report);
  checkArcs(parts, times, report);
  checkOneAtATime(parts, times, report);
  for (const resource of parts.capacities.keys()) checkResource(parts, resource, times, report);
  checkTotals(parts, times, report);
  return faults;
}

function checkFixed(
  node: number,
  { fixed }: CrewActivity,
  { starts, ends, people }: CrewTimes,
  report: Report,
): void {
  const given = people[node] ?? [];
  if (starts[node] !== fixed?.start || ends[node] !== fixed?.end)
    report(`${node} is fixed, but has been moved`);
  if (given.length !== fixed?.people.length || fixed.people.some((one, at) => one !== given[at]))
    report(`${node} is fixed, but others do it`);
}

function checkActivity(parts: CrewParts, node: number, times: CrewTimes, report: Report): void {
  const activity = parts.activities[node];
  const option = activity?.options[times.options[node] ?? -1];
  const [start, end] = [times.starts[node] ?? Number.NaN, times.ends[node] ?? Number.NaN];
  if (!activity || !option) return report(`${node} has no option ${times.options[node]}`);
  if (!(start >= 0)) report(`${node} starts before time 0`);
  if (start < (activity.release ?? 0)) report(`${node} starts before its release`);
  const crew = seatsOf(parts.pools, option, times.people[node] ?? []);
  if (typeof crew === "string") return report(`${node} ${crew}`);
  const absences = ({ person }: Seat): readonly Interval[] => parts.absences[person] ?? [];
  const dones = crew.map((seat) => doneAt(absences(seat), start, option.work * seat.factor));
  const due = crew.length > 0 ? Math.max(...dones) : start + option.work;
  if (end !== due) report(`${node} ends at ${end}, its people are done at ${due}`);
  const isAway = (seat: Seat): boolean => {
    const list = absences(seat);
    return (list[firstAfter(list, start)]?.from ?? Infinity) <= start;
  };
  if (crew.length > 0 && option.work > 0 && crew.every(isAway))
    report(`${node} starts while nobody of its people works`);
}

interface Seat {
  readonly person: number;
  readonly factor: number;
  readonly cost: number;
}

/** Who serves which need, or what is wrong with that. */
function seatsOf(
  pools: CrewParts["pools"],
  { needs = [] }: CrewOption,
  people: readonly number[],
): readonly Seat[] | string {
  const seats: Seat[] = [];
  const wanted = needs.reduce((sum, { count }) => sum + count, 0);
  if (people.length !== wanted) return `has ${people.length} people for ${wanted}`;
  if (new Set(people).size !== people.length) return "has somebody twice";
  let at = 0;
  for (const { pool, count } of needs)
    for (const last = at + count; at < last; at++) {
      const member = pools[pool]?.find(({ person }) => person === people[at]);
      if (!member) return `has ${people[at]}, who cannot do it`;
      seats.push({ person: member.person, factor: member.factor ?? 1, cost: member.cost ?? 0 });
    }
  return seats;
}

/** When so many ticks have been worked from a tick on, walking from absence to absence. */
function doneAt(absences: readonly Interval[], start: number, work: number): number {
  let left = Math.ceil(work - 1e-9);
  let now = start;
  for (let at = firstAfter(absences, start); left > 0; at++) {
    const absence = absences[at];
    if (!absence) break;
    const until = Math.max(now, absence.from);
    if (until - now >= left) break;
    left -= until - now;
    now = absence.to;
  }
  return now + left;
}

/** Index of the first absence that is not over at a tick: a hundred thousand activities have decades of them. */
function firstAfter(absences: readonly Interval[], tick: number): number {
  let [low, high] = [0, absences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((absences[middle]?.to ?? 0) <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkArcs({ arcs, activities }: CrewParts, times: CrewTimes, report: Report): void {
  for (const { from, to, kind = "FS", lag = 0 } of arcs) {
    if (activities[to]?.fixed) continue;
    const begun = (kind[0] === "F" ? times.ends : times.starts)[from] ?? Number.NaN;
    const bound = (kind[1] === "F" ? times.ends : times.starts)[to] ?? Number.NaN;
    if (!(bound >= begun + lag)) report(`${to} is ${begun + lag - bound} too early after ${from}`);
  }
}

function checkOneAtATime({ activities }: CrewParts, times: CrewTimes, report: Report): void {
  const byPerson = new Map<number, number[]>();
  for (const [node, people] of times.people.entries())
    for (const person of people) {
      if ((times.starts[node] ?? 0) >= (times.ends[node] ?? 0)) continue;
      const list = byPerson.get(person) ?? [];
      list.push(node);
      byPerson.set(person, list);
    }
  for (const [person, nodes] of byPerson) {
    // Of those before, the one of each kind that ends last: two fixed ones may overlap.
    const last = { fixed: -1, free: -1 };
    const endOf = (node: number): number => times.ends[node] ?? -1;
    for (const node of nodes.toSorted((a, b) => (times.starts[a] ?? 0) - (times.starts[b] ?? 0))) {
      const own = activities[node]?.fixed ? "fixed" : "free";
      for (const other of own === "fixed" ? [last.free] : [last.free, last.fixed])
        if (other >= 0 && endOf(other) > (times.starts[node] ?? 0))
          report(`${person} does ${other} and ${node} at once`);
      if (last[own] < 0 || endOf(node) > endOf(last[own])) last[own] = node;
    }
  }
}

function checkResource(
  { activities, capacities }: CrewParts,
  resource: number,
  times: CrewTimes,
  report: Report,
): void {
  const changes: { tick: number; amount: number; free: number }[] = [];
  for (const [node, { options, fixed }] of activities.entries()) {
    const option = options[fixed ? (fixed.option ?? 0) : (times.options[node] ?? -1)];
    const amount = (option?.demands ?? [])
      .filter((demand) => demand.resource === resource)
      .reduce((sum, demand) => sum + demand.amount, 0);
    const [tick, end] = [times.starts[node] ?? 0, times.ends[node] ?? 0];
    if (amount <= 0 || tick >= end) continue;
    const free = fixed ? 0 : 1;
    changes.push({ tick, amount, free }, { tick: end, amount: -amount, free: -free });
  }
  let [used, free] = [0, 0];
  changes.sort((one, other) => one.tick - other.tick || one.amount - other.amount);
  for (const change of changes) {
    used += change.amount;
    free += change.free;
    if (change.amount < 0 || free === 0 || used <= (capacities[resource] ?? 0)) continue;
    report(`${used} of resource ${resource} at ${change.tick}, which has ${capacities[resource]}`);
    break;
  }
}

function checkTotals({ activities, pools }: CrewParts, times: CrewTimes, report: Report): void {
  let [makespan, lateness, cost] = [0, 0, 0];
  for (const [node, { deadline, fixed, options }] of activities.entries()) {
    const end = times.ends[node] ?? 0;
    makespan = Math.max(makespan, end);
    lateness += Math.max(0, end - (deadline ?? Infinity));
    const option = options[times.options[node] ?? -1];
    if (fixed || !option) continue;
    cost += option.cost ?? 0;
    const crew = seatsOf(pools, option, times.people[node] ?? []);
    if (typeof crew !== "string") cost += crew.reduce((sum, seat) => sum + seat.cost, 0);
  }
  if (makespan !== times.makespan) report(`it ends at ${makespan}, not at ${times.makespan}`);
  if (lateness !== times.lateness) report(`it is ${lateness} late, not ${times.lateness}`);
  if (!(Math.abs(cost - times.cost) < 1e-6 * Math.max(1, Math.abs(cost))))
    report(`it costs ${cost}, not ${times.cost}`);
}
