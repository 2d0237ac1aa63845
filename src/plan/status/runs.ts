import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { fieldOf, JsonDocument } from "./json-document.ts";
import type { PlanStatus } from "./model.ts";

export interface OpenedRun {
  readonly text: string;
  /** `run-` and the time in milliseconds, as the original names runs. */
  readonly id: string;
}

/** Write down that a run began. Errors: PLAN_STATUS_DAMAGED where `runs` is no list. */
export function openRun(status: PlanStatus, now: number): Result<OpenedRun, WavegateError> {
  const used = new Set(status.runs.map(({ id }) => id));
  let number = now;
  while (used.has(`run-${number}`)) number += 1;
  const id = `run-${number}`;
  const run = {
    runId: id,
    startedAt: new Date(now).toISOString(),
    tasksCompleted: 0,
    tasksFailed: 0,
  };
  const document = new JsonDocument(status.text, status.root);
  const runs = fieldOf(status.root, "runs");
  if (runs?.kind === "list") document.push(runs, run);
  else if (!runs) document.add(status.root, "runs", [run]);
  else
    return err(
      new WavegateError("PLAN_STATUS_DAMAGED", `In ${status.file}, runs is no list.`, {
        hint: "Mend it: [] is an empty one.",
        place: { file: status.file },
      }),
    );
  document.set(status.root, "lastUpdatedAt", run.startedAt);
  return ok({ text: document.text(), id });
}

export interface RunEnd {
  readonly id: string;
  readonly completed: number;
  readonly failed: number;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** Write down that a run ended. One that ended before stays as it is. Errors: PLAN_EDIT_REFUSED where there is none of that id. */
export function closeRun(
  status: PlanStatus,
  { id, completed, failed, now }: RunEnd,
): Result<string, WavegateError> {
  const run = status.runs.find((each) => each.id === id);
  if (!run)
    return err(
      new WavegateError("PLAN_EDIT_REFUSED", `${status.file} has no run ${oneLine(id, 40)}.`, {
        hint: "Take the id that was given when the run began.",
        place: { file: status.file },
      }),
    );
  if (run.completedAt !== undefined) return ok(status.text);
  const document = new JsonDocument(status.text, status.root);
  const time = new Date(now).toISOString();
  document.set(run.node, "completedAt", time);
  document.set(run.node, "tasksCompleted", completed);
  document.set(run.node, "tasksFailed", failed);
  document.set(status.root, "lastUpdatedAt", time);
  return ok(document.text());
}
