import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import { deedOf } from "./deed.ts";
import { bare, clause, count, inline, lowered, sentence, short } from "./markdown.ts";
import { quotesRequirements, tidy, withoutCitations } from "./plain-words.ts";
import type { PlanModel } from "./plan-model.ts";

type Component = ArchitectureDesign["components"][number];

/** Longest deed of one requirement. */
const DEED = 120;
/** Longest description taken as it is. */
const DESCRIPTION = 300;

/** What a component does: its description, or where that only quotes requirements, up to `most` of them as short deeds. */
export function purposeOf(
  { facts }: PlanModel,
  { responsibility, requirements }: Component,
  most: number,
): string {
  if (!quotesRequirements(responsibility) || requirements.length === 0)
    return sentence(inline(short(withoutCitations(responsibility), DESCRIPTION)));
  const deeds = requirements
    .slice(0, most)
    .map((id) =>
      inline(
        lowered(tidy(bare(clause(deedOf(facts.textOf(normalId(id))).split(/;\s/)[0] ?? "", DEED)))),
      ),
    )
    .filter((deed) => deed !== "");
  const rest = requirements.length - deeds.length;
  return sentence(
    `${raised(deeds.join("; "))}${rest > 0 ? `; and ${count(rest, "more requirement")}` : ""}`,
  );
}

const raised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
