import type { Diagnostic } from "../../core/diagnostic.ts";
import { finding, placeIn, type Check, type CheckInput, type Passage } from "./passage.ts";
import { sentencesOf, withoutQuotes, type Sentence } from "./sentences.ts";

interface Rule {
  readonly code: string;
  readonly pattern: RegExp;
  /** A number or a definition in the same sentence makes it testable after all. */
  readonly boundable: boolean;
  readonly message: (word: string) => string;
  readonly hint: string;
}

const word = (alternatives: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}-])(?:${alternatives})(?![\\p{L}\\p{N}-])`, "giu");

/** INCOSE R7 (vague terms) and R31 (solution-free qualities): qualities nobody can measure as they stand. */
const VAGUE =
  "(?<!fail )fast(?:er)?(?! path)|quick(?:ly)?(?! (?:filter|pick|action|link|repl|access|start|view|add|search|edit|toggle))|rapid(?:ly)?|slow(?:ly)?|responsive(?! (?:layout|design|breakpoint|behaviou?r|grid|ui|web))|user[- ]friendly|intuitive(?:ly)?|easy|easily|easier|seamless(?:ly)?|smooth(?:ly)?|robust(?:ly)?|scalable|efficient(?:ly)?|performant|high[- ](?:quality|performance)|(?:highly|as) reliabl[ey]|be (?:reliable|secure|flexible|simple|modern|clean|stable)(?=[\\s,.;]*(?:$|and\\b|or\\b|[.,;]))|reasonabl[ey]|appropriate(?:ly)?|adequate(?:ly)?|sufficient(?:ly)?|acceptable(?= \\p{L})(?! (?:but|if|when|for|to|as|in|and|or|only|unless|because)\\b)|suitabl[ey]|timely|promptly|graceful(?:ly)?|state[- ]of[- ]the[- ]art|best[- ]in[- ]class|optimal(?:ly)?|convenient(?:ly)?|aesthetic(?:ally)?|meaningful|user-centric|" +
  "rapidement|facilement|convivial(?:e|es)?|intuiti(?:f|ve|fs|ves)|performante?s?|appropriée?s?|adéquate?s?|raisonnables?|suffisante?s?|" +
  "rápid[oa](?:mente)?s?|fácil(?:mente)?|intuitiv[oa]s?|adecuad[oa]s?|apropiad[oa]s?|razonables?|suficientes?|adequad[oa]s?|apropriad[oa]s?|" +
  "benutzerfreundlich\\p{L}{0,3}|angemessen\\p{L}{0,3}|intuitiv\\p{L}{0,3}|ausreichend\\p{L}{0,3}|zeitnah\\p{L}{0,2}|performant\\p{L}{0,2}";

const RULES: readonly Rule[] = [
  {
    code: "SPEC_ESCAPE_CLAUSE",
    pattern: word(
      "(?:as|where|when|if|whenever|wherever) (?:needed|necessary|appropriate|possible|practical|practicable|applicable|required|feasible|relevant)(?=\\s*(?:[,.;:)]|$))|as (?:soon|much|often|quickly|few|many|fast) as (?:possible|practical|needed)|to the extent possible|best effort|si (?:nécessaire|possible|besoin)|si es (?:necesario|posible)|se (?:necessário|possível)|falls (?:nötig|möglich|erforderlich)|soweit möglich|wenn möglich|bei bedarf",
    ),
    boundable: false,
    message: (found) => `"${found}" leaves it open when this is demanded.`,
    hint: "State the condition under which it must happen, and what happens otherwise.",
  },
  {
    code: "SPEC_OPEN_ENDED",
    pattern: word(
      "etc\\.?|and so (?:on|forth)|and (?:more|others)(?=[.,;)]|$)|including(?:,)? but not limited to|such as but not limited to|entre autres|y otros|usw\\.?|u\\.a\\.",
    ),
    boundable: false,
    message: (found) =>
      `"${found.replace(/\.$/, "")}" leaves the list open: nobody can tell when it is complete.`,
    hint: "List everything that is meant, or name the rule that decides what belongs to it.",
  },
  {
    code: "SPEC_AND_OR",
    pattern: word("and/or|et/ou|y/o|e/ou|und/oder"),
    boundable: false,
    message: (found) => `"${found}" can be read as either or as both.`,
    hint: "Say which combinations are demanded.",
  },
  {
    code: "SPEC_VAGUE_WORDING",
    pattern: word(VAGUE),
    boundable: true,
    message: (found) => `"${found}" is not measurable: two people would judge it differently.`,
    hint: "Say what can be observed or measured: a time, a number, a limit, a message, a standard.",
  },
];

/** A bound in the sentence: a number, a comparison, a definition in brackets or after a colon. */
const BOUND =
  /\d|[<>≤≥=]|\b(?:zero|one|two|three|single|defined (?:as|in|by)|i\.e\.|namely|measured by|according to|WCAG|RFC)\b|[:：]\s/i;

function bounded(sentence: string, after: string): boolean {
  return (
    BOUND.test(sentence.replace(/\b[A-Z]{2,6}-\d+[a-z]?\b/g, " ")) ||
    /^\s?[^\s()]{0,20}\s?\(/.test(after)
  );
}

/** `(e.g. a, b, etc.)` gives examples of something defined before it. */
const isExample = (text: string, at: number): boolean =>
  /\([^()]*(?:e\.g\.|for example|i\.e\.|p\. ?ex\.|z\. ?B\.)[^()]*$/i.test(
    text.slice(Math.max(0, at - 200), at),
  );

/** `(owner or admin, as applicable)` repeats in brackets what the words before it say. */
const isNote = (text: string, at: number, found: string): boolean =>
  /applicable$/i.test(found) && /\([^()]*$/.test(text.slice(Math.max(0, at - 200), at));

/** Most findings about one text: after these it is to be written anew. */
const MOST = 10;

interface Hit {
  readonly rule: Rule;
  readonly said: string;
  readonly offset: number;
}

/** The first word of a sentence that breaks a rule. */
function hitIn(text: string, sentence: Sentence, rule: Rule): Hit | undefined {
  for (const [said, index] of matchesOf(sentence.text, rule.pattern)) {
    const offset = sentence.offset + index;
    const isBounded =
      rule.boundable && bounded(sentence.text, sentence.text.slice(index + said.length));
    if (!isBounded && !isExample(text, offset) && !isNote(text, offset, said))
      return { rule, said, offset };
  }
  return undefined;
}

const matchesOf = (text: string, pattern: RegExp): readonly (readonly [string, number])[] =>
  [...text.matchAll(pattern)].map((match) => [match[0], match.index]);

function inPassage({ spec }: CheckInput, passage: Passage): readonly Diagnostic[] {
  const text = withoutQuotes(passage.body.text);
  return sentencesOf(text)
    .flatMap((sentence) => RULES.map((rule) => hitIn(text, sentence, rule)))
    .filter((hit) => hit !== undefined)
    .slice(0, MOST)
    .map(({ rule, said, offset }) =>
      finding(spec, [rule.code, "warning"], placeIn(passage, offset), [
        `${passage.id}: ${rule.message(said)}`,
        rule.hint,
      ]),
    );
}

/** Words that can't be tested (INCOSE R7 to R9, R17; ISO 29148 §5.2.7), in requirements and criteria only. */
export const checkWording: Check = (input) =>
  [...input.requirements, ...input.criteria].flatMap((passage) => inPassage(input, passage));
