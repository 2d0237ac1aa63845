import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Spec } from "../model.ts";
import { counted, growing, scoreOf, shareOf, type Score } from "./score.ts";

/** Findings of `checkSpec` that leave open what a requirement means. */
const UNCLEAR: ReadonlySet<string> = new Set([
  "SPEC_OPEN_CLARIFICATION",
  "SPEC_UNDECIDED",
  "SPEC_TEMPLATE_TEXT",
  "SPEC_VAGUE_WORDING",
  "SPEC_ESCAPE_CLAUSE",
  "SPEC_OPEN_ENDED",
  "SPEC_AND_OR",
  "SPEC_UNTESTABLE_REQUIREMENT",
  "SPEC_CONTRADICTION",
  "SPEC_REQUIREMENT_WITHOUT_ID",
]);

/**
 * How surely two readers would build the same: 100 is clear, 0 is nothing to go by. From the findings of the same
 * rules that `wavegate check` shows, so that mending those raises it. `diagnostics` must be `checkSpec`'s.
 */
export function clarityOf(spec: Spec, diagnostics: readonly Diagnostic[]): Score {
  const unclear = new Set(
    diagnostics.filter(({ code }) => UNCLEAR.has(code)).map(({ place }) => place.line),
  );
  const obligations = [...spec.requirements, ...spec.unnumbered];
  const clear = obligations.filter(({ line }) => !unclear.has(line)).length;
  const told = spec.stories.filter(({ scenarios }) => scenarios.some(({ then }) => then)).length;
  const vague = new Set(
    diagnostics
      .filter(({ code }) => code === "SPEC_CRITERION_NOT_MEASURABLE")
      .map(({ place }) => place.line),
  );
  const measurable = spec.criteria.filter(({ line }) => !vague.has(line)).length;
  const parts = [spec.stories, spec.requirements, spec.criteria];
  const present = parts.filter((list) => list.length > 0).length;
  const open = spec.clarifications.length;
  return scoreOf([
    {
      name: "clear-requirements",
      counted: `${clear} of ${counted(obligations.length, "requirement")} without a finding`,
      weight: 40,
      share: shareOf(clear, obligations.length, 0),
    },
    {
      name: "stories-with-scenarios",
      counted: `${told} of ${counted(spec.stories.length, "story", "stories")} with a scenario that says what follows`,
      weight: 20,
      share: shareOf(told, spec.stories.length, 0),
    },
    {
      name: "measurable-criteria",
      counted: `${measurable} of ${counted(spec.criteria.length, "success criterion", "success criteria")} measurable`,
      weight: 15,
      share: shareOf(measurable, spec.criteria.length, 0),
    },
    {
      name: "sections",
      counted: `${present} of 3 kinds of content (stories, requirements, criteria)`,
      weight: 15,
      share: present / parts.length,
    },
    {
      name: "no-open-questions",
      counted: counted(open, "open clarification"),
      weight: 10,
      share: spec.requirements.length === 0 ? 0 : 1 - growing(open, 2),
    },
  ]);
}
