import type { Place } from "../place.ts";

/** Longest part of a line that is read, in UTF-16 units. What comes after it is left out (see `cut`). */
export const MAX_LINE = 65_536;

/** A line of a Markdown file as the scanner sees it: comments blanked, so that columns stay what they were. */
export interface SourceLine {
  /** 1-based. */
  readonly number: number;
  /** Where the line begins in the text, in UTF-16 units. Before a comment, `start` + an offset on the line is an offset in the text. */
  readonly start: number;
  readonly text: string;
  /** `code` lines stand in a fence; the fence's own lines count as code. `meta` is YAML front matter. */
  readonly kind: "text" | "code" | "meta";
  /** The fence's info word, lower-cased, on the lines inside it. */
  readonly language: string | undefined;
  /** Whether the line was longer than `MAX_LINE`. */
  readonly cut: boolean;
  /** Whether offsets and columns differ on it: it has characters of two UTF-16 units. */
  readonly wide: boolean;
}

/** Code points before `offset`, plus one: the column people count. */
export function columnAt(text: string, offset: number): number {
  let column = 1;
  for (let index = 0; index < offset; index++) {
    const unit = text.charCodeAt(index);
    const low = unit >= 0xdc00 && unit <= 0xdfff && index > 0;
    const high = low ? text.charCodeAt(index - 1) : 0;
    if (!(low && high >= 0xd800 && high <= 0xdbff)) column++;
  }
  return column;
}

export const placeOn = (line: SourceLine, offset: number): Place => ({
  line: line.number,
  column: line.wide ? columnAt(line.text, offset) : offset + 1,
});

const WIDE = /[\uD800-\uDBFF]/;
/** What every fence has. */
const MAY_FENCE = /```|~~~/;
const FENCE = /^ {0,12}(?:> ?)?(`{3,}|~{3,})\s*([^\s`{]*)/;

/** Cut the text at LF, CRLF or CR, once over the text; with where each line begins. */
function rawLines(text: string): { readonly raw: string[]; readonly starts: number[] } {
  const raw: string[] = [];
  const starts: number[] = [];
  let start = 0;
  let feed = text.indexOf("\n");
  let back = text.indexOf("\r");
  while (feed >= 0 || back >= 0) {
    const end = back < 0 || (feed >= 0 && feed < back) ? feed : back;
    raw.push(text.slice(start, end));
    starts.push(start);
    start = end === back && feed === end + 1 ? end + 2 : end + 1;
    if (feed >= 0 && feed < start) feed = text.indexOf("\n", start);
    if (back >= 0 && back < start) back = text.indexOf("\r", start);
  }
  raw.push(text.slice(start));
  starts.push(start);
  return { raw, starts };
}

/** Where the front matter ends (its closing line's index), or -1. */
function frontMatterEnd(raw: readonly string[]): number {
  if (raw[0]?.trim() !== "---") return -1;
  for (let index = 1; index < Math.min(raw.length, 200); index++) {
    const line = raw[index]?.trim() ?? "";
    if (line === "---" || line === "...") return index;
    if (line.startsWith("#")) return -1;
  }
  return -1;
}

const blank = (text: string): string => " ".repeat(Array.from(text).length);

/** The end of an inline code span that starts at `from`, or -1: a run of the same number of backticks closes it. */
function codeSpanEnd(text: string, from: number): number {
  let open = from;
  while (text[open] === "`") open++;
  const run = text.slice(from, open);
  let at = text.indexOf(run, open);
  while (at >= 0) {
    let end = at;
    while (text[end] === "`") end++;
    if (end - at === run.length) return end;
    at = text.indexOf(run, end);
  }
  return -1;
}

/** Blank the comments of one line. Returns the line and whether a comment is still open at its end. */
function maskComments(text: string, open: boolean, closes: boolean): [string, boolean] {
  let out = "";
  let at = 0;
  let inside = open;
  let ticks = true;
  while (at < text.length) {
    if (inside) {
      const end = text.indexOf("-->", at);
      if (end < 0) return [out + blank(text.slice(at)), true];
      out += blank(text.slice(at, end + 3));
      at = end + 3;
      inside = false;
      continue;
    }
    const comment = text.indexOf("<!--", at);
    if (comment < 0) return [out + text.slice(at), false];
    const tick = ticks ? text.indexOf("`", at) : -1;
    if (tick >= 0 && tick < comment) {
      const end = codeSpanEnd(text, tick);
      if (end < 0) ticks = false;
      out += text.slice(at, end < 0 ? comment : end);
      at = end < 0 ? comment : end;
      continue;
    }
    const ends = text.includes("-->", comment + 4) || closes;
    if (!ends && text.slice(0, comment).trim() !== "") return [out + text.slice(at), false];
    out += text.slice(at, comment);
    at = comment;
    inside = true;
  }
  return [out, inside];
}

/**
 * Read a Markdown text into lines: fences marked, HTML comments blanked (also over several lines; a comment that
 * is never closed hides the rest only if it starts its line, as in CommonMark). One pass, linear in the text.
 */
export function readLines(text: string): readonly SourceLine[] {
  const { raw, starts } = rawLines(text);
  const meta = frontMatterEnd(raw);
  let lastClose = raw.length - 1;
  while (lastClose >= 0 && !raw[lastClose]?.includes("-->")) lastClose--;
  const wideText = WIDE.test(text);
  const lines: SourceLine[] = [];
  let fence: { mark: string; language: string } | undefined;
  let comment = false;
  raw.forEach((whole, index) => {
    const cut = whole.length > MAX_LINE;
    const kept = cut ? whole.slice(0, MAX_LINE) : whole;
    // A byte order mark is no character of the line; a blank in its place keeps offsets and columns.
    const source = index === 0 && kept.startsWith("\uFEFF") ? ` ${kept.slice(1)}` : kept;
    const start = starts[index] ?? 0;
    const wide = wideText && WIDE.test(source);
    const add = (kind: SourceLine["kind"], shown: string, language?: string) => {
      lines.push({ number: index + 1, start, text: shown, kind, language, cut, wide });
    };
    if (index <= meta) return add("meta", source);
    const mark = comment || !MAY_FENCE.test(source) ? null : FENCE.exec(source);
    if (fence) {
      const closing =
        mark?.[1]?.startsWith(fence.mark) === true && mark[2] === "" ? fence : undefined;
      add("code", source, closing ? undefined : fence.language);
      if (closing) fence = undefined;
      return;
    }
    if (mark?.[1] !== undefined && !(mark[1].startsWith("`") && inlineTicks(source, mark[0]))) {
      fence = { mark: mark[1], language: (mark[2] ?? "").toLowerCase() };
      return add("code", source);
    }
    const [masked, open] = maskComments(source, comment, index < lastClose);
    comment = open;
    add("text", masked);
  });
  return lines;
}

/** A line like ```` ```x``` ```` is a code span, not a fence. */
const inlineTicks = (source: string, opening: string): boolean =>
  source.slice(opening.length).includes("`");
