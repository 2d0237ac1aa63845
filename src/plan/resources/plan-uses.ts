import type { Task } from "../model.ts";
import { baseName, isCommonName, isRootFile } from "./file-words.ts";
import { knownPaths } from "./known-paths.ts";
import type { ResourceUse } from "./model.ts";
import { ONLY_TALKS, OTHER_RESOURCES, PORT } from "./other-words.ts";
import { strongestUses, usesOfTask } from "./task-uses.ts";

/** What each task uses, by the key of its node, in the order of the plan. */
export type UsesByTask = ReadonlyMap<string, readonly ResourceUse[]>;

/**
 * What tasks use, with names completed from what is known: `app.module.ts` is the one path that ends so, `index.ts` in a task
 * that names one folder is in it. A name that several files have, or that says nothing alone, is `vague` and in no conflict.
 *
 * @param tasks with the keys of their nodes
 * @param files what the repository has; optional
 */
export function usesOfTasks(
  tasks: Iterable<readonly [key: string, task: Task]>,
  files: Iterable<string> = [],
): UsesByTask {
  const uses = new Map<string, readonly ResourceUse[]>();
  for (const [key, task] of tasks)
    uses.set(key, inItsFolder([...usesOfTask(task), ...otherUses(task)]));
  const there = new Set(files);
  const named = [...uses.values()].flatMap((some) =>
    some
      .filter(({ kind, resource }) => kind === "file" && resource.includes("/"))
      .map(({ resource }) => resource),
  );
  const whole = knownPaths([...there, ...named]);
  const complete = (use: ResourceUse): ResourceUse => {
    if (use.kind !== "file" || use.sure || there.has(use.resource)) return use;
    const bare = !use.resource.includes("/");
    if (bare && isRootFile(use.resource)) return use;
    const path = whole(use.resource);
    if (path === undefined || (bare && path === use.resource && isCommonName(path)))
      return { ...use, vague: true };
    return path === use.resource ? use : { ...use, resource: path };
  };
  return new Map([...uses].map(([key, some]) => [key, strongestUses(some.map(complete))]));
}

/** `index.ts` where the task names one folder: in that folder. A manifest, too. */
function inItsFolder(uses: readonly ResourceUse[]): readonly ResourceUse[] {
  const folders = uses.filter(({ kind }) => kind === "folder");
  const [only] = folders;
  if (!only || folders.length > 1) return uses;
  return uses.map((use) => {
    const bare = use.kind === "file" && !use.sure && !use.resource.includes("/");
    if (!bare || !(isCommonName(use.resource) || use.source === "inferred")) return use;
    return { ...use, resource: `${only.resource}${baseName(use.resource)}` };
  });
}

/** What a task contends for besides the files that it names. */
function otherUses(task: Task): readonly ResourceUse[] {
  const text = task.text.slice(0, 2_000);
  if (ONLY_TALKS.test(text)) return [];
  const found = OTHER_RESOURCES.filter(({ when }) => when.test(text)).map(
    ({ resource, kind, access }) => useOf(task, { resource, kind, access }),
  );
  const [, port] = PORT.exec(text) ?? [];
  return port === undefined
    ? found
    : [...found, useOf(task, { resource: `port ${port}`, kind: "other", access: "write" })];
}

const useOf = (
  task: Task,
  use: Pick<ResourceUse, "resource" | "kind" | "access">,
): ResourceUse => ({ ...use, sure: false, source: "inferred", place: task.place });
