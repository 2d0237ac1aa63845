import type { Diagnostic } from "../../../../core/diagnostic.ts";
import { checkSpec } from "../../../../spec/check-spec.ts";
import type { Spec } from "../../../../spec/model.ts";
import type { ClarificationQuestions } from "../../../../stage/contracts/discovery.ts";
import { openEdgeCases } from "../analysis/edge-cases.ts";
import { surroundingsOf } from "../analysis/surroundings.ts";
import { audienceOf } from "../synthesis/audience.ts";
import { openMarker } from "./open-marker.ts";
import { optionsIn, type Choice } from "./options-in.ts";
import { isSameQuestion } from "./same-question.ts";

type Question = ClarificationQuestions["questions"][number];

/** Most questions that a person is asked at once; the rest is counted. */
const MOST = 25;

/** What findings of `wavegate check` ask, by code. `{at}` is the id or line that they are about. */
const ASKED: Readonly<
  Record<string, { readonly question: string; readonly decides: string; readonly choice?: Choice }>
> = {
  SPEC_UNDECIDED: {
    question: "What is meant where {at} says that it is still to be decided?",
    decides: "whether the work on it can begin",
  },
  SPEC_TEMPLATE_TEXT: {
    question: "What belongs where {at} still holds the template's text?",
    decides: "whether it is part of the feature at all",
  },
  SPEC_VAGUE_WORDING: {
    question: "By what figure or case can somebody tell that {at} is met?",
    decides: "when the work on it is finished",
  },
  SPEC_ESCAPE_CLAUSE: {
    question: "When exactly does {at} apply, and when not?",
    decides: "whether it has to be built",
    choice: {
      options: ["always", "never in this version"],
      recommended: "always",
      because: "a demand that is written down counts until somebody takes it back",
    },
  },
  SPEC_OPEN_ENDED: {
    question: "What else belongs to the list of {at}?",
    decides: "its scope",
    choice: {
      options: ["only what is named", "more"],
      recommended: "only what is named",
      because: "nothing else is known",
    },
  },
  SPEC_AND_OR: {
    question: "Does {at} ask for both, or is one of them enough?",
    decides: "how much has to be built",
    choice: {
      options: ["both", "one of them"],
      recommended: "one of them",
      because: "the other can be added without changing the first",
    },
  },
  SPEC_UNTESTABLE_REQUIREMENT: {
    question: "How will somebody see that {at} works?",
    decides: "its test, and when it is finished",
  },
  SPEC_CRITERION_NOT_MEASURABLE: {
    question: "By which number or condition is {at} measured?",
    decides: "whether the feature has succeeded",
  },
  SPEC_STORY_WITHOUT_SCENARIO: {
    question: "What does a person do in {at}, and what do they see then?",
    decides: "what its tasks and tests are",
  },
};

/** Clarification Analyst: what the text leaves open, most important first, and what to go on with until it is answered. */
export function askQuestions(
  spec: Spec,
  text: string,
): { clarification_questions: ClarificationQuestions } {
  const ask = audienceOf(spec)[0] ?? "the author of the specification";
  const marked = spec.clarifications.map((marker): Question => ({
    ...openMarker(marker),
    ask: "the author of the specification",
    decides:
      marker.within === undefined ? "the part that it stands in" : `how ${marker.within} is built`,
    ...withChoice(optionsIn(marker.question)),
    place: `line ${marker.line}`,
  }));
  const edges = openEdgeCases(surroundingsOf(spec)).map(({ text: question, line }): Question => ({
    question,
    ask,
    decides: "what happens in this case, and its test",
    ...withChoice(optionsIn(question)),
    place: `line ${line}`,
    requirements: [],
  }));
  const all = distinct([...marked, ...edges, ...found(spec, checkSpec(spec, text))]);
  const left = all.length - MOST;
  return {
    clarification_questions: {
      questions: all.slice(0, MOST),
      unknowns: [
        ...(left > 0 ? [`${left} more questions of less weight: see wavegate check.`] : []),
        "What the people concerned would answer is not in the text.",
      ],
    },
  };
}

const withChoice = ({ options, recommended, because }: Choice) => ({
  options: [...options],
  recommended,
  because,
});

const NONE: Choice = { options: [], recommended: null, because: null };

/** Findings as questions, one for each place and code, in the order of the table. */
function found(spec: Spec, diagnostics: readonly Diagnostic[]): readonly Question[] {
  const items = [...spec.requirements, ...spec.criteria, ...spec.stories];
  return Object.entries(ASKED).flatMap(([code, { question, decides, choice }]) =>
    diagnostics
      .filter((diagnostic) => diagnostic.code === code)
      .map(({ place: { line } }): Question => {
        const item = items.find((one) => one.line === line);
        const at = item?.id ?? `line ${line ?? 1}`;
        return {
          question: question.replace("{at}", at),
          ask: "the author of the specification",
          decides,
          ...withChoice(choice ?? NONE),
          place: `line ${line ?? 1}`,
          requirements: item ? [item.id] : [],
        };
      }),
  );
}

/** Each question once, about all that it was found in; a marker in a requirement and the same in a list of questions are one. */
function distinct(questions: readonly Question[]): readonly Question[] {
  const kept: Question[] = [];
  for (const one of questions) {
    const at = kept.findIndex((other) => isSameQuestion(one, other));
    const same = kept[at];
    if (!same) kept.push(one);
    else {
      const placed = same.requirements.length > 0 ? same : one;
      const requirements = [...new Set([...same.requirements, ...one.requirements])];
      kept[at] = { ...placed, requirements };
    }
  }
  return kept;
}
