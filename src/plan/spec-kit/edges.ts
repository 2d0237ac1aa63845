import type { FilePlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import { indexPlan, spend, type PlanIndex } from "../annotations/plan-index.ts";
import type { Reference } from "../annotations/references.ts";
import { resolveReferences } from "../annotations/resolve.ts";
import type {
  Dependency,
  ParallelTasks,
  Phase,
  PhaseDependency,
  PlanDiagnostic,
  Sequence,
  Task,
} from "../model.ts";
import type { DraftPhase } from "./draft.ts";
import type { Target } from "./statements/tokens.ts";

/** How something is said to depend. */
export type Said = Pick<Dependency, "origin" | "strength" | "place"> & { readonly reason?: string };

/** What a target stands for in this plan. */
export interface Ends {
  readonly tasks: readonly string[];
  readonly phases: readonly string[];
  /** Tasks in brackets behind a phase: they are meant where a single task waits. */
  readonly inside: readonly string[];
}

export interface Plot {
  readonly index: PlanIndex;
  readonly phases: readonly DraftPhase[];
  readonly tasks: ReadonlyMap<string, Task>;
  readonly dependencies: Map<string, Dependency>;
  /** What each phase waits for, by the phase that is waited for. */
  readonly after: ReadonlyMap<string, Map<string, PhaseDependency>>;
  /** Phases that still have the order of the document: barriers. */
  readonly inOrder: Set<string>;
  /** Keys of the phases of each role. */
  readonly byRole: ReadonlyMap<DraftPhase["role"], readonly string[]>;
  /** Where words last say what a phase waits for, whether or not that is more than its order. */
  readonly stated: Map<string, FilePlace>;
  /** How many edges between phases the text added. */
  readonly phaseEdges: { count: number };
  readonly sequences: Sequence[];
  /** What is said to run in parallel. */
  readonly parallel: ParallelTasks[];
  /** Tasks that are said to run in parallel to whatever stands before them, with the words that say so. */
  readonly free: Map<string, FilePlace>;
  readonly diagnostics: PlanDiagnostic[];
  /** What was told of a line already. */
  readonly told: Set<string>;
}

/** Where edges are gathered; each pair of tasks once, the first that says it. */
export function openPlot(
  phases: readonly DraftPhase[],
  tasks: readonly { readonly task: Task; readonly also: readonly string[] }[],
  after: ReadonlyMap<string, Phase["after"]>,
): Plot {
  const own = new Set(tasks.map(({ task }) => task.id));
  const known = tasks.flatMap(({ task, also }) =>
    also.length === 0
      ? task
      : [
          task,
          ...also
            .filter((id) => !own.has(id))
            .map((id) => ({ ...task, id, phase: undefined, stories: [] })),
        ],
  );
  return {
    index: indexPlan(
      known,
      phases.map(({ key, number, story }) => ({ key, number, story })),
    ),
    phases,
    tasks: new Map(tasks.map(({ task }) => [task.key, task])),
    dependencies: new Map(),
    after: new Map(
      Array.from(after, ([key, list]) => [key, new Map(list.map((one) => [one.phase, one]))]),
    ),
    inOrder: new Set(after.keys()),
    byRole: rolesOf(phases),
    stated: new Map(),
    phaseEdges: { count: 0 },
    sequences: [],
    parallel: [],
    free: new Map(),
    diagnostics: [],
    told: new Set(),
  };
}

function rolesOf(phases: readonly DraftPhase[]): Plot["byRole"] {
  const byRole = new Map<DraftPhase["role"], string[]>();
  for (const { key, role } of phases) {
    const alike = byRole.get(role);
    if (alike) alike.push(key);
    else byRole.set(role, [key]);
  }
  return byRole;
}

/** What a target names; what does not exist is told at `place`. */
export function endsOf(
  plot: Plot,
  target: Target,
  from: { readonly phase?: string | undefined; readonly place: FilePlace },
): Ends {
  const inside = (target.inside ?? []).filter(({ kind }) => kind === "task");
  const narrowed = inside.length > 0 ? named(plot, inside, from, false).tasks : [];
  const other = (target.inside ?? []).filter(({ kind }) => kind !== "task");
  if (target.role !== undefined) {
    const alike = plot.byRole.get(target.role === "stories" ? "story" : target.role) ?? [];
    const stated = other.length > 0 ? named(plot, other, from, false).phases : [];
    if (stated.length > 0 && (target.role === "stories" || alike.length !== 1))
      return { tasks: [], phases: stated, inside: narrowed };
    if (alike.length > 0) return { tasks: [], phases: alike, inside: narrowed };
    return { tasks: narrowed, phases: stated, inside: [] };
  }
  const ends = named(plot, target.references, from, target.inside === undefined);
  if (ends.tasks.length + ends.phases.length > 0 || !target.inside)
    return { ...ends, inside: narrowed };
  return { ...named(plot, target.inside, from, true), inside: [] };
}

function named(
  plot: Plot,
  references: readonly Reference[],
  from: { readonly phase?: string | undefined; readonly place: FilePlace },
  tell: boolean,
): { readonly tasks: readonly string[]; readonly phases: readonly string[] } {
  const spread = references.filter(
    ({ kind, from: id }) => kind === "story" && !plot.index.stories.has(id.toUpperCase()),
  );
  const plain = references.filter((reference) => !spread.includes(reference));
  const asking = { phase: from.phase };
  const found = resolveReferences(plain, plot.index, asking, false);
  const stories = resolveReferences(spread, plot.index, asking, true);
  if (tell)
    for (const reference of [...found.unknown, ...stories.unknown])
      tellUnknown(plot, reference, from.place);
  return {
    tasks: [...found.tasks, ...stories.tasks].map(({ task }) => task),
    phases: found.phases.map(({ phase }) => phase),
  };
}

export function tellUnknown(
  plot: Plot,
  { kind, from, to }: Reference,
  place: FilePlace,
  task?: string,
): void {
  if (kind === "phase" && from.startsWith("0") && from !== "0") return;
  if (!firstTime(plot, `${from}-${to ?? ""}`, place)) return;
  const what = oneLine(to === undefined ? from : `${from}–${to}`, 60);
  plot.diagnostics.push({
    code: "PLAN_DEPENDENCY_UNKNOWN",
    severity: "error",
    message: `${kind === "phase" ? "phase " : ""}${what} is named here and not in the plan, or not all of it`,
    place,
    hint: "Correct the id, or take the words out.",
    ...(task !== undefined && { task }),
  });
}

/** Whether this was not told of the line before. */
export function firstTime(plot: Plot, what: string, { file, line }: FilePlace): boolean {
  const id = `${what}\n${line ?? 0}\n${file}`;
  if (plot.told.has(id)) return false;
  plot.told.add(id);
  return true;
}

/** Steps that a pair costs: what is made of it later costs as much again. */
const PAIR_STEPS = 4;

/** `later` waits for `earlier`, whatever they are. Products stay within the budget of the plan's references. */
export function connect(plot: Plot, earlier: Ends, later: Ends, said: Said): void {
  for (const phase of later.phases) {
    for (const before of earlier.phases) {
      if (!spend(plot.index, PAIR_STEPS)) return;
      waitForPhase(plot, before, phase, said);
    }
    const members = earlier.tasks.length === 0 ? [] : tasksIn(plot, phase);
    if (!spend(plot.index, members.length * earlier.tasks.length * PAIR_STEPS)) return;
    for (const task of earlier.tasks) {
      if (plot.tasks.get(task)?.phase === phase) continue;
      for (const member of members) addEdge(plot, task, member, said);
    }
  }
  const [only, another] = later.tasks;
  if (only !== undefined && another === undefined && earlier.tasks.every((one) => one === only))
    if (earlier.tasks.length > 0) addSelf(plot, only, said);
  if (earlier.phases.length > 0 && said.strength === "hard") stateWhole(plot, later.tasks, said);
  for (const task of later.tasks) {
    const narrowed = earlier.inside.length > 0;
    if (!spend(plot.index, earlier.phases.length)) return;
    const before = [
      ...earlier.tasks,
      ...(narrowed
        ? earlier.inside
        : earlier.phases.flatMap((phase) => tasksBefore(plot, phase, task))),
    ];
    if (!spend(plot.index, before.length * PAIR_STEPS)) return;
    for (const other of before) addEdge(plot, other, task, said);
  }
}

/** What is said of all tasks of a phase, as by the name of their story, is said of the phase. */
function stateWhole(plot: Plot, tasks: readonly string[], { place }: Said): void {
  const counts = new Map<string, number>();
  for (const task of new Set(tasks)) {
    const phase = plot.tasks.get(task)?.phase;
    if (phase !== undefined) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  for (const [phase, count] of counts)
    if (count === plot.index.inPhase.get(phase)?.length) plot.stated.set(phase, place);
}

/** The tasks of a phase, unless the task's own phase waits for all of it already. */
function tasksBefore(plot: Plot, phase: string, task: string): readonly string[] {
  const own = plot.after.get(plot.tasks.get(task)?.phase ?? "");
  return own?.get(phase)?.strength === "hard" ? [] : tasksIn(plot, phase);
}

const tasksIn = (plot: Plot, phase: string): readonly string[] =>
  (plot.index.inPhase.get(phase) ?? []).map(({ task }) => task.key);

/** A task that is said to wait for itself: the graph tells it, and leaves it out. */
export function addSelf({ dependencies }: Plot, task: string, said: Said): void {
  const id = `${task}\n${task}`;
  if (!dependencies.has(id)) dependencies.set(id, { dependency: task, dependent: task, ...said });
}

export function addEdge(plot: Plot, dependency: string, dependent: string, said: Said): void {
  const id = `${dependency}\n${dependent}`;
  if (dependency === dependent || plot.dependencies.has(id)) return;
  plot.dependencies.set(id, { dependency, dependent, ...said });
}

/** What the text says of a phase whose order is only that of the document takes the place of that order. */
function waitForPhase(plot: Plot, before: string, phase: string, said: Said): void {
  const list = plot.after.get(phase);
  if (!list || before === phase) return;
  const hard = said.strength === "hard";
  if (hard) plot.stated.set(phase, said.place);
  const known = list.get(before);
  if (known && !(hard && known.origin === "barrier")) return;
  if (hard && plot.inOrder.delete(phase))
    for (const [key, { origin }] of list) if (origin === "barrier") list.delete(key);
  plot.phaseEdges.count++;
  list.set(before, { phase: before, ...said });
}
