import type { ExecutionCases } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";

/** The use cases about carrying out plans, loaded when one is asked for: most commands need none. */
export function loadExecutionCases(ports: ExecutionPorts): ExecutionCases {
  let loaded: Promise<ExecutionCases> | undefined;
  const cases = () =>
    (loaded ??= import("./create-execution-cases.ts").then(({ createExecutionCases }) =>
      createExecutionCases(ports),
    ));
  return {
    whyApart: async (history) => (await cases()).whyApart(history),
    bring: async (commits) => (await cases()).bring(commits),
    preview: async (wish) => (await cases()).preview(wish),
    start: async (wish) => (await cases()).start(wish),
    tell: async (wish) => (await cases()).tell(wish),
    land: async (wish) => (await cases()).land(wish),
  };
}
