import { fixedPrefix, globMatcher } from "./glob.ts";
import type { ResourceKind, ResourceUse, ResourceUser } from "./model.ts";
import type { UsesByTask } from "./plan-uses.ts";

/** Everything that is used, and by whom. */
export interface ResourceIndex {
  readonly resources: readonly UsedResource[];
  /** False where globs and folders matched more than was followed. */
  readonly complete: boolean;
}

export interface UsedResource {
  readonly resource: string;
  readonly kind: ResourceKind;
  readonly users: readonly ResourceUser[];
}

/** Steps of matching patterns against paths, and users added by it: past them patterns stand for themselves only. */
const MAX_STEPS = 2_000_000;
const MAX_ADDED = 500_000;

interface Used {
  readonly resource: string;
  readonly kind: ResourceKind;
  readonly users: Map<string, ResourceUse>;
}

/**
 * Who uses what. Who uses a glob or folder uses the files of the plan in it; a folder holds the folders and globs below it. Left
 * out are vague names, and folders that are guessed to be read: they only say where something is.
 */
export function usersByResource(uses: UsesByTask): ResourceIndex {
  const index = new Map<string, Used>();
  for (const [task, some] of uses)
    for (const use of some)
      if (counts(use)) {
        const { resource, kind } = use;
        const used = index.get(resource) ?? {
          resource,
          kind,
          users: new Map<string, ResourceUse>(),
        };
        index.set(resource, used);
        addUser(used, task, use);
      }
  const complete = spreadPatterns([...index.values()]);
  return {
    complete,
    resources: [...index.values()].map(({ resource, kind, users }) => ({
      resource,
      kind,
      users: [...users].map(([task, use]) => ({ task, use })),
    })),
  };
}

const counts = ({ vague, kind, access, source }: ResourceUse): boolean =>
  vague !== true && !(kind === "folder" && access === "read" && source === "mention");

/** The stronger use stays: a write before a read, a declared one before a guess. */
function addUser({ users }: Used, task: string, use: ResourceUse): boolean {
  const before = users.get(task);
  if (before && rank(before) >= rank(use)) return false;
  users.set(task, use);
  return true;
}

const rank = ({ access, sure }: ResourceUse): number =>
  (access === "write" ? 2 : 0) + (sure ? 1 : 0);

/** Make users of patterns users of what these hold. */
function spreadPatterns(all: readonly Used[]): boolean {
  const patterns = all.filter(({ kind }) => kind === "glob" || kind === "folder");
  if (patterns.length === 0) return true;
  const paths = all
    .filter(({ kind }) => kind !== "other")
    .toSorted((a, b) => (a.resource < b.resource ? -1 : 1));
  let [steps, added] = [0, 0];
  // users that patterns bring stay apart until all are matched, so that nothing spreads twice
  const brought: [Used, string, ResourceUse][] = [];
  for (const pattern of patterns) {
    const prefix = pattern.kind === "folder" ? pattern.resource : fixedPrefix(pattern.resource);
    const holds = pattern.kind === "folder" ? () => true : globMatcher(pattern.resource);
    for (let at = firstFrom(paths, prefix); at < paths.length; at++) {
      const path = paths[at];
      if (!path?.resource.startsWith(prefix)) break;
      steps += 1 + pattern.resource.length / 16;
      if (steps > MAX_STEPS || added > MAX_ADDED) return bring(brought, false);
      if (path === pattern || (pattern.kind === "glob" && path.kind !== "file")) continue;
      if (!holds(path.resource)) continue;
      for (const [task, use] of pattern.users) brought.push([path, task, use]);
      added += pattern.users.size;
    }
  }
  return bring(brought, true);
}

function bring(all: readonly (readonly [Used, string, ResourceUse])[], complete: boolean): boolean {
  for (const [used, task, use] of all) addUser(used, task, use);
  return complete;
}

/** First path that is not before a prefix. */
function firstFrom(paths: readonly Used[], prefix: string): number {
  let [low, high] = [0, paths.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((paths[middle]?.resource ?? "") < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
