/* oxlint-disable no-control-regex -- removing them is what this file is for */
/** Only what is whole on one line: an escape without its end would take what stands after it along. */
const ESCAPES =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0000-\u001F\u007F-\u009F]*(?:\u0007|\u001B\\)|[@-OQ-WYZ\\])/g;
const CONTROLS =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;

/**
 * Text from outside, made inert for a terminal: no escapes, control or bidi characters; tabs and newlines stay. An
 * escape sequence goes whole only where it ends on its own line, else its first character alone: no text is lost to it.
 */
export const inert = (text: string): string =>
  text
    .replace(/\r\n|[\u2028\u2029]/g, "\n")
    .replace(ESCAPES, "")
    .replace(CONTROLS, "");

/** One line of at most `max` characters, inert, with `…` where it was cut. */
export function oneLine(text: string, max = 120): string {
  const read = text.slice(0, max * 8);
  const line = inert(read).replace(/\s+/g, " ").trim();
  const points = Array.from(line);
  return points.length > max || read.length < text.length
    ? `${points.slice(0, max - 1).join("")}…`
    : line;
}

/** `oneLine`, cut at the end of a word: half an id or path would name something else. */
export function wordLine(text: string, max = 120): string {
  const line = oneLine(text, max);
  if (!line.endsWith("…") || text.trimEnd().endsWith("…")) return line;
  const words = line.slice(0, -1).replace(/\s*\S*$/, "");
  return words === "" ? "…" : `${words} …`;
}
