import { SUCCESS, type Expectation } from "../expectation.ts";

/** What a sentence says, behind a command, that the command does. */
export interface Verdict {
  readonly expects: Expectation;
  /** Characters of the text that say so. */
  readonly length: number;
  /** Whether the command alone shows it; false where somebody has to look at what it printed. */
  readonly whole: boolean;
}

/** Words between a command and what it does. */
const LEAD =
  /^(?:\s*\))?(?:\s*\([^()]{0,120}\))?\s*(?:[-–—:→,]{1,2}|->|=>)?\s*(?:(?:it|they|all|both|also|then|still|now|must|should|shall|will|does|do|is|are|be|to|and|cleanly|successfully|doivent|doit|est|sont|tous|toutes) )*/i;

const RETURNS =
  /^(?:returns?|returned|returning|prints?|outputs?|reports?|shows?|gives?|counts?|finds?|yields?|lists?|displays?|renvoie|retourne|affiche)\b\s*/i;
const PASSES =
  /^(?:pass(?:es|ed|ing)?|succeeds?|succeeded|works?|working|complet(?:es?|ed)|runs?|builds?|compiles?|clean|green|ok|successful|fine|finish(?:es)?|passe(?:nt)?|réussi(?:t|ssent)|fonctionnent?|compilent?|no (?:[\w-]+ ){0,2}(?:errors?|failures?|issues?|problems?)|not (?:error|fail)|without (?:[\w-]+ ){0,2}(?:errors?|failures?)|produces? no (?:[\w-]+ ){0,2}errors?|error-free|zero errors)(?![\w-])(?: (?:again|cleanly|correctly|successfully|properly|green|without (?:[\w-]+ ){0,2}(?:errors?|failures?)|with (?:no|zero|0) (?:[\w-]+ ){0,2}(?:errors?|failures?)|with exit code 0|correctement))*/i;
const FAILS =
  /^(?:fails?|errors?(?: out)?|is rejected|exits? (?:with )?(?:a )?non-?zero(?: (?:exit )?(?:code|status))?)(?![\w-])/i;
const EXITS =
  /^(?:exits?|exit|ends?|quits?|returns?)?\s*(?:with )?(?:an? )?(?:exit )?(?:code|status)?(?: of)?\s*(\d{1,3}|zero)(?! ?[%\w])/i;
const COMPARED =
  /^(>=|≥|=>|>|<=|≤|<|==?|!=|at least|at most|more than|fewer than|less than|over|under|exactly)\s*(\d{1,9}(?:\.\d{1,6})?)(?![\w%.]*[\w%])(?! (?!or more|or fewer|or less|\()[a-z])/i;
const COUNTED = /^(\d{1,9})(?: (?:or more|\+))?(?![\w%.]*[\w%])(?! (?!or |\()[a-z])/i;
const NOTHING =
  /^(?:no (?:matches|results?|output|hits|lines|occurrences|references|errors)|zero (?:matches|results?|hits|lines)|0 (?:matches|results?|hits|lines)|nothing|empty|an empty (?:list|result)|aucun résultat|rien)(?![\w-])/i;
const SOMETHING =
  /^(?:(?:a|at least one|one or more|the) )?(?:match(?:es)?|results?|output|something)(?![\w-])/i;
const AN_ERROR = /^(?:an? )?(?:error|failure|non-?zero(?: exit)?(?: code| status)?)(?![\w-])/i;
const LOOKS =
  /^(?:shows?|prints?|produces?|includes?|contains?|lists?|outputs?|displays?|reports?|generates?|creates?|returns?|writes?|emits?|starts?|finds?|matches|exports?|validates?|detects?|covers?|applies|produit|affiche|génère|crée)\b/i;

const SIGNS: Readonly<Record<string, Extract<Expectation, { readonly kind: "number" }>["is"]>> = {
  ">=": ">=",
  "=>": ">=",
  "≥": ">=",
  "at least": ">=",
  ">": ">",
  "more than": ">",
  over: ">",
  "<=": "<=",
  "≤": "<=",
  "at most": "<=",
  "<": "<",
  "less than": "<",
  "fewer than": "<",
  under: "<",
  "=": "==",
  "==": "==",
  exactly: "==",
  "!=": "!=",
};

/** Whether a command prints a number. */
export const countsLines = (command: string): boolean =>
  /\bgrep\b[^|]*\s-[A-Za-z]*c\b|--count\b|\bwc\b[^|]*$|\blength\b[^|]*$/.test(command);

/**
 * Read what is said of a command behind it; undefined where nothing of the kind is said. The end of the text says that it passes.
 *
 * @param after the text from the end of the command's code marks, at most its first 400 characters count
 */
export function readVerdict(after: string, command: string): Verdict | undefined {
  const text = after.slice(0, 400);
  const lead = LEAD.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead);
  const found = (expects: Expectation, length: number, whole = true): Verdict => ({
    expects,
    length: lead + length,
    whole,
  });
  if (/^[\s.;!]*$/.test(rest)) return found(SUCCESS, rest.length);
  const compared = comparison(rest);
  if (compared) return found(compared.expects, compared.length);
  const fails = FAILS.exec(rest);
  if (fails) return found({ kind: "failure" }, fails[0].length);
  const passes = PASSES.exec(rest);
  if (passes) return found(SUCCESS, passes[0].length);
  const returns = RETURNS.exec(rest);
  if (returns) {
    const length = returns[0].length;
    const object = returned(rest.slice(length), command);
    if (object) return found(object.expects, length + object.length);
  }
  const exits = /^(?:exit|ends?|quit)/i.test(rest) ? EXITS.exec(rest) : undefined;
  if (exits) return found(exit(exits[1]), exits[0].length);
  const looks = LOOKS.exec(rest);
  return looks ? found(SUCCESS, looks[0].length, false) : undefined;
}

interface Read {
  readonly expects: Expectation;
  readonly length: number;
}

function comparison(text: string): Read | undefined {
  const match = COMPARED.exec(text);
  const is = SIGNS[match?.[1]?.toLowerCase() ?? ""];
  if (!match || is === undefined) return undefined;
  return { expects: { kind: "number", is, value: Number(match[2]) }, length: match[0].length };
}

const exit = (code = "0"): Expectation =>
  Number(code) === 0 || code.toLowerCase() === "zero"
    ? SUCCESS
    : { kind: "exit", code: Number(code) };

const asRead = (match: RegExpExecArray | null, expects: Expectation): Read | undefined =>
  match ? { expects, length: match[0].length } : undefined;

/** What stands behind `returns`. */
function returned(text: string, command: string): Read | undefined {
  const counted = countsLines(command);
  const nothing = NOTHING.exec(text);
  if (nothing) {
    const zero: Expectation = { kind: "number", is: "==", value: 0 };
    return asRead(nothing, counted ? zero : { kind: "empty" });
  }
  const number = COUNTED.exec(text);
  if (number) {
    const value = Number(number[1]);
    const is = /or more|\+/.test(number[0]) ? ">=" : "==";
    return asRead(number, counted ? { kind: "number", is, value } : exit(String(value)));
  }
  return (
    comparison(text) ??
    asRead(AN_ERROR.exec(text), { kind: "failure" }) ??
    asRead(
      SOMETHING.exec(text),
      counted ? { kind: "number", is: ">", value: 0 } : { kind: "output" },
    ) ??
    exitOf(text)
  );
}

function exitOf(text: string): Read | undefined {
  const match = /^(?:an? )?(?:exit )?(?:code|status)(?: of)? ?(\d{1,3}|zero)/i.exec(text);
  return match ? { expects: exit(match[1]), length: match[0].length } : undefined;
}
