import { placeOn, type SourceLine } from "../../core/markdown/source-lines.ts";
import type { FilePlace } from "../../core/place.ts";
import type { Box, Task } from "../model.ts";
import { UniqueKeys } from "../unique-keys.ts";
import { boxState } from "./box-state.ts";
import type { Draft, DraftTask } from "./draft.ts";
import { readFields } from "./fields.ts";
import { readLabelFacts, requirementsIn, type LabelFacts } from "./labels.ts";
import type { TaskLine } from "./task-line.ts";

/** A task with what the later steps need to know of how it was written. */
export interface MadeTask {
  readonly task: Task;
  readonly draft: DraftTask;
  readonly facts: LabelFacts;
  /** Further ids of it: `T065/T067`, `T062-T067`. */
  readonly also: readonly string[];
}

export const taskPlace = (file: string, line: SourceLine, at: number): FilePlace => ({
  file,
  ...placeOn(line, at),
});

/** The box of a line; none where there is nothing between the brackets that could be ticked. */
export function boxOf(line: SourceLine, shape: TaskLine): Box | undefined {
  if (!shape.box || shape.box.mark === "") return undefined;
  const { mark, at } = shape.box;
  return { mark, state: boxState(mark, shape.id, shape.text) ?? "open", offset: line.start + at };
}

/** Make the tasks of what was found. Keys are the ids, or the line; sub-tasks come after their parents. */
export function makeTasks(draft: Draft, file: string): readonly MadeTask[] {
  const boxed = new Set(
    draft.tasks.filter(({ kind }) => kind === "box").map(({ shape }) => shape.id),
  );
  const kept = draft.tasks.filter(({ kind, shape }) => kind === "box" || !boxed.has(shape.id));
  const keys = new UniqueKeys();
  for (const task of kept) {
    const { id } = task.shape;
    task.key = keys.take(id === undefined || /^TX+$/.test(id) ? `L${task.line.number}` : id);
  }
  const numbered = new Map<string, string>();
  return kept.map((one) => {
    const facts = readLabelFacts(one.shape);
    const task = makeTask({ draft: one, facts, file, numbered });
    const made = { task, draft: one, facts, also: alsoOf(one) };
    const { id, key } = made.task;
    if (id !== undefined && /^\d/.test(id) && !numbered.has(id)) numbered.set(id, key);
    return made;
  });
}

interface Making {
  readonly draft: DraftTask;
  readonly facts: LabelFacts;
  readonly file: string;
  readonly numbered: ReadonlyMap<string, string>;
}

function makeTask({ draft, facts, file, numbered }: Making): Task {
  const { shape, line, phase, details } = draft;
  const fields = readFields(details, file);
  const id = shape.id !== undefined && /^TX+$/.test(shape.id) ? undefined : shape.id;
  const stories =
    facts.stories.length > 0 || phase?.story === undefined ? facts.stories : [phase.story];
  const priority = facts.priority ?? phase?.priority;
  return {
    key: draft.key,
    id,
    place: taskPlace(file, line, shape.bulletAt),
    box: boxOf(line, shape),
    text: shape.text,
    details: trimmed(details).map(({ number, text }) => ({ line: number, text })),
    phase: phase?.key,
    parent: parentOf(draft, numbered),
    parallel: facts.parallel,
    verifies: facts.verifies,
    labels: facts.labels,
    stories,
    requirements: [
      ...new Set([
        ...facts.requirements,
        ...fields.requirements,
        ...details.flatMap(({ text }) => requirementsIn(text)),
      ]),
    ],
    files: fields.files,
    ...(priority === undefined ? {} : { priority }),
    ...(facts.estimate && { estimate: facts.estimate }),
    ...(fields.command === undefined ? {} : { command: fields.command }),
  };
}

/** The task that it is indented below; where tasks are numbered, `2` of `2.1`, too (cc-sdd). */
function parentOf(
  { parent, shape }: DraftTask,
  numbered: ReadonlyMap<string, string>,
): string | undefined {
  if (parent) return parent.key === "" ? undefined : parent.key;
  const { id } = shape;
  const dot = id !== undefined && /^\d/.test(id) ? id.lastIndexOf(".") : -1;
  return dot < 0 ? undefined : numbered.get((id ?? "").slice(0, dot));
}

function trimmed(details: readonly SourceLine[]): readonly SourceLine[] {
  let end = details.length;
  while (end > 0 && details[end - 1]?.text.trim() === "") end--;
  return details.slice(0, end);
}

/** All that a range stands for; at most 200. */
function alsoOf({ shape, line }: DraftTask): readonly string[] {
  const [last] = shape.also;
  const [from, to] = [shape.id, last].map((id) =>
    Number(/^T(\d+)$/.exec(id ?? "")?.[1] ?? Number.NaN),
  );
  const range = last !== undefined && /[-–]\s?$/.test(line.text.slice(0, line.text.indexOf(last)));
  if (!range || from === undefined || to === undefined || !(to > from) || to - from > 200)
    return shape.also;
  const digits = (shape.id ?? "").length - 1;
  return Array.from(
    { length: to - from },
    (_, at) => `T${String(from + at + 1).padStart(digits, "0")}`,
  );
}
