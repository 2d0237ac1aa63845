import { ok } from "../core/result.ts";
import { gatesDue, holdInfo, isQuestion } from "../execution/hold-info.ts";
import { landsSoon } from "../execution/landing-pace.ts";
import type { PlanHoldInfo } from "../execution/plan-message.ts";
import type { RunStanding } from "../execution/next-tasks.ts";
import type { Received, Steps, Workflow } from "../ports/engine.ts";
import type { LandBatch, LandBatchOutput } from "./landing-batch.ts";
import { createImplementation, type CarriedPlans, type Implementation } from "./implement-work.ts";
import { beginAgain } from "./plan-run/begin-again.ts";
import { beginPlans, type PlanContext } from "./plan-run/begin-plans.ts";
import { finish } from "./plan-run/finish-plans.ts";
import { isLost, standsAgain, type Ground } from "./plan-run/ground.ts";
import { lookAround, type LookedAround } from "./plan-run/look-around.ts";
import { replanIfWorth } from "./plan-run/replan.ts";
import { landResults, takeBatch, takeBrokenBatch } from "./plan-run/land-results.ts";
import { emit, nextName, tell, type PlanRun } from "./plan-run/plan-run.ts";
import type { PlanRunPorts } from "./plan-run/plan-ports.ts";
import { createRunTask, type RunTask } from "./plan-run/run-task.ts";
import { startTask } from "./plan-run/start-tasks.ts";
import { notMarked, syncPlans } from "./plan-run/sync-plans.ts";
import { sumUpCalls } from "./plan-run/sum-up-calls.ts";
import { takeBroken, takeChild } from "./plan-run/take-child.ts";
import { takeWord } from "./plan-run/take-word.ts";
import type { TaskOutput } from "./plan-run/task-child.ts";
import { createVerifyTask, type VerifyTask } from "./plan-run/verify-task.ts";
import { RUN_PLAN, type PlanRunInput, type PlanRunOutcome } from "./run-plan-input.ts";

export type RunPlan = Workflow<PlanRunInput, PlanRunOutcome>;

/**
 * Plans carried out (PX-05 … PX-11): what may start next is decided from states alone, so that a replay decides the same; attempts and
 * landings are children that end whenever they do; what is received is taken in, in the order in which it became known.
 */
export function createRunPlan(
  ports: PlanRunPorts,
  landBatch: Workflow<LandBatch, LandBatchOutput>,
): {
  readonly runPlan: RunPlan;
  readonly runTask: RunTask;
  readonly verifyTask: VerifyTask;
  readonly implementation: Implementation;
} {
  const runTask = createRunTask(ports);
  const verifyTask = createVerifyTask(ports);
  const children = { runTask, verifyTask, landBatch };
  const carryOut = (steps: Steps, input: PlanRunInput, ground?: Ground) =>
    carryOutPlans({ ports, steps, input, children, ...(ground && { ground }) });
  return {
    runTask,
    verifyTask,
    implementation: createImplementation(ports, carryOut),
    runPlan: {
      name: RUN_PLAN,
      async run(input, steps) {
        await steps.emit("run-started", {
          type: "run-started",
          workflow: RUN_PLAN,
          subject: input.plans.map(({ file }) => file).join(" "),
          digest: input.base,
        });
        const { outcome } = await carryOut(steps, input);
        const { status, message } = outcome;
        await steps.emit("run-finished", { type: "run-finished", status, message });
        return outcome;
      },
    },
  };
}

/** Plans from their beginning to their end, within whatever run; and again, where they were approved anew. */
async function carryOutPlans(given: PlanContext): Promise<CarriedPlans> {
  const begun = await beginPlans(given);
  if (!begun.ok) return { outcome: begun.error };
  const run = begun.value;
  const outcome = await toTheEnd(run);
  return {
    outcome,
    async again() {
      const before = await beginAgain(run);
      return before.ok ? ok({ outcome: await toTheEnd(run), before: before.value }) : before;
    },
  };
}

async function toTheEnd(run: PlanRun): Promise<PlanRunOutcome> {
  let at = run.between.now;
  let isClosed = false;
  for (;;) {
    // Before anything is begun: who begins is told what others said.
    const before = await lookAround(run, at);
    const standing = await goOn(run);
    if (run.lost !== undefined && (standing === "stuck" || standing === "waiting")) {
      const ended = await standsAgain(run, run.lost);
      if (ended) return ended;
      continue;
    }
    const over = standing === "completed";
    const isNew = run.news.length > 0 || (over && !isClosed);
    const looked = isNew ? await lookAround(run, at, { over }) : before;
    if (over && !looked.held) return finish(run);
    isClosed = over;
    if (looked !== before && looked.released) continue;
    const received = await receive(run, standing, looked);
    at = received.at;
    await takeIn(run, received);
  }
}

/** Do all that can be done now; how the run stands then. */
async function goOn(run: PlanRun): Promise<RunStanding> {
  for (;;) {
    await replanIfWorth(run);
    const standing = await decide(run);
    await landResults(run);
    // What is still at work may change how plans stand; what is not even begun waits for how they stand.
    if (await syncPlans(run)) continue;
    if (standing === "again") continue;
    if (run.active.size > 0 || run.landing) return "going";
    if (standing === "completed" && heldByMarks(run)) return "stuck";
    // What waits for its landing is not at work while nothing may land.
    return standing === "going" ? "stuck" : standing;
  }
}

/** All is done, and a plan can't be made to say so: a person mends what keeps it from that. */
function heldByMarks(run: PlanRun): boolean {
  const reason = notMarked(run);
  if (!reason) return false;
  if (run.stops.length === 0) run.stops.push(reason);
  return true;
}

/** One decision carried out. `again`: something was settled, which may let more start. */
async function decide(run: PlanRun): Promise<RunStanding | "again"> {
  const [stop] = run.stops;
  const stopped = run.state.stopped ?? stop?.message ?? run.lost;
  const state = {
    ...run.state,
    landsSoon: landsSoon(run.pace),
    ...(stopped !== undefined && { stopped }),
  };
  const decision = run.decisions.next(state);
  run.state = { ...run.state, batch: decision.batch };
  for (const key of decision.settle)
    await tell(run, key, { kind: "settled", parts: partsOf(run, key) });
  await endChildren(run, new Set(decision.end));
  // Plans as they are now, before anything of them is begun.
  if (decision.start.length > 0 && !run.look && run.marks.size === 0) run.look = true;
  if (decision.start.length > 0 && (await syncPlans(run))) return "again";
  if (decision.start.length > 0 && (await isLost(run))) return "again";
  for (const { key } of decision.start) await startTask(run, key);
  return decision.settle.length > 0 ? "again" : decision.standing;
}

const partsOf = ({ work }: PlanRun, key: string): readonly string[] =>
  work.parts.get(work.graph.indexOf.get(key) ?? -1) ?? [];

/** Attempts that nobody wants any more are ended; they come to their end as others do. */
async function endChildren(run: PlanRun, unwanted: ReadonlySet<string>): Promise<void> {
  for (const [name, child] of run.active) {
    if (child.ending || (!child.orphaned && !unwanted.has(child.task))) continue;
    child.ending = true;
    await run.steps.end(name);
  }
}

/** The next thing that became known. Where nothing goes on by itself, a person is waited for with what is asked of them. */
async function receive(
  run: PlanRun,
  standing: RunStanding,
  { wakeAt, lookAt }: LookedAround,
): Promise<Received> {
  const due = [...run.due.values()];
  await tellGates(run);
  if (standing === "going" || due.length > 0)
    return run.steps.receive(untilFirst([...due, wakeAt, lookAt]));
  const [stop] = run.stops;
  const { runId } = run.steps;
  const cause = { runId, ...(stop && { stop }) };
  const info = holdInfo(run.work, run.state, {
    points: gatesDue(run.work, run.decisions.frontier, run.rules),
    cause,
  });
  const name = await heldWith(run, info);
  return run.steps.receive({
    ...untilFirst([wakeAt]),
    waiting: { name, kind: isQuestion(info) ? "work" : "hold", token: name, info },
  });
}

const untilFirst = (moments: readonly (number | undefined)[]): { readonly until?: number } => {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length > 0 ? { until: Math.min(...known) } : {};
};

/** Told once as long as nothing but time went by; gives the name of the wait. */
async function heldWith(run: PlanRun, info: PlanHoldInfo): Promise<string> {
  const told = JSON.stringify(info);
  if (run.hold?.told === told) return run.hold.name;
  const { questions, failed, ...shown } = info;
  await emit(run, {
    type: "plan-run-held",
    ...shown,
    questions: questions.map(({ task, ...question }) => ({ task, question })),
    failed: failed.map(({ task, ...reason }) => ({ task, reason })),
  });
  run.hold = { name: nextName(run, "hold"), told };
  return run.hold.name;
}

async function tellGates(run: PlanRun): Promise<void> {
  for (const point of gatesDue(run.work, run.decisions.frontier, run.rules)) {
    if (run.reached.has(point)) continue;
    run.reached.add(point);
    await emit(run, { type: "sync-point-reached", point });
  }
}

async function takeIn(run: PlanRun, received: Received): Promise<void> {
  if (received.kind !== "time") run.hold = null;
  switch (received.kind) {
    case "child":
      await takeEnd(run, received);
      break;
    case "message":
      run.look = true;
      await takeWord(run, received.value);
      break;
    case "time":
      break;
  }
  for (const [task, at] of run.due)
    if (at <= received.at) {
      run.due.delete(task);
      await tell(run, task, { kind: "retry-due" });
    }
}

async function takeEnd(
  run: PlanRun,
  { name, outcome, at }: Extract<Received, { readonly kind: "child" }>,
): Promise<void> {
  if (name === run.landing?.name) {
    const batch = outcome.ok && isBatch(outcome.value) ? outcome.value : undefined;
    if (batch) await takeBatch(run, batch, at);
    else await takeBrokenBatch(run, outcome.ok ? NOT_OURS : outcome.error);
    return;
  }
  await sumUpCalls(run, name);
  const output = outcome.ok && isOutput(outcome.value) ? outcome.value : undefined;
  if (output) await takeChild(run, name, { output, at });
  else await takeBroken(run, name, { message: outcome.ok ? NOT_OURS : outcome.error, at });
}

const NOT_OURS = "the child gave what it never gives";

/** A child gives what its workflow says; its name says which that is. */
const isBatch = (value: unknown): value is LandBatchOutput =>
  typeof value === "object" && value !== null && "landed" in value;
const isOutput = (value: unknown): value is TaskOutput =>
  typeof value === "object" && value !== null && "events" in value;
