import { stateOfMark } from "../box-states.ts";
import type { Box, Plan, PlanText } from "../model.ts";
import { taskOfKey } from "./find-task.ts";

/** Marks that say the same in every plan. */
const PLAIN: ReadonlySet<string> = new Set([" ", "x", "X"]);

/**
 * Make a plan what is read of texts in which only boxes of some of its tasks and verifications were marked, in its place and without reading: for
 * whoever has a plan for itself and marks it often. What comes of boxes besides their state (what is told of a ticked task with open parts) stays as
 * it was. False where the texts differ in more than that, or by a mark whose meaning a plan may say itself: then they have to be read, and the
 * plan is as it was.
 *
 * @param before texts that `plan` is of
 * @param keys of what was marked
 */
export function remark(
  plan: Plan,
  keys: readonly string[],
  { before, after }: { readonly before: readonly PlanText[]; readonly after: readonly PlanText[] },
): boolean {
  const changes: (readonly [box: Box, now: Pick<Box, "mark" | "state">])[] = [];
  const boxes = keys.flatMap((key) => boxesOf(plan, key));
  for (const { file, text } of before) {
    const fresh = after.find((other) => other.file === file)?.text;
    if (fresh === text) continue;
    if (fresh === undefined) return false;
    const own = boxes.filter((box) => box.file === file && fresh[box.box.offset] !== box.box.mark);
    const made = own.map(({ box }) => [box, markAt(plan, fresh, box)] as const);
    for (const [box, now] of made) {
      if (!now || box.mark.length !== 1) return false;
      changes.push([box, now]);
    }
    if (!isAll(text, fresh, own)) return false;
  }
  for (const [box, now] of changes) Object.assign(box, now);
  return true;
}

interface PlacedBox {
  readonly file: string;
  readonly box: Box;
}

function boxesOf(plan: Plan, key: string): readonly PlacedBox[] {
  const found = taskOfKey(plan, key);
  if (!found.ok) return [];
  const named = found.value;
  const places = named.kind === "task" ? [named.task] : named.verification.criteria;
  return places.flatMap(({ box, place }) => (box ? [{ file: place.file, box }] : []));
}

function markAt({ dialect }: Plan, text: string, { offset }: Box) {
  const mark = text[offset] ?? "";
  const state = PLAIN.has(mark) ? stateOfMark(dialect, mark) : undefined;
  return state && { mark, state };
}

/** Whether texts are the same but for boxes. */
function isAll(text: string, fresh: string, boxes: readonly PlacedBox[]): boolean {
  const parts: string[] = [];
  let at = 0;
  const offsets = boxes.map(({ box }) => box.offset).toSorted((one, other) => one - other);
  for (const offset of new Set(offsets)) {
    parts.push(text.slice(at, offset), fresh[offset] ?? "");
    at = offset + 1;
  }
  return [...parts, text.slice(at)].join("") === fresh;
}
