import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { EditAnswer, EditedLine, EditedTask } from "../../plan/answers/edit-answer.ts";
import { lineOf, stateOf, type PlanView } from "../../plan/answers/plan-view.ts";
import { findTask } from "../../plan/edits/find-task.ts";
import { markTasks } from "../../plan/edits/mark-tasks.ts";
import type { Plan } from "../../plan/model.ts";
import type { TaskState } from "../../plan/status/model.ts";
import type { LoadedPlan, NewText, PlanFile } from "../../ports/plan-files.ts";
import { editWarnings } from "./edit-warnings.ts";
import { openPlan, openTexts, readTexts, viewPlan, type OpenPlan } from "./open-plan.ts";
import type { EditWish } from "./plan-cases.ts";
import { planAndTasks } from "./plan-or-task.ts";
import type { PlanPorts } from "./plan-ports.ts";
import type { ReadPlans } from "./read-plans.ts";

const STATES: Readonly<Record<EditWish["action"], TaskState>> = {
  tick: "completed",
  start: "in_progress",
  fail: "failed",
  skip: "skipped",
  reset: "pending",
};

/**
 * Change the state of tasks, all or none (PX-02): their boxes, and the status file where the plan has one or its dialect needs one for the
 * state. Under locks; what others changed meanwhile is kept. Throws PLAN_TASK_UNKNOWN, PLAN_EDIT_REFUSED, PLAN_CHANGED, PLAN_STATUS_DAMAGED.
 */
export async function editTasks(ports: PlanPorts, wish: EditWish): Promise<EditAnswer> {
  const { found, tasks } = await planAndTasks(ports, wish.names);
  const { loaded, plan } = await openPlan(ports, found);
  const to = STATES[wish.action];
  const status = statusOf({ loaded, plan });
  const files = [loaded.file, ...loaded.companions].map(({ path }) => path);
  let held: ReadonlyMap<string, PlanFile> = new Map();
  const changed = await ports.planFiles.change({
    files: [...files, ...(status === undefined ? [] : [status])].map((path) => ({ path })),
    edit(now) {
      held = now;
      const main = now.get(loaded.file.path);
      if (!main) return err(gone(plan));
      const more = files.slice(1).flatMap((path) => now.get(path) ?? []);
      return newTexts([main, ...more], tasks, {
        to,
        now: ports.clock.now(),
        status: statusFor(status, now, inBoxes(to, wish.words)),
        ...(wish.words === undefined ? {} : { words: wish.words }),
      });
    },
  });
  if (!changed.ok) throw changed.error;
  // What others did before the lock was had is not this edit's, nor is what they do after it.
  const open = (texts: ReadonlyMap<string, PlanFile>) =>
    openTexts(withTexts(loaded, texts, status), found, ports.otherRoot);
  const before = open(held);
  const after = open(
    new Map([...held, ...changed.value.map((file) => [file.path, file] as const)]),
  );
  const was = viewPlan(before, {});
  const edited = editedTasks(was, viewPlan(after, {}), tasks);
  return {
    plan: before.head,
    tasks: edited,
    lines: changed.value.flatMap((file) => changedLines(held.get(file.path), file, status)),
    status: changed.value.some(({ path }) => path === status) ? (status ?? null) : null,
    warnings: editWarnings({
      wish,
      before: was,
      status: after.status,
      named: edited.map(({ key }) => key),
      changed: new Set(edited.flatMap(({ key, changed: moved }) => (moved ? [key] : []))),
    }),
  };
}

/** Digests of the files that an edit looked at, as they were, and of those that it wrote, as they are. */
export interface MadeEdit {
  readonly before: readonly (readonly [path: string, digest: string])[];
  readonly after: readonly (readonly [path: string, digest: string])[];
}

/**
 * The same edit of the plan in a file, for whoever edits often, by keys, and has to know whether others changed the plan meanwhile.
 *
 * @param seen digests of the plan's files when its keys were read, by path: where one is another now, a key may be another task's, and
 * PLAN_CHANGED is thrown
 */
export async function markPlan(
  { planFiles, clock, read }: Pick<PlanPorts, "planFiles" | "clock"> & { readonly read: ReadPlans },
  file: string,
  { names, action, words }: EditWish,
  seen: ReadonlyMap<string, string>,
): Promise<MadeEdit> {
  const opened = await planFiles.load(file);
  if (!opened.ok) throw opened.error;
  const { companions, status: own } = opened.value;
  const paths = [file, ...companions.map(({ path }) => path)];
  const to = STATES[action];
  let held: ReadonlyMap<string, PlanFile> = new Map();
  const changed = await planFiles.change({
    files: [
      ...paths.map((path) => ({ path, expected: seen.get(path) ?? NOT_SEEN })),
      ...(own ? [{ path: own.path }] : []),
    ],
    edit(now) {
      held = now;
      if (!now.has(file)) return err(gone({ file }));
      const files = paths.flatMap((path) => now.get(path) ?? []);
      const plan = read.of(file, files);
      const status = statusOf({ loaded: opened.value, plan });
      return textsWith(files, names, {
        plan,
        to,
        now: clock.now(),
        status: statusFor(status, now, inBoxes(to, words)),
        ...(words === undefined ? {} : { words }),
      });
    },
  });
  if (!changed.ok) throw changed.error;
  const fresh = new Map([...held, ...changed.value.map((each) => [each.path, each] as const)]);
  const textsIn = (texts: ReadonlyMap<string, PlanFile>) =>
    paths.flatMap((path) => texts.get(path) ?? []);
  read.marked(file, names, { before: textsIn(held), after: textsIn(fresh) });
  return { before: digests(held.values()), after: digests(changed.value) };
}

/** No file's digest: what came to be there since has not been read. */
const NOT_SEEN = "not seen";

const digests = (files: Iterable<PlanFile>) =>
  [...files].map(({ path, digest }) => [path, digest] as const);

/** A plan with these texts in place of those that were read before. A status file that edits don't look at stays. */
function withTexts(
  loaded: LoadedPlan,
  texts: ReadonlyMap<string, PlanFile>,
  status: string | undefined,
): LoadedPlan {
  const file = status === undefined ? undefined : texts.get(status);
  return {
    ...loaded,
    file: texts.get(loaded.file.path) ?? loaded.file,
    companions: loaded.companions.flatMap(({ path }) => texts.get(path) ?? []),
    status:
      loaded.status && loaded.status.path === status
        ? { ...loaded.status, file: file && ok(file) }
        : loaded.status,
  };
}

/** Where a plan keeps its state besides the boxes, or would: S4's do. */
const statusOf = ({ loaded, plan }: Pick<OpenPlan, "loaded" | "plan">): string | undefined =>
  plan.dialect === "plan-file" ? loaded.status?.path : undefined;

/** Whether boxes alone can say it. */
const inBoxes = (to: TaskState, words: string | undefined): boolean =>
  words === undefined && (to === "completed" || to === "pending");

/** The status file, where it is there now, perhaps made meanwhile, or is needed for what boxes don't say. */
const statusFor = (
  file: string | undefined,
  now: ReadonlyMap<string, PlanFile>,
  boxesSay: boolean,
): Marking["status"] =>
  file === undefined || (boxesSay && !now.has(file))
    ? undefined
    : { file, text: now.get(file)?.text };

interface Marking {
  readonly to: TaskState;
  readonly now: number;
  readonly status: { readonly file: string; readonly text: string | undefined } | undefined;
  readonly words?: string;
}

/** Boxes are marked in whichever of the files each is. */
function newTexts(
  files: readonly PlanFile[],
  names: readonly string[],
  marking: Marking,
): Result<readonly NewText[], WavegateError> {
  const plan = readTexts(files);
  const keys: string[] = [];
  for (const name of names) {
    const found = findTask(plan, name);
    if (!found.ok) return found;
    keys.push(found.value.key);
  }
  return textsWith(files, keys, { ...marking, plan });
}

function textsWith(
  files: readonly PlanFile[],
  tasks: readonly string[],
  marking: Marking & { readonly plan: Plan },
): Result<readonly NewText[], WavegateError> {
  const [source, ...more] = files.map(({ path, text }) => ({ file: path, text }));
  if (!source) return err(gone(marking.plan));
  const made = markTasks({ ...marking, tasks, source, more });
  return made.ok ? ok(made.value.map(({ file, text }) => ({ path: file, text }))) : made;
}

const gone = ({ file }: Pick<Plan, "file">): WavegateError =>
  new WavegateError("PLAN_NOT_FOUND", `There is no plan ${file} any more.`, {
    hint: "Check the path.",
    place: { file },
  });

function editedTasks(
  old: PlanView,
  fresh: PlanView,
  names: readonly string[],
): readonly EditedTask[] {
  const keys = new Set(
    names.flatMap((name) => {
      const found = findTask(fresh.plan, name);
      return found.ok ? [found.value.key] : [];
    }),
  );
  return [...keys].flatMap((key) => {
    const line = lineOf(fresh, fresh.graph.nodes[fresh.graph.indexOf.get(key) ?? -1]);
    if (!line) return [];
    const was = stateOf(old, key);
    return [{ key, text: line.text, before: was, after: line.state, changed: was !== line.state }];
  });
}

/** Lines that differ. Boxes are changed within lines, so the lines of a plan correspond; a status file is told by its tasks. */
function changedLines(
  before: PlanFile | undefined,
  after: PlanFile,
  status: string | undefined,
): readonly EditedLine[] {
  if (after.path === status || !before) return [];
  const [old, fresh] = [before.text, after.text].map((text) => text.split(/\r\n|\n|\r/));
  return (fresh ?? []).flatMap((added, index) => {
    const removed = old?.[index];
    return removed === added || removed === undefined
      ? []
      : [{ file: after.path, line: index + 1, removed, added }];
  });
}
