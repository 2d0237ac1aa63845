import type { RunWish } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";

/** A branch that results are to be moved to as they land. */
export interface CheckedTarget {
  /** Full name. */
  readonly ref: string;
  /** Short, as people know it. */
  readonly name: string;
  /** It is missing, and made when the run begins. */
  readonly isNew: boolean;
}

const BRANCHES = "refs/heads/";

/**
 * The branch that is wished to follow a run, if any. Throws BRANCH_MISSING, BRANCH_IN_USE and BRANCH_DIVERGED where it can't: before
 * anything is begun or spent.
 */
export async function checkTarget(
  ports: Pick<ExecutionPorts, "landing">,
  { target }: Pick<RunWish, "target">,
  base: string,
): Promise<CheckedTarget | null> {
  if (target === undefined) return null;
  const name = target.startsWith(BRANCHES) ? target.slice(BRANCHES.length) : target;
  const landing = await ports.landing();
  const found = await landing.mayFollow({ base, target: name });
  if (!found.ok) throw found.error;
  return { ref: `${BRANCHES}${name}`, name, isNew: found.value.at === null };
}
