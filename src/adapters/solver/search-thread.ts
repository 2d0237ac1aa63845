import { parentPort, workerData } from "node:worker_threads";
import type { SearchTask } from "../../ports/schedule-search.ts";
import { createCrewSearch, type CrewSearch } from "../../schedule/solver/crew/crew-search.ts";
import { makeCrewProblem } from "../../schedule/solver/crew/crew-problem.ts";
import { makeProblem } from "../../schedule/solver/problem.ts";
import { raiseBound } from "../../schedule/solver/raise-bound.ts";
import { createSearch, type Search, type SearchSettings } from "../../schedule/solver/search.ts";

/** What the thread is started with. */
export interface ThreadData {
  readonly task: SearchTask;
  readonly seed: number;
  readonly budget: number;
  readonly milliseconds: number | undefined;
  readonly proof: number | undefined;
  /** One 32-bit number; not 0 when the search is to end. */
  readonly stop: SharedArrayBuffer;
}

/** Starts between two looks at clock and signal: some ten milliseconds. */
const SLICE = 50_000;

/** Posts `{ progress }` whenever a schedule is better, at last `{ solution, ended }`. */
function run({ task, seed, budget, milliseconds, proof, stop }: ThreadData): void {
  const begun = performance.now();
  const flag = new Int32Array(stop);
  const { size, search, raise } = begin(task, { seed, budget });
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
  const until = performance.now() + (proof ?? 0);
  const isOver = (): boolean => performance.now() >= until || Atomics.load(flag, 0) !== 0;
  const found = search.best();
  const solution = isOver() ? found : { ...found, bound: raise(found, isOver) };
  parentPort?.postMessage({ solution, ended }, []);
}

interface Begun {
  readonly size: number;
  readonly search: Search | CrewSearch;
  /** The bound, as far as it can be raised. */
  readonly raise: (
    found: { readonly bound: number; readonly makespan: number },
    isOver: () => boolean,
  ) => number;
}

function begin(task: SearchTask, settings: SearchSettings): Begun {
  if (task.kind === "crew") {
    const search = createCrewSearch(makeCrewProblem(task.parts), settings);
    return { size: task.parts.activities.length, search, raise: ({ bound }) => bound };
  }
  const problem = makeProblem(task.parts);
  return {
    size: problem.size,
    search: createSearch(problem, settings),
    raise: (found, isOver) => raiseBound(problem, found, isOver),
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `threadedSearch` gives, nobody else starts this file
run(workerData as ThreadData);
