import { parentPort, workerData } from "node:worker_threads";
import type { SearchTask } from "../../ports/schedule-search.ts";
import { createCrewSearch } from "../../schedule/solver/crew/crew-search.ts";
import { makeCrewProblem } from "../../schedule/solver/crew/crew-problem.ts";
import { makeProblem } from "../../schedule/solver/problem.ts";
import { createSearch } from "../../schedule/solver/search.ts";

/** What the thread is started with. */
export interface ThreadData {
  readonly task: SearchTask;
  readonly seed: number;
  readonly budget: number;
  readonly milliseconds: number | undefined;
  /** One 32-bit number; not 0 when the search is to end. */
  readonly stop: SharedArrayBuffer;
}

/** Starts between two looks at clock and signal: some ten milliseconds. */
const SLICE = 50_000;

/** Posts `{ progress }` whenever a schedule is better, at last `{ solution, ended }`. */
function run({ task, seed, budget, milliseconds, stop }: ThreadData): void {
  const begun = performance.now();
  const flag = new Int32Array(stop);
  const size = task.kind === "crew" ? task.parts.activities.length : task.parts.durations.length;
  const search =
    task.kind === "crew"
      ? createCrewSearch(makeCrewProblem(task.parts), { seed, budget })
      : createSearch(makeProblem(task.parts), { seed, budget });
  let told = Infinity;
  let ended: "done" | "time" | "canceled" | undefined;
  while (ended === undefined) {
    const goesOn = search.advance(Math.max(1, Math.floor(SLICE / Math.max(1, size))));
    const { makespan, bound, schedules } = search.best();
    if (makespan < told) parentPort?.postMessage({ progress: { makespan, bound, schedules } }, []);
    told = Math.min(told, makespan);
    if (!goesOn) ended = "done";
    else if (Atomics.load(flag, 0) !== 0) ended = "canceled";
    else if (milliseconds !== undefined && performance.now() - begun >= milliseconds)
      ended = "time";
  }
  parentPort?.postMessage({ solution: search.best(), ended }, []);
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `threadedSearch` gives, nobody else starts this file
run(workerData as ThreadData);
