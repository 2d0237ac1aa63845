import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Spec } from "../model.ts";
import { counted, growing, scoreOf, shareOf, type Score } from "./score.ts";

const HEDGED =
  /\b(?:should|may|might|could|can optionally|optionally|ideally|preferably|if possible|tbd|to be (?:decided|defined|determined))\b/i;

/**
 * How much is not known yet, although it decides what is built: 0 is nothing, 100 everything. Not the opposite of
 * clarity: a spec can say very clearly that it has not decided. `diagnostics` must be `checkSpec`'s.
 */
export function uncertaintyOf(spec: Spec, diagnostics: readonly Diagnostic[]): Score {
  const undecided = diagnostics.filter(({ code }) => code === "SPEC_UNDECIDED").length;
  const open = spec.clarifications.length + undecided;
  const asked = spec.edgeCases.filter(({ text }) => /\?\s*$/.test(text.trim())).length;
  const requirements = spec.requirements.length;
  const hedged = spec.requirements.filter(({ text }) => HEDGED.test(text)).length;
  const untested = diagnostics.filter(({ code }) => code === "SPEC_UNTESTABLE_REQUIREMENT").length;
  const assumed = spec.assumptions.length;
  return scoreOf([
    {
      name: "open-questions",
      counted: counted(open, "open question or TBD", "open questions or TBDs"),
      weight: 40,
      share: requirements === 0 ? 1 : growing(open, 2),
    },
    {
      name: "edge-cases-without-answer",
      counted: `${asked} of ${counted(spec.edgeCases.length, "edge case")} only asked`,
      weight: 20,
      share: shareOf(asked, spec.edgeCases.length, 0.5),
    },
    {
      name: "assumptions",
      counted: `${counted(assumed, "assumption")} for ${counted(requirements, "requirement")}`,
      weight: 15,
      share: shareOf(assumed, assumed + requirements, 1),
    },
    {
      name: "hedged-requirements",
      counted: `${hedged} of ${counted(requirements, "requirement")} hedged (should, may, if possible)`,
      weight: 15,
      share: shareOf(hedged, requirements, 1),
    },
    {
      name: "untestable-requirements",
      counted: `${untested} of ${counted(requirements, "requirement")} that nothing verifies`,
      weight: 10,
      share: Math.min(1, shareOf(untested, requirements, 1)),
    },
  ]);
}
