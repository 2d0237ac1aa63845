import type { BoxState } from "../model.ts";

/** Whether nothing is left to do: done, or skipped. */
export const finished = (state: BoxState): boolean => state === "done" || state === "skipped";
