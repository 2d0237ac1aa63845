import { plain, stem, termsOf } from "../text/terms.ts";
import { sharedCount } from "./relevance.ts";
import type { Surroundings } from "./surroundings.ts";

/** An edge case of the spec with what the spec says is done about it. */
export interface ReadEdgeCase {
  readonly text: string;
  readonly line: number;
  /** Its own answer, or the requirement or scenario that covers it with its id; undefined when nothing does. */
  readonly handling: string | undefined;
  /** The answer stands in the edge case itself. */
  readonly answered: boolean;
}

/** Least share of a question's subject that a requirement or scenario must hold to count as its answer. */
const SHARE = 0.55;

/** Split `What happens when …? It is rejected.` and `**Token expired**: a message …` into question and answer. */
function split(text: string): { readonly question: string; readonly answer: string | undefined } {
  const asked = /^(.{8,}?[?？])["”']?\s*(?:[-–—→:]\s*)?(.{6,})$/su.exec(text);
  if (asked) return { question: asked[1] ?? text, answer: asked[2] };
  const labelled =
    /^([^:?]{6,140})\s?:\s+(.{10,})$/su.exec(text) ??
    /^(.{6,140}?)\s+(?:→|->|—|–)\s+(.{6,})$/su.exec(text);
  if (labelled && !text.trim().endsWith("?"))
    return { question: labelled[1] ?? text, answer: labelled[2] };
  return { question: text, answer: text.includes("?") ? undefined : text };
}

/** `only one pending withdrawal request per child`: the last noun is what there is one of. */
const ONLY_ONE =
  /\b(?:only|at most|no more than) one ((?:[\p{L}-]+ ){0,3}?[\p{L}-]+?) (?:per\b|at a time\b|for each\b|at once\b)/iu;
/** `submits multiple requests`: somebody does what a limit forbids. */
const SEVERAL =
  /\b(?:submit|create|make|open|place|start|send|hold|have|ha)s? (?:multiple|several|two|more than one) (?:[\p{L}-]+ ){0,2}?([\p{L}-]+)\b(?! (?:from|of|for|by) (?:different|other|several))/iu;

/** The demand by which what an edge case presupposes can't be. */
function forbiddenBy(question: string, { demands }: Surroundings): string | undefined {
  const [several, thing = ""] = SEVERAL.exec(question) ?? [];
  if (several === undefined) return undefined;
  return demands.find(({ text }) => {
    const only = ONLY_ONE.exec(text)?.[1]?.toLowerCase().split(" ").at(-1);
    return only !== undefined && stem(only) === stem(thing.toLowerCase());
  })?.id;
}

/** The edge cases with how the spec handles each. */
export function readEdgeCases(around: Surroundings): readonly ReadEdgeCase[] {
  const candidates = [
    ...around.demands.map(({ id, text, terms }) => ({ id, text, terms })),
    ...around.scenarios.map(({ source, text, terms }) => ({ id: source, text, terms })),
  ];
  return around.spec.edgeCases.map((item) => {
    const { question, answer } = split(plain(item.text));
    const ruledOut = forbiddenBy(question, around);
    if (ruledOut !== undefined)
      return {
        text: `${question} ${ruledOut} allows only one at a time, so this can't happen, or ${ruledOut} does not hold: decide which.`,
        line: item.line,
        handling: undefined,
        answered: false,
      };
    if (answer !== undefined)
      return {
        text: question,
        line: item.line,
        handling: answer === question ? undefined : answer,
        answered: true,
      };
    const terms = termsOf(question);
    const best = candidates
      .map((one) => ({
        one,
        shared: sharedCount(terms, one.terms),
        share: around.relevance.containment(terms, one.terms),
      }))
      .filter(({ shared, share }) => shared >= 3 && share >= SHARE)
      .toSorted((a, b) => b.share - a.share)[0];
    return {
      text: question,
      line: item.line,
      handling: best && `${best.one.id} comes closest: ${best.one.text}`,
      answered: false,
    };
  });
}

/** Edge cases put as questions that nothing in the spec answers. */
export const openEdgeCases = (around: Surroundings): readonly ReadEdgeCase[] =>
  readEdgeCases(around).filter(({ answered, handling }) => !answered && handling === undefined);
