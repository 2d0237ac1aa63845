import { WavegateError } from "../core/error.ts";
import { runNotFound } from "../core/run-error.ts";
import { oneLine } from "../core/text.ts";
import type { Engine, RunRecord } from "../ports/engine.ts";
import type { RunFolders } from "../ports/run-folders.ts";
import type { GateInfo, HoldInfo, WorkInfo } from "../stage/records.ts";
import type { PlanHoldInfo } from "../execution/plan-message.ts";
import type { RunView } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";

/** Most runs named in a hint. */
const NAMED = 4;

/** The run that a full id, a unique prefix, or `latest` names; throws RUN_NOT_FOUND or RUN_AMBIGUOUS. */
export async function findRun(engine: Engine, name: string): Promise<RunRecord> {
  const exact = await engine.run(name);
  if (exact) return exact;
  if (name === "latest") {
    const [latest] = await engine.runs({ limit: 1 });
    if (latest) return latest;
  }
  const matching = name === "" ? [] : await engine.runs({ prefix: name, limit: NAMED + 1 });
  const [only, another] = matching;
  if (only && !another) return only;
  if (!only) throw runNotFound(name);
  throw new WavegateError(
    "RUN_AMBIGUOUS",
    `${matching.length > NAMED ? `More than ${NAMED}` : matching.length} runs begin with "${oneLine(name, 40)}".`,
    {
      hint: `Name one: ${matching
        .slice(0, NAMED)
        .map(({ runId }) => runId)
        .join(", ")}.`,
    },
  );
}

/** What a run that waits at a gate shows there. */
export function gateIn(record: RunRecord): GateInfo | undefined {
  const info: unknown = record.wait?.info;
  return isGate(info, record) ? info : undefined;
}

/** The record with what its wait means. */
export function viewRun(record: RunRecord, folders: RunFolders): RunView {
  const folder = folders.pathOf(record.runId);
  const info: unknown = record.wait?.info;
  if (isOfPlans(info, record)) return { record, folder, ...planWait(info, record) };
  if (isGate(info, record))
    return {
      record,
      folder,
      stage: info.stage,
      gate: { ...info, folder: `${folder}/${info.folder}` },
    };
  if (isHold(info, record)) return { record, folder, stage: info.stage, hold: info };
  if (isWork(info, record)) return { record, folder, stage: info.stage, work: info };
  return { record, folder };
}

/** The view of an open gate with who may decide at it. A configuration that can't be read is told when one decides. */
export async function withReviewers(
  { settings }: Pick<AppPorts, "settings">,
  view: RunView,
): Promise<RunView> {
  if (!view.gate) return view;
  const read = await settings();
  const reviewers = read.ok ? read.value.reviewers(view.gate.stage) : null;
  return reviewers === null ? view : { ...view, reviewers };
}

/** The view with the stage that a run that goes on is in: only its history says that. */
export async function withStage(engine: Engine, view: RunView): Promise<RunView> {
  const { runId, status } = view.record;
  if (view.stage !== undefined || (status !== "running" && status !== "pending")) return view;
  let stage: string | undefined;
  for await (const { event } of engine.events(runId, 0)) if ("stage" in event) ({ stage } = event);
  return stage === undefined ? view : { ...view, stage };
}

/** What a run of plans waits for: something to be mended, or answers. */
function planWait(info: PlanHoldInfo, { wait }: RunRecord): Pick<RunView, "hold" | "asks"> {
  if (wait?.kind === "work") return { asks: info };
  return {
    hold: {
      stage: "",
      code: info.code,
      reason: info.reason,
      failures: info.failed.map(({ task, message }) => `${task}: ${message}`),
      hint: info.hint,
    },
  };
}

/** What a wait shows was journaled by the same code that reads it; its kind says which it is. */
const isOfPlans = (info: unknown, { wait }: RunRecord): info is PlanHoldInfo =>
  wait !== undefined && typeof info === "object" && info !== null && "points" in info;
const isGate = (info: unknown, { wait }: RunRecord): info is GateInfo =>
  wait?.kind === "gate" && typeof info === "object" && info !== null;
const isWork = (info: unknown, { wait }: RunRecord): info is WorkInfo =>
  wait?.kind === "work" && typeof info === "object" && info !== null;
const isHold = (info: unknown, { wait }: RunRecord): info is HoldInfo =>
  wait?.kind === "hold" && typeof info === "object" && info !== null;
