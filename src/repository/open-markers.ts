import { wordLine } from "../core/text.ts";
import { codeSpans, isInside } from "../spec/code-spans.ts";
import { readLines } from "../core/markdown/source-lines.ts";
import type { OpenMarker } from "./model.ts";

const OPEN = /\[NEEDS[ _]CLARIFICATION(?:\s*[:：–—-]\s*([^\]\n]{0,400}))?(?:\]|$)/gi;
/** A line that speaks of such markers instead of being one: `No [NEEDS CLARIFICATION] markers remain`. */
const ABOUT =
  /\bmarkers?\b|\b(?:no|zero|without|resolved?|remaining|any|every|each|all)\b[^[]{0,40}\[NEEDS/i;

/**
 * Open `[NEEDS CLARIFICATION: …]` markers of the documents. Code and comments are none, nor is a bare marker in a sentence
 * about markers.
 */
export const openMarkers = (documents: Readonly<Record<string, string>>): readonly OpenMarker[] =>
  Object.entries(documents).flatMap(([document, text]) =>
    text.includes("[") && document.endsWith(".md")
      ? readLines(text).flatMap((line) =>
          line.kind === "text" ? markersOn(document, line.number, line.text) : [],
        )
      : [],
  );

function markersOn(document: string, line: number, text: string): readonly OpenMarker[] {
  if (!/\[NEEDS[ _]C/i.test(text)) return [];
  const spans = codeSpans(text);
  return [...text.matchAll(OPEN)].flatMap((match) => {
    const question = wordLine(match[1] ?? "", 300);
    if (isInside(spans, match.index) || (question === "" && ABOUT.test(text))) return [];
    return [{ document, line, question }];
  });
}
