/** A word that makes a sentence binding, in the languages specs are written in. */
const WORDS =
  "must|shall|should|devra|devront|doit|doivent|debe(?:n|rá|rán)?|deve(?:m|rá|rão)?|devono|muss|müssen|soll(?:en|te)?|moet(?:en)?|musi(?:ą)?|powin(?:ien|na|no)|должн[аоы]?|должен";
const CJK = "しなければならない|べきである|必須である|必须|應該|必須|应当|해야 ?한다|하여야 ?한다";

export interface Obligation {
  readonly offset: number;
  readonly word: string;
  readonly negative: boolean;
  /** Where what is demanded begins. */
  readonly end: number;
}

const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(ne )?(${WORDS})(?![\\p{L}\\p{N}])(\\s+(?:not|never|pas|no|nunca|não|nicht|non|niet)(?![\\p{L}]))?|(${CJK}))`,
  "giu",
);

/** The obligations of a text, in order: every MUST, SHALL, SHOULD, DOIT, DEBE, MUSS …, with whether it forbids. */
export const obligationsIn = (text: string): readonly Obligation[] =>
  [...text.matchAll(PATTERN)].map((match) => ({
    offset: match.index,
    word: (match[2] ?? match[4] ?? "").toLowerCase(),
    negative: match[1] !== undefined || match[3] !== undefined,
    end: match.index + match[0].length,
  }));
