import {
  ABOUT_TESTS,
  DOCUMENT_VERBS,
  FROM,
  MENDS,
  READ_VERBS,
  REFERENCE_AFTER,
  REFERENCE_BEFORE,
  SWEEPING_VERBS,
  TAKING_VERBS,
  VERBS_AT_START,
  WRITE_VERBS,
} from "./access-words.ts";
import { isDesignDocument, isDocument, isTestFile } from "./file-words.ts";
import type { Access } from "./model.ts";
import { pathMentionsIn, type PathMention } from "./path-mentions.ts";

/** A verb where a sentence can have an imperative, or where a sentence ends. */
interface Sign {
  readonly at: number;
  /** Empty where a new statement begins. */
  readonly verb: string;
  /** Behind `. ` or ` — `: what is said there explains. */
  readonly explains: boolean;
}

/**
 * Words, and the marks after which a verb may be an imperative. Each is short; the text is passed once.
 */
const TOKENS = /`[^`\n]{0,400}`|[\p{L}][\p{L}'-]{0,40}|[—–]|--|[.;:,(&+)]/gu;
/** Between the start of a statement and its verb. */
const PASSED =
  /ly$|^(?:also|then|please|first|next|finally|now|optionally|must|should|we|to|and|or|not|don't|red|green|refactor|task|todo)$/i;
const JOINS = /^(?:and|then|or|to|also|by|must|should|[—–:;,(.&+]|--)$/i;

const MAX_DEPTH = 20;

/**
 * What one line of text does with each path it names: guessed from the verb that governs it, the words right before and behind, and
 * what kind of file it is. Where nothing speaks for either, a task's work is to write, and documents are there to be read.
 * Linear in the text.
 *
 * @param inherited the verb that holds where the line has none: that of the task for lines below it
 */
export function guessAccess(
  text: string,
  mentions: readonly PathMention[],
  inherited = "",
): readonly Access[] {
  if (mentions.length === 0) return [];
  const signs = signsIn(text, mentions);
  const lead = signs.find(({ verb }) => verb !== "")?.verb ?? inherited;
  const aboutTests = ABOUT_TESTS.test(text) && mentions.some(({ path }) => isTestFile(path));
  const accesses: Access[] = [];
  let at = 0;
  let sign: Sign = { at: 0, verb: "", explains: false };
  mentions.forEach((mention, index) => {
    for (let next = signs[at]; next && next.at < mention.offset; next = signs[++at]) sign = next;
    const before = mentions[index - 1];
    const joined = before && isList(text.slice(before.end, mention.offset));
    const access: Access =
      (joined ? accesses[index - 1] : undefined) ??
      accessOf({ text, mention, verb: governing(sign, lead, accesses), aboutTests });
    accesses.push(access);
  });
  return accesses;
}

interface Case {
  readonly text: string;
  readonly mention: PathMention;
  /** Where it is and what it says. */
  readonly verb: Sign;
  readonly aboutTests: boolean;
}

/** What is said behind `. ` or ` — ` explains, and only reads, once the statement before has named what is written. */
function governing(sign: Sign, lead: string, accesses: readonly Access[]): Sign {
  // `Integrate X, verify that Y works in a.ts`: what is integrated must be written somewhere
  if (READ_VERBS.has(sign.verb) && WRITE_VERBS.has(lead) && !accesses.includes("write"))
    return { ...sign, verb: lead, explains: false };
  if (sign.explains && !WRITE_VERBS.has(sign.verb))
    return accesses.includes("write") ? sign : { ...sign, verb: lead, explains: false };
  return sign.verb === "" ? { ...sign, verb: lead } : sign;
}

function accessOf({ text, mention, verb: { verb, at, explains }, aboutTests }: Case): Access {
  const { path, kind, offset, end, form } = mention;
  const before = text.slice(Math.max(0, offset - 70), offset);
  if (form === "command") return mends(text, verb, at, end) && !isTestFile(path) ? "write" : "read";
  if (REFERENCE_AFTER.test(text.slice(end, end + 50))) return "read";
  if (kind === "folder" || path.endsWith("/**"))
    return SWEEPING_VERBS.has(verb) && at + 60 > offset ? "write" : "read";
  if (FROM.test(before)) return TAKING_VERBS.has(verb) ? "write" : "read";
  if (REFERENCE_BEFORE.test(before)) return "read";
  if (explains && verb === "") return "read";
  if (isDesignDocument(path))
    return DOCUMENT_VERBS.has(verb) && !/\([`*[]{0,3}$/.test(before) ? "write" : "read";
  if (aboutTests && !READ_VERBS.has(verb)) return isTestFile(path) ? "write" : "read";
  if (verb === "test") return isTestFile(path) && offset - at > 8 ? "write" : "read";
  if (READ_VERBS.has(verb)) return mends(text, verb, at, end) ? "write" : "read";
  if (WRITE_VERBS.has(verb)) return "write";
  return isDocument(path) ? "read" : "write";
}

/** `Run shellcheck on a.sh and fix what it finds`. */
const mends = (text: string, verb: string, at: number, end: number): boolean =>
  READ_VERBS.has(verb) && MENDS.test(text.slice(at, end + 200));

/** `, `, ` and `, ` + `: both paths are treated alike. */
const isList = (gap: string): boolean =>
  gap === "](" ||
  (gap.length <= 30 &&
    /^[`*"')\]]{0,3}\s{0,2}(?:,|and|or|&|\+|\/|, and|y|et|und)?\s{0,2}(?:the )?[`*"'[]{0,3}$/i.test(
      gap,
    ));

/** The verb that a line begins with, or the first that it has; empty where it has none. */
export const leadVerb = (text: string): string =>
  signsIn(text, pathMentionsIn(text)).find(({ verb }) => verb !== "")?.verb ?? "";

/** Verbs with their places, left to right; what brackets enclose says nothing about what follows them. */
function signsIn(text: string, mentions: readonly PathMention[]): readonly Sign[] {
  const signs: Sign[] = [];
  const outside: string[] = [];
  let [open, explains, current, passed] = [true, false, "", 0];
  const say = (at: number, verb: string) => {
    current = verb;
    signs.push({ at, verb, explains });
  };
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    while ((mentions[passed]?.end ?? Infinity) <= index) passed++;
    if ((mentions[passed]?.offset ?? Infinity) <= index) {
      open = false;
      continue;
    }
    const word = token.toLowerCase();
    if (token === "(" && outside.length < MAX_DEPTH) outside.push(current);
    else if (token === ")") say(index, outside.pop() ?? current);
    else if (begins(text, token, index)) {
      explains = true;
      say(index, "");
    }
    const verb: boolean = open && isVerb(word, signs.length === 0);
    if (verb) say(index, word);
    open = JOINS.test(token) || (open && !verb && PASSED.test(token));
  }
  return signs;
}

const isVerb = (word: string, atStart: boolean): boolean =>
  WRITE_VERBS.has(word) || (READ_VERBS.has(word) && (atStart || !VERBS_AT_START.has(word)));

/** Whether a new statement begins behind this mark. */
const begins = (text: string, token: string, at: number): boolean =>
  /^(?:[—–]|--)$/.test(token) ||
  (token === "." && /^\s+[*_`]{0,2}[A-Z]/.test(text.slice(at + 1, at + 6)));
