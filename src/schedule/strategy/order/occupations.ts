import type { Project } from "../../project/project.ts";
import type { Schedule } from "../../project/schedule.ts";
import type { Occupant, Occupation } from "./chained-uses.ts";
import { participantsOf } from "./order-nodes.ts";

/** Who and what is occupied by which nodes. */
export function occupations(project: Project, schedule: Schedule): readonly Occupation[] {
  const people = new Map<string, Occupant[]>();
  const teams = new Map<string, Occupant[]>();
  const resources = new Map<string, Occupant[]>();
  project.activities.forEach(({ uses }, node) => {
    const booking = schedule.bookings[node];
    for (const person of booking?.people ?? []) add(people, person, { node, amount: 1 });
    if (booking?.team !== undefined) add(teams, booking.team, { node, amount: 1 });
    for (const { resource, amount } of uses) add(resources, resource, { node, amount });
  });
  project.syncPoints.forEach(({ participants, minutes }, at) => {
    if (minutes === 0) return;
    for (const person of participantsOf(project, participants))
      add(people, person, { node: project.activities.length + at, amount: 1 });
  });
  return [
    ...Array.from(people, ([person, occupants]): Occupation => ({
      capacity: 1,
      occupants,
      why: (after) => ({ kind: "person", person, after }),
    })),
    ...project.teams.flatMap(({ id, concurrent }): readonly Occupation[] =>
      concurrent === undefined
        ? []
        : [
            {
              capacity: concurrent,
              occupants: teams.get(id) ?? [],
              why: (after) => ({ kind: "team", team: id, after }),
            },
          ],
    ),
    ...project.resources.map(({ id, capacity }): Occupation => ({
      capacity,
      occupants: resources.get(id) ?? [],
      why: (after) => ({ kind: "resource", resource: id, after }),
    })),
  ];
}

function add(to: Map<string, Occupant[]>, id: string, occupant: Occupant): void {
  const list = to.get(id);
  if (list) list.push(occupant);
  else to.set(id, [occupant]);
}
