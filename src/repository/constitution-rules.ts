import { wordLine } from "../core/text.ts";
import { readLines } from "../core/markdown/source-lines.ts";
import { CHECKS, type Judged, type Project } from "./constitution-checks.ts";
import type { ConstitutionRule } from "./model.ts";

const BINDING =
  /\b(?:MUST(?: NOT)?|SHALL(?: NOT)?|NEVER|REQUIRED|FORBIDDEN|PROHIBITED|NON-NEGOTIABLE|must(?: not)?|never|shall(?: not)?|forbidden|prohibited)\b/;
const MAX_RULES = 300;
const NOT_DECIDED: Judged = {
  verdict: "not decided",
  reason: "no rule can tell this from the files",
  places: [],
};

/**
 * The binding sentences of a constitution, each with what can be said of it by rule. Most need a reader; those are listed
 * as not decided rather than guessed.
 */
export function constitutionRules(
  text: string | undefined,
  project: Project,
): readonly ConstitutionRule[] {
  return sentencesOf(text ?? "")
    .filter(
      (sentence) => BINDING.test(sentence.text) && !/\[[A-Z][A-Z0-9_]{3,}\]/.test(sentence.text),
    )
    .slice(0, MAX_RULES)
    .map(({ line, text: rule }) => ({
      line,
      text: wordLine(rule, 300),
      ...(CHECKS.map((check) => check(rule, project)).find((one) => one !== undefined) ??
        NOT_DECIDED),
    }));
}

/** Whether a constitution is still the template that it was made from. */
export const isTemplate = (text: string): boolean =>
  (text.match(/\[[A-Z][A-Z0-9_]{3,}\]/g) ?? []).length >= 3;

interface Sentence {
  readonly line: number;
  readonly text: string;
}

/** Sentences, each with the line it begins on; paragraphs and list items are read over their line breaks. */
function sentencesOf(text: string): readonly Sentence[] {
  const parts: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | undefined;
  for (const line of readLines(text)) {
    const content = line.text.trim();
    const begins = /^(?:#|[-*+]\s|\d{1,3}[.)]\s|\||>)/.test(content);
    if (line.kind !== "text" || content === "") open = undefined;
    else if (open && !begins && open.text.length < 4_000) open.text += ` ${content}`;
    else {
      open = { line: line.number, text: content.replace(/^(?:#{1,6}|[-*+]|\d{1,3}[.)]|>)\s+/, "") };
      parts.push(open);
    }
  }
  return parts.flatMap(({ line, text: part }) =>
    part
      .replace(/\*\*|__/g, "")
      .split(/(?<=[.!?;])\s+(?=[\p{Lu}`])/u)
      .map((sentence) => ({ line, text: sentence.trim() })),
  );
}
