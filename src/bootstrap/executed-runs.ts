import type { OnExecution } from "../app/app-ports.ts";
import type { Json } from "../core/json.ts";
import type { Workflow } from "../ports/engine.ts";

/** Which runs this process executes, as they begin or go on. Watching changes nothing that is journaled. */
export interface ExecutedRuns {
  readonly onExecution: OnExecution;
  /** The same workflow; whoever listens is told whenever it is executed. */
  readonly watched: <I extends Json, O extends Json>(workflow: Workflow<I, O>) => Workflow<I, O>;
}

export function createExecutedRuns(): ExecutedRuns {
  const listeners: ((runId: string) => void)[] = [];
  return {
    onExecution: (listener) => void listeners.push(listener),
    watched: (workflow) => ({
      name: workflow.name,
      run(input, steps) {
        for (const listener of listeners) listener(steps.runId);
        return workflow.run(input, steps);
      },
    }),
  };
}
