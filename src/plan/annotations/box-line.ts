/** A bullet with a check box. Offsets are in the text of its line. */
export interface BoxLine {
  /** Columns of white space before the bullet; a tab goes to the next multiple of four. */
  readonly indent: number;
  readonly bulletAt: number;
  /** `-`, `*`, `+`, or a number with its `.` or `)`. */
  readonly bullet: string;
  /** One character; "" where the brackets are empty; the trimmed one of `[ x ]`. */
  readonly mark: string;
  readonly markAt: number;
  /** Whether the box is just `[m]`. */
  readonly wellFormed: boolean;
  /** Where the words behind it begin. */
  readonly textAt: number;
}

const BULLET = /(?:[-*+]|\d{1,9}[.)])[ \t\u00A0]{1,40}/uy;
const BOX = /\[([ \t]{0,3})([^\s[\]])?([ \t]{0,3})\](?=[\s\u00A0]|$)/uy;

/** Where the text of a line begins, and how far that is indented. Linear; leaves out a byte order mark. */
export function indentOf(text: string): { readonly columns: number; readonly at: number } {
  let columns = 0;
  let at = 0;
  for (; at < text.length; at++) {
    const char = text[at];
    if (char === "\t") columns += 4 - (columns % 4);
    else if (char === " " || char === "\u00A0") columns++;
    else if (char !== "\uFEFF") break;
  }
  return { columns, at };
}

/** Read a line as a bullet with a box: `- [ ] …`, `* [x] …`, `1. [X] …`. Undefined if it is none, as `- [P] = parallel` is. */
export function readBoxLine(text: string): BoxLine | undefined {
  const { columns, at } = indentOf(text);
  BULLET.lastIndex = at;
  const bullet = BULLET.exec(text)?.[0];
  if (bullet === undefined) return undefined;
  const boxAt = at + bullet.length;
  BOX.lastIndex = boxAt;
  const box = BOX.exec(text);
  if (!box) return undefined;
  const [whole, before = "", char, after = ""] = box;
  const blank = char === undefined ? before + after : "";
  let textAt = boxAt + whole.length;
  while (textAt < text.length && /[\s\u00A0]/.test(text[textAt] ?? "")) textAt++;
  return {
    indent: columns,
    bulletAt: at,
    bullet: bullet.trim(),
    mark: char ?? (blank === "" ? "" : " "),
    markAt: boxAt + 1 + (char === undefined ? 0 : before.length),
    wellFormed: char === undefined ? blank.length === 1 : before + after === "",
    textAt,
  };
}

/** Where the words of a bullet without a box begin, and its indent. Undefined if the line is no bullet. */
export function readBullet(
  text: string,
): { readonly indent: number; readonly textAt: number } | undefined {
  const { columns, at } = indentOf(text);
  BULLET.lastIndex = at;
  const bullet = BULLET.exec(text)?.[0];
  return bullet === undefined ? undefined : { indent: columns, textAt: at + bullet.length };
}
