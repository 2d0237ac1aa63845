import { readReferences } from "./references.ts";
import type { IdGrammar } from "./id-grammar.ts";

const SPAN = /`([^`]{1,400})`/g;

/**
 * A text whose inline code is blanked, so that an example in code is not taken for an annotation; offsets stay. A code
 * span that is nothing but ids stays: ``depends on `1.1` `` means it.
 */
export function maskCode(text: string, grammar: IdGrammar): string {
  if (!text.includes("`")) return text;
  return text.replace(SPAN, (whole, code: string) => {
    const { references, end } = readReferences(code, 0, grammar);
    return references.length > 0 && code.slice(end).trim() === ""
      ? whole
      : " ".repeat(whole.length);
  });
}
