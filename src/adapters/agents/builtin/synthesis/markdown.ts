import { inert } from "../../../../core/text.ts";

const OPEN_MARKER = /\[NEEDS CLARIFICATION:?\s*([^\]]{0,1000})\]/gi;
/** One that somebody cut in the middle: `[NEEDS CLARIFICATION: which …`. */
const CUT_MARKER = /\[NEEDS\b(?! CLARIFICATION[^\]]{0,1000}\])[^\]…”"]{0,1000}(?:…|$|(?=[”"]))/gi;

/** Clarification markers as words. */
const readable = (text: string): string =>
  text
    .replace(OPEN_MARKER, (_, question: string) =>
      question.trim() === "" ? "(open question)" : `(open question: ${question.trim()})`,
    )
    .replace(CUT_MARKER, "(open question)");

/** The text without its clarification markers. */
export const withoutMarkers = (text: string): string =>
  text.replace(OPEN_MARKER, "").replace(CUT_MARKER, "").trim();

/**
 * Text from a spec or an analyst as one line of inline Markdown that shows as what it says: no headings, HTML, links or
 * emphasis come to life, code spans stay code. Clarification markers read as words.
 */
export function inline(text: string): string {
  const line = flat(readable(inert(text)));
  return line
    .split(/((?<!`)`[^`]+`(?!`))/)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join("");
}

/** An address, without what ends the sentence around it. */
const ADDRESS = /(\bhttps?:\/\/[^\s`<>|]{0,1000}[^\s`<>|.,;:!?()[\]{}"'“”‘’«»*_~\\])/gi;

/** Addresses as code: they stay as written and lead nowhere. */
const escaped = (text: string): string =>
  text
    .replace(/\*\*|~~|__(?=\S)|(?<=\S)__/g, "")
    .replace(/\[([^\]]{1,500})\]\((?:[^()\s]|\([^()]{0,200}\)){0,1000}\)/g, "$1")
    .split(ADDRESS)
    .map((part, index) => (index % 2 === 1 ? `\`${part}\`` : escapedWords(part)))
    .join("");

const escapedWords = (text: string): string =>
  text
    .replace(/\\(?=[[\]*`<>|\\"])/g, "")
    .replace(/[\\`*[\]~]/g, String.raw`\$&`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/<(?=[\w/!?])/g, "&lt;")
    .replace(/&(?=#?\w+;)(?!lt;)/g, "&amp;")
    .replace(/\bhttps?:\/\//gi, (scheme) => scheme.replace("//", String.raw`\//`));

/** Inline text for a table cell. */
export const cell = (text: string): string => inline(text).replace(/\|/g, String.raw`\|`) || "—";

const flat = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Text of at most `max` code points: without clarification markers where that is enough, else cut at a word, with `…`. */
export function short(text: string, max: number): string {
  const whole = flat(readable(inert(text)));
  if (Array.from(whole).length <= max) return whole;
  const points = Array.from(flat(withoutMarkers(inert(text))));
  if (points.length <= max) return points.join("");
  const cut = points.slice(0, max - 1).join("");
  const word = cut.replace(/\s+\S*$/, "");
  return `${(word.length > max / 2 ? word : cut).replace(/[\s,;:.(–—-]+$/, "")}…`;
}

/** Where a sentence can end early and still say something true on its own. */
const BOUNDARY =
  /\.(?=\s\p{Lu})|[,;:](?=\s)(?!\s(?:unless|except|but|only|not|without|if|when|while|until|before|after|or)\b)|\s(?=[(—–])/giu;
/** What can't be the last word of a sentence. */
const HANGING =
  /(?:^|\s)(?:including|following|such as|as|of|for|with|by|and|or|to|the|an?|from|in|on|that|which|e\.g\.?|i\.e\.?)$/i;

/** A sentence that is cut before this word does not say what is demanded. */
const OBLIGES = /\b(?:MUST|SHALL|SHOULD|DOIT|DOIVENT|MUSS|DEBE)\b/;

/** Text of at most `max` code points that ends with a clause, without `…`; one without such a place is cut at a word. */
export function clause(text: string, max: number): string {
  const whole = flat(withoutMarkers(inert(text)));
  if (Array.from(whole).length <= max) return whole;
  const ends = [...whole.matchAll(BOUNDARY)]
    .map(({ index }) => whole.slice(0, index))
    .filter(
      (part) =>
        part.length >= max * 0.35 &&
        part.length <= max &&
        isBalanced(part) &&
        !HANGING.test(part) &&
        (OBLIGES.test(part) || !OBLIGES.test(whole)),
    );
  return ends.at(-1)?.trim() ?? short(whole, max);
}

const isBalanced = (text: string): boolean =>
  text.split("(").length === text.split(")").length &&
  text.split("`").length % 2 === 1 &&
  text.split('"').length % 2 === 1 &&
  text.split("“").length === text.split("”").length;

/** A table; cells are finished Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** A list; items are finished Markdown. */
export const bullets = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join("\n");

/** Blocks with a blank line between, empty ones left out. */
export const blocks = (...parts: readonly (string | undefined | false)[]): string =>
  parts.filter((part) => typeof part === "string" && part.trim() !== "").join("\n\n");

/** `A, B and C`. */
export function sentenceList(items: readonly string[], most = Number.POSITIVE_INFINITY): string {
  if (items.length > most + 1)
    return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
  return items.length < 2
    ? (items[0] ?? "")
    : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

/** A number at the start of a sentence. */
export const spelled = (number: number): string => NUMBERS[number] ?? String(number);

/** For use inside a sentence: a capitalised word loses its capital, abbreviations and names like `iOS` stay. */
export const lowered = (text: string): string =>
  /^\p{Lu}\p{Ll}|^A\s/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** `1 task`, `3 tasks`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** The text without its last full stop, for use inside a sentence. */
export const bare = (text: string): string => text.trim().replace(/[.\s]+$/, "");

/** The text as a sentence: one full stop at its end. */
export const sentence = (text: string): string =>
  /[.!?…:][)”"’]?\s*$/.test(text) ? text.trim() : `${bare(text)}.`;

/** A mermaid label: quoted text in which nothing ends the quote or becomes markup. */
export const mermaidLabel = (text: string): string =>
  `"${short(text, 60)
    .replace(/[#&"<>`\\[\](){}|;]/g, (char) => `#${char.codePointAt(0) ?? 32};`)
    .replace(/\s+/g, " ")}"`;
