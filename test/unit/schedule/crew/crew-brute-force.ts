import type { CrewOption, CrewParts } from "../../../../src/schedule/solver/crew/crew-parts.ts";

interface Place {
  readonly start: number;
  readonly end: number;
  readonly people: readonly number[];
  readonly option: CrewOption;
}

/**
 * The shortest makespan of a small problem that is less than `known`, or `known`: by trying every option, every choice of people and every
 * start for each activity. Tick by tick, shares no code with the solvers. At most about 4 activities.
 */
export function shortestCrewMakespan(parts: CrewParts, known: number): number {
  const places = new Map<number, Place>();
  for (const [node, { fixed, options }] of parts.activities.entries()) {
    const option = options[fixed?.option ?? 0];
    if (fixed && option) places.set(node, { ...fixed, option });
  }
  const open = [...parts.activities.keys()].filter((node) => !places.has(node));
  let best = known;
  const visit = (done: number, end: number): void => {
    if (end >= best) return;
    const node = open[done];
    if (node === undefined) {
      best = end;
      return;
    }
    const { options = [], release = 0 } = parts.activities[node] ?? {};
    for (const option of options)
      for (const people of crewsOf(parts, option))
        for (let start = release; start < best; start++) {
          const place = placed(parts, { option, people, start });
          if (!place || !isLinked(parts, places, node, place) || !fits(parts, places, place))
            continue;
          places.set(node, place);
          visit(done + 1, Math.max(end, place.end));
          places.delete(node);
        }
  };
  visit(0, Math.max(0, ...[...places.values()].map(({ end }) => end)));
  return best;
}

/** Every choice of different people for the needs, one list for each. */
function crewsOf({ pools }: CrewParts, { needs = [] }: CrewOption): readonly (readonly number[])[] {
  const seats = needs.flatMap(({ pool, count }) =>
    Array.from({ length: count }, () => (pools[pool] ?? []).map(({ person }) => person)),
  );
  let crews: (readonly number[])[] = [[]];
  for (const seat of seats)
    crews = crews.flatMap((crew) =>
      seat.flatMap((person) => (crew.includes(person) ? [] : [[...crew, person]])),
    );
  const sets = new Map(crews.map((crew) => [timesKey(pools, needs, crew), crew]));
  return [...sets.values()];
}

/** Crews of the same people with the same factors take the same time. */
function timesKey(
  pools: CrewParts["pools"],
  needs: NonNullable<CrewOption["needs"]>,
  crew: readonly number[],
): string {
  return seatsOf(pools, needs, crew)
    .map(({ person, factor }) => `${person}*${factor}`)
    .toSorted()
    .join();
}

function seatsOf(
  pools: CrewParts["pools"],
  needs: NonNullable<CrewOption["needs"]>,
  crew: readonly number[],
): readonly { person: number; factor: number }[] {
  const poolOf = needs.flatMap(({ pool, count }) => Array.from({ length: count }, () => pool));
  return crew.map((person, seat) => ({
    person,
    factor: pools[poolOf[seat] ?? -1]?.find((member) => member.person === person)?.factor ?? 1,
  }));
}

/** With the end that follows from its people; undefined if none of them works at the start. */
function placed(
  { absences, pools }: CrewParts,
  { option, people, start }: Omit<Place, "end">,
): Place | undefined {
  const works = (person: number, tick: number): boolean =>
    !(absences[person] ?? []).some(({ from, to }) => from <= tick && tick < to);
  const dones = seatsOf(pools, option.needs ?? [], people).map(({ person, factor }) => {
    let left = Math.ceil(option.work * factor);
    let tick = start;
    for (; left > 0; tick++) if (works(person, tick)) left--;
    return tick;
  });
  const end = people.length > 0 ? Math.max(...dones) : start + option.work;
  if (end > start && people.length > 0 && !people.some((person) => works(person, start)))
    return undefined;
  return { start, end, people, option };
}

/** Against all that have a place, before it and after it; what is fixed waits for nothing. */
function isLinked(
  { arcs, activities }: CrewParts,
  places: ReadonlyMap<number, Place>,
  node: number,
  place: Place,
): boolean {
  return arcs.every(({ from, to, kind = "FS", lag = 0 }) => {
    const [before, after] = [from, to].map((end) => (end === node ? place : places.get(end)));
    if (!before || !after || activities[to]?.fixed) return true;
    const begun = kind[0] === "F" ? before.end : before.start;
    return (kind[1] === "F" ? after.end : after.start) >= begun + lag;
  });
}

const takes = ({ demands = [] }: CrewOption, resource: number): number =>
  demands.reduce((sum, demand) => sum + (demand.resource === resource ? demand.amount : 0), 0);

function fits(
  { capacities }: CrewParts,
  places: ReadonlyMap<number, Place>,
  { start, end, people, option }: Place,
): boolean {
  for (let tick = start; tick < end; tick++) {
    const others = [...places.values()].filter((one) => one.start <= tick && tick < one.end);
    if (others.some((other) => other.people.some((person) => people.includes(person))))
      return false;
    for (const [resource, units] of capacities.entries()) {
      const own = takes(option, resource);
      const used = others.reduce((sum, other) => sum + takes(other.option, resource), own);
      if (own > 0 && used > units) return false;
    }
  }
  return true;
}
