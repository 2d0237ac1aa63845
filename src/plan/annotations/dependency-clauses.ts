import { maskCode } from "./mask-code.ts";
import { readReferences, type Reference } from "./references.ts";
import { matchAt, type IdGrammar } from "./id-grammar.ts";

/** Words of a text that say which task waits for which. */
export interface DependencyClause {
  /** `needs`: who says it waits for what is named. `blocks`: what is named waits for who says it. */
  readonly direction: "needs" | "blocks";
  readonly references: readonly Reference[];
  /** From the first word to the end of the list. */
  readonly start: number;
  readonly end: number;
  /** In brackets of its own, or a field: then what it names has to exist. Else it may be prose. */
  readonly stated: boolean;
  /** What follows the list within the brackets: `makes T010 pass`. */
  readonly rest: string;
}

/**
 * How firmly a word says it. `strong` ones may stand anywhere before an id. After `weak` ones a number may be a quantity or
 * a version ("after 1.5 seconds"): they count before sure ids, the word "task" or "phase", or first in brackets.
 */
const WORDS: readonly (readonly [
  source: string,
  strength: "strong" | "weak",
  direction: DependencyClause["direction"],
])[] = [
  [String.raw`depend(?:s|ing|ent|encies|ency)?(?:\s+only)?(?:[\s-]+(?:up)?on)?`, "strong", "needs"],
  ["deps?", "strong", "needs"],
  [String.raw`dependen?\s+de`, "strong", "needs"],
  [String.raw`d[ée]pend(?:ent|s)?\s+(?:de|des|du)`, "strong", "needs"],
  [String.raw`abhängig\s+von`, "strong", "needs"],
  [String.raw`häng(?:t|en)\s+(?:ab\s+)?von`, "strong", "needs"],
  [String.raw`require[sd]?`, "weak", "needs"],
  [String.raw`needs?`, "weak", "needs"],
  [String.raw`(?:is\s+)?blocked\s+(?:by|on)`, "weak", "needs"],
  [String.raw`waits?\s+(?:for|on)`, "weak", "needs"],
  [String.raw`prereq(?:uisite)?s?`, "weak", "needs"],
  ["after", "weak", "needs"],
  ["follows", "weak", "needs"],
  ["blocks", "weak", "blocks"],
];

/** Chinese has no blanks between words, so these stand anywhere; "doesn't depend on" and "is depended on" are others. */
const UNSPACED = String.raw`(?<![不无無未非被])依[赖賴][于於]?`;

const CLAUSE = new RegExp(
  `(?<![\\p{L}\\p{N}_-])(?:${WORDS.map(([source]) => `(${source})`).join("|")})(?![\\p{L}\\p{N}_])|${UNSPACED}`,
  "giu",
);
/** What all of these words begin with; most lines have none. */
const MAY_DEPEND = /d[eé]p|abh|häng|requir|need|bloc|wait|prereq|after|follow|依/i;
const GLUE = /\*{0,2}\s{0,8}(?:[:：]\s{0,8})?\*{0,2}\s{0,8}/uy;
const NAMED =
  /[\s*`(]{0,8}(?:(?:all|every|each|both|of|the)\s+){0,3}(?:tasks?|phases?|(?:user\s+)?stor(?:y|ies)|US-?\d|previous|prior|preceding|implementation\s)/iuy;
/** A number in front of one of these is a quantity. */
const UNIT =
  /\s{0,2}(?:%|\+|°|x\b|(?:milli|micro|nano)?(?:s|seconds?)\b|[mnµ]s\b|secs?\b|min(?:ute)?s?\b|h(?:ou)?rs?\b|h\b|d(?:ays?)?\b|weeks?\b|months?\b|years?\b|[kmgt]i?b\b|bytes?\b|times\b|percent\b|v?cpus?\b|or\s+(?:later|newer|higher|above)\b)/iuy;
/** What all references have. */
const MAY_NAME = /\d|previous|prior|preceding|phase|all/i;
/** How far is looked within brackets. */
const REST = 200;
const BRACKETS: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "（": "）",
  "【": "】",
};
const CLOSING = Object.values(BRACKETS).join("");
/** Bullets, quotation and emphasis before a field. */
const FIELD_START = /^[\s>*+_-]*$/;

/**
 * Find the clauses of a line: `(depends: 1.1, 2.3)`, `{deps: T004}`, `depends on T012 and T013`, `(depends on all Phase 2
 * tasks)`, `**Blocked by**: 1.1`. Not in inline code. Linear in the line.
 */
export function dependencyClausesIn(text: string, grammar: IdGrammar): readonly DependencyClause[] {
  if (!MAY_DEPEND.test(text) || !MAY_NAME.test(text)) return [];
  const masked = maskCode(text, grammar);
  const clauses: DependencyClause[] = [];
  let end = 0;
  for (const match of masked.matchAll(CLAUSE)) {
    if (match.index < end) continue;
    const clause = readClause(masked, match, grammar);
    if (!clause) continue;
    clauses.push(clause);
    end = clause.end;
  }
  return clauses;
}

function readClause(
  text: string,
  match: RegExpExecArray,
  grammar: IdGrammar,
): DependencyClause | undefined {
  const word = match.slice(1).findIndex((group) => group !== undefined);
  const unspaced = word < 0;
  const [, strength, direction] = WORDS[word] ?? ["", "strong", "needs"];
  const start = match.index;
  const glued = start + match[0].length;
  const glue = matchAt(GLUE, text, glued);
  if (glue === "" && !unspaced) return undefined;
  const list = readReferences(text, glued + glue.length, grammar);
  const [first] = list.references;
  if (!first) return undefined;
  const bracket = openBefore(text, start);
  const colon = /[:：]/.test(glue);
  const field = colon && FIELD_START.test(text.slice(Math.max(0, start - 16), start));
  const stated = bracket !== undefined || field || (colon && strength === "strong");
  const sure =
    matchAt(grammar.sure, text, first.start) !== "" ||
    matchAt(NAMED, text, glued + glue.length) !== "";
  if (!sure && quantity(text, list.references)) return undefined;
  if (strength === "weak" && !sure && !stated) return undefined;
  return {
    direction,
    references: list.references,
    start,
    end: list.end,
    stated,
    rest: restOf(text, list.end, bracket),
  };
}

/** The bracket that the clause is the first in, or one behind others: `(requires 1.1; blocked by 1.2)`. */
function openBefore(text: string, start: number): string | undefined {
  let at = start - 1;
  while (at >= 0 && start - at < 8 && /[\s*_]/.test(text[at] ?? "")) at--;
  const char = text[at] ?? "";
  if (char in BRACKETS) return char;
  if (!";,；，".includes(char) || char === "") return undefined;
  for (const least = Math.max(0, at - REST); at >= least; at--) {
    const before = text[at] ?? "";
    if (CLOSING.includes(before) && before !== "") return undefined;
    if (before in BRACKETS) return before;
  }
  return undefined;
}

const quantity = (text: string, references: readonly Reference[]): boolean =>
  references.some(
    ({ from, to, end }) => to === undefined && /^\d/.test(from) && matchAt(UNIT, text, end) !== "",
  );

function restOf(text: string, end: number, bracket: string | undefined): string {
  const closing = bracket === undefined ? undefined : BRACKETS[bracket];
  if (closing === undefined) return "";
  const close = text.slice(end, end + REST).indexOf(closing);
  return close < 0
    ? ""
    : text
        .slice(end, end + close)
        .replace(/^[\s;,.；，。–—-]+/, "")
        .trim();
}
