import type { WavegateError } from "../../core/error.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Plan, PlanText } from "../model.ts";
import { addRecords, moveTasks } from "../status/change-status.ts";
import { BOX_OF_STATE } from "../status/box-of-state.ts";
import { matchRecords, type MatchedStatus } from "../status/match-records.ts";
import type { PlanStatus, TaskState } from "../status/model.ts";
import { newStatus, phaseNames, recordableTasks, recordedTasks } from "../status/new-status.ts";
import { readStatus } from "../status/read-status.ts";
import { placeOf, taskOfKey, type Named } from "./find-task.ts";
import { setBoxes, type BoxEdit } from "./set-boxes.ts";

export interface TaskMarking {
  /** The file with the boxes, as `plan` was read from it. */
  readonly source: PlanText;
  /** Further files of the plan, which may have boxes, too. */
  readonly more?: readonly PlanText[];
  readonly plan: Plan;
  /** Where a plan of S4 keeps its state; without a text it is made. Undefined for plans that keep it in their boxes. */
  readonly status: { readonly file: string; readonly text: string | undefined } | undefined;
  /** Keys of tasks, and of verifications, whose records go with their boxes. */
  readonly tasks: readonly string[];
  readonly to: TaskState;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
  readonly words?: string;
}

/**
 * The new texts when tasks go to another state, in the order in which they are to be written: the status file first, which counts,
 * then the boxes. Made again after only the first was written, it makes them agree. Boxes of a plan with a status file are done or
 * open. Errors: those of `moveTasks`, `setBoxes` and `readStatus`.
 */
export function markTasks(marking: TaskMarking): Result<readonly PlanText[], WavegateError> {
  const { source, more = [], plan, status, tasks, to } = marking;
  for (const key of tasks) {
    const found = taskOfKey(plan, key);
    if (!found.ok) return found;
  }
  const sources = [source, ...more];
  if (!status) return setBoxesIn(sources, plan, { tasks, to: BOX_OF_STATE[to] });
  const { file, text = newStatus(plan, marking.now) } = status;
  const read = readStatus({ file, text });
  if (!read.ok) return read;
  const matched = matchRecords(read.value, plan);
  const ofStatus = withRecord(marking, matched);
  const checked = checkRecords(marking, matched);
  const moved = moveRecords(marking, matched, [...ofStatus, ...[...checked.values()].flat()]);
  if (!moved.ok) return moved;
  const boxes = markBoxes(sources, marking, [...ofStatus, ...checked.keys()]);
  return boxes.ok ? ok([...moved.value, ...boxes.value]) : boxes;
}

/** Boxes of tasks that have a record say whether it is completed; those of other tasks say all there is to say. */
function markBoxes(
  sources: readonly PlanText[],
  { plan, tasks, to }: TaskMarking,
  ofStatus: readonly string[],
): Result<readonly PlanText[], WavegateError> {
  const boxless = new Set(plan.tasks.flatMap(({ key, box }) => (box ? [] : [key])));
  const boxed = ofStatus.filter((key) => !boxless.has(key));
  const inStatus = new Set(ofStatus);
  const others = tasks.filter((key) => !inStatus.has(key));
  if (to === "completed" || to === "pending")
    return setBoxesIn(sources, plan, { tasks: [...boxed, ...others], to: BOX_OF_STATE[to] });
  const marked = setBoxesIn(sources, plan, { tasks: others, to: BOX_OF_STATE[to] });
  return marked.ok ? setBoxesIn(marked.value, plan, { tasks: boxed, to: "open" }) : marked;
}

/** `setBoxes` in whichever file of the plan each box is. */
function setBoxesIn(
  sources: readonly PlanText[],
  plan: Plan,
  { tasks, to }: BoxEdit,
): Result<readonly PlanText[], WavegateError> {
  const files = new Set(sources.map(({ file }) => file));
  const edited: PlanText[] = [];
  for (const [at, source] of sources.entries()) {
    // What is in none of the files is refused by the first.
    const own = tasks.filter((key) => {
      const found = taskOfKey(plan, key);
      const file = found.ok ? boxPlaceOf(found.value).file : undefined;
      return file === source.file || (at === 0 && (file === undefined || !files.has(file)));
    });
    const text = setBoxes(source, plan, { tasks: own, to });
    if (!text.ok) return text;
    edited.push({ file: source.file, text: text.value });
  }
  return ok(edited);
}

/** A verification may stand elsewhere than its criteria. */
const boxPlaceOf = (named: Named) =>
  (named.kind === "verification"
    ? named.verification.criteria.find(({ box }) => box)?.place
    : undefined) ?? placeOf(named);

/** Tasks whose state is in the status file: a check that has no record gets one only for a state that its box can't say. */
function withRecord({ plan, tasks, to }: TaskMarking, status: PlanStatus): readonly string[] {
  const inBox = to === "completed" || to === "pending";
  const of = inBox ? recordedTasks(plan) : recordableTasks(plan);
  const there = new Set([...of, ...status.tasks].map(({ key }) => key));
  const possible = new Set(recordableTasks(plan).map(({ key }) => key));
  return tasks.filter((key) => possible.has(key) && there.has(key));
}

/**
 * By the verifications that are marked, the records to be moved with them: their own (`VERIFY-1`), and those of their criteria, which
 * S4's tools numbered as tasks. Of criteria, those that are finished stay so where the rest is.
 */
function checkRecords(
  { plan, tasks, to }: TaskMarking,
  { tasks: records, criteria }: MatchedStatus,
): ReadonlyMap<string, readonly string[]> {
  const wanted = new Set(tasks);
  const own = new Set(records.map(({ key }) => key));
  const finishing = to === "completed" || to === "skipped";
  const found = new Map<string, readonly string[]>();
  for (const { key } of plan.verifications) {
    if (!wanted.has(key)) continue;
    const of = [...(criteria.get(key)?.values() ?? [])];
    if (!own.has(key) && of.length === 0) continue;
    const left = of.filter(
      ({ state }) => !finishing || (state !== "completed" && state !== "skipped"),
    );
    found.set(key, [...(own.has(key) ? [key] : []), ...left.map((record) => record.key)]);
  }
  return found;
}

function moveRecords(
  { plan, to, now, words }: TaskMarking,
  status: PlanStatus,
  tasks: readonly string[],
): Result<readonly PlanText[], WavegateError> {
  if (tasks.length === 0) return ok([]);
  const { file } = status;
  const text = withRecords(status, plan, { tasks, now });
  const whole = text === status.text ? ok(status) : readStatus({ file, text });
  if (!whole.ok) return whole;
  const moved = moveTasks(matchRecords(whole.value, plan), {
    tasks,
    to,
    now,
    ...(words !== undefined && { words }),
  });
  return moved.ok ? ok([{ file, text: moved.value }]) : moved;
}

/** With records of the tasks that have none. */
function withRecords(
  status: PlanStatus,
  plan: Plan,
  { tasks, now }: Pick<TaskMarking, "tasks" | "now">,
): string {
  const there = new Set(status.tasks.map(({ key }) => key));
  const phaseOf = phaseNames(plan);
  const recorded = recordableTasks(plan);
  // All of an id: the records of tasks that share one are told apart by their order.
  const wanted = new Set(tasks);
  const ids = new Set(recorded.flatMap(({ key, id }) => (wanted.has(key) ? [id] : [])));
  const missing = recorded.filter(({ key, id }) => ids.has(id) && !there.has(key));
  const records = missing.map((task) => ({
    id: task.id,
    phase: phaseOf(task),
    description: task.text,
  }));
  return addRecords(status, records, now);
}
