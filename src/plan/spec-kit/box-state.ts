import type { BoxState } from "../model.ts";

/**
 * What marks mean in tasks.md. `[-]` is a task that was skipped (so it is used in real Spec Kit files), but one in progress where tasks are
 * numbered `1.`, `1.1` (spec-workflow-mcp: `[ ]`, `[-]`, `[x]`). `[~]` is one that is partly done.
 */
const STATES: ReadonlyMap<string, BoxState> = new Map([
  ["", "open"],
  [" ", "open"],
  ["x", "done"],
  ["X", "done"],
  ["✓", "done"],
  ["✔", "done"],
  ["✅", "done"],
  ["☑", "done"],
  ["-", "skipped"],
  ["–", "skipped"],
  ["—", "skipped"],
  ["~", "in-progress"],
  ["/", "in-progress"],
  [">", "in-progress"],
  ["!", "failed"],
]);
const SET_ASIDE =
  /^[*_~\s]{0,6}(?:skipped|dropped|deferred|superseded|won't do|not needed|n\/a)(?![\p{L}\p{N}_])/iu;

/** The state of a box, undefined where the mark means nothing known. */
export function boxState(mark: string, id: string | undefined, text: string): BoxState | undefined {
  const state = STATES.get(mark);
  if (state === "skipped" && id !== undefined && /^\d/.test(id)) return "in-progress";
  return state === "in-progress" && SET_ASIDE.test(text) ? "skipped" : state;
}
