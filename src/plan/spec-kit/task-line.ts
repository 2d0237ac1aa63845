import type { SourceLine } from "../../core/markdown/source-lines.ts";

/** A label at the head of a task, or one that stands behind its words: `[P]`, `[US1]`, `(P)`, `[15m]`, `{deps: T004}`. */
export interface Label {
  /** Without its brackets. */
  readonly text: string;
  readonly bracket: "[" | "(" | "{";
  /** Where its bracket opens on the line. */
  readonly start: number;
  /** Behind the words of the task. */
  readonly trailing: boolean;
}

/** The shape of one line that can be a task: what stands where, not what it means. Offsets are on the line. */
export interface TaskLine {
  /** Columns before the bullet, a tab counting as four. */
  readonly indent: number;
  readonly bulletAt: number;
  readonly bullet: string;
  /** Undefined where there is none; `mark` is "" in `[]`. */
  readonly box: { readonly mark: string; readonly at: number } | undefined;
  readonly id: string | undefined;
  /** More ids of the same task: `T065/T067 …`. */
  readonly also: readonly string[];
  /** The id stands in bold, struck out, as code, or behind other signs. */
  readonly dressed: boolean;
  /** Between brackets and the id nothing but one space, between the id and what follows as well. */
  readonly spaced: boolean;
  readonly labels: readonly Label[];
  /** The words behind id and labels, trimmed. */
  readonly text: string;
  readonly textAt: number;
}

const BULLET = /^([ \t]{0,5000})(?:> ?)?([-*+•]|\d{1,6}[.)])([ \t]{1,200})/;
const BOX = /\[([^\]\n]{0,3})\]/y;
/** What people write between the brackets; letters other than x are labels (`- [P] tasks = different files`). */
const MARK = /^(?:|[xX]|[^\p{L}\p{N}]{1,2})$/u;
/** What `DRESS` mostly is; much faster. */
const PLAIN_DRESS = /[\s*_~`:.-]{0,24}(?=[\dA-Za-z])/y;
const DRESS = /(?:[\s*_~`:.-]|\p{So}|\uFE0F){0,24}/uy;
const T_ID =
  /T(?:ASK)?-?\d{1,7}(?:\.\d{1,4}){0,3}[A-Za-z]?(?![\p{L}\p{N}_])|TX{2,4}(?![\p{L}\p{N}_])/uy;
const NUMBER_ID = /\d{1,4}(?:(?:\.\d{1,4}){1,5}[a-zA-Z]?\.?|[a-zA-Z]?\.)(?=[\s*:)]|$)/y;
const MORE_IDS = /\s?[/&+,–-]\s?(T\d{1,7}[A-Za-z]?)(?![\p{L}\p{N}_])/uy;
const UNDRESS = /(?:\*\*|__|~~|[*_`:.)]){0,4}/y;
const LABEL = /[\s*]{0,8}(?:\[([^\][\n]{1,80})\](?!\()|\((P)\)|\{([^{}\n]{1,200})\})/y;
const SEPARATOR = /[*_~`]{0,4}\s{0,20}(?:[:–—-](?=\s))?\s{0,20}/y;
/** How every text ends that has a label behind its words. */
const CLOSED = /[\])}*.]/;
const TRAILING = /(?:\[([^\][\n]{1,80})\]|\((P)\)|\{([^{}\n]{1,200})\})[\s*.]{0,4}$/;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * Read the shape of a bullet: box, id, labels, words. Undefined for a line that is no bullet. Whether a bullet without
 * a box or without an id is a task is for the caller to say.
 */
export function readTaskLine(line: SourceLine): TaskLine | undefined {
  const head = BULLET.exec(line.text);
  if (!head) return undefined;
  const [whole, space = "", bullet = ""] = head;
  const bulletAt = whole.length - (head[3] ?? "").length - bullet.length;
  const indent = space.replaceAll("\t", "    ").length;
  const box = readBox(line.text, whole.length);
  return readRest(line.text, box?.end ?? whole.length, { indent, bulletAt, bullet, box: box?.box });
}

/** Read what follows a bullet or the signs of a heading: id, labels and words. */
export function readRest(
  text: string,
  from: number,
  head: Pick<TaskLine, "indent" | "bulletAt" | "bullet" | "box">,
): TaskLine {
  const early = readLabels(text, from);
  const dress = match(PLAIN_DRESS, text, early.end) ?? match(DRESS, text, early.end);
  const start = early.end + (dress?.[0].length ?? 0);
  const found =
    match(T_ID, text, start) ?? (early.labels.length === 0 ? match(NUMBER_ID, text, start) : null);
  const idEnd = start + (found?.[0].length ?? 0);
  const more = found ? readMore(text, idEnd) : { also: [], end: early.end };
  const closed = found ? more.end + (match(UNDRESS, text, more.end)?.[0].length ?? 0) : early.end;
  const late = found ? readLabels(text, closed) : { labels: [], end: early.end };
  const textAt = late.end + (match(SEPARATOR, text, late.end)?.[0].length ?? 0);
  const words = text.slice(textAt);
  return {
    // Not `...head`: each line comes through here, and V8 takes ten times as long for a spread that more properties follow.
    indent: head.indent,
    bulletAt: head.bulletAt,
    bullet: head.bullet,
    box: head.box,
    id: found?.[0].replace(/\.$/, ""),
    also: more.also,
    dressed: found !== null && (closed !== more.end || text.slice(from, start).trim() !== ""),
    spaced:
      found !== null &&
      text.slice(from, start) === " " &&
      text[closed] === " " &&
      text[closed + 1] !== " ",
    labels: [...early.labels, ...late.labels, ...readTrailing(words, textAt)],
    text: words.trim(),
    textAt,
  };
}

function readBox(
  text: string,
  at: number,
): { readonly box: TaskLine["box"]; readonly end: number } | undefined {
  const found = match(BOX, text, at);
  const inside = found?.[1] ?? "";
  const mark = inside.trim();
  if (!found || !MARK.test(mark)) return undefined;
  const end = at + found[0].length;
  const follows = text[end];
  if (follows !== undefined && follows !== " " && follows !== "\t" && follows !== "*")
    return undefined;
  if (inside === "") return { box: { mark: "", at: at + 1 }, end };
  return {
    box: { mark: mark === "" ? " " : mark, at: at + 1 + Math.max(0, inside.indexOf(mark)) },
    end,
  };
}

function readMore(text: string, at: number): { readonly also: string[]; readonly end: number } {
  const also: string[] = [];
  let end = at;
  for (let found = match(MORE_IDS, text, end); found; found = match(MORE_IDS, text, end)) {
    also.push(found[1] ?? "");
    end += found[0].length;
  }
  return { also, end };
}

function readLabels(text: string, at: number): { readonly labels: Label[]; readonly end: number } {
  const labels: Label[] = [];
  let end = at;
  for (let found = match(LABEL, text, end); found; found = match(LABEL, text, end)) {
    const bracket = found[1] === undefined ? (found[2] === undefined ? "{" : "(") : "[";
    const start = end + found[0].search(/[[({]/);
    labels.push({
      text: (found[1] ?? found[2] ?? found[3] ?? "").trim(),
      bracket,
      start,
      trailing: false,
    });
    end += found[0].length;
  }
  return { labels, end };
}

/** Labels at the end of the words, from the last: `… (`a.ts`) [15m] {deps: T004}`. */
function readTrailing(words: string, textAt: number): Label[] {
  const labels: Label[] = [];
  let rest = words.trimEnd();
  for (let turn = 0; turn < 12; turn++) {
    if (!CLOSED.test(rest.slice(-1))) break;
    const tail = rest.slice(-220);
    const found = TRAILING.exec(tail);
    if (!found) break;
    const start = rest.length - tail.length + found.index;
    const bracket = found[1] === undefined ? (found[2] === undefined ? "{" : "(") : "[";
    labels.unshift({
      text: (found[1] ?? found[2] ?? found[3] ?? "").trim(),
      bracket,
      start: textAt + start,
      trailing: true,
    });
    rest = rest.slice(0, start).trimEnd();
  }
  return labels;
}
