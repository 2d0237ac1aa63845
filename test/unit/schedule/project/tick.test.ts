import { expect, test } from "vitest";
import { tickFor } from "../../../../src/schedule/project/compile/tick.ts";
import { crewPartFaults } from "../../../../src/schedule/solver/crew/crew-part-faults.ts";
import { activity, link, office, person, project, team } from "./samples.ts";
import { compiledOf, solve } from "./solve.ts";

test.each([
  [[60, 90, -30], 1_000, 30],
  [[60, 7], 1_000, 1],
  [[0, 0], 1_000, 1],
  [[1], 2 ** 30 - 1, 1],
  [[1], 2 ** 30, 2],
  [[480], 480 * 2 ** 33, 480 * 16],
])("figures of %j minutes, %d in all: a tick of %d", (minutes, longest, tick) => {
  expect(tickFor(minutes, longest)).toBe(tick);
});

test("nothing is rounded where it fits: lunch, nights, lags and factors in ticks are whole", () => {
  const { compiled, schedule } = solve(
    project({
      buffer: 0.2,
      calendars: [office("Europe/Berlin"), office("America/New_York")],
      teams: [team("core", [person("ann"), person("joe", { calendar: "America/New_York" })])],
      activities: [activity("a", 480), activity("b", 96)],
      links: [link("a", "b", { lag: 120 })],
    }),
  );
  expect(compiled.tick).toBe(12);
  const [a, b] = schedule.bookings;
  expect((b?.from ?? 0) - (a?.to ?? 0)).toBeGreaterThanOrEqual(120);
});

test("centuries of work are counted in coarser ticks, and still make a problem", () => {
  const years = 9 * 52 * 2_400;
  const { parts, tick } = compiledOf(
    project({
      activities: Array.from({ length: 3_000 }, (_, at) => activity(`t${at}`, years + at)),
    }),
  );
  expect(tick).toBeGreaterThan(1);
  expect(crewPartFaults(parts)).toStrictEqual([]);
});
