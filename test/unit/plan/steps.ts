import { Session } from "node:inspector";

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

const session = new Session();
session.connect();

function ask(method: string, params: object = {}): unknown {
  let answer: unknown;
  session.post(method, params, (error: Error | null, result: unknown) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}

// Once, and never stopped: V8 has counters only in what it compiles while it counts, and after a stop they stay silent.
ask("Profiler.enable");
ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/**
 * How many blocks of the project's own code run while some work is done: the same on a busy machine as on a quiet one, and exact.
 * Only for tests called `*.counted.test.ts`: each has a worker of its own, in which this comes before all that is counted.
 */
export function stepsOf(work: () => void): number {
  ask("Profiler.takePreciseCoverage");
  work();
  const { result } = ask("Profiler.takePreciseCoverage") as Coverage;
  return result
    .filter(({ url }) => url.includes("/src/"))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((a, b) => a + b, 0);
}
