import type { ResourceUse, ResourceUser } from "../../plan/resources/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { usersByResource } from "../../plan/resources/users-by-resource.ts";

/** Something that a task writes, with all that use it, in the order of the document. */
export interface Output {
  readonly resource: string;
  readonly writers: readonly ResourceUser[];
  readonly readers: readonly ResourceUser[];
}

/** What tasks write, as far as fields or text name it; folders and names that say too little are left out. */
export function outputsOf(uses: UsesByTask): readonly Output[] {
  return usersByResource(uses).resources.flatMap(({ resource, users }) => {
    const writers = users.filter(({ use }) => use.access === "write");
    const readers = users.filter(({ use }) => use.access === "read");
    return writers.length > 0 ? [{ resource, writers, readers }] : [];
  });
}

/** Outputs by the tasks that write or read them. */
export function outputsByTask(outputs: readonly Output[]): ReadonlyMap<string, readonly Output[]> {
  const byTask = new Map<string, Output[]>();
  for (const output of outputs)
    for (const key of new Set([...output.writers, ...output.readers].map(({ task }) => task))) {
      const known = byTask.get(key);
      if (known) known.push(output);
      else byTask.set(key, [output]);
    }
  return byTask;
}

/** What some tasks write or read, each once. */
export const outputsAmong = (
  byTask: ReturnType<typeof outputsByTask>,
  tasks: readonly string[],
): readonly Output[] => [...new Set(tasks.flatMap((task) => byTask.get(task) ?? []))];

/** Two tasks that one thing ties together: both write it, or the later one reads what the earlier one writes. */
export interface Tie {
  readonly from: string;
  readonly to: string;
  readonly resource: string;
  readonly kind: "both write" | "reads what is written";
  readonly uses: readonly [ResourceUse, ResourceUse];
}

/** Ties from earlier to later tasks, by keys; one for each pair and resource. */
export function tiesBetween(
  outputs: readonly Output[],
  earlier: ReadonlySet<string>,
  later: ReadonlySet<string>,
): readonly Tie[] {
  const isLater = ({ task }: ResourceUser) => later.has(task);
  return outputs.flatMap(({ resource, writers, readers }) => {
    const [rewriting, reading] = [writers.filter(isLater), readers.filter(isLater)];
    const tied = (writer: ResourceUser, kind: Tie["kind"], others: readonly ResourceUser[]) =>
      others
        .filter(({ task }) => task !== writer.task)
        .map(({ task, use }): Tie => ({
          from: writer.task,
          to: task,
          resource,
          kind,
          uses: [writer.use, use],
        }));
    return writers
      .filter(({ task }) => earlier.has(task))
      .flatMap((writer) => [
        ...tied(writer, "both write", rewriting),
        ...tied(writer, "reads what is written", reading),
      ]);
  });
}

/** Tasks that name nothing they write or read: of those nothing is known. */
export const namesNothing = (uses: UsesByTask, task: string): boolean =>
  (uses.get(task) ?? []).every(({ vague }) => vague === true);
