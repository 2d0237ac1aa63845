import { oneLine } from "../../core/text.ts";
import type { StopReason } from "../../stage/records.ts";
import { Stopped, stoppableSteps } from "../stoppable-steps.ts";
import { testMerged } from "../test-merged.ts";
import { emit, type PlanRun } from "./plan-run.ts";

/** What a person names who lets a run go on although the tests fail without any of its work: `wavegate task RUN failing-tests --allow`. */
export const FAILING_TESTS = "failing-tests";

/**
 * Run the project's tests on what the run begins from, before anything is spent: where they fail there, nobody could say of any result whether it
 * is good. Then nothing is begun until a person has resumed, which tests again, or has let it go on as it is.
 */
export async function testBase(run: PlanRun): Promise<void> {
  const { ports, steps, input, head } = run;
  const { test: command, checkTimeoutMs: timeoutMs } = input;
  if (command === null || run.tests.accepted) return;
  const number = ++run.tests.times;
  const test = { command, timeoutMs };
  const asked = { batch: 0, number, commit: head, test };
  run.tests.stop = null;
  const report = await orStop(run, () => testMerged(ports, stoppableSteps(steps), asked));
  if (!report) return;
  const { verdict: outcome, shown, durationMs } = report;
  await emit(run, { type: "base-tested", commit: head, command, outcome, shown, durationMs });
  if (outcome === "passed") return;
  const words = outcome === "failed" ? "fail" : "can't be run";
  const message = `The project's tests ${words} on ${head.slice(0, 12)}, which the run begins from: ${oneLine(shown, 200)}`;
  await holdForTests(run, message);
}

/** What a person must mend stops the run before it is begun. */
async function orStop<T>(run: PlanRun, effect: () => Promise<T>): Promise<T | undefined> {
  try {
    return await effect();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    run.stops.push(error.reason);
    return undefined;
  }
}

/** Nothing is begun and nothing lands until a person has said how to go on. */
export async function holdForTests(run: PlanRun, message: string): Promise<void> {
  const stop: StopReason = {
    code: "PLAN_TESTS_FAIL",
    message,
    hint: `Go on as it is with: wavegate task ${run.steps.runId} ${FAILING_TESTS} --allow (what lands is held against the tests once they pass). Or mend what they need on this machine; a change of the project needs a new run.`,
  };
  run.stops.push(stop);
  run.landingHeld = true;
  run.tests.stop = stop;
  await emit(run, { type: "sync-point-reached", point: FAILING_TESTS });
}

/** A person knows that they fail: results land as long as the tests fail without them, too. */
export async function acceptFailingTests(run: PlanRun, by: string): Promise<void> {
  const { stop } = run.tests;
  run.tests.accepted = true;
  run.tests.stop = null;
  run.stops.splice(0, run.stops.length, ...run.stops.filter((each) => each !== stop));
  run.landingHeld = run.stops.length > 0 && run.landingHeld;
  await emit(run, { type: "sync-point-released", point: FAILING_TESTS, by });
}
