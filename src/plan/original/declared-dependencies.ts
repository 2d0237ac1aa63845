import type { StrictTask } from "./read-strictly.ts";

/** A task in the `dependencyGraph` of status.json. */
export interface GraphEntry {
  readonly dependencies: readonly string[];
  readonly dependents: readonly string[];
  readonly inDegree: number;
}

const DEPENDS = /\(depends:([\d.,\s]+)\)/i;
const ID = /^\d+\.\d+(?:\.\d+)?$/;

/**
 * `(depends: 1.1, 2.3)`, the first in the description. `depends on`, ranges, `and` and `all Phase 2` are no dependency
 * (FORMATS §1.2: 22 lines in one plan, no edge); a range drops its part of the list.
 */
export function dependenciesOf(description: string): readonly string[] {
  const [, list = ""] = DEPENDS.exec(description) ?? [];
  return list
    .split(",")
    .map((id) => id.trim())
    .filter((id) => ID.test(id));
}

/**
 * The graph that head writes. Ids that no task has stay in it, so that their dependents wait for ever; one named twice counts twice;
 * of two tasks with one id the later one's dependencies hold.
 */
export function declaredDependencies(
  tasks: readonly StrictTask[],
): ReadonlyMap<string, GraphEntry> {
  const dependencies = new Map<string, readonly string[]>();
  const dependents = new Map<string, string[]>(tasks.map(({ id }) => [id, []]));
  for (const { id, description } of tasks) {
    const named = dependenciesOf(description);
    dependencies.set(id, named);
    for (const one of named) dependents.get(one)?.push(id);
  }
  return new Map(
    [...dependencies].map(([id, named]) => [
      id,
      { dependencies: named, dependents: dependents.get(id) ?? [], inDegree: named.length },
    ]),
  );
}

/** The first cycle, as head names it: each waits for the next, the first again at the end; undefined without one. */
export function firstCycle(graph: ReadonlyMap<string, GraphEntry>): readonly string[] | undefined {
  const left = new Set<string>();
  const onPath = new Set<string>();
  for (const root of graph.keys()) {
    if (left.has(root)) continue;
    const path: { readonly id: string; readonly rest: Iterator<string> }[] = [];
    const enter = (id: string): void => {
      onPath.add(id);
      path.push({ id, rest: (graph.get(id)?.dependencies ?? [])[Symbol.iterator]() });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { value, done } = top.rest.next();
      if (done === true) {
        path.pop();
        onPath.delete(top.id);
        left.add(top.id);
      } else if (onPath.has(value)) {
        const from = path.findIndex(({ id }) => id === value);
        return [...path.slice(from).map(({ id }) => id), value];
      } else if (graph.has(value) && !left.has(value)) enter(value);
    }
  }
  return undefined;
}
