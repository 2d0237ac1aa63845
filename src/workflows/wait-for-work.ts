import { readTasks } from "../repository/read-tasks.ts";
import type { HoldAnswer, WorkInfo } from "../stage/records.ts";
import type { WorkPart } from "../stage/work-part.ts";
import { holdAt, holdingSteps } from "./hold.ts";
import type { Back, Here } from "./broken-stage.ts";
import { changedBefore, inputsHold } from "./inputs-hold.ts";
import type { Ground } from "./plan-run/ground.ts";
import type { CarriedOut, Implemented } from "./implement-work.ts";
import { countOf, type Sequence } from "./sequence.ts";

/**
 * The work between two stages. Where the run has agents for it, they carry out the plan that names its tasks, and a person brings the result
 * over; else it is done outside of the run, and waited for. Where its tasks are is looked up when it begins; what was really done is for the stage
 * after it to find out. Nothing is begun or brought over
 * that has nothing to stand on any more: then gives where the run goes back to.
 */
export async function waitForWork(
  sequence: Sequence,
  work: WorkPart,
  here: Here,
): Promise<Back | undefined> {
  const { ports, steps } = sequence;
  const { name: stage } = work;
  const times = countOf(sequence, stage);
  const scope = `${stage}/${times}`;
  const holding = holdingSteps(steps, scope, async (turn, why) => {
    await holdAt({ ports, steps, scope, stage }, turn, why);
  });
  const look = (name: string) =>
    holding.attempt({ name: `${scope}/${name}` }, () => tasksOf(sequence, work));
  const found = await look("tasks");
  const done = await byAgents(sequence, found, { times, here });
  if (done?.kind !== "carried-out") {
    await askFor(sequence, work, { scope, ...wordsFor(sequence, work, found, done), found });
    return undefined;
  }
  sequence.carriedOut = done;
  const { goesBack } = sequence;
  delete sequence.goesBack;
  if (goesBack) return goesBack;
  const after = await look("tasks-after");
  for (let turn = 1, words = builtWords(sequence, done); ; turn++) {
    const at = turn === 1 ? scope : `${scope}/${turn}`;
    const { by } = await askFor(sequence, work, { scope: at, ...words, found: after });
    const back = await inputsHold(sequence, here);
    if (back) return back;
    const name = times === 1 ? `${turn}` : `${times}/${turn}`;
    const { head } = done.outcome;
    const brought = await sequence.implementation?.bringOver(steps, { head, turn: name, by });
    if (brought?.kind !== "refused") return undefined;
    const again = `wavegate resume ${steps.runId}`;
    words = {
      message: `${brought.reason} ${brought.hint}`,
      hint: `${brought.hint} Then: ${again}`,
    };
  }
}

interface Words {
  readonly message: string;
  readonly hint: string;
}

/** Undefined where the run has nobody for it, or nothing names a task. What was approved anew is gone on with; where people did it before, they do. */
async function byAgents(
  sequence: Sequence,
  { document }: Found,
  { times, here }: { readonly times: number; readonly here: Here },
): Promise<Implemented | undefined> {
  const { run, steps, implementation, carriedOut } = sequence;
  const { implementation: chosen, caps = [] } = run;
  if (!implementation || !chosen || document === null) return undefined;
  if (carriedOut) return carriedOut.again();
  if (times > 1) return undefined;
  const ground = groundOf(sequence, here, document);
  return implementation.carryOut(steps, { document, chosen, caps, ground });
}

const groundOf = (sequence: Sequence, here: Here, document: string): Ground => ({
  changed: () => changedBefore(sequence, here, document),
  async hold() {
    const back = await inputsHold(sequence, here);
    if (back) sequence.goesBack = back;
    return back === undefined;
  },
});

/** For work that is done outside of the run. */
function wordsFor(
  { steps }: Sequence,
  { message }: WorkPart,
  found: Found,
  refused: Implemented | undefined,
): Words {
  const hint = `${whereTasks(found)} When it is done: wavegate resume ${steps.runId}`;
  return refused?.kind === "refused"
    ? {
        message: `Agents could not carry it out: ${refused.reason}`,
        hint: `${refused.hint} ${hint}`,
      }
    : { message, hint };
}

function builtWords(
  { steps: { runId } }: Sequence,
  { outcome, branch, before }: CarriedOut,
): Words {
  const name = branch.replace(/^refs\/heads\//, "");
  const what = before === null ? "The plan" : "What was approved anew";
  const known =
    before === null || before === 0
      ? ""
      : ` ${before} of them ${before === 1 ? "was" : "were"} done before, and not again.`;
  return {
    message: `${what} is carried out: ${outcome.message}.${known} Going on brings it to the branch that you are on.`,
    hint: `Look at it: git log HEAD..${name}. What brings it to the branch that you are on, and goes on to the review: wavegate resume ${runId}`,
  };
}

/** Wait until a person says to go on; their note goes to the stages after. */
async function askFor(
  { steps, run, words }: Sequence,
  { name: stage, title, before: next }: WorkPart,
  { scope, message, hint, found }: Words & { readonly scope: string; readonly found: Found },
): Promise<{ readonly by: string }> {
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
  const { by, note } = await steps.wait<HoldAnswer>({
    name: `${scope}/wait`,
    kind: "work",
    token: run.subject.digest,
    info,
  });
  if (note !== undefined) words.push({ by, at: stage, text: note });
  await steps.emit(`${scope}/resumed`, {
    type: "stage-resumed",
    stage,
    by,
    ...(note === undefined ? {} : { note }),
  });
  return { by };
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
