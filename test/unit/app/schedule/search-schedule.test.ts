import { expect, test } from "vitest";
import { searchSchedule } from "../../../../src/app/schedule/search-schedule.ts";
import { tryOut } from "../../../../src/app/schedule/try-out.ts";
import type { ExactSolver } from "../../../../src/ports/exact-solver.ts";
import type {
  ScheduleSearch,
  Searched,
  SearchTask,
} from "../../../../src/ports/schedule-search.ts";
import type { CrewSolution } from "../../../../src/schedule/solver/crew/crew-solution.ts";
import { inlineSearch } from "../../inline-search.ts";
import { activity, link, project } from "../../schedule/project/samples.ts";

const two = project({
  activities: [activity("a", 120), activity("b", 60)],
  links: [link("a", "b")],
});

const exactSolver: ExactSolver = {
  prove: async () => ({ state: "unavailable", reason: "not asked", hint: "" }),
};

/** A search that is wrong in one way. */
const broken = (breaking: (solution: CrewSolution) => Partial<CrewSolution>) => {
  const scheduleSearch: ScheduleSearch = {
    async search<Task extends SearchTask>(
      ...asked: Parameters<typeof inlineSearch.search<Task>>
    ): Promise<Searched<Task>> {
      const found = await inlineSearch.search<Task>(...asked);
      const { solution } = found;
      return "people" in solution
        ? { ...found, solution: { ...solution, ...breaking(solution) } }
        : found;
    },
  };
  return { scheduleSearch, exactSolver };
};

const wish = { budget: { kind: "schedules", count: 20 } } as const;
const sound = await searchSchedule({ scheduleSearch: inlineSearch, exactSolver }, two, wish);

test.each<[string, (solution: CrewSolution) => Partial<CrewSolution>]>([
  ["starts too early", ({ starts }) => ({ starts: starts.map(() => 0) })],
  ["nobody does it", ({ people }) => ({ people: people.map(() => []) })],
  ["somebody unknown does it", ({ people }) => ({ people: people.map(() => [9]) })],
  ["it says that it is shorter", ({ makespan }) => ({ makespan: makespan - 1 })],
])("a schedule that does not hold is a fault, never an answer: %s", async (_, breaking) => {
  expect(sound.schedule.makespan).toBe(180);
  const ports = broken(breaking);
  await expect(searchSchedule(ports, two, wish)).rejects.toThrow("a schedule does not hold");
  const trying = { seed: 1, budget: 20 };
  const make = (scheduler: (one: typeof two) => unknown) => scheduler(two);
  await expect(tryOut(ports, sound.schedule, make, trying)).rejects.toThrow("does not hold");
});
