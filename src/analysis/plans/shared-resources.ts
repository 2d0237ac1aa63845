import type { ResourceUser } from "../../plan/resources/model.ts";
import { usersByResource } from "../../plan/resources/users-by-resource.ts";
import type { FilePlace } from "../../core/place.ts";
import type { AnalysedPlan } from "../input.ts";
import { unfinishedTasks } from "../unfinished.ts";

/** What unfinished tasks of two plans both use, at least one of them writing. */
export interface SharedResource {
  readonly resource: string;
  /** Keys of tasks of either plan that use it, and where they say so. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** Whether tasks of both write it: else one plan only reads what the other writes. */
  readonly bothWrite: boolean;
  /** Pairs of a task of one and a task of the other, at least one of them writing. */
  readonly pairs: number;
  readonly places: readonly FilePlace[];
}

export interface PlanPair {
  readonly a: AnalysedPlan;
  readonly b: AnalysedPlan;
  /** Most pairs of tasks first. */
  readonly shared: readonly SharedResource[];
}

/** Every pair of plans with what both touch. Plans of most tasks are counted once each: O(uses × plans that share a resource). */
export function planPairs(plans: readonly AnalysedPlan[]): readonly PlanPair[] {
  const uses = new Map(
    plans.flatMap((each, plan) =>
      unfinishedTasks(each).map((key) => [`${plan} ${key}`, each.uses.get(key) ?? []] as const),
    ),
  );
  const byPair = new Map<string, SharedResource[]>();
  for (const { resource, users } of usersByResource(uses).resources) {
    const byPlan = new Map<number, ResourceUser[]>();
    for (const user of users) {
      const plan = Number.parseInt(user.task, 10);
      const some = byPlan.get(plan);
      if (some) some.push(user);
      else byPlan.set(plan, [user]);
    }
    const using = [...byPlan];
    using.forEach(([one, a], index) => {
      for (const [other, b] of using.slice(index + 1)) {
        const shared = sharedBy(resource, a, b);
        if (!shared) continue;
        const pair = `${one} ${other}`;
        const some = byPair.get(pair);
        if (some) some.push(shared);
        else byPair.set(pair, [shared]);
      }
    });
  }
  return plans.flatMap((a, one) =>
    plans.slice(one + 1).map((b, behind) => ({
      a,
      b,
      shared: (byPair.get(`${one} ${one + 1 + behind}`) ?? []).toSorted(
        (x, y) =>
          Number(y.bothWrite) - Number(x.bothWrite) ||
          y.pairs - x.pairs ||
          (x.resource < y.resource ? -1 : 1),
      ),
    })),
  );
}

const keyIn = ({ task }: ResourceUser): string => task.slice(task.indexOf(" ") + 1);
const writes = ({ use }: ResourceUser): boolean => use.access === "write";

function sharedBy(
  resource: string,
  a: readonly ResourceUser[],
  b: readonly ResourceUser[],
): SharedResource | undefined {
  const [writersA, writersB] = [a.filter(writes), b.filter(writes)];
  const readers = (a.length - writersA.length) * (b.length - writersB.length);
  const pairs = a.length * b.length - readers;
  if (pairs === 0) return undefined;
  return {
    resource,
    a: a.map(keyIn),
    b: b.map(keyIn),
    bothWrite: writersA.length > 0 && writersB.length > 0,
    pairs,
    places: [writersA[0] ?? a[0], writersB[0] ?? b[0]]
      .map((user) => user?.use.place)
      .filter((place) => place !== undefined),
  };
}
