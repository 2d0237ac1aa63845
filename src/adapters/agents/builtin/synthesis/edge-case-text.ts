import type { Spec } from "../../../../spec/model.ts";
import type { RiskAssessment } from "../../../../stage/contracts/planning.ts";
import { plain } from "../text/terms.ts";
import { bare, inline, sentence } from "./markdown.ts";

type EdgeCase = RiskAssessment["edge_cases"][number];

/** An edge case with what is done about it, in the author's words and punctuation where the spec has both in one line. */
export function edgeCaseText({ description, handling }: EdgeCase, spec: Spec): string {
  if (handling === null) return sentence(inline(description));
  const own = spec.edgeCases
    .map(({ text }) => plain(text))
    .find((text) => text.startsWith(bare(description)) && text.endsWith(bare(handling)));
  if (own !== undefined) return sentence(inline(own));
  const join = /[?!.:]\s*$/.test(description) ? " " : ": ";
  return sentence(inline(`${description.trim()}${join}${handling}`));
}
