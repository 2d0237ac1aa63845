const LINE_END = /\r\n|\n|\r/g;

/**
 * A text with lines put in at an offset that is the beginning of a line, or the end of the text. They end as the line
 * before them does; a text that ends without a line end still does. All that was there is left.
 *
 * @param apart whether a blank line is wanted before them
 */
export function insertLines(
  text: string,
  at: number,
  lines: readonly string[],
  { apart }: { readonly apart: boolean },
): string {
  const before = text.slice(0, at);
  const eol = lineEndOf(before) ?? lineEndOf(text) ?? "\n";
  const ended = before === "" || before === "\uFEFF" || /[\r\n]$/.test(before);
  const block = lines.join(eol);
  const lead = (ended ? "" : eol) + (apart && !endsBlank(before) ? eol : "");
  return `${before}${lead}${block}${ended ? eol : ""}${text.slice(at)}`;
}

/** The last line end of a text. */
function lineEndOf(text: string): string | undefined {
  const last = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
  if (last < 0) return undefined;
  return text[last] === "\n" && text[last - 1] === "\r" ? "\r\n" : text[last];
}

/** Whether a text is empty or its last line is blank. */
function endsBlank(text: string): boolean {
  if (text.replace(/^\uFEFF/, "") === "") return true;
  const lines = text.slice(-1_000).split(LINE_END);
  return lines.at(-1) === "" && lines.length > 1 && (lines.at(-2) ?? "").trim() === "";
}
