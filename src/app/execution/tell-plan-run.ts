import { WavegateError } from "../../core/error.ts";
import { runFinished } from "../../core/run-error.ts";
import { oneLine } from "../../core/text.ts";
import { nearestName } from "../../core/nearest-name.ts";
import type { PlanMessage } from "../../execution/plan-message.ts";
import type { Engine, RunRecord } from "../../ports/engine.ts";
import { RUN_PLAN } from "../../workflows/run-plan-input.ts";
import { carryOn } from "../decide-gate.ts";
import { refuseInsideAttempt } from "../refuse-inside-attempt.ts";
import { findRun } from "../run-view.ts";
import type { TellWish } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";
import { refusePoint, refuseWord, type KnownTask } from "./refuse-word.ts";

/**
 * Tell a run that carries out plans a person's word on a task (PX-10), or let a sync point be passed; goes on with the run here where nobody
 * executes it. Throws RUN_NOT_FOUND, RUN_FINISHED, PLAN_TASK_UNKNOWN, USAGE for a run without plans and for a word that
 * can't be said of the task as it stands, GATE_INSIDE_ATTEMPT.
 */
export async function tellPlanRun(
  ports: Pick<ExecutionPorts, "engine" | "surroundingRuns" | "clock" | "onRun" | "warnUnprotected">,
  { run, task, says, by }: TellWish,
): Promise<{ readonly runId: string; readonly task: string; readonly afterWait?: string }> {
  await refuseInsideAttempt(ports);
  const engine = await ports.engine();
  const record = await planRun(engine, run);
  const { runId, status, wait } = record;
  if (status === "completed" || status === "canceled" || (status === "failed" && !wait))
    throw runFinished(runId, status);
  const known = await keysOf(engine, runId);
  const key = meant(task, known, runId);
  const message = messageOf(known, { runId, key, by, says });
  const told = await engine.tell(runId, {
    key: `${by}/${ports.clock.now()}/${key}/${says.what}`,
    value: message,
  });
  if (!told.ok) throw told.error;
  await carryOn(ports, runId);
  ports.onRun(runId);
  return { runId, task: key, ...(wait && { afterWait: wait.name }) };
}

/** A run of all stages carries out the plan that it makes. */
const COMPLETE = "complete";

/** The run that is named, if it carries out plans. */
export async function planRun(engine: Engine, name: string): Promise<RunRecord> {
  const record = await findRun(engine, name);
  if (record.workflow === RUN_PLAN || record.workflow === COMPLETE) return record;
  throw new WavegateError("USAGE", `Run ${record.runId} carries out no plans.`, {
    hint: "See which runs do with: wavegate runs",
  });
}

/** Throws USAGE where the run could only refuse it. */
function messageOf(
  { tasks, points }: Known,
  {
    runId,
    key,
    by,
    says,
  }: Pick<TellWish, "by" | "says"> & { readonly runId: string; readonly key: string },
): PlanMessage {
  if (says.what === "allow" && points.has(key)) return { kind: "release", point: key, by };
  const task = tasks.get(key);
  if (!task) throw refusePoint(runId, key, says.what);
  refuseWord(runId, task, says.what);
  return { kind: "task", task: key, by, says };
}

interface Known {
  readonly tasks: ReadonlyMap<string, KnownTask>;
  /** Sync points that were reached and wait for a person. */
  readonly points: ReadonlySet<string>;
}

async function keysOf(engine: Engine, runId: string): Promise<Known> {
  const tasks = new Map<string, KnownTask>();
  const points = new Set<string>();
  for await (const { event } of engine.events(runId, 0)) {
    if (event.type === "plan-run-started" || event.type === "plan-changed") {
      tasks.clear();
      const files = new Map(event.plans.map(({ name, file }) => [name, file]));
      for (const { key, plan, status } of event.tasks) {
        const name = event.plans.length > 1 ? key.slice(plan.length + 1) : key;
        tasks.set(key, { key, status, name, file: files.get(plan) ?? plan });
      }
    } else if (event.type === "task-advanced") {
      const task = tasks.get(event.task);
      if (task) tasks.set(event.task, { ...task, status: event.status });
    } else if (event.type === "sync-point-reached") points.add(event.point);
    else if (event.type === "sync-point-released") points.delete(event.point);
  }
  return { tasks, points };
}

/** A key, or one without the plan's name in front where that is enough. */
function meant(task: string, { tasks, points }: Known, runId: string): string {
  const keys = [...tasks.keys(), ...points];
  if (keys.includes(task)) return task;
  const [only, another] = keys.filter((key) => key.endsWith(`:${task}`));
  if (only !== undefined && another === undefined) return only;
  const near = nearestName(task, keys);
  throw new WavegateError(
    "PLAN_TASK_UNKNOWN",
    only === undefined
      ? `Run ${runId} has no task ${oneLine(task, 80)}.`
      : `Several plans of run ${runId} have a task ${oneLine(task, 80)}.`,
    {
      hint:
        only !== undefined
          ? `Name one of: ${oneLine(only, 80)}, ${oneLine(another ?? "", 80)}.`
          : near === undefined
            ? `See its tasks with: wavegate show ${runId}`
            : `Did you mean ${oneLine(near, 80)}?`,
    },
  );
}
