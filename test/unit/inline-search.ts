import { createCrewSearch } from "../../src/schedule/solver/crew/crew-search.ts";
import { makeCrewProblem } from "../../src/schedule/solver/crew/crew-problem.ts";
import { createSearch } from "../../src/schedule/solver/search.ts";
import { makeProblem } from "../../src/schedule/solver/problem.ts";
import type {
  ScheduleSearch,
  Searched,
  SearchRequest,
  SearchTask,
  SolutionOf,
} from "../../src/ports/schedule-search.ts";

const SLICE = 20_000;

/** Searches in this thread: a thread of its own takes a second to read the sources. */
export const inlineSearch: ScheduleSearch = {
  async search<Task extends SearchTask>(
    { task, seed, budget, milliseconds = Infinity, onProgress }: SearchRequest<Task>,
    signal?: AbortSignal,
  ): Promise<Searched<Task>> {
    const size = task.kind === "crew" ? task.parts.activities.length : task.parts.durations.length;
    const search =
      task.kind === "crew"
        ? createCrewSearch(makeCrewProblem(task.parts), { seed, budget })
        : createSearch(makeProblem(task.parts), { seed, budget });
    const until = performance.now() + milliseconds;
    let ended: Searched<Task>["ended"] | undefined;
    while (ended === undefined) {
      const goesOn = search.advance(Math.max(1, Math.floor(SLICE / Math.max(1, size))));
      if (onProgress) onProgress(search.best());
      if (!goesOn) ended = "done";
      else if (signal?.aborted === true) ended = "canceled";
      else if (performance.now() >= until) ended = "time";
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { solution: search.best() as SolutionOf<Task>, ended };
  },
};
