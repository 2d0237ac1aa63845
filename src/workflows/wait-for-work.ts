import { readTasks } from "../repository/read-tasks.ts";
import type { HoldAnswer, WorkInfo } from "../stage/records.ts";
import type { WorkPart } from "../stage/work-part.ts";
import { holdAt, holdingSteps } from "./hold.ts";
import { countOf, type Sequence } from "./sequence.ts";

/**
 * Wait until a person says that work outside of the run is done. Where its tasks are is looked up when the run begins to
 * wait; what was really done is for the stage after it to find out.
 */
export async function waitForWork(sequence: Sequence, work: WorkPart): Promise<void> {
  const { ports, steps, run, words } = sequence;
  const { name: stage, title, message, before: next } = work;
  const scope = `${stage}/${countOf(sequence, stage)}`;
  const holding = holdingSteps(steps, scope, async (turn, why) => {
    await holdAt({ ports, steps, scope, stage }, turn, why);
  });
  const found = await holding.attempt({ name: `${scope}/tasks` }, () => tasksOf(sequence, work));
  const hint = `${whereTasks(found)} When it is done: wavegate resume ${steps.runId}`;
  const info: WorkInfo = { stage, title, message, next, hint, ...found };
  const { document, tasks, done } = found;
  await steps.emit(`${scope}/requested`, {
    type: "work-requested",
    stage,
    message,
    hint,
    document,
    tasks,
    done,
  });
  const subject = run.subject.digest;
  const { by, note } = await steps.wait<HoldAnswer>({
    name: `${scope}/wait`,
    kind: "work",
    token: subject,
    info,
  });
  if (note !== undefined) words.push({ by, at: stage, text: note });
  await steps.emit(`${scope}/resumed`, {
    type: "stage-resumed",
    stage,
    by,
    ...(note === undefined ? {} : { note }),
  });
}

type Found = Pick<WorkInfo, "document" | "tasks" | "done">;

/** The first document that names tasks. */
async function tasksOf({ ports, run }: Sequence, work: WorkPart): Promise<Found> {
  const { path } = run.subject;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  for (const name of work.tasks) {
    const file = await ports.files.read(`${folder}${name}`);
    const tasks = file ? readTasks({ [name]: file.content }, new Set(), () => null) : [];
    if (tasks.length > 0)
      return {
        document: `${folder}${name}`,
        tasks: tasks.length,
        done: tasks.filter(({ done }) => done).length,
      };
  }
  return { document: null, tasks: 0, done: 0 };
}

const whereTasks = ({ document, tasks, done }: Found): string =>
  document === null
    ? "No document names a task: say what is to be built in tasks.md, one box each."
    : `${document} names ${tasks} ${tasks === 1 ? "task" : "tasks"}${done > 0 ? `, ${done} of them ticked off` : ""}: tick off what is built.`;
