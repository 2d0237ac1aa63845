/**
 * How many terminal columns text takes, and cutting text to columns. Follows Unicode East Asian Width (wide and full
 * width count 2) and emoji presentation; combining marks and joiners count 0. Expects inert text (see `core/text.ts`):
 * escape sequences and control characters are not dealt with here.
 */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\u{1160}-\u{11FF}]$/u;
const SKIN_TONE = /^\p{Emoji_Modifier}$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;
const JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;

/** First and last code point of each wide block of Unicode 16, emoji left to `EMOJI`. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f251],
  [0x20000, 0x3fffd],
];

function pointWidth(point: string): number {
  const code = point.codePointAt(0) ?? 0;
  if (code < 0x300) return code === 0xad ? 0 : 1;
  if (ZERO.test(point)) return 0;
  if (WIDE.some(([from, to]) => code >= from && code <= to)) return 2;
  return EMOJI.test(point) ? 2 : 1;
}

/** Each code point with the column after it; an emoji sequence joined by ZWJ takes the columns of its first part. */
function* advance(text: string): Generator<{ readonly point: string; readonly column: number }> {
  let column = 0;
  let last = 0;
  let joined = false;
  for (const point of text) {
    const code = point.codePointAt(0) ?? 0;
    if (code === EMOJI_STYLE && last === 1) column += 1;
    const width = joined || (last === 2 && SKIN_TONE.test(point)) ? 0 : pointWidth(point);
    joined = code === JOINER;
    column += width;
    if (width > 0) last = width;
    if (code === EMOJI_STYLE) last = 2;
    yield { point, column };
  }
}

/** Columns that one line of text takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { column } of advance(text)) width = column;
  return width;
}

/** The text cut to at most `columns`, with `mark` at the end where something was cut. */
export function fitText(text: string, columns: number, mark = "…"): string {
  if (columns <= 0) return "";
  let fitting = "";
  let fittingWithMark = "";
  const room = columns - textWidth(mark);
  for (const { point, column } of advance(text)) {
    if (column > columns) return room < 0 ? "" : fittingWithMark + mark;
    fitting += point;
    if (column <= room) fittingWithMark = fitting;
  }
  return fitting;
}

/** The text cut or filled with blanks to exactly `columns`. */
export function padText(text: string, columns: number, mark = "…"): string {
  const fitted = fitText(text, columns, mark);
  return fitted + " ".repeat(Math.max(0, columns - textWidth(fitted)));
}
