import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";

/** Somebody or something that more is booked of at one time than there is. */
export interface Overbooking {
  readonly kind: "person" | "team" | "resource";
  readonly id: string;
  /** Most at one time, of how many there are. */
  readonly most: number;
  readonly capacity: number;
  /** Ids of the activities at the time. */
  readonly activities: readonly string[];
}

interface Use {
  readonly activity: string;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** Looks at a schedule afresh: every person, team's limit and shared resource at every moment of what is not done yet. */
export function overbookings(project: Project, schedule: Schedule): readonly Overbooking[] {
  const people = new Map<string, Use[]>();
  const teams = new Map<string, Use[]>();
  const resources = new Map<string, Use[]>();
  project.activities.forEach(({ id, uses, progress }, index) => {
    const booking = schedule.bookings[index];
    if (!booking || progress.state === "done") return;
    const use = (amount: number): Use => ({
      activity: id,
      from: booking.from,
      to: booking.to,
      amount,
    });
    for (const person of booking.people) push(people, person, use(1));
    if (booking.team !== undefined) push(teams, booking.team, use(1));
    for (const { resource, amount } of uses) push(resources, resource, use(amount));
  });
  return [
    ...[...people].flatMap(([id, uses]) => over("person", id, 1, uses)),
    ...project.teams.flatMap(({ id, concurrent = Infinity }) =>
      over("team", id, concurrent, teams.get(id) ?? []),
    ),
    ...project.resources.flatMap(({ id, capacity }) =>
      over("resource", id, capacity, resources.get(id) ?? []),
    ),
  ];
}

function push(to: Map<string, Use[]>, id: string, use: Use): void {
  const list = to.get(id);
  if (list) list.push(use);
  else to.set(id, [use]);
}

function over(
  kind: Overbooking["kind"],
  id: string,
  capacity: number,
  uses: readonly Use[],
): readonly Overbooking[] {
  if (capacity === Infinity) return [];
  const edges = uses
    .filter(({ from, to }) => to > from)
    .flatMap((use) => [
      { at: use.from, use, by: use.amount },
      { at: use.to, use, by: -use.amount },
    ])
    .toSorted((a, b) => a.at - b.at || a.by - b.by);
  const now = new Set<Use>();
  let [amount, most] = [0, 0];
  let worst: readonly string[] = [];
  for (const { use, by } of edges) {
    amount += by;
    if (by > 0) now.add(use);
    else now.delete(use);
    if (amount > capacity && amount > most) {
      most = amount;
      worst = [...now].map(({ activity }) => activity);
    }
  }
  return most > 0 ? [{ kind, id, most, capacity, activities: worst }] : [];
}
