/* oxlint-disable no-control-regex -- removing them is what this file is for */
const ESCAPES =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/g;
const CONTROLS =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** Text from outside, made inert for a terminal: no escapes, control or bidi characters; tabs and newlines stay. */
export const inert = (text: string): string =>
  text.replaceAll("\r\n", "\n").replace(ESCAPES, "").replace(CONTROLS, "");

/** One line of at most `max` characters, inert, with `…` where it was cut. */
export function oneLine(text: string, max = 120): string {
  const line = inert(text.length > max * 8 ? text.slice(0, max * 8) : text)
    .replace(/\s+/g, " ")
    .trim();
  const points = Array.from(line);
  return points.length > max ? `${points.slice(0, max - 1).join("")}…` : line;
}

/** `oneLine`, cut at the end of a word: half an id or path would name something else. */
export function wordLine(text: string, max = 120): string {
  const line = oneLine(text, max);
  if (!line.endsWith("…") || text.trimEnd().endsWith("…")) return line;
  const words = line.slice(0, -1).replace(/\s*\S*$/, "");
  return words === "" ? "…" : `${words} …`;
}
