import { VersionedMap } from "../../core/versioned-map.ts";
import type { approvedAnew } from "../../execution/approved-anew.ts";
import { carryOver, type CarriedOver, type PlanEdit } from "../../execution/carry-over.ts";
import { LiveDecisions } from "../../execution/live/live-decisions.ts";
import { planTasks } from "../../execution/plan-tasks.ts";
import { renamedTasks } from "../../execution/sessions/rename-tasks.ts";
import type { GraphNode } from "../../plan/graph/model.ts";
import type { StopReason } from "../../stage/records.ts";
import { takeCoordinated } from "./look-around.ts";
import { initialOf, plannedWork, rulesWith } from "./plan-graph.ts";
import { emit, mark, nextName, type PlanRun } from "./plan-run.ts";
import type { Marked, PlanMark, TakenPlans } from "./taken-plans.ts";

/**
 * Write how tasks stand into their plans, and take the plans anew if others changed them meanwhile (PX-08): what was added is done, too,
 * what was taken out is not, and nothing is done twice. True where what is to be done has changed.
 */
export async function syncPlans(run: PlanRun): Promise<boolean> {
  if (run.marks.size === 0 && !run.look) return false;
  const groups = marksOf(run);
  const marks = groups.map(({ wanted }) => wanted);
  const { ports, steps, input, seen } = run;
  const { plans, inferred } = input;
  const marked = await steps.attempt({ name: nextName(run, "sync") }, () =>
    ports.markPlans({ plans, inferred, marks, seen }),
  );
  run.look = false;
  run.seen = marked.seen;
  for (const [index, group] of groups.entries()) await takeMark(run, group, marked.marks[index]);
  await tellRefused(run, marked);
  if (marked.taken) return takeAnew(run, marked.taken);
  // Changed, and changed back.
  return !marked.refused && marked.marks.some(({ later }) => later?.code === "PLAN_CHANGED");
}

/** Tasks of one plan that are to be marked with the same; `keys` are those of the run. */
interface MarkGroup {
  readonly wanted: PlanMark;
  readonly keys: readonly string[];
}

/** By plan and state, with the plan's own keys; those with words of their own alone. */
function marksOf({ marks, taken, work }: PlanRun): readonly MarkGroup[] {
  const several = taken.plans.length > 1;
  const grouped = new Map<string, MarkGroup>();
  for (const [key, { state, words }] of marks) {
    const node = work.graph.nodes[work.graph.indexOf.get(key) ?? -1];
    const plan = node && taken.plans[node.plan];
    if (!plan) continue;
    const own = several ? key.slice(plan.name.length + 1) : key;
    const group = JSON.stringify([plan.file, state, words ?? null]);
    const { keys = [], wanted } = grouped.get(group) ?? {};
    grouped.set(group, {
      keys: [...keys, key],
      wanted: {
        file: plan.file,
        state,
        ...(words !== undefined && { words }),
        tasks: [...(wanted?.tasks ?? []), own],
      },
    });
  }
  return [...grouped.values()];
}

/** What is written, or never can be, is settled; what may be another time stays to be marked, and is told once. */
async function takeMark(
  run: PlanRun,
  { wanted, keys }: MarkGroup,
  made: Marked["marks"][number] | undefined,
): Promise<void> {
  const { files = [], problem = null, later = null, refused = wanted.tasks } = made ?? {};
  const open = new Set(problem === null ? [] : refused);
  const fresh: string[] = [];
  for (const [index, key] of keys.entries()) {
    const task = wanted.tasks[index] ?? "";
    const isOpen = open.has(task);
    if (isOpen && run.unmarked.get(key)?.message !== (later?.message ?? "")) fresh.push(task);
    if (isOpen && later) run.unmarked.set(key, later);
    else {
      run.unmarked.delete(key);
      run.marks.delete(key);
    }
  }
  const { file: plan, state } = wanted;
  const written = wanted.tasks.filter((task) => !open.has(task));
  if (files.length > 0)
    await emit(run, { type: "plan-marked", plan, tasks: written, state, files });
  // It is taken anew at once, and marked then.
  if (problem === null || later?.code === "PLAN_CHANGED" || fresh.length === 0) return;
  await emit(run, { type: "plan-marked", plan, tasks: fresh, state, files: [], problem });
}

/** Why plans don't say of all that is done that it is, when nothing else is left: whoever carries them out again would do it again. */
export function notMarked({ unmarked, steps }: PlanRun): StopReason | undefined {
  const [reason] = unmarked.values();
  if (reason?.code !== "PLAN_NOT_FOUND") return reason;
  const hint = `All is done, and its boxes can't be ticked. Put it back, and \`wavegate resume ${steps.runId}\` ticks them; \`wavegate cancel ${steps.runId}\` ends the run without.`;
  return { ...reason, hint };
}

async function tellRefused(run: PlanRun, { refused }: Marked): Promise<void> {
  const told = refused ? JSON.stringify(refused) : "";
  if (refused && told !== run.refused) await emit(run, { type: "plan-refused", ...refused });
  run.refused = told;
}

/**
 * Plans as they are now take the place of those that are carried out.
 *
 * @param asWhat what of what is carried over counts; all of it without
 */
export async function takeAnew(
  run: PlanRun,
  taken: TakenPlans,
  asWhat: typeof approvedAnew = (carried) => carried,
): Promise<boolean> {
  const before = run.work.graph;
  const { work, coordinated } = plannedWork(taken, run.input, run.between.rules.sessions);
  const initial = initialOf(taken);
  const carried = asWhat(carryOver(before, work.graph, run.state, initial), work.graph, initial);
  run.taken = taken;
  run.work = work;
  rename(run, carried);
  run.state = { ...carried.state, tasks: VersionedMap.of(carried.state.tasks) };
  run.rules = rulesWith(run.input, coordinated);
  run.decisions = new LiveDecisions(work, run.state, run.rules);
  takeCoordinated(run, coordinated);
  markAgain(run, carried);
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

/**
 * Ticks of what the run did that are not there, as where an editor saves the plan as it was read, or the run goes on in another clone: whoever
 * carries it out next would do that again. Not of what was put in other words since, as where a verification has other criteria. A record of
 * what had the key of another task before says nothing of that.
 */
function markAgain(run: PlanRun, { edits, state }: CarriedOver): void {
  const written = initialOf(run.taken);
  const those = (kind: PlanEdit["what"]) =>
    new Set(edits.flatMap(({ key, what }) => (what === kind ? [key] : [])));
  const [reworded, replaced] = [those("reworded"), those("replaced")];
  for (const node of run.work.graph.nodes) {
    const { key } = node;
    const own = state.tasks.get(key);
    const isRecorded = written.get(key)?.status === "done";
    if (own?.status === "open" && isRecorded && replaced.has(key)) mark(run, key, "pending");
    if (!hasBoxes(node) || own?.status !== "done" || own.evidence.kind === "plan") continue;
    if (reworded.has(key) || isRecorded) continue;
    mark(run, key, "completed");
  }
}

/** Of a verification by commands alone nothing can be ticked. */
const hasBoxes = (node: GraphNode): boolean =>
  node.kind === "task" ||
  (node.kind === "verification" && node.verification.criteria.some(({ box }) => box));

/** What is known of tasks goes with them; what is no longer in the plan is ended, and not landed. */
function rename(run: PlanRun, { edits, orphaned }: CarriedOver): void {
  const to = new Map(edits.flatMap(({ key, from }) => (from === undefined ? [] : [[from, key]])));
  const gone = new Set([
    ...orphaned,
    ...edits.flatMap(({ key, what }) => (what === "removed" || what === "replaced" ? [key] : [])),
  ]);
  for (const child of run.active.values()) {
    if (gone.has(child.task)) child.orphaned = true;
    else child.task = to.get(child.task) ?? child.task;
  }
  if (run.landing)
    for (const task of run.landing.tasks) {
      const { renamed } = run.landing;
      const known = renamed.get(task);
      const now = known === undefined ? task : known;
      if (now !== null) renamed.set(task, gone.has(now) ? null : (to.get(now) ?? now));
    }
  moveKeys(run.notes, to, gone);
  moveKeys(run.due, to, gone);
  moveKeys(run.measured, to, gone);
  moveKeys(run.queue, to, gone);
  moveKeys(run.marks, to, gone);
  moveKeys(run.unmarked, to, gone);
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
