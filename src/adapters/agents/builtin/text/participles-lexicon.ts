const PAIRS = `taken take, sent send, paid pay, lent lend, given give, written write, made make, built build, chosen choose,
  held hold, kept keep, found find, begun begin, run run, set set, put put, drawn draw, withdrawn withdraw, bought buy, sold sell,
  shown show, brought bring, hidden hide, lost lose, won win, bound bind, split split, left leave, met meet`;

/** Past participles of irregular verbs with the verb's base form. */
const BASES: ReadonlyMap<string, string> = new Map(
  PAIRS.split(",").map((pair): [string, string] => {
    const [participle = "", base = ""] = pair.trim().split(" ");
    return [participle, base];
  }),
);

/** The base form of an irregular participle; other words as they are. */
export const baseOf = (word: string): string => BASES.get(word) ?? word;

/** Whether a word has the form of a past participle. */
export const isParticiple = (word: string): boolean =>
  BASES.has(word) || /^\p{L}{2,}ed$/u.test(word);
