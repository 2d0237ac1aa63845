import type { ResourceUse } from "./model.ts";
import type { UsesByTask } from "./plan-uses.ts";
import { usersByResource } from "./users-by-resource.ts";

/** Which tasks are not to run at the same time, for whoever picks the next ones. Tells nothing of their order. */
export interface Exclusions {
  /** A resource that keeps the two apart, if any. Takes as long as the shorter list of uses. */
  clash(a: string, b: string): string | undefined;
  /** All tasks that one excludes. Made when first asked for; as long as its resources have users. */
  conflictsOf(task: string): ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** The same pairs that `findConflicts` calls exclusive, whether the graph orders them or not. */
export function exclusionsOf(uses: UsesByTask): Exclusions {
  // a guessed read excludes nobody
  const resources = usersByResource(uses).resources.map(({ resource, users }) => ({
    resource,
    users: users.filter(({ use }) => use.access === "write" || use.sure),
  }));
  const held = new Map<string, Map<number, ResourceUse>>();
  resources.forEach(({ users }, resource) => {
    for (const { task, use } of users) {
      const own = held.get(task) ?? new Map<number, ResourceUse>();
      own.set(resource, use);
      held.set(task, own);
    }
  });
  const made = new Map<string, ReadonlySet<string>>();
  return {
    clash(a, b) {
      const [few, many] = smallerFirst(held.get(a), held.get(b));
      if (!few || !many || a === b) return undefined;
      for (const [resource, use] of few) {
        const other = many.get(resource);
        if (other && excludes(use, other)) return resources[resource]?.resource;
      }
      return undefined;
    },
    conflictsOf(task) {
      const own = held.get(task);
      if (!own) return NONE;
      const known =
        made.get(task) ??
        new Set(
          [...own].flatMap(([resource, use]) =>
            (resources[resource]?.users ?? [])
              .filter((user) => user.task !== task && excludes(use, user.use))
              .map((user) => user.task),
          ),
        );
      made.set(task, known);
      return known;
    },
  };
}

const excludes = (one: ResourceUse, other: ResourceUse): boolean =>
  one.access === "write" || other.access === "write"
    ? one.access === other.access || (one.sure && other.sure)
    : false;

type Held = Map<number, ResourceUse> | undefined;
const smallerFirst = (one: Held, other: Held): readonly [Held, Held] =>
  (one?.size ?? 0) <= (other?.size ?? 0) ? [one, other] : [other, one];
