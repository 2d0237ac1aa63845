import type { Spec, SpecItem } from "../../../../spec/model.ts";
import { HIGH_RISK } from "../../../../stage/checks/risk-mitigations.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import { oneLine } from "../../../../core/text.ts";
import { plain, termsOf } from "../text/terms.ts";
import type { Facts } from "./facts.ts";
import type { Conflict, Findings } from "./finding.ts";
import { sharedTerms } from "./terms.ts";

interface Statement {
  readonly source: string;
  readonly text: string;
}

const at = (what: string, item: { readonly line: number }) => `${what} (spec line ${item.line})`;
const quote = (text: string) => oneLine(plain(text), 220);

/** Statements of the spec that cannot both hold. Only pairs that rules can decide; wording alone never counts. */
export function specContradictions(facts: Facts): Findings {
  const { spec } = facts;
  const required = spec.requirements.map((item) => ({
    source: at(normalId(item.id), item),
    text: item.text,
  }));
  const conflicts = [
    ...contradictionsAmongRisks(facts),
    ...answersAgainstRequirements(spec, required),
    ...excludedButRequired(spec.outOfScope, required),
  ];
  return { conflicts };
}

/** Risks of this category are statements of the spec that exclude each other; a person has to choose. */
export const CONTRADICTION = "contradiction";

/** `What is wrong: A says “x”, B says “y”.` as the built-in risk analyst writes it. */
const BOTH_SIDES = /^(.+?): (.+?) says (“.+?”), (.+?) says (“.+?”)\.?$/;

/** `FR-009 (line 97)` → `FR-009`; empty for other sources. */
const requirementIn = (source: string) => normalId(/^N?FR-\w+/i.exec(source)?.[0] ?? "");

/** Contradictions that the risk analyst recognised: more than a risk, they need a decision. */
function contradictionsAmongRisks({ analyses, textOf }: Facts): readonly Conflict[] {
  return (analyses.risk?.risks ?? [])
    .filter(({ category }) => category === CONTRADICTION)
    .map(({ id, description, sources, score, mitigation, owner }) => {
      const [, topic, one, said, other, saidToo] = BOTH_SIDES.exec(description) ?? [];
      const statements =
        topic && one && said && other && saidToo
          ? [
              { source: one, text: textOf(requirementIn(one)) || said },
              { source: other, text: textOf(requirementIn(other)) || saidToo },
            ]
          : [
              { source: `risk ${id}`, text: description },
              { source: "spec", text: `Both are stated: ${sources.join(", ") || "see the risk"}.` },
            ];
      return {
        ...escalated(
          topic ?? "Statements that exclude each other",
          score >= HIGH_RISK ? "high" : "medium",
          statements,
        ),
        advice: mitigation,
        decider: owner,
      };
    });
}

const QUANTITY =
  /(\d+(?:\.\d+)?)\s*-?\s*(seconds?|minutes?|hours?|days?|weeks?|months?|years?|characters?|attempts?|items?|users?|MB|GB|%)/gi;

const quantities = (text: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const [, number = "", unit = ""] of text.matchAll(QUANTITY)) {
    const key = unit.toLowerCase().replace(/s$/, "");
    found.set(key, (found.get(key) ?? new Set()).add(String(Number(number))));
  }
  return found;
};

/** Terms that an answer and a requirement must share before their figures are compared. */
const SAME_SUBJECT = 4;

/** A clarification answered with one figure, and a requirement on the same subject that still has another. */
function answersAgainstRequirements(
  spec: Spec,
  required: readonly Statement[],
): readonly Conflict[] {
  return spec.answered.flatMap((answered) => {
    const text = `${answered.question} ${answered.answer}`;
    const decided = quantities(answered.answer);
    return required
      .filter(
        (requirement) =>
          sharedTerms(text, requirement.text).length >= SAME_SUBJECT &&
          [...quantities(requirement.text)].some(([unit, figures]) => {
            const answer = decided.get(unit);
            return (
              answer?.size === 1 && figures.size === 1 && [...figures].every((n) => !answer.has(n))
            );
          }),
      )
      .map((requirement) =>
        escalated("A clarification and a requirement state different figures", "high", [
          { source: at("Clarification", answered), text: answered.answer },
          requirement,
        ]),
      );
  });
}

/** Something declared out of scope whose words a requirement repeats almost whole. */
function excludedButRequired(
  excluded: readonly SpecItem[],
  required: readonly Statement[],
): readonly Conflict[] {
  return excluded.flatMap((item) => {
    const subject = item.text.split(/[(:—]/)[0] ?? "";
    const terms = termsOf(subject);
    if (terms.size < 3) return [];
    return required
      .filter(
        ({ text }) =>
          sharedTerms(subject, text).length >= Math.max(3, Math.ceil(terms.size * 0.8)) &&
          !/\bnot\b|\bno\b|without|out of scope/i.test(text),
      )
      .map((requirement) =>
        escalated("Something out of scope may be required", "medium", [
          { source: at("Out of scope", item), text: item.text },
          requirement,
        ]),
      );
  });
}

const escalated = (
  topic: string,
  severity: Conflict["severity"],
  statements: readonly Statement[],
): Conflict => ({
  topic,
  severity,
  statements: statements.map(({ source, text }) => ({ source, statement: quote(text) })),
  fate: "escalated",
  resolution: null,
});
