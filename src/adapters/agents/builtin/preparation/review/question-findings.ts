import { idsIn, normalId } from "../../../../../stage/checks/ids.ts";
import type { Findings, OpenQuestion } from "../../review/finding.ts";
import { distinct } from "../../review/question-findings.ts";
import { plain } from "../../text/terms.ts";
import type { PreparationFacts } from "./preparation-facts.ts";
import { PART_NAMES } from "./read-preparations.ts";

/** Markers of the spec, what the plan left undecided, its questions and open choices; one asked by several is asked once. */
export function openPoints({ basis }: PreparationFacts): Findings {
  const { spec, plan, around } = basis;
  const urgent = (id: string | undefined): boolean =>
    around.demands.some((demand) => demand.id === id && demand.rank <= "P1") ||
    spec.stories.some((story) => story.id === id && (story.priority ?? "P9") <= "P1");
  const marked = spec.clarifications.map(({ question, within, line }): OpenQuestion => ({
    question: `${capital(plain(question))} (${within === undefined ? "" : `${within}, `}line ${line})`,
    source: `spec line ${line}`,
    blocking: urgent(within),
  }));
  const asked = plan.questions.map((question): OpenQuestion => ({
    question,
    source: "plan.md",
    blocking: false,
  }));
  const choices = plan.decisions
    .filter(({ chosen, options }) => chosen === "" && options.length > 1)
    .map(({ topic, options }): OpenQuestion => ({
      question: `Which is it for ${lowerFirst(topic)}: ${options.map((option) => `“${option}”`).join(" or ")}?`,
      source: "plan.md",
      blocking: false,
    }));
  const undecided = plan.undecided.map(({ id, topic, grave, statements }): OpenQuestion => ({
    question: `${id} of plan.md is still to be decided: ${[topic, ...statements].map(withoutStop).join("; ")}.`,
    source: "plan.md",
    blocking: grave,
  }));
  return { questions: [...undecided, ...distinct([...marked, ...asked, ...choices])] };
}

const withoutStop = (text: string): string => text.replace(/[.\s]+$/, "");
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** What the specialists said they could not know, each once with its source. */
export function unknownsTold(facts: PreparationFacts): Findings {
  const told = new Map<string, string>();
  for (const part of PART_NAMES)
    for (const unknown of facts[part]?.unknowns ?? [])
      if (!told.has(unknown)) told.set(unknown, part);
  return {
    gaps: [...told].map(([description, source]) => ({
      description,
      affects: idsIn(description).map(normalId),
      source,
    })),
  };
}
