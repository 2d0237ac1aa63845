import { counted } from "../../../../spec/scores/score.ts";
import type { Surroundings } from "../analysis/surroundings.ts";
import { estimateOf } from "./effort.ts";
import { taskId, type Context, type PhaseWithTasks } from "./planned-task.ts";
import { ENABLING_HOURS } from "./sizing-constants.ts";

/** What is tried, measured and walked through at the end, with its hours. */
function workOf({ spec, scenarios, demands }: Surroundings) {
  return [
    {
      title:
        scenarios.length > 0
          ? scenarios.length === 1
            ? "Run the acceptance scenario on the whole"
            : `Run all ${scenarios.length} acceptance scenarios together`
          : "Walk through every requirement with its author",
      hours: Math.max(ENABLING_HOURS.project / 2, scenarios.length * ENABLING_HOURS.scenario),
      ids: demands.map(({ id }) => id),
    },
    {
      title: `Measure ${spec.criteria.map(({ id }) => id).join(", ")}`,
      hours: spec.criteria.length * ENABLING_HOURS.criterion,
      ids: spec.criteria.map(({ id }) => id),
    },
    {
      title:
        spec.edgeCases.length === 1
          ? "Try the edge case"
          : `Try the ${spec.edgeCases.length} edge cases`,
      hours: spec.edgeCases.length * ENABLING_HOURS.edgeCase,
      ids: [],
    },
  ].filter(({ hours }) => hours > 0);
}

/**
 * The last phase: all scenarios, measurements and edge cases together.
 * @param from number of its first task
 * @param last ids of the tasks that nothing else waits for
 */
export function verification(
  { around }: Context,
  from: number,
  last: readonly string[],
): PhaseWithTasks {
  const { spec } = around;
  return {
    key: "verification",
    name: "Verification",
    goal: "Show with evidence that the whole holds together, not only its parts.",
    story: undefined,
    deliverables: [
      "Results of all scenarios, measurements and edge cases",
      ...(spec.criteria.length > 0
        ? [
            `Measured values of ${counted(spec.criteria.length, "success criterion", "success criteria")}`,
          ]
        : []),
    ],
    tasks: workOf(around).map(({ title, hours, ids }, index) => ({
      id: taskId(from + index),
      title,
      requirements: ids,
      depends_on: [...last],
      effort_days: estimateOf(hours, spec.clarifications.length === 0),
      size_cfp: 0,
    })),
  };
}
