import { wfQueueRunner } from "@dbos-inc/dbos-sdk/internal/wfqueue";

/** What DBOS keeps of a queue, as far as it matters here. */
interface QueueState {
  /** Milliseconds since the epoch. */
  nextPollAt: number;
}

/**
 * DBOS looks at its queues by the wall clock: where that is put back, it takes nothing for as long. Here the next look is kept by the
 * clock that only goes on. Once for a process, before DBOS is launched.
 */
export function keepQueuesSteady(): void {
  const states: unknown = Reflect.get(wfQueueRunner, "states");
  if (!(states instanceof Map)) throw new Error("DBOS keeps its queues in another way now");
  const queues: Map<string, QueueState> = states;
  const add = queues.set.bind(queues);
  queues.set = (name, state) => add(name, steady(state));
}

function steady(state: QueueState): QueueState {
  let due = 0;
  const keep = (at: number): void => {
    due = performance.now() + at - Date.now();
  };
  keep(state.nextPollAt);
  return Object.defineProperty(state, "nextPollAt", {
    get: () => Date.now() + Math.floor(due - performance.now()),
    set: keep,
  });
}
