import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { AddedLine, AppendAnswer } from "../../plan/answers/append-answer.ts";
import { taskLines } from "../../plan/answers/plan-view.ts";
import { appendTasks } from "../../plan/edits/append-tasks.ts";
import type { Plan } from "../../plan/model.ts";
import type { NewText, PlanFile } from "../../ports/plan-files.ts";
import { findPlan } from "./find-plan.ts";
import { openPlan, readTexts, viewPlan } from "./open-plan.ts";
import type { AppendWish } from "./plan-cases.ts";
import type { PlanPorts } from "./plan-ports.ts";

const MARKDOWN = /\.(?:md|markdown)$/i;

/**
 * Add tasks to a plan, all or none, under its locks. What is there keeps its bytes and its meaning. Throws PLAN_NOT_FOUND,
 * PLAN_EDIT_REFUSED, PLAN_TASK_UNKNOWN (no such phase), PLAN_CHANGED.
 */
export async function appendToPlan(
  ports: PlanPorts,
  { plan: given, texts, phase }: AppendWish,
): Promise<AppendAnswer> {
  const found = await findPlan(ports, given);
  const { head, loaded } = await openPlan(ports, found);
  const files = [loaded.file, ...loaded.companions].map(({ path }) => path);
  let before: ReadonlyMap<string, PlanFile> = new Map();
  let ids: readonly string[] = [];
  const changed = await ports.planFiles.change({
    files: files.map((path) => ({ path })),
    edit(now) {
      before = now;
      const there = files.flatMap((path) => now.get(path) ?? []);
      const added = withTasks(there, texts, phase);
      if (!added.ok) return added;
      ({ ids } = added.value);
      return ok([added.value.file]);
    },
  });
  if (!changed.ok) throw changed.error;
  const after = viewPlan(await openPlan(ports, found), {});
  const fresh = new Set(ids);
  return {
    plan: head,
    tasks: taskLines(after).filter(({ key }) => fresh.has(key)),
    lines: changed.value.flatMap((file) => addedLines(before.get(file.path)?.text ?? "", file)),
  };
}

type Added = Result<{ readonly file: NewText; readonly ids: readonly string[] }, WavegateError>;

function withTasks(
  files: readonly PlanFile[],
  texts: readonly string[],
  phase: string | undefined,
): Added {
  const plan = readTexts(files);
  const home = plan.phases.find(({ key }) => key === phase)?.place.file;
  const source = files.find(({ path }) => MARKDOWN.test(path) && path === (home ?? path));
  if (!source)
    return err(
      new WavegateError("PLAN_EDIT_REFUSED", `${plan.file} is no Markdown.`, {
        hint: "Tasks are added to plans that are written in Markdown; add it where the plan is made.",
        place: { file: plan.file },
      }),
    );
  const made = appendTasks({ file: source.path, text: source.text }, plan, {
    ...(phase === undefined ? {} : { phase }),
    tasks: texts.map((text) => ({ text })),
  });
  if (!made.ok) return made;
  const { text, ids } = made.value;
  const after = readTexts(files.map((file) => (file === source ? { ...file, text } : file)));
  if (!isOnlyMore(plan, after, ids)) return err(hidden(source.path));
  return ok({ file: { path: source.path, text }, ids });
}

/** Whether all tasks are as they were, and these came to them: a comment that a text opens would hide what follows. */
function isOnlyMore(before: Plan, after: Plan, ids: readonly string[]): boolean {
  const fresh = new Set(ids);
  // By id, not by key: that of a task without id is its line, which may be another now.
  const old = after.tasks.filter(({ id }) => id === undefined || !fresh.has(id));
  return (
    after.tasks.length === before.tasks.length + ids.length &&
    old.every(({ id, text }, at) => before.tasks[at]?.id === id && before.tasks[at]?.text === text)
  );
}

const hidden = (file: string): WavegateError =>
  new WavegateError("PLAN_EDIT_REFUSED", `With these tasks ${file} would be read otherwise.`, {
    hint: "Leave out what begins a comment or a block of code.",
    place: { file },
  });

function addedLines(before: string, { path, text }: PlanFile): readonly AddedLine[] {
  const [old, fresh] = [before, text].map((each) => each.split(/\r\n|\n|\r/));
  if (!old || !fresh) return [];
  const first = fresh.findIndex((line, at) => line !== old[at]);
  if (first < 0) return [];
  return fresh
    .slice(first, first + fresh.length - old.length)
    .map((line, at) => ({ file: path, line: first + at + 1, text: line }))
    .filter((line) => line.text.trim() !== "");
}
