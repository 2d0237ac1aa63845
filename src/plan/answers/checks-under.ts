import type { FilePlace } from "../../core/place.ts";
import type { Plan, Verification } from "../model.ts";

/** What stands at a line of a file: a verification, or a task that only checks. */
interface Entry {
  readonly line: number;
  readonly verification?: Verification;
  readonly task?: Plan["tasks"][number];
}

/**
 * Keys of the tasks that stand as checks under each verification of their phase, up to the next verification in the file.
 * O(n log n) in tasks and verifications.
 */
export function checksUnder({
  tasks,
  verifications,
}: Plan): ReadonlyMap<Verification, readonly string[]> {
  const byFile = new Map<string, Entry[]>();
  const put = ({ file, line = 0 }: FilePlace, of: Omit<Entry, "line">) => {
    const known = byFile.get(file);
    if (known) known.push({ line, ...of });
    else byFile.set(file, [{ line, ...of }]);
  };
  // Before the tasks: the sort keeps their order, and what stands on the line of a verification is not under the one above.
  for (const verification of verifications) put(verification.place, { verification });
  for (const task of tasks) if (task.verifies) put(task.place, { task });
  const found = new Map<Verification, string[]>();
  for (const entries of byFile.values()) {
    let line = -1;
    let above: Verification[] = [];
    for (const one of entries.toSorted((a, b) => a.line - b.line)) {
      const { task, verification } = one;
      if (verification) {
        if (one.line > line) above = [];
        above.push(verification);
        ({ line } = one);
      } else if (task && one.line > line)
        for (const each of above) {
          if (each.phase !== task.phase) continue;
          const keys = found.get(each);
          if (keys) keys.push(task.key);
          else found.set(each, [task.key]);
        }
    }
  }
  return found;
}
