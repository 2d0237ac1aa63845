import type { Spec } from "../../spec/model.ts";
import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";

const NUMBER = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|zero|half|twice)\b|%/i;
/** Words that make a criterion decidable without a number. */
const DECIDABLE =
  /\b(?:all|every|each|any|no|none|never|always|only|must not|cannot|without|immediately|single|first|exactly|same|both)\b/i;

/** Ids of success criteria that state neither a number nor a condition that is true or false (PL-05). */
export const unmeasurableCriteria = (spec: Spec): readonly string[] =>
  spec.criteria
    .filter(({ text }) => !NUMBER.test(text) && !DECIDABLE.test(text))
    .map(({ id }) => id);

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
