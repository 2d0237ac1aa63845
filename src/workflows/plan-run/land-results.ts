import { withLandingMs } from "../../execution/landing-pace.ts";
import type { StopReason } from "../../stage/records.ts";
import type { LandBatchOutput } from "../landing-batch.ts";
import { enqueue, scheduleRetry } from "./take-child.ts";
import { notesOf, tell, type PlanRun } from "./plan-run.ts";
import { holdForTests } from "./test-base.ts";

/** What was accepted by now is landed together, while nothing else is being landed. */
export async function landResults(run: PlanRun): Promise<void> {
  if (run.landing || run.queue.size === 0 || run.landingHeld) return;
  const items = [...run.queue.values()];
  run.queue.clear();
  const batch = ++run.batches;
  const name = `landing/${batch}`;
  const tasks = items.map(({ task }) => task);
  run.landing = { batch, name, tasks, renamed: new Map() };
  const { test, checkTimeoutMs } = run.input;
  const lenient = run.tests.accepted;
  await run.steps.spawn(run.children.landBatch, {
    name,
    input: {
      batch,
      head: run.head,
      branches: run.branches,
      items,
      test: test === null ? null : { command: test, timeoutMs: checkTimeoutMs },
      ...(lenient && { lenient }),
    },
  });
}

/** A batch has ended: each of its tasks landed, or is to be done otherwise. */
export async function takeBatch(run: PlanRun, given: LandBatchOutput, at: number): Promise<void> {
  const output = withKeys(given, keysNow(run));
  run.landing = null;
  run.head = output.head;
  run.branches = output.branches;
  run.tests.failing = output.failing;
  const { test } = run.input;
  if (output.proven && test !== null) run.proven = { ...output.proven, command: test };
  for (const { task, commit } of output.landed) {
    const notes = notesOf(run, task);
    notes.report = notes.result?.report ?? "";
    const ended = run.measured.get(task)?.end;
    if (ended !== undefined) run.pace = withLandingMs(run.pace, at - run.begun.at - ended * 60_000);
    await tell(run, task, { kind: "landed", commit }, { commit });
  }
  for (const each of output.conflicted) await takeConflict(run, each, at);
  for (const { task, question } of output.asked) await tell(run, task, { kind: "asked", question });
  for (const { task, reason } of output.failed) {
    const state = await tell(run, task, { kind: "failed", reason, again: true });
    const { commit } = notesOf(run, task).result ?? {};
    if (state?.status !== "failed") continue;
    const { attempt } = state.tries;
    notesOf(run, task).earlier.push({
      attempt,
      ...reason,
      ...(commit !== undefined && { commit }),
    });
    scheduleRetry(run, { task, state, at });
  }
  for (const { task } of output.undecided) requeue(run, task);
  const [undecided] = output.undecided;
  if (!undecided) return;
  const { kind, message, details } = undecided.reason;
  if (OF_TESTS.has(kind)) await holdForTests(run, message);
  else {
    const hint = details[0] ?? "See what the landing said with `wavegate logs`.";
    holdLanding(run, { code: "PLAN_LANDING_FAILED", message, hint });
  }
}

/** Kinds of `landing-output.ts` that are about the tests; all others are about the repository, the disk or ourselves. */
const OF_TESTS: ReadonlySet<string> = new Set(["head-fails", "tests-not-run"]);

/** By what a task was called when its landing began, its key in the plans as they are now; null where it is gone from them. */
type KeyNow = (task: string) => string | null;

function keysNow({ landing }: PlanRun): KeyNow {
  const renamed = landing?.renamed;
  return (task) => {
    const now = renamed?.get(task);
    return now === undefined ? task : now;
  };
}

/** Plans may have been edited while it landed: of what is gone from them nothing is said, as its key may be another's. */
function withKeys(output: LandBatchOutput, keyOf: KeyNow): LandBatchOutput {
  const own = <T extends { readonly task: string }>(items: readonly T[]): readonly T[] =>
    items.flatMap((item) => {
      const task = keyOf(item.task);
      return task === null ? [] : [{ ...item, task }];
    });
  const { landed, conflicted, asked, failed, undecided } = output;
  return {
    ...output,
    landed: own(landed),
    conflicted: own(conflicted),
    asked: own(asked),
    failed: own(failed),
    undecided: own(undecided),
  };
}

/** It does not fit what landed meanwhile: the agent gets both sides; when its tries are used up, a person does. */
async function takeConflict(
  run: PlanRun,
  { task, question, sides }: LandBatchOutput["conflicted"][number],
  at: number,
): Promise<void> {
  const notes = notesOf(run, task);
  const state = await tell(run, task, { kind: "conflicted", question });
  if (state?.status !== "failed") return;
  const { commit } = notes.result ?? {};
  notes.earlier.push({
    attempt: state.tries.attempt,
    kind: "conflict",
    message: question.message,
    details: question.paths,
    ...(commit !== undefined && { commit }),
    sides: sides.map(({ path, excerpt }) => ({ path, excerpt })),
  });
  scheduleRetry(run, { task, state, at });
}

/** Nobody can say whether it is good: it stays accepted, and is landed again when a person has resumed. */
function requeue(run: PlanRun, task: string): void {
  const state = run.state.tasks.get(task);
  if (state?.status === "landing") enqueue(run, task, state);
}

/** A batch that threw: nothing of it is lost, and nothing landed that the next batch would not find. */
export async function takeBrokenBatch(run: PlanRun, message: string): Promise<void> {
  const tasks = (run.landing?.tasks ?? []).flatMap((task) => keysNow(run)(task) ?? []);
  run.landing = null;
  for (const task of tasks) requeue(run, task);
  holdLanding(run, {
    code: "PLAN_LANDING_FAILED",
    message,
    hint: "See what the landing said with `wavegate logs`.",
  });
}

/** Nothing lands before a person has resumed. */
function holdLanding(run: PlanRun, stop: StopReason): void {
  run.landingHeld = true;
  run.stops.push(stop);
}
