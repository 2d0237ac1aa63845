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

/** Open clarifications that take half of their weight. */
const TYPICAL_OPEN = 2;

const linesOf = (diagnostics: readonly Diagnostic[], codes: ReadonlySet<string>) =>
  new Set(diagnostics.filter(({ code }) => codes.has(code)).map(({ place }) => place.line));

/**
 * How surely two readers would build the same (ST-16): 100 is clear, 0 is nothing to go by. From the findings of the
 * same rules that `wavegate check` shows, so that mending those raises it. `diagnostics` must be `checkSpec`'s.
 */
export function clarityOf(spec: Spec, diagnostics: readonly Diagnostic[]): Score {
  const unclear = linesOf(diagnostics, UNCLEAR);
  const vague = linesOf(diagnostics, new Set(["SPEC_CRITERION_NOT_MEASURABLE"]));
  const obligations = [...spec.requirements, ...spec.unnumbered];
  const clear = obligations.filter(({ line }) => !unclear.has(line)).length;
  const told = spec.stories.filter(({ scenarios }) => scenarios.some(({ then }) => then)).length;
  const measurable = spec.criteria.filter(({ line }) => !vague.has(line)).length;
  const kinds = [spec.stories, spec.requirements, spec.criteria];
  const present = kinds.filter((list) => list.length > 0).length;
  const open = spec.clarifications.length;
  return scoreOf([
    {
      name: "clear-requirements",
      counted: `${clear} of ${counted(obligations.length, "requirement")} without a finding`,
      weight: 65,
      // A plan rests on several at once: the share of pairs of which both are clear.
      share: shareOf(clear, obligations.length, 0) ** 2,
    },
    {
      name: "stories-with-scenarios",
      counted: `${told} of ${counted(spec.stories.length, "story", "stories")} with a scenario that says what follows`,
      weight: 10,
      share: shareOf(told, spec.stories.length, 0),
    },
    {
      name: "measurable-criteria",
      counted: `${measurable} of ${counted(spec.criteria.length, "success criterion", "success criteria")} measurable`,
      weight: 10,
      share: shareOf(measurable, spec.criteria.length, 0),
    },
    {
      name: "kinds-of-content",
      counted: `${present} of 3: stories, requirements, success criteria`,
      weight: 5,
      share: present / kinds.length,
    },
    {
      name: "no-open-questions",
      counted: counted(open, "open clarification"),
      weight: 10,
      share: obligations.length === 0 ? 0 : 1 - growing(open, TYPICAL_OPEN),
    },
  ]);
}
