import type { Contradiction } from "../../../../repository/model.ts";
import { isTemplate } from "../../../../repository/constitution-rules.ts";
import type { ConsistencyAssessment } from "../../../../stage/contracts/quality.ts";
import { notLookedAt, type QualityFacts } from "./facts.ts";
import { counted, few, numbered, said, scoreByFindings, type Draft } from "./make-finding.ts";

type Answer = { readonly consistency_assessment: ConsistencyAssessment };

/** Whether the documents agree with each other and with the constitution (contract `consistency_assessment`). */
export function reviewConsistency(facts: QualityFacts): Answer {
  const findings = numbered("CONS", [
    ...facts.measured.contradictions.map(contradiction),
    ...ownContradictions(facts),
    ...brokenRules(facts),
    ...doneButOpen(facts),
  ]);
  return {
    consistency_assessment: {
      score: scoreByFindings(findings),
      findings,
      unknowns: [...undecidedRules(facts), ...notLookedAt(facts)],
    },
  };
}

const BY_KIND: Readonly<
  Record<Contradiction["kind"], Pick<Draft, "severity" | "impact" | "resolution">>
> = {
  number: {
    severity: "high",
    impact: "Whoever builds by the plan builds something other than what was asked for.",
    resolution: "Decide which number holds, and write it in both documents.",
  },
  "unknown-id": {
    severity: "medium",
    impact: "Work is planned for something that nobody asked for, or the specification lost it.",
    resolution: "Add the requirement to the specification, or correct the id.",
  },
  spelling: {
    severity: "low",
    impact: "Tools and people that search for the id do not find it.",
    resolution: "Write the id as the specification does.",
  },
  "entity-missing": {
    severity: "low",
    impact: "It may have been forgotten, or is called otherwise there.",
    resolution: "Use the specification's word for it, or say where it is kept.",
  },
};

const contradiction = ({ kind, document, line, ids, message, quote }: Contradiction): Draft => ({
  ...BY_KIND[kind],
  title: message,
  place: line === null ? document : `${document}:${line}`,
  evidence: `${line === null ? document : `${document}:${line}`} reads ${said(quote, 200)}.`,
  requirements: kind === "unknown-id" ? [] : ids,
});

/** Contradictions within the specification: found by likeness of words, so only probable. */
const ownContradictions = ({ diagnostics }: QualityFacts): readonly Draft[] =>
  diagnostics
    .filter(({ code }) => code === "SPEC_CONTRADICTION")
    .map(({ message, place, hint }) => ({
      severity: "medium",
      certainty: "guess",
      title: `The specification seems to contradict itself at line ${place.line ?? 1}`,
      place: `spec.md:${place.line ?? 1}`,
      evidence: message,
      impact: "If it does, at least one of the two cannot be met.",
      resolution: hint,
    }));

function brokenRules({ measured, documents }: QualityFacts): readonly Draft[] {
  const text = documents["constitution.md"] ?? "";
  const template: readonly Draft[] = isTemplate(text)
    ? [
        {
          severity: "low",
          title: "The constitution is still the template that it was made from",
          place: "constitution.md",
          evidence: "It has at least three names in brackets that nobody filled in.",
          impact: "The project has no rules that work could be held against.",
          resolution: "Fill it in, or remove it.",
        },
      ]
    : [];
  const broken = measured.constitution
    .filter(({ verdict }) => verdict === "broken")
    .map(({ line, text: rule, reason, places }): Draft => ({
      severity: "high",
      title: `A rule of the constitution does not hold: ${said(rule, 100)}`,
      place: places[0] ?? `constitution.md:${line}`,
      evidence: `constitution.md:${line}; ${reason}${places.length > 0 ? `: ${few(places, 6)}` : ""}.`,
      impact: "The project does not keep to what it has given itself.",
      resolution: "Mend the places, or change the rule where it was meant otherwise.",
    }));
  return [...template, ...broken];
}

/** Requirements that wait for an answer although all their tasks are ticked. */
function doneButOpen({ measured, spec }: QualityFacts): readonly Draft[] {
  const open = new Map(spec.clarifications.map(({ within, line }) => [within, line]));
  return measured.traceability.rows
    .filter(({ id, done }) => done === true && open.has(id))
    .map(({ id }) => ({
      severity: "high",
      title: `${id} counts as done and still waits for an answer`,
      place: `spec.md:${open.get(id) ?? 1}`,
      evidence: `All tasks that name ${id} are ticked; the specification has an open clarification in it.`,
      impact: "It was built on a guess that nobody confirmed.",
      resolution: "Let the question be answered, and compare what was built with the answer.",
      requirements: [id],
    }));
}

function undecidedRules({ measured, documents }: QualityFacts): readonly string[] {
  if (documents["constitution.md"] === undefined) return [];
  const open = measured.constitution.filter(({ verdict }) => verdict === "not decided");
  const held = measured.constitution.filter(({ verdict }) => verdict === "holds").length;
  return [
    `Of ${counted(measured.constitution.length, "rule")} of the constitution, ${held} hold by rule and ${open.length} need a reader${
      open.length > 0
        ? `: lines ${few(
            open.map(({ line }) => String(line)),
            20,
          )}`
        : ""
    }.`,
  ];
}
