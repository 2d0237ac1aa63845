import type { BoxState } from "../model.ts";

/** What the boxes of PRDs mean; S3's agents know `[ ]` and `[x]` only. */
export function readBoxState(mark: string): BoxState {
  if (mark === "x" || mark === "X" || mark === "✓") return "done";
  if (mark === "-" || mark === "~") return "in-progress";
  return mark === "!" ? "failed" : "open";
}
