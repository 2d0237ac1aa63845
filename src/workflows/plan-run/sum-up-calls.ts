import { summedUp } from "../../stage/budget/past-calls.ts";
import { nextName, type PlanRun } from "./plan-run.ts";
import { IMPLEMENTATION_STAGE } from "./task-child.ts";

/** After so many children that ended. */
const EVERY = 50;

/**
 * Sum up what calls of children used that have ended, so that the ledger, which each call reads and writes, does not grow with the run. Nobody
 * settles a call again whose child's end was received: all of its steps are journaled.
 */
export async function sumUpCalls(run: PlanRun, child: string): Promise<void> {
  const sequence = run.active.get(child)?.sequence;
  if (sequence === undefined) return;
  const { over, steps, ports } = run;
  over.add(sequence);
  if (over.size % EVERY !== 0) return;
  await steps.attempt({ name: nextName(run, "sum-up") }, ({ signal }) =>
    ports.ledgers.change(
      steps.runId,
      (ledger) => {
        const after = summedUp(
          ledger,
          ({ stage, call }) => stage === IMPLEMENTATION_STAGE && over.has(sequenceOf(call)),
        );
        return { ledger: after, value: null };
      },
      signal,
    ),
  );
}

/** Names of a child's steps begin with its number (`nameOf` of `run-task.ts`). */
const sequenceOf = (call: string): number => Number.parseInt(call, 10);
