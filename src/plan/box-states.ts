import type { BoxState } from "./model.ts";

/**
 * Read alike in all dialects with boxes: the six that occur (FORMATS §3.3: 90 `[-]`, 2 `[~]`, 1 `[!]`; §1.7), and what some type
 * for a tick. `[-]` is a task that was struck out; a reader whose dialect means something else by it says so
 * itself. What an edit may write is `edits/marks.ts`.
 */
const STATES: ReadonlyMap<string, BoxState> = new Map<string, BoxState>([
  [" ", "open"],
  ["x", "done"],
  ["X", "done"],
  ["-", "skipped"],
  ["~", "in-progress"],
  ["!", "failed"],
  ["✓", "done"],
  ["✔", "done"],
  ["☑", "done"],
  ["✅", "done"],
  ["/", "in-progress"],
  [">", "in-progress"],
]);

/** What a box with this mark says; undefined where it is no box. */
export const stateOfMark = (mark: string): BoxState | undefined => STATES.get(mark);
