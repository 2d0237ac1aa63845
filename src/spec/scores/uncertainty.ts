import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Spec } from "../model.ts";
import { counted, scoreOf, shareOf, spreading, type Score } from "./score.ts";

const HEDGED =
  /\b(?:should|may|might|could|can optionally|optionally|ideally|preferably|if possible|tbd|to be (?:decided|defined|determined))\b/i;

/** Open questions that take half of their weight; three are the most that Spec Kit's own template allows. */
const TYPICAL_OPEN = 2;

/**
 * How much is not known yet, although it decides what is built (ST-16): 0 is nothing, 100 everything. Not the opposite of
 * clarity: a spec can say very clearly that it has not decided. `diagnostics` must be `checkSpec`'s.
 */
export function uncertaintyOf(spec: Spec, diagnostics: readonly Diagnostic[]): Score {
  const undecided = diagnostics.filter(({ code }) => code === "SPEC_UNDECIDED").length;
  const open = spec.clarifications.length + undecided;
  const asked = spec.edgeCases.filter(({ text }) => /\?\s*$/.test(text.trim())).length;
  const obligations = [...spec.requirements, ...spec.unnumbered];
  const required = obligations.length;
  const hedged = obligations.filter(({ text }) => HEDGED.test(text)).length;
  const untestable = new Set(
    diagnostics
      .filter(({ code }) => code === "SPEC_UNTESTABLE_REQUIREMENT")
      .map(({ place }) => place.line),
  ).size;
  const assumed = spec.assumptions.length;
  return scoreOf([
    {
      name: "open-questions",
      counted: counted(open, "open question or TBD", "open questions or TBDs"),
      weight: 50,
      share: required === 0 ? 1 : spreading(open, TYPICAL_OPEN),
    },
    {
      name: "edge-cases-without-answer",
      counted: `${asked} of ${counted(spec.edgeCases.length, "edge case")} only asked`,
      weight: 20,
      // Nobody thought of any: half of them may turn up.
      share: shareOf(asked, spec.edgeCases.length, 0.5),
    },
    {
      name: "assumptions",
      counted: `${counted(assumed, "assumption")} for ${counted(required, "requirement")}`,
      weight: 10,
      share: shareOf(assumed, assumed + required, 1),
    },
    {
      name: "hedged-requirements",
      counted: `${hedged} of ${counted(required, "requirement")} hedged (should, may, if possible)`,
      weight: 10,
      share: shareOf(hedged, required, 1),
    },
    {
      name: "untestable-requirements",
      counted: `${untestable} of ${counted(required, "requirement")} that nothing verifies`,
      weight: 10,
      share: Math.min(1, shareOf(untestable, required, 1)),
    },
  ]);
}
