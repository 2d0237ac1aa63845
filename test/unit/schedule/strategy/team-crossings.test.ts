import { expect, test } from "vitest";
import { partialOrder } from "../../../../src/schedule/strategy/order/partial-order.ts";
import { teamCrossings } from "../../../../src/schedule/strategy/team-crossings.ts";
import { listSchedule } from "./list-schedule.ts";
import { nobody, one, person, plainTimeline, project, team } from "./projects.ts";

test("through a milestone that nobody does, a team waits for each other team once, for what that does last", () => {
  const server = { crew: one("server") };
  const made = project({
    activities: {
      api: { minutes: 30, ...server },
      store: { minutes: 90, ...server },
      mock: { minutes: 10, crew: one("pages") },
      ready: { minutes: 0, crew: nobody },
      later: { minutes: 0, crew: nobody },
      page: { minutes: 20, crew: one("pages") },
      more: { minutes: 20, ...server },
    },
    links: ["api ready", "store ready", "mock ready", "ready later", "later page", "store more"],
    teams: [
      team("servers", [person("ada", ["server"]), person("bo", ["server"])]),
      team("pages", [person("cy", ["pages"])]),
    ],
  });
  const timeline = plainTimeline();
  const schedule = listSchedule(made, timeline);
  const order = partialOrder(made, schedule, timeline);
  expect(teamCrossings({ project: made, schedule, order })).toEqual([
    { from: "store", to: "page", teams: ["servers", "pages"] },
  ]);
});
