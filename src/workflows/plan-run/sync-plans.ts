import { carryOver, type CarriedOver } from "../../execution/carry-over.ts";
import { planTasks } from "../../execution/plan-tasks.ts";
import { renamedTasks } from "../../execution/sessions/rename-tasks.ts";
import { takeCoordinated } from "./look-around.ts";
import { initialOf, plannedWork, rulesWith } from "./plan-graph.ts";
import { emit, nextName, type PlanRun } from "./plan-run.ts";
import type { Marked, PlanMark, TakenPlans } from "./taken-plans.ts";

/**
 * Write how tasks stand into their plans, and take the plans anew if others changed them meanwhile (PX-08): what was added is done, too,
 * what was taken out is not, and nothing is done twice. True where what is to be done has changed.
 */
export async function syncPlans(run: PlanRun): Promise<boolean> {
  if (run.marks.size === 0 && !run.look) return false;
  const marks = marksOf(run);
  const { ports, steps, input, seen } = run;
  const { plans, inferred } = input;
  const marked = await steps.attempt({ name: nextName(run, "sync") }, () =>
    ports.markPlans({ plans, inferred, marks, seen }),
  );
  run.marks.clear();
  run.look = false;
  run.seen = marked.seen;
  await tellMarks(run, marks, marked);
  await tellRefused(run, marked);
  return marked.taken ? takeAnew(run, marked.taken) : false;
}

/** By plan and state, with the plan's own keys; those with words of their own alone. */
function marksOf({ marks, taken, work }: PlanRun): readonly PlanMark[] {
  const several = taken.plans.length > 1;
  const grouped = new Map<string, PlanMark>();
  for (const [key, { state, words }] of marks) {
    const node = work.graph.nodes[work.graph.indexOf.get(key) ?? -1];
    const plan = node && taken.plans[node.plan];
    if (!plan) continue;
    const own = several ? key.slice(plan.name.length + 1) : key;
    const group = JSON.stringify([plan.file, state, words ?? null]);
    const known = grouped.get(group);
    grouped.set(group, {
      file: plan.file,
      state,
      ...(words !== undefined && { words }),
      tasks: [...(known?.tasks ?? []), own],
    });
  }
  return [...grouped.values()];
}

async function tellMarks(run: PlanRun, marks: readonly PlanMark[], marked: Marked): Promise<void> {
  for (const [index, { file, tasks, state }] of marks.entries()) {
    const { files = [], problem = null } = marked.marks[index] ?? {};
    if (files.length === 0 && problem === null) continue;
    await emit(run, {
      type: "plan-marked",
      plan: file,
      tasks,
      state,
      files,
      ...(problem !== null && { problem }),
    });
  }
}

async function tellRefused(run: PlanRun, { refused }: Marked): Promise<void> {
  const told = refused ? JSON.stringify(refused) : "";
  if (refused && told !== run.refused) await emit(run, { type: "plan-refused", ...refused });
  run.refused = told;
}

async function takeAnew(run: PlanRun, taken: TakenPlans): Promise<boolean> {
  const before = run.work.graph;
  const { work, coordinated } = plannedWork(taken, run.input, run.between.rules.sessions);
  const carried = carryOver(before, work.graph, run.state, initialOf(taken));
  run.taken = taken;
  run.work = work;
  rename(run, carried);
  run.tasks.clear();
  for (const [key, state] of carried.state.tasks) run.tasks.set(key, state);
  run.state = { ...carried.state, tasks: run.tasks };
  run.rules = rulesWith(run.input, coordinated);
  takeCoordinated(run, coordinated);
  if (carried.edits.length === 0) return true;
  const names = taken.plans.map(({ name }) => name);
  await emit(run, {
    type: "plan-changed",
    plans: taken.plans.map(({ name, file, title, texts }) => ({
      name,
      file,
      title,
      digest: texts[0]?.digest ?? "",
    })),
    edits: carried.edits.map(({ key, ...edit }) => ({ task: key, ...edit })),
    tasks: planTasks(work, run.state, names),
  });
  return true;
}

/** What is known of tasks goes with them; what is no longer in the plan is ended, and not landed. */
function rename(run: PlanRun, { edits, orphaned }: CarriedOver): void {
  const to = new Map(edits.flatMap(({ key, from }) => (from === undefined ? [] : [[from, key]])));
  const gone = new Set([
    ...orphaned,
    ...edits.flatMap(({ key, what }) => (what === "removed" ? [key] : [])),
  ]);
  for (const child of run.active.values()) {
    if (gone.has(child.task)) child.orphaned = true;
    else child.task = to.get(child.task) ?? child.task;
  }
  if (run.landing)
    for (const task of run.landing.tasks) {
      const { renamed } = run.landing;
      const now = renamed.get(task) ?? task;
      renamed.set(task, to.get(now) ?? now);
    }
  moveKeys(run.notes, to, gone);
  moveKeys(run.due, to, gone);
  moveKeys(run.measured, to, gone);
  moveKeys(run.queue, to, gone);
  run.between.state = renamedTasks(run.between.state, to, gone);
  for (const [key, item] of run.queue) run.queue.set(key, { ...item, task: key });
}

function moveKeys<T>(
  map: Map<string, T>,
  to: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): void {
  const entries = [...map].filter(([key]) => !gone.has(key));
  map.clear();
  for (const [key, value] of entries) map.set(to.get(key) ?? key, value);
}
