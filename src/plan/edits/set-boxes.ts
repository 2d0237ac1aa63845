import { ok } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import type { FilePlace } from "../../core/place.ts";
import type { Box, BoxState, Plan, PlanText } from "../model.ts";
import { placeOf, taskOfKey } from "./find-task.ts";
import { marksFor } from "./marks.ts";
import { refused, type Edited } from "./refused.ts";

export interface BoxEdit {
  /** Keys of tasks and verifications; a verification stands for all its criteria. */
  readonly tasks: readonly string[];
  readonly to: BoxState;
}

interface Target {
  readonly box: Box;
  readonly place: FilePlace;
  readonly id?: string | undefined;
}

/**
 * Give boxes of a file another state: the mark between the brackets changes, and no other byte. A box that says
 * it already stays as it is written. All or nothing. Errors: PLAN_TASK_UNKNOWN; PLAN_EDIT_REFUSED where there is no box, it is in another
 * file of the plan, or the dialect has no mark for the state; PLAN_CHANGED where the text is not the one that
 * the plan was read from.
 *
 * @param source the text, decoded without loss (a byte order mark is part of it), that `plan` was read from
 */
export function setBoxes(source: PlanText, plan: Plan, { tasks, to }: BoxEdit): Edited<string> {
  const targets: Target[] = [];
  for (const key of tasks) {
    const found = targetsOf(source, plan, key);
    if (!found.ok) return found;
    targets.push(...found.value);
  }
  const changing = targets.filter(({ box }) => box.state !== to);
  const markFor = marksFor(plan, to);
  const marks = new Map(changing.map(({ box, id }) => [box, markFor(id)]));
  const markless = changing.find(({ box }) => marks.get(box) === undefined);
  if (markless) return refused("PLAN_EDIT_REFUSED", ...noMark(plan, to, markless.place));
  const moved = changing.find(({ box }) => !isThere(source.text, box));
  if (moved)
    return refused("PLAN_CHANGED", `${source.file} is not what it was when it was read.`, {
      hint: "Run the command again.",
      place: moved.place,
    });
  return ok(withMarks(source.text, marks));
}

function targetsOf(source: PlanText, plan: Plan, key: string): Edited<readonly Target[]> {
  const found = taskOfKey(plan, key);
  if (!found.ok) return found;
  const named = found.value;
  const places: readonly {
    readonly box: Box | undefined;
    readonly place: FilePlace;
    readonly id?: string | undefined;
  }[] = named.kind === "task" ? [named.task] : named.verification.criteria;
  const targets = places.flatMap(({ box, place, id }) =>
    box && place ? [{ box, place, id }] : [],
  );
  const place = placeOf(named);
  const shown = oneLine(named.key, 40);
  if (targets.length === 0)
    return refused("PLAN_EDIT_REFUSED", `${shown} has no box to mark.`, {
      hint: "Put a box on its line (`- [ ] …`), or mark the tasks below it.",
      place,
    });
  const elsewhere = targets.find((target) => target.place.file !== source.file);
  if (elsewhere)
    return refused("PLAN_EDIT_REFUSED", `${shown} stands in ${elsewhere.place.file}.`, {
      hint: `Make the change in ${elsewhere.place.file}.`,
      place: elsewhere.place,
    });
  return ok(targets);
}

const isThere = (text: string, { mark, offset }: Box): boolean =>
  text.startsWith(`[${mark}]`, offset - 1);

function withMarks(text: string, marks: ReadonlyMap<Box, string | undefined>): string {
  const parts: string[] = [];
  let at = 0;
  for (const [box, mark = box.mark] of [...marks].toSorted(
    ([one], [other]) => one.offset - other.offset,
  )) {
    // One that stands for a task and for a criterion.
    if (box.offset < at) continue;
    parts.push(text.slice(at, box.offset), mark);
    at = box.offset + box.mark.length;
  }
  return [...parts, text.slice(at)].join("");
}

const WORDS: Readonly<Record<BoxState, string>> = {
  open: "open",
  done: "done",
  "in-progress": "in progress",
  skipped: "skipped",
  failed: "failed",
};

const noMark = (
  plan: Plan,
  to: BoxState,
  place: FilePlace,
): [string, { readonly hint: string; readonly place: FilePlace }] => [
  `A ${plan.dialect} plan has no mark for "${WORDS[to]}".`,
  {
    hint:
      plan.dialect === "plan-file"
        ? "Keep the state in status.json; a box of another kind would hide the task from the tool that the plan was made for."
        : "Tick or untick the task.",
    place,
  },
];
