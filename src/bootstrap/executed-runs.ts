import type { OnExecution } from "../app/app-ports.ts";
import type { Json } from "../core/json.ts";
import type { Workflow } from "../ports/engine.ts";

/** Which runs this process executes, as they begin or go on. Watching changes nothing that is journaled. */
export interface ExecutedRuns {
  readonly tells: {
    readonly onExecution: OnExecution;
    /** Which of them are over. */
    readonly onOver: OnExecution;
  };
  readonly over: (runId: string) => void;
  /** The same workflow; whoever listens is told whenever it is executed. */
  readonly watched: <I extends Json, O extends Json>(workflow: Workflow<I, O>) => Workflow<I, O>;
}

export function createExecutedRuns(): ExecutedRuns {
  const listeners: ((runId: string) => void)[] = [];
  const ended: ((runId: string) => void)[] = [];
  return {
    tells: {
      onExecution: (listener) => void listeners.push(listener),
      onOver: (listener) => void ended.push(listener),
    },
    over: (runId) => ended.forEach((listener) => listener(runId)),
    watched: (workflow) => ({
      name: workflow.name,
      run(input, steps) {
        for (const listener of listeners) listener(steps.runId);
        return workflow.run(input, steps);
      },
    }),
  };
}
