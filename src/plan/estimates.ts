import type { Estimate } from "./model.ts";

/** 8 hours a day, 5 days a week. */
export const WORKING_MINUTES = { day: 480, week: 2400 } as const;

/** Minutes of what has no estimate, by kind. A working assumption, the same for all, so that ratios and not hours are read from it. */
export const DEFAULT_MINUTES = { task: 30, verification: 10, check: 10 } as const;

export const defaultEstimate = (kind: keyof typeof DEFAULT_MINUTES): Estimate => ({
  minutes: DEFAULT_MINUTES[kind],
  source: "default",
});
