/** Projects of up to twelve activities with links of all kinds, two teams, a shared resource, groups, and sometimes a sync point. */
import fc from "fast-check";
import type { Project } from "../../../../src/schedule/project/project.ts";
import { nobody, one, person, project, team } from "./projects.ts";

const activity = fc.record({
  minutes: fc.integer({ min: 0, max: 60 }),
  crew: fc.constantFrom(nobody, one(), one("js"), one("sql")),
  use: fc.integer({ min: 0, max: 2 }),
  group: fc.constantFrom("g", "h"),
});

const link = fc.record({
  from: fc.nat(11),
  to: fc.nat(11),
  kind: fc.constantFrom("FS", "FS", "FS", "SS", "FF", "SF"),
  lag: fc.constantFrom(0, 0, 0, 10),
});

const id = (index: number) => `a${index}`;

export const anyProject: fc.Arbitrary<Project> = fc
  .record({
    activities: fc.array(activity, { minLength: 1, maxLength: 12 }),
    links: fc.array(link, { maxLength: 14 }),
    sync: fc.option(fc.record({ at: fc.nat(11), minutes: fc.constantFrom(0, 15) })),
  })
  .map(({ activities, links, sync }) => {
    const last = activities.length - 1;
    const cut = sync ? Math.min(sync.at, last) : 0;
    const all = activities.map((_, index) => id(index));
    return project({
      activities: Object.fromEntries(
        activities.map(({ minutes, crew, use, group }, index) => [
          id(index),
          { minutes, crew, group, uses: use > 0 ? [{ resource: "r", amount: use }] : [] },
        ]),
      ),
      groups: { g: [], h: [] },
      links: links.flatMap(({ from, to, kind, lag }) =>
        from < to && to <= last ? [`${id(from)} ${id(to)} ${kind} ${lag}`] : [],
      ),
      resources: [{ id: "r", capacity: 2 }],
      teams: [
        team("t", [person("ann", ["js"]), person("bob", ["js", "sql"])]),
        team("u", [person("cy", ["sql"])]),
      ],
      syncs: sync
        ? [
            {
              id: "s",
              after: all.slice(0, cut),
              before: all.slice(cut),
              minutes: sync.minutes,
              participants: ["t", "u"],
            },
          ]
        : [],
    });
  });
