import type { RepositoryFacts, TraceRow } from "../../../../repository/model.ts";

export type State =
  | "done"
  | "ticked, files missing"
  | "open, named in code"
  | "open"
  | "named in code"
  | "not known";

/** Tasks, as rows name them, that are ticked although none of their files is there. */
export const emptyTasks = ({ unproven }: Pick<RepositoryFacts, "unproven">): ReadonlySet<string> =>
  new Set(
    unproven
      .filter(({ missing, named }) => missing.length === named)
      .map(({ document, task }) => `${document} ${task}`),
  );

/** How far a requirement is, by the boxes of its tasks and by what names it. */
export function stateOf(
  { done, tasks, files, tests }: TraceRow,
  empty: ReadonlySet<string>,
): State {
  if (done === true)
    return tasks.some(({ task }) => empty.has(task)) ? "ticked, files missing" : "done";
  const named = [...files, ...tests].some(({ basis }) => basis !== "guess");
  if (done === false) return named ? "open, named in code" : "open";
  return named ? "named in code" : "not known";
}
