const TERMINATOR = /[\r\u2028\u2029]/g;

/**
 * What the original takes for the rest of a line: white space, at least `least` of it, then at least one more character, trimmed.
 * Undefined where there is no such rest, or where a carriage return or another line separator stands in it: its pattern stops
 * there and then does not match at all.
 */
export function restOf(rest: string, least: number): string | undefined {
  let from = least;
  for (const { index } of rest.matchAll(TERMINATOR)) from = Math.max(from, index + 1);
  const blank = rest.slice(0, from).trim() === "";
  return blank && from < rest.length ? rest.trim() : undefined;
}
