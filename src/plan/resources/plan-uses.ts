import type { Task } from "../model.ts";
import { isCommonName, isDocument, isRootFile } from "./file-words.ts";
import { inheritedUses } from "./inherited-uses.ts";
import { knownPaths } from "./known-paths.ts";
import type { ResourceUse } from "./model.ts";
import { otherUses } from "./other-uses.ts";
import { strongestUses, usesOfTask } from "./task-uses.ts";

/** What each task uses, by the key of its node, in the order of the plan. */
export type UsesByTask = ReadonlyMap<string, readonly ResourceUse[]>;

/**
 * What tasks use, with names completed from what is known: `app.module.ts` is the one path that ends so, `index.ts` in a task
 * that names one folder is in it. A name that several files have, or that says nothing alone, is `vague` and in no conflict.
 * Sub-tasks use what their parent names, where they name nothing of their own; the parent itself then uses nothing.
 *
 * @param tasks of one plan, with the keys of their nodes, sub-tasks behind their parents
 * @param files what the repository has; optional
 */
export function usesOfTasks(
  tasks: Iterable<readonly [key: string, task: Task]>,
  files: Iterable<string> = [],
): UsesByTask {
  const all = [...tasks];
  const uses = new Map<string, readonly ResourceUse[]>();
  for (const [key, task] of all) {
    const own = usesOfTask(task);
    const others = otherUses(task, own);
    uses.set(key, others.length === 0 ? own : [...own, ...others]);
  }
  const there = new Set(files);
  const named = new Set(there);
  for (const some of uses.values())
    for (const { kind, resource } of some)
      if (kind === "file" && resource.includes("/")) named.add(resource);
  const known: Known = { there, whole: knownPaths(named) };
  for (const [key, some] of uses) {
    const folders = some.filter(({ kind }) => kind === "folder");
    const folder = folders.length === 1 ? folders[0]?.resource : undefined;
    uses.set(key, strongestUses(some.map((use) => completed(use, known, folder))));
  }
  return inheritedUses(all, uses);
}

interface Known {
  readonly there: ReadonlySet<string>;
  readonly whole: (path: string) => string | undefined;
}

/** A use with its whole path, as far as it can be told. */
function completed(
  use: ResourceUse,
  { there, whole }: Known,
  folder: string | undefined,
): ResourceUse {
  const { resource, kind, source } = use;
  if (kind !== "file" || use.sure) return use;
  const bare = !resource.includes("/");
  // `npm install` in `apps/mobile/` changes the manifest there
  if (source === "inferred")
    return folder === undefined || !bare ? use : { ...use, resource: folder + resource };
  if (there.has(resource) || (bare && isRootFile(resource))) return use;
  const path = whole(resource);
  if (path !== undefined && path !== resource) return { ...use, resource: path };
  if (bare && folder !== undefined && !isDocument(resource))
    return { ...use, resource: folder + resource };
  const vague = path === undefined || (bare && isCommonName(resource));
  return vague ? { ...use, vague } : use;
}
