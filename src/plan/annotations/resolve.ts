import { spend, type PlacedTask, type PlanIndex } from "./plan-index.ts";
import type { Reference } from "./references.ts";

/** Whose text names something. */
export interface Asking {
  readonly task?: string | undefined;
  readonly phase?: string | undefined;
}

export interface NamedTask {
  readonly task: string;
  readonly reference: Reference;
}

export interface NamedPhase {
  readonly phase: string;
  readonly reference: Reference;
}

/** What references name. Each task or phase once, in the order named; ranges in the order of the document. */
export interface Named {
  readonly tasks: readonly NamedTask[];
  readonly phases: readonly NamedPhase[];
  /** What does not exist. */
  readonly unknown: readonly Reference[];
  /** What names the asking task itself, or its phase where phases are asked for. */
  readonly self: readonly Reference[];
  /** Ranges whose ends are in different phases. */
  readonly across: readonly Reference[];
  /** Whether something was left out because the plan names too much. */
  readonly cut: boolean;
}

interface Draft {
  readonly tasks: Map<string, Reference>;
  readonly phases: Map<string, Reference>;
  readonly unknown: Reference[];
  readonly self: Reference[];
  readonly across: Reference[];
}

/**
 * Find what references name. Phases, stories and "all previous" give phases; `spread` makes them the tasks in these,
 * without the asking one. Linear in what is named, within the plan's budget.
 */
export function resolveReferences(
  references: readonly Reference[],
  index: PlanIndex,
  asking: Asking,
  spread: boolean,
): Named {
  const draft: Draft = { tasks: new Map(), phases: new Map(), unknown: [], self: [], across: [] };
  for (const reference of references) {
    if (index.budget.left <= 0) break;
    if (reference.kind === "task") nameTasks(reference, index, asking, draft);
    else if (reference.kind === "previous-tasks") previousTasks(reference, index, asking, draft);
    else namePhases(reference, { index, asking, draft, spread });
  }
  const { tasks, phases, unknown, self, across } = draft;
  return {
    unknown,
    self,
    across,
    tasks: Array.from(tasks, ([task, reference]) => ({ task, reference })),
    phases: Array.from(phases, ([phase, reference]) => ({ phase, reference })),
    cut: index.budget.left <= 0,
  };
}

function add(entry: PlacedTask, reference: Reference, asking: Asking, draft: Draft): void {
  if (entry.task.key === asking.task) draft.self.push(reference);
  else if (!draft.tasks.has(entry.task.key)) draft.tasks.set(entry.task.key, reference);
}

/** Of several tasks of one id the one in the same phase, else the last before, else the first. */
function pick(
  entries: readonly PlacedTask[],
  index: PlanIndex,
  asking: Asking,
): PlacedTask | undefined {
  if (entries.length < 2 || !spend(index, entries.length)) return entries[0];
  const phase = asking.phase ?? index.byKey.get(asking.task ?? "")?.task.phase;
  const at = index.byKey.get(asking.task ?? "")?.position ?? index.placed.length;
  return (
    entries.find(({ task }) => task.phase === phase && task.key !== asking.task) ??
    entries.findLast(({ position }) => position < at) ??
    entries[0]
  );
}

function nameTasks(reference: Reference, index: PlanIndex, asking: Asking, draft: Draft): void {
  const { from, to } = reference;
  if (to === undefined) {
    const entry = pick(index.ids.get(from), index, asking);
    const group = entry ? [entry] : index.groups.get(from);
    if (group.length === 0) draft.unknown.push(reference);
    if (!spend(index, group.length)) return;
    for (const member of group) add(member, reference, asking, draft);
    return;
  }
  const ends = [from, to].map((id) => pick(index.ids.get(id), index, asking));
  const members = rangeOf(reference, ends, index, asking);
  if (members.length === 0 || ends.includes(undefined)) {
    const group = index.groups.between(from, to)?.flatMap(({ items }) => items) ?? [];
    if (!spend(index, group.length)) return;
    if (members.length === 0 && group.length > 0) {
      for (const member of group) add(member, reference, asking, draft);
      return;
    }
    draft.unknown.push(reference);
  }
  const [first, last] = ends;
  if (first && last && first.task.phase !== last.task.phase) draft.across.push(reference);
  for (const member of members) {
    if (member.task.key !== asking.task) add(member, reference, asking, draft);
  }
}

const depthOf = (id = ""): number => id.split(".").length;

function rangeOf(
  { from, to = "" }: Reference,
  [first, last]: readonly (PlacedTask | undefined)[],
  index: PlanIndex,
  asking: Asking,
): readonly PlacedTask[] {
  const siblings = index.ids.between(from, to);
  if (siblings && siblings.length > 0) {
    if (!spend(index, siblings.length)) return [];
    return siblings
      .flatMap(({ items }) => pick(items, index, asking) ?? [])
      .toSorted((a, b) => a.position - b.position);
  }
  if (!first || !last || first.position > last.position) return [];
  if (!spend(index, last.position - first.position)) return [];
  const depths = new Set([depthOf(from), depthOf(to)]);
  return index.placed
    .slice(first.position, last.position + 1)
    .filter(({ task }) => task.id !== undefined && !task.verifies && depths.has(depthOf(task.id)));
}

function previousTasks(reference: Reference, index: PlanIndex, asking: Asking, draft: Draft): void {
  const self = index.byKey.get(asking.task ?? "");
  if (!self) return;
  const siblings = index.inPhase.get(self.task.phase) ?? [];
  if (!spend(index, siblings.length)) return;
  for (const entry of siblings) {
    if (entry.position < self.position && entry.root !== self.root)
      add(entry, reference, asking, draft);
  }
}

interface PhaseQuestion {
  readonly index: PlanIndex;
  readonly asking: Asking;
  readonly draft: Draft;
  readonly spread: boolean;
}

function namePhases(reference: Reference, { index, asking, draft, spread }: PhaseQuestion): void {
  const self = index.byKey.get(asking.task ?? "");
  const here =
    index.phasePositions.get(asking.phase ?? self?.task.phase ?? "") ?? index.phaseKeys.length;
  if (spread && reference.kind === "story" && nameStory(reference, index, asking, draft)) return;
  const positions = phasePositions(reference, index, here);
  if (positions.length === 0 && !reference.kind.startsWith("previous")) {
    const fallback = index.ids.get(reference.from);
    if (reference.kind === "phase" && fallback.length > 0)
      nameTasks({ ...reference, kind: "task" }, index, asking, draft);
    else draft.unknown.push(reference);
  }
  for (const position of positions) {
    const phase = index.phaseKeys[position];
    if (phase === undefined) continue;
    if (position === here && !spread) {
      draft.self.push(reference);
      continue;
    }
    if (!spread) {
      if (!draft.phases.has(phase)) draft.phases.set(phase, reference);
      continue;
    }
    const members = index.inPhase.get(phase) ?? [];
    if (!spend(index, members.length + 1)) return;
    for (const entry of members) {
      if (entry.root !== self?.root) add(entry, reference, asking, draft);
    }
  }
}

/** Tasks with a story's label; whether there are any. */
function nameStory(reference: Reference, index: PlanIndex, asking: Asking, draft: Draft): boolean {
  const self = index.byKey.get(asking.task ?? "");
  const members = index.inStory.get(reference.from.toUpperCase()) ?? [];
  if (reference.to !== undefined || members.length === 0) return false;
  if (!spend(index, members.length)) return true;
  for (const entry of members) {
    if (entry.root !== self?.root) add(entry, reference, asking, draft);
  }
  return true;
}

/** Of several phases of one number the last before, else the first that is not the asking one. */
function nearest(positions: readonly number[], here: number): number | undefined {
  return (
    positions.findLast((position) => position < here) ??
    positions.find((position) => position !== here) ??
    positions[0]
  );
}

function phasePositions(
  { kind, from, to }: Reference,
  index: PlanIndex,
  here: number,
): readonly number[] {
  if (kind === "previous-phases" || kind === "previous-stories") {
    if (!spend(index, here)) return [];
    const all = Array.from(index.phaseKeys.keys()).slice(0, here);
    const stories = new Set([...index.stories.values()].flat());
    return kind === "previous-phases" ? all : all.filter((position) => stories.has(position));
  }
  if (kind === "story") return index.stories.get(from.toUpperCase()) ?? [];
  if (to === undefined) {
    const known = index.phases.get(from);
    if (!spend(index, known.length)) return [];
    const exact = nearest(known, here);
    return exact === undefined ? index.phases.get(`${from} `) : [exact];
  }
  const found = (index.phases.between(from, to) ?? []).flatMap(
    ({ items }) => nearest(items, here) ?? [],
  );
  if (!spend(index, found.length)) return [];
  return [...new Set([...found, ...index.phases.get(`${to} `)])].toSorted((a, b) => a - b);
}
