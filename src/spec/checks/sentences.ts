import { codeSpans, isInside } from "../code-spans.ts";

/** A sentence of a text and where it begins. */
export interface Sentence {
  readonly text: string;
  readonly offset: number;
}

const END = /[.!?。！？;；](?=\s|$)|[。！？；]/gu;
const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|max|min|no|resp|z\.B|p\.ex|ex)|\b[A-Z])\.$/i;

/** Cut a text into sentences, at full stops and semicolons outside inline code. */
export function sentencesOf(text: string): readonly Sentence[] {
  const spans = codeSpans(text);
  const sentences: Sentence[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + 1;
    if (isInside(spans, match.index) || ABBREVIATION.test(text.slice(Math.max(0, end - 8), end)))
      continue;
    sentences.push({ text: text.slice(start, end), offset: start });
    start = end;
  }
  if (text.slice(start).trim() !== "") sentences.push({ text: text.slice(start), offset: start });
  return sentences;
}

const blank = (part: string): string => " ".repeat(part.length);

/** Blank what is quoted or code, character by character: words in it are shown to users, not demanded. */
export function withoutQuotes(text: string): string {
  let out = "";
  let at = 0;
  for (const [start, end] of codeSpans(text)) {
    out += text.slice(at, start) + blank(text.slice(start, end));
    at = end;
  }
  out += text.slice(at);
  return out.replace(/"[^"]{0,300}"|“[^”]{0,300}”|«[^»]{0,300}»|~~[^~]{0,600}~~/g, blank);
}
