import { baseOf, isParticiple } from "../text/participles-lexicon.ts";
import { PARTICLES, PRONOUN } from "../text/phrasal-lexicon.ts";
import { stem, wordsOf } from "../text/terms.ts";
import type { PlacedDemand } from "./surroundings.ts";

/** What a demand has done: `hand out` a `tool`. */
export interface Deed {
  readonly demand: PlacedDemand;
  /** Stem of the verb; of a two-word verb `hand out`. */
  readonly key: string;
  /** Stem of the thing acted on; empty when none is named. */
  readonly head: string;
  /** As written: `hand out a reserved tool`. */
  readonly words: string;
}

/** Verbs that are in every spec and name no deed by themselves. */
const EVERYDAY = new Set(
  "create add update edit change delete remove view see list show display use have do make provide support allow run include handle keep set get read write open start stop be ensure need remain contain save store".split(
    " ",
  ),
);

/** Whether a verb alone, without its object, tells one deed from another. */
export const isTelling = (key: string): boolean =>
  ![...EVERYDAY].some((verb) => stem(verb) === key);

export const keyOf = (verb: string): string => {
  const [first = "", ...particle] = verb.toLowerCase().split(" ");
  return [stem(first), ...particle].join(" ");
};

/** All deeds the demands ask for, in the order of the spec; what is forbidden or only offered is none. */
export const deedsOf = (demands: readonly PlacedDemand[]): readonly Deed[] =>
  demands.flatMap((demand) =>
    demand.actions
      .filter(({ negated, kind }) => !negated && kind !== "offer")
      .map(({ verb, object, phrase }) => ({
        demand,
        key: keyOf(verb),
        head: stem(wordsOf(object).at(-1) ?? ""),
        words: phrase,
      })),
  );

/** A deed that a piece of text speaks of. */
export interface Mention {
  readonly key: string;
  /** Stems of the words that can be its object. */
  readonly objects: readonly string[];
  readonly form: "passive" | "active" | "gerund" | "noun";
  /** Position of the verb among the words. */
  readonly at: number;
}

const BE = /^(?:is|are|was|were|been|being|be|gets?|got)$/;
const NOT_VERB =
  /^(?:the|an?|its|their|his|her|each|every|any|no|of|for|with|to|and|or|in|on|by|from|that|this|at)$/;

const stemsOf = (words: readonly string[]): readonly string[] =>
  words.filter((word) => !PRONOUN.test(word) && !NOT_VERB.test(word)).map(stem);

/** The verb at a place, with its particle when it is one of two words: `hand out`, `take them back`. */
function verbsAt(words: readonly string[], at: number): readonly { key: string; next: number }[] {
  const own = stem(baseOf(words[at] ?? ""));
  const [one = "", two = ""] = words.slice(at + 1, at + 3);
  const joined = PARTICLES.has(one) ? [{ key: `${own} ${one}`, next: at + 2 }] : [];
  const split =
    PRONOUN.test(one) && PARTICLES.has(two) ? [{ key: `${own} ${two}`, next: at + 3 }] : [];
  return [...joined, ...split, { key: own, next: at + 1 }];
}

/** What a clause without its opening word says is done: "a tool is handed out", "they reserve", "deleting a task". */
export function mentionsIn(clause: readonly string[]): readonly Mention[] {
  return clause.flatMap((word, at): readonly Mention[] => {
    const before = clause.slice(Math.max(0, at - 2), at);
    return verbsAt(clause, at).flatMap(({ key, next }): readonly Mention[] => {
      const after = stemsOf(clause.slice(next, next + 5));
      const known = { key, at };
      if (isParticiple(word) && before.some((one) => BE.test(one)))
        return [{ ...known, form: "passive", objects: stemsOf(clause.slice(0, at)) }];
      if (at === 0 && word.endsWith("ing")) return [{ ...known, form: "gerund", objects: after }];
      const noun = /(?:tion|ment|al)$/.test(word) && at <= 2;
      if (noun)
        return [
          {
            ...known,
            form: "noun",
            objects: stemsOf([...clause.slice(0, at), ...clause.slice(next, next + 4)]),
          },
        ];
      // a verb without an object is one only right behind its subject: "before they reserve"
      const bare =
        at >= 1 &&
        (after.length > 0 || at <= 2) &&
        !NOT_VERB.test(clause[at - 1] ?? "") &&
        !BE.test(clause[at - 1] ?? "");
      return bare && !/(?:ed|ing)$/.test(word)
        ? [{ ...known, form: "active", objects: after }]
        : [];
    });
  });
}
