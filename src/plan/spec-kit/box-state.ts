import { stateOfMark } from "../box-states.ts";
import type { BoxState } from "../model.ts";

const SET_ASIDE =
  /^[*_~\s]{0,6}(?:skipped|dropped|deferred|superseded|won't do|not needed|n\/a)(?![\p{L}\p{N}_])/iu;

/**
 * The state of a box, undefined where the mark means nothing known. `[-]` is a task that was skipped (so it is used in real Spec Kit
 * files), but one in progress where tasks are numbered `1.`, `1.1` (spec-workflow-mcp); `[~]` with `SKIPPED …` is skipped, too.
 */
export function boxState(mark: string, id: string | undefined, text: string): BoxState | undefined {
  if (mark === "") return "open";
  const state = stateOfMark("spec-kit", /^[–—]$/.test(mark) ? "-" : mark);
  if (state === "skipped" && id !== undefined && /^\d/.test(id)) return "in-progress";
  return state === "in-progress" && SET_ASIDE.test(text) ? "skipped" : state;
}
