import { expect, test } from "vitest";
import { strategyFor } from "../../../../src/app/schedule/plan-ahead.ts";
import { searchSchedule } from "../../../../src/app/schedule/search-schedule.ts";
import type { SchedulePorts } from "../../../../src/app/schedule/schedule-ports.ts";
import type { ExactSolver } from "../../../../src/ports/exact-solver.ts";
import type {
  ScheduleSearch,
  Searched,
  SearchTask,
} from "../../../../src/ports/schedule-search.ts";
import { inlineSearch } from "../../inline-search.ts";
import { activity, link, project } from "../../schedule/project/samples.ts";

const made = project({
  activities: [activity("a", 120), activity("b", 60)],
  links: [link("a", "b")],
});
const exactSolver: ExactSolver = {
  prove: async () => ({ state: "unavailable", reason: "not asked", hint: "" }),
};
const of = { project: made, source: { title: "", file: "plan.md" } };
const wish = { budget: { kind: "schedules", count: 20 } } as const;
const searched = await searchSchedule({ scheduleSearch: inlineSearch, exactSolver }, made, wish);

/** Ports that tell how often a schedule was looked for. */
function counting() {
  let searches = 0;
  const scheduleSearch: ScheduleSearch = {
    search<Task extends SearchTask>(
      ...asked: Parameters<typeof inlineSearch.search<Task>>
    ): Promise<Searched<Task>> {
      searches++;
      return inlineSearch.search<Task>(...asked);
    },
  };
  // Nothing else is reached.
  const ports = { scheduleSearch, exactSolver } as SchedulePorts;
  return { ports, searches: () => searches };
}

const depth = { prices: true, tries: 2 };

test("a stop after the search is heard before anything is scheduled anew", async () => {
  const { ports, searches } = counting();
  const stop = new AbortController();
  const told = strategyFor(ports, of, searched, { ...depth, signal: stop.signal });
  // It has given back the turn already, so the stop comes in between.
  stop.abort(new Error("stopped"));
  await expect(told).rejects.toThrow("stopped");
  expect(searches()).toBe(0);
});

test("who stopped the search itself gets all that its answer allows, without prices", async () => {
  const { ports, searches } = counting();
  const early = { ...searched, effort: { ...searched.effort, stopped: true } };
  const signal = AbortSignal.abort(new Error("stopped"));
  const { strategy } = await strategyFor(ports, of, early, { ...depth, signal });
  expect(strategy.shortenings).toBeUndefined();
  expect(strategy.forecast.runs).toBeGreaterThan(0);
  expect(searches()).toBe(0);
  const priced = await strategyFor(ports, of, searched, depth);
  expect(priced.strategy.shortenings).toBeDefined();
  expect(searches()).toBeGreaterThan(0);
});
