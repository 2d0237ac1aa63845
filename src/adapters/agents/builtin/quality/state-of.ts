import type { TraceRow } from "../../../../repository/model.ts";

export type State = "done" | "open, named in code" | "open" | "named in code" | "not known";

/** How far a requirement is, by the boxes of its tasks and by what names it. */
export function stateOf({ done, files, tests }: TraceRow): State {
  if (done === true) return "done";
  const named = [...files, ...tests].some(({ basis }) => basis !== "guess");
  if (done === false) return named ? "open, named in code" : "open";
  return named ? "named in code" : "not known";
}
