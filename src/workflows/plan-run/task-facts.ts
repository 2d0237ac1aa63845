import type { FileChange as JudgedChange } from "../../execution/file-change.ts";
import type { ResultFacts } from "../../execution/judge-result.ts";
import { writeBounds, type WriteBounds } from "../../execution/write-bounds.ts";
import type { FileChange } from "../../ports/workspaces.ts";
import type { CheckRun } from "./run-checks.ts";
import type { TaskInput, TaskResult } from "./task-child.ts";
import type { Stored } from "./taken-plans.ts";

/** What is known of a result, as it is judged. */
export function factsOf(
  { attempt, bounds }: TaskInput,
  { changes, prefix, absent = [] }: TaskResult,
  checks: readonly CheckRun[],
): ResultFacts {
  const judged = changes.map(judgedChange);
  return {
    attempt,
    ending: { kind: "ended" },
    changes: judged,
    changedBytes: changes.reduce((total, { size }) => total + (size ?? 0), 0),
    filesBefore: bounds.filesBefore,
    bounds: inRepository(writeBounds(bounds.uses), prefix),
    readOnly: false,
    mayChangeNothing: bounds.mayChangeNothing,
    kept: keptOf(judged, bounds.kept, prefix),
    protect: bounds.protect.map((each) => protectedFrom(prefix, each)),
    outputs: [],
    checks,
    shown: bounds.shown,
    absent,
  };
}

const judgedChange = ({ path, before, after, target }: Stored<FileChange>): JudgedChange => ({
  path,
  change: before === null ? "added" : after === null ? "deleted" : "modified",
  ...(before !== null && { before }),
  ...(after !== null && { after }),
  ...(target !== undefined && { target }),
});

/** Plans name paths from their project on. */
function inRepository(bounds: WriteBounds | undefined, prefix: string): WriteBounds | undefined {
  if (!bounds || prefix === "") return bounds;
  return {
    words: bounds.words,
    allows: (path) => path.startsWith(prefix) && bounds.allows(path.slice(prefix.length)),
  };
}

/** A name without `/` counts in every folder of the project. */
function protectedFrom(prefix: string, path: string): string {
  if (prefix === "") return path;
  const plain = path.replace(/^\.?\//, "");
  const isAnchored = path.startsWith("/") || plain.includes("/");
  return isAnchored ? prefix + plain : `${prefix}**/${plain}`;
}

/** Of what changed, what only the run itself writes. */
const keptOf = (
  changes: readonly JudgedChange[],
  kept: readonly string[],
  prefix: string,
): readonly string[] =>
  changes.flatMap(({ path }) =>
    kept.some((each) =>
      each.endsWith("/") ? path.startsWith(prefix + each) : path === prefix + each,
    )
      ? [path]
      : [],
  );
