import type { UsesByTask } from "./plan-uses.ts";

/**
 * What the tasks of several plans use, by the keys of their joined graph (`plan/graph/join-graphs.ts`). Paths are of one project, so
 * that tasks of two plans meet on a file as those of one do.
 */
export function qualifiedUses(
  plans: readonly { readonly name: string; readonly uses: UsesByTask }[],
): UsesByTask {
  const [only, ...others] = plans;
  if (only && others.length === 0) return only.uses;
  return new Map(
    plans.flatMap(({ name, uses }) => [...uses].map(([key, some]) => [`${name}:${key}`, some])),
  );
}
