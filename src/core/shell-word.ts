import { oneLine } from "./text.ts";

/** A text as one word of a command that a person copies: quoted where a POSIX shell would read it otherwise. */
export function shellWord(text: string): string {
  const shown = oneLine(text, 400);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}
