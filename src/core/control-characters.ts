/* oxlint-disable no-control-regex -- naming them is what this file is for */
/**
 * Characters that change what a person sees without being seen: controls except tab, line feed and a carriage return
 * before it, marks that turn the direction of text, invisible spaces, and tags. Joiners (U+200C, U+200D) are part of
 * Persian words and emoji, and the tags of a flag (after U+1F3F4, up to U+E007F) part of it: neither counts.
 */
const HIDING =
  /(\u{1F3F4}[\u{E0020}-\u{E007E}]{1,8}\u{E007F})|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]|\r(?!\n)/gu;

/** `U+001B` and the like. */
const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** `␛` for the escape character, where there is a picture of it and it can be shown, else `<U+001B>`. */
function picture(character: string, unicode: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  if (unicode && code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (unicode && code === 0x7f) return "␡";
  return `<${codeOf(character)}>`;
}

/** The text with everything that would hide or turn a part of it made visible; nothing is left out. */
export const revealed = (text: string, { unicode }: { readonly unicode: boolean }): string =>
  text.replace(HIDING, (found, flag?: string) => flag ?? picture(found, unicode));

/** A line that has characters which hide or turn a part of it: their codes in order, each once. */
interface HidingLine {
  readonly line: number;
  readonly codes: readonly string[];
}

/** Where a text has such characters. A byte order mark at its very beginning hides nothing. */
export const controlCharacters = (text: string): readonly HidingLine[] =>
  text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line, index) => {
      const found = [...line.matchAll(HIDING)].filter(([, flag]) => flag === undefined);
      const codes = [...new Set(found.map(([character]) => codeOf(character)))];
      return codes.length > 0 ? [{ line: index + 1, codes }] : [];
    });
