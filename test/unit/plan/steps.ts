import { Session } from "node:inspector";

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/** How many blocks of the project's own code run while some work is done: about the same on a busy machine as on a quiet one. */
export function stepsOf(work: () => void): number {
  const session = new Session();
  session.connect();
  const ask = (method: string, params: object = {}): unknown => {
    let answer: unknown;
    session.post(method, params, (error: Error | null, result: unknown) => {
      if (error) throw error;
      answer = result;
    });
    return answer;
  };
  try {
    ask("Profiler.enable");
    ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    work();
    const { result } = ask("Profiler.takePreciseCoverage") as Coverage;
    ask("Profiler.stopPreciseCoverage");
    return result
      .filter(({ url }) => url.includes("/src/"))
      .flatMap(({ functions }) =>
        functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)),
      )
      .reduce((a, b) => a + b, 0);
  } finally {
    session.disconnect();
  }
}
