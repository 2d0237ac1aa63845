import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { citeOf, hitsOf, type Statement } from "../analysis/evidence.ts";
import type { Choice, ChoiceOption } from "./choice.ts";
import { DATA_CHOICES } from "./data-choices-lexicon.ts";
import { SERVICE_CHOICES } from "./service-choices-lexicon.ts";

/** Pros or cons with, where a remark holds only because of something the spec says, the place that says it. */
function remarks(list: ChoiceOption["pros"], statements: readonly Statement[]): string[] {
  return list.flatMap((remark) => {
    if (typeof remark === "string") return [remark];
    const hit = hitsOf(statements, remark.when)[0];
    return hit ? [`${remark.text} (${citeOf(hit.statement)}: "${hit.words}")`] : [];
  });
}

function decide(
  choice: Choice,
  statements: readonly Statement[],
): ArchitectureDesign["alternatives"] {
  if (choice.unless && statements.some(({ text }) => choice.unless?.test(text))) return [];
  const binding = statements.filter(
    ({ kind }) => kind !== "assumption" && kind !== "dependency" && kind !== "constraint",
  );
  const trigger = hitsOf(binding, choice.when)[0];
  if (!trigger) return [];
  const decided = choice.options.map((option) =>
    option.decided ? hitsOf(statements, option.decided)[0] : undefined,
  );
  const chosen = decided.filter((hit) => hit !== undefined);
  const several = chosen.length > 1;
  return choice.options.map((option, index) => {
    const hit = decided[index];
    const decision = chosen.length === 0 || (several && hit) ? "open" : hit ? "chosen" : "rejected";
    return {
      topic: `${choice.topic} (${citeOf(trigger.statement)}: "${trigger.words}")`,
      option: option.name,
      pros: remarks(option.pros, statements),
      cons: remarks(option.cons, statements),
      decision,
      ...(hit && { decided_by: `${citeOf(hit.statement)}: "${hit.words}"` }),
    };
  });
}

/** Choices this spec raises, with the option it decides for; open where it decides for none or names several. */
export const alternativesOf = (
  statements: readonly Statement[],
): ArchitectureDesign["alternatives"] =>
  [...SERVICE_CHOICES, ...DATA_CHOICES].flatMap((choice) => decide(choice, statements));
