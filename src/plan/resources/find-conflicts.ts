import {
  unorderedPairs,
  type NodePair,
  type UnorderedPairs,
} from "../../core/graph/unordered-pairs.ts";
import type { PlanGraph } from "../graph/model.ts";
import type { Conflict, Conflicts, Contention } from "./model.ts";
import type { UsesByTask } from "./plan-uses.ts";
import { usersByResource, type UsedResource } from "./users-by-resource.ts";

export interface ConflictOptions {
  /** Pairs listed for each resource and kind; all are counted. */
  readonly listed?: number;
}

const LISTED = 20;

/**
 * Which tasks may run at the same time by the graph and use one resource, at least one of them writing. All pairs are counted,
 * some are listed, so that a file of thousands of tasks stays small. Tasks of several readings of one plan share no keys.
 */
export function findConflicts(
  graph: PlanGraph,
  uses: UsesByTask,
  { listed = LISTED }: ConflictOptions = {},
): Conflicts {
  const { resources, complete } = usersByResource(uses);
  const contended = resources
    .map((used) => ({ ...used, users: used.users.filter(({ task }) => graph.indexOf.has(task)) }))
    .filter(({ users }) => users.length > 1 && users.some(({ use }) => use.access === "write"));
  const pairs = unorderedPairs(
    graph,
    contended.map(({ users }) => ({
      nodes: users.map(({ task }) => graph.indexOf.get(task) ?? 0),
      marked: users.map(({ use }) => use.access === "write"),
    })),
    listed,
  );
  const contentions = contended
    .flatMap((used, index) => contentionOf(graph, used, pairs[index]))
    .toSorted(
      (a, b) =>
        b.writeWrite - a.writeWrite ||
        b.readWrite - a.readWrite ||
        (a.resource < b.resource ? -1 : 1),
    );
  return {
    contentions,
    writeWrite: contentions.reduce((sum, { writeWrite }) => sum + writeWrite, 0),
    readWrite: contentions.reduce((sum, { readWrite }) => sum + readWrite, 0),
    complete,
  };
}

function contentionOf(
  graph: PlanGraph,
  { resource, kind, users }: UsedResource,
  pairs: UnorderedPairs | undefined,
): readonly Contention[] {
  if (!pairs || pairs.marked + pairs.mixed === 0) return [];
  const useOf = new Map(
    users.map(({ task, use }) => [graph.indexOf.get(task) ?? -1, { task, use }]),
  );
  const conflictOf = ([one, other]: NodePair): readonly (readonly [number, number, Conflict])[] => {
    const [low, high] = one < other ? [one, other] : [other, one];
    const [a, b] = [useOf.get(low), useOf.get(high)];
    if (!a || !b) return [];
    const both = a.use.access === "write" && b.use.access === "write";
    const sure = a.use.sure && b.use.sure;
    const conflict: Conflict = {
      a: a.task,
      b: b.task,
      resource,
      kind: both ? "write-write" : "read-write",
      sure,
      exclusive: both || sure,
      sources: [a.use.source, b.use.source],
      places: [a.use.place, b.use.place],
    };
    return [[low, high, conflict]];
  };
  const listed = [...pairs.markedPairs, ...pairs.mixedPairs]
    .flatMap(conflictOf)
    .toSorted(([lowA, highA], [lowB, highB]) => lowA - lowB || highA - highB)
    .map(([, , conflict]) => conflict);
  return [
    {
      resource,
      kind,
      users,
      writeWrite: pairs.marked,
      readWrite: pairs.mixed,
      colliding: users
        .filter(({ task }) => pairs.markedNodes.has(graph.indexOf.get(task) ?? -1))
        .map(({ task }) => task),
      listed,
    },
  ];
}
