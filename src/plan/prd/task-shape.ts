import { withoutBold } from "../../core/markdown/without-bold.ts";
/** What the line of a task, box or list item says. */
export interface LineShape {
  readonly indent: number;
  /** Where the bullet or number stands. */
  readonly bulletAt: number;
  /** `3` of `3.`, for numbered lists. */
  readonly number: string | undefined;
  readonly mark: { readonly char: string; readonly at: number } | undefined;
  /** `2A.1`, from `Task 2A.1` or a bold or dotted id. */
  readonly id: string | undefined;
  /** What is behind id and label. */
  readonly text: string;
  readonly parallel: boolean | undefined;
  readonly labels: readonly string[];
}

const ITEM = /^([ \t]{0,80})(?:[-*+]|(\d{1,4})[.)])[ \t]{1,8}(?:\[([^\]\n]?)\](?=\s|$)[ \t]{0,8})?/;
const TASK_ID =
  /^(?:\*\*|__)?(?:sub-?)?tasks?[ \t]{1,4}([\p{L}\p{N}][\p{L}\p{N}.-]{0,15}?)(?=[\s:*_(\u2013\u2014]|-\s|$)(?:\*\*|__)?/iu;
const BARE_ID =
  /^(?:\*\*|__)?(\d{1,6}[A-Za-z]?(?:\.\d{1,6}){1,4}[A-Za-z]?)(?=[\s:*_(]|$)(?:\*\*|__)?/u;
const FLAG =
  /\(\s{0,4}parallel(?:i[sz]able)?\s{0,4}[:=]\s{0,4}(yes|no|true|false|y|n|partial(?:ly)?)\b([^()]{0,80})\)/i;
const LEAD = /^(?:\*\*|__)?[\s:.\-–—]{0,12}(?:\*\*|__)?\s{0,4}/;

/** Read a list item; undefined for any other line. Linear. */
export function taskShape(line: string): LineShape | undefined {
  const item = ITEM.exec(line);
  if (!item) return undefined;
  const [whole, indent = "", number, char] = item;
  const rest = line.slice(whole.length);
  const words = wordsOf(rest, char !== undefined);
  return {
    indent: widthOf(indent),
    bulletAt: indent.length,
    number,
    mark: char === undefined ? undefined : { char, at: whole.lastIndexOf("[", whole.length) + 1 },
    ...words,
  };
}

/** Id, flag and words of a task, from what stands behind its box, number or the marks of its heading. */
export function wordsOf(
  rest: string,
  boxed: boolean,
): Pick<LineShape, "id" | "text" | "parallel" | "labels"> {
  const found = TASK_ID.exec(rest) ?? (boxed ? BARE_ID.exec(rest) : null);
  const behind = found ? rest.slice(found[0].length) : rest;
  const flag = FLAG.exec(behind.slice(0, 2_000));
  const words = flag
    ? behind.slice(0, flag.index) + behind.slice(flag.index + flag[0].length)
    : behind;
  return {
    id: found?.[1]?.replace(/[.-]+$/, ""),
    text: plain(found || flag ? words.replace(LEAD, "") : words),
    parallel: flag ? /^[yt]/i.test(flag[1] ?? "") : undefined,
    labels: flag ? [flag[0].slice(1, -1).replace(/\s+/g, " ").trim()] : [],
  };
}

/** Words without emphasis, on one line. */
const plain = (text: string): string => withoutBold(text).replace(/\s+/g, " ").trim();

/** Columns of an indent: a tab goes to the next multiple of four. */
function widthOf(indent: string): number {
  let width = 0;
  for (const char of indent) width = char === "\t" ? width + 4 - (width % 4) : width + 1;
  return width;
}
