import { toJson } from "../../../src/core/json.ts";

/** Three points around a likely number of days. */
export const days = (likely: number) => ({ optimistic: 1, likely, pessimistic: 9 });

/** An estimation of one phase with one task of two likely days, saying `total` in all. */
export const estimation = (id: string, total: number) =>
  toJson({
    project_estimation: {
      method: "three points",
      phases: [
        {
          id: `P${id}`,
          name: `Phase ${id}`,
          goal: "it works",
          effort_days: days(2),
          tasks: [{ id: `T-${id}`, title: "Build", effort_days: days(2) }],
        },
      ],
      total_effort_days: days(total),
      confidence: "low",
    },
  });
