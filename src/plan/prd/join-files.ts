import type { PhaseDraft } from "./phase-draft.ts";

/**
 * Put together what several files say of one phase (a tracker and the phase's own file): its tasks are those of the first file that
 * lists any, what it waits for what all of them say. Phases of several files come in the order of their numbers. Within one
 * file equal numbers stay several phases.
 */
export function joinFiles(files: readonly (readonly PhaseDraft[])[]): readonly PhaseDraft[] {
  const joined: PhaseDraft[] = [];
  for (const drafts of files) {
    const before = new Map(joined.toReversed().map((draft) => [draft.block.number, draft]));
    for (const draft of drafts) {
      settle(draft);
      const same = before.get(draft.block.number);
      if (same) merge(same, draft);
      else joined.push(draft);
    }
  }
  const used = files.filter((drafts) => drafts.length > 0).length;
  return used > 1
    ? joined.toSorted((a, b) => compareNumbers(a.block.number, b.block.number))
    : joined;
}

/** Deliverables with boxes are the tasks of a phase without others, else criteria. */
function settle(draft: PhaseDraft): void {
  const [first] = draft.deliverables;
  if (!first || draft.tasks.length > 0) return;
  draft.tasks.push(...draft.deliverables);
}

function merge(into: PhaseDraft, from: PhaseDraft): void {
  if (into.tasks.length === 0) into.tasks.push(...from.tasks);
  into.dependencies.push(...from.dependencies);
  into.criteria.push(...from.criteria);
  into.strategy.push(...from.strategy);
  into.outputs.push(...from.outputs);
  into.saysDependencies ||= from.saysDependencies;
  into.bulleted ||= from.bulleted;
  into.goal ??= from.goal;
  into.effort ??= from.effort;
}

const compareNumbers = (a: string, b: string): number => {
  const [first, second] = [partsOf(a), partsOf(b)];
  return first.number - second.number || first.letter.localeCompare(second.letter);
};

const partsOf = (number: string): { readonly number: number; readonly letter: string } => ({
  number: Number.parseFloat(number) || 0,
  letter: number.replace(/^[\d.]+/, "").toLowerCase(),
});
