import type { Phase, Plan } from "../model.ts";

/** Spec Kit writes ids with at least so many digits. */
const DIGITS = 3;

/**
 * Ids for new tasks, never one that was used: behind the highest `T…` of the plan, or, in a phase of S4, behind the highest
 * `N.M` of that number.
 */
export function nextIds(plan: Plan, count: number, phase?: Phase): readonly string[] {
  const ids = plan.tasks.flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (!phase) {
    const digits = ids.flatMap((id) => /^T(\d{1,15})/i.exec(id)?.[1] ?? []);
    const width = Math.max(DIGITS, ...new Set(digits.map((each) => each.length)));
    return numbers(digits.map(Number), count).map(
      (each) => `T${String(each).padStart(width, "0")}`,
    );
  }
  const prefix = `${numberOf(phase)}.`;
  const used = ids.flatMap((id) => {
    const digits = id.startsWith(prefix) && /^\d{1,15}/.exec(id.slice(prefix.length));
    return digits ? [Number(digits[0])] : [];
  });
  return numbers(used, count).map((each) => `${prefix}${each}`);
}

function numbers(used: readonly number[], count: number): readonly number[] {
  const highest = used.reduce((one, other) => Math.max(one, other), 0);
  return Array.from({ length: count }, (_each, at) => highest + 1 + at);
}

/** The number for one more phase: behind the highest. `3b` and `3.1` count as 3. */
export function nextPhase(plan: Plan): number {
  const used = plan.phases.map((phase) => Number(/^\d{1,15}/.exec(phase.key)?.[0] ?? 0));
  return used.reduce((one, other) => Math.max(one, other), 0) + 1;
}

/** A phase's number as written: its key without what tells phases of one number apart. */
const numberOf = ({ key }: Phase): string => key.replace(/#\d+$/, "");
