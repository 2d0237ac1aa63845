import { stateOfMark } from "../box-states.ts";
import type { Box, Plan, PlanText } from "../model.ts";

/** Marks that say the same in every plan. */
const PLAIN: ReadonlySet<string> = new Set([" ", "x", "X"]);

/**
 * A plan as it is read of texts in which nothing but boxes of its own were marked, without reading them: what comes of boxes besides their state (what
 * is told of a ticked task with open parts) stays as it was. Undefined where the texts differ in more than that, or by a mark whose meaning a plan may
 * say itself: then they have to be read.
 *
 * @param before texts that `plan` was read from
 */
export function withBoxes(
  plan: Plan,
  before: readonly PlanText[],
  after: readonly PlanText[],
): Plan | undefined {
  const marked = new Map<Box, Box>();
  for (const { file, text } of before) {
    const fresh = after.find((other) => other.file === file)?.text;
    if (fresh === text) continue;
    if (fresh === undefined || !markBoxes(plan, { file, text, fresh, marked })) return undefined;
  }
  if (marked.size === 0) return plan;
  const now = <T extends { readonly box: Box | undefined }>(of: T): T => {
    const box = of.box && marked.get(of.box);
    return box ? { ...of, box } : of;
  };
  return {
    ...plan,
    tasks: plan.tasks.map(now),
    verifications: plan.verifications.map((verification) =>
      verification.criteria.some(({ box }) => box && marked.has(box))
        ? { ...verification, criteria: verification.criteria.map(now) }
        : verification,
    ),
  };
}

/** Notes the boxes of a file that were marked; whether that is all that differs. */
function markBoxes(
  { dialect, tasks, verifications }: Plan,
  {
    file,
    text,
    fresh,
    marked,
  }: {
    readonly file: string;
    readonly text: string;
    readonly fresh: string;
    readonly marked: Map<Box, Box>;
  },
): boolean {
  const own: Box[] = [];
  const look = ({
    box,
    place,
  }: {
    readonly box: Box | undefined;
    readonly place: { readonly file: string };
  }) => {
    if (box && place.file === file && fresh[box.offset] !== box.mark) own.push(box);
  };
  tasks.forEach(look);
  for (const { criteria } of verifications) criteria.forEach(look);
  const parts: string[] = [];
  let at = 0;
  for (const box of own.toSorted((one, other) => one.offset - other.offset)) {
    const mark = fresh[box.offset] ?? "";
    const state = PLAIN.has(mark) ? stateOfMark(dialect, mark) : undefined;
    if (state === undefined || box.mark.length !== 1) return false;
    marked.set(box, { ...box, mark, state });
    // One that stands for a task and for a criterion.
    if (box.offset < at) continue;
    parts.push(text.slice(at, box.offset), mark);
    at = box.offset + 1;
  }
  return [...parts, text.slice(at)].join("") === fresh;
}
