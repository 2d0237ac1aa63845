import { dispatches, quantile, stepTimes } from "./run-times.mjs";
import { table } from "./table.mjs";

const ms = (numbers) =>
  numbers.length === 0
    ? ["–", "–"]
    : [quantile(numbers, 0.5).toFixed(0), quantile(numbers, 0.95).toFixed(0)];

/** From the moment a task could begin to its agent's process, what that and the way back are made of. */
export function dispatchTimes(runs) {
  const all = runs.map((run) => ({ run, found: dispatches(run) }));
  const rows = [];
  for (const workers of new Set(runs.map((run) => run.workers))) {
    const found = all.flatMap((each) => (each.run.workers === workers ? each.found : []));
    const after = (what) => found.filter((each) => each.after === what && each.by !== null);
    const add = (what, numbers) => rows.push([workers, what, numbers.length, ...ms(numbers)]);
    add(
      "could begin → agent's process",
      found.map(({ ready, born }) => born - ready),
    );
    add(
      "· until it was decided and recorded",
      found.map(({ ready, started }) => started - ready),
    );
    add(
      "· clone, prompt, process",
      found.map(({ started, born }) => born - started),
    );
    add(
      "end of an agent → next agent, same worker",
      after("worker").map(({ by, born }) => born - by),
    );
    add(
      "end of an agent → next agent, of a task that waits for it",
      after("task").map(({ by, born }) => born - by),
    );
  }
  table("workers | from → to | times | p50 ms | p95 ms", rows);
  const steps = new Map();
  for (const run of runs)
    for (const [kind, times] of stepTimes(run))
      steps.set(kind, [...(steps.get(kind) ?? []), ...times]);
  table(
    "step | times | p50 ms | p95 ms",
    [...steps].map(([kind, times]) => [kind, times.length, ...ms(times)]),
  );
}
