import type { Json } from "../../core/json.ts";
import { oneLine } from "../../core/text.ts";
import { openCircuits } from "../../execution/circuit-breaker.ts";
import type { PlanMessage } from "../../execution/plan-message.ts";
import { stateOfTask } from "../../execution/run-state.ts";
import { raisedCap } from "../budget-reached.ts";
import { raiseBudget } from "../raise-budget.ts";
import { readPlanMessage } from "./read-message.ts";
import { emit, nextName, notesOf, tell, type PlanRun } from "./plan-run.ts";
import { enqueue } from "./take-child.ts";
import { releasedBy } from "./look-around.ts";
import { judgeAgain } from "./start-tasks.ts";
import { acceptFailingTests, FAILING_TESTS, testBase } from "./test-base.ts";

/** What a person told the run, taken in. What changes nothing is told. */
export async function takeWord(run: PlanRun, value: Json): Promise<void> {
  const message = readPlanMessage(value);
  switch (message?.kind) {
    case "task":
      return takeTaskWord(run, message);
    case "release":
      return release(run, message);
    case "stop":
      run.state = {
        ...run.state,
        stopped: `${oneLine(message.by, 60)}: ${oneLine(message.why, 200)}`,
      };
      return;
    case "resume":
      return resume(run, message);
    case undefined:
      return emit(run, {
        type: "word-refused",
        task: null,
        by: "",
        reason: "what was told is no message to a run of plans",
      });
  }
}

type TaskWord = Extract<PlanMessage, { readonly kind: "task" }>;

async function takeTaskWord(run: PlanRun, { task, by, says }: TaskWord): Promise<void> {
  const refuse = (reason: string) => emit(run, { type: "word-refused", task, by, reason });
  if (!run.work.graph.indexOf.has(task)) return refuse(`there is no task ${oneLine(task, 80)}`);
  const before = stateOfTask(run.state, task);
  const state = await tell(run, task, { kind: "person", by, says });
  if (!state) return refuse(`"${says.what}" can't be said of what is ${before.status}`);
  const words = "why" in says ? says.why : "note" in says ? says.note : "";
  if (words !== "") notesOf(run, task).words.push(`${by}: ${words}`);
  run.due.delete(task);
  if (state.status === "verifying")
    await judgeAgain(run, task, { shown: state.shown, attempt: state.tries.attempt });
  if (state.status === "landing" && before.status === "blocked") {
    enqueue(run, task, state);
    const item = run.queue.get(task);
    const shown = [...new Set([...(item?.shown ?? []), ...before.question.paths])];
    if (item) run.queue.set(task, { ...item, shown });
  }
  return undefined;
}

async function release(
  run: PlanRun,
  { point, by }: Extract<PlanMessage, { readonly kind: "release" }>,
): Promise<void> {
  if (point === FAILING_TESTS && run.tests.stop) return acceptFailingTests(run, by);
  if (run.rules.gates?.has(point) !== true)
    return emit(run, {
      type: "word-refused",
      task: null,
      by,
      reason: `no sync point ${oneLine(point, 80)} waits for a person`,
    });
  if (run.state.released.has(point)) return undefined;
  const reason = await releasedBy(run, point, by);
  if (reason !== null) await emit(run, { type: "word-refused", task: null, by, reason });
}

/** Goes on: limits are raised, agents that said nothing are asked again, and what failed for good is tried again. */
async function resume(
  run: PlanRun,
  { by, note, raises = [] }: Extract<PlanMessage, { readonly kind: "resume" }>,
): Promise<void> {
  if (raises.length > 0)
    await raiseBudget(run.ports, run.steps, { name: nextName(run, "raise"), by, raises });
  for (const agent of openCircuits(run.ended, run.circuits))
    run.circuits.set(agent, run.sequence + 1);
  run.stops.length = 0;
  run.landingHeld = false;
  const { stopped: _stopped, ...state } = run.state;
  run.state = state;
  await emit(run, {
    type: "plan-run-resumed",
    by,
    ...(note !== undefined && { note }),
    ...(raises.length > 0 && { raised: raises.map(raisedCap) }),
  });
  if (run.tests.stop && run.head === run.begun.base) await testBase(run);
  for (const [task, each] of run.state.tasks)
    if (each.status === "failed" && each.final) {
      if (note !== undefined) notesOf(run, task).words.push(`${by}: ${note}`);
      await tell(run, task, { kind: "person", by, says: { what: "retry" } });
    }
}
