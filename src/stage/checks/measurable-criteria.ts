import { isMeasurable } from "../../spec/checks/criteria.ts";
import type { Spec } from "../../spec/model.ts";
import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";

/** Ids of success criteria that state neither a number nor a condition that is true or false (PL-05). */
export const unmeasurableCriteria = (spec: Spec): readonly string[] =>
  spec.criteria.filter((criterion) => !isMeasurable(criterion)).map(({ id }) => id);

/** Success criteria can be measured. Not blocking: it is the spec that has to change. */
export function checkMeasurableCriteria({ spec }: CheckSubject): CheckResult {
  return outcome(
    {
      id: "measurable-criteria",
      title: "Success criteria of the spec can be measured",
      blocking: false,
    },
    unmeasurableCriteria(spec).map(
      (id) => `${id} states no number and no condition that can be decided: ask for one.`,
    ),
  );
}
