import { oneLine } from "../../../../core/text.ts";
import type { Clarification } from "../../../../spec/model.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";
import { inline } from "../synthesis/markdown.ts";
import { openMarker } from "./open-marker.ts";
import {
  aboutIn,
  readDiscovery,
  type AskedQuestion,
} from "../../../../stage/discovery/read-discovery.ts";
import { isSameQuestion, type Asked } from "./same-question.ts";

/** Longest answer that is put into the text of a requirement; the whole one stands in discovery.md. */
const MAX_ANSWER = 200;
const MARKER = /^\[[^[\]]{0,500}(?:\[[^[\]]{0,200}\][^[\]]{0,500}){0,5}\]/;

/**
 * The inputs with the answers of `discovery.md` in the text of `spec.md`: `[NEEDS CLARIFICATION: for how long?]` becomes
 * `(decided: 90 days)`, and the answer to a question about a requirement, criterion or edge case stands behind it. So
 * nobody asks again what was answered, and the answer is where the demand is. Line numbers stay. Without a discovery,
 * the inputs as they are.
 */
export function settledInputs(
  inputs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const answered = readDiscovery(inputs["discovery.md"]).filter(
    ({ answer }) => answer !== undefined,
  );
  const text = inputs["spec.md"];
  return answered.length === 0 || text === undefined
    ? inputs
    : { ...inputs, "spec.md": settled(text, answered) };
}

function settled(text: string, answered: readonly AskedQuestion[]): string {
  const spec = parseSpec("spec.md", text);
  const lines = text.split("\n");
  const starts = new Set([...spec.requirements, ...spec.criteria, ...spec.edgeCases].map(lineOf));
  for (const one of answered) {
    const { line } = aboutIn(one.decides);
    const marked = spec.clarifications.some((marker) => asks(one, marker));
    const asked = { question: one.question, requirements: aboutIn(one.decides).ids };
    const listed = spec.edgeCases
      .filter(({ text: question }) =>
        isSameQuestion(asked, inlined({ question, requirements: [] })),
      )
      .map(lineOf);
    const own = !marked && line !== undefined && starts.has(line) ? [line] : [];
    for (const at of new Set([...listed, ...own])) append(lines, at - 1, decided(one));
  }
  const open = spec.clarifications.flatMap((marker) => {
    const one = answered.find((other) => asks(other, marker));
    return one ? [{ marker, words: decided(one) }] : [];
  });
  for (const { marker, words } of open.toReversed()) replace(lines, marker, words);
  return lines.join("\n");
}

const lineOf = ({ line }: { readonly line: number }): number => line;

const asks = ({ question, decides }: AskedQuestion, marker: Clarification): boolean =>
  isSameQuestion({ question, requirements: aboutIn(decides).ids }, inlined(openMarker(marker)));

/** As a question stands in a heading. */
const inlined = (asked: Asked): Asked => ({ ...asked, question: inline(asked.question) });

/** Brackets in an answer would end the one that it stands in. */
const decided = ({ answer = "" }: AskedQuestion): string =>
  `(decided: ${oneLine(
    answer
      .replace(/\\(?=[\\`*[\]~_|])/g, "")
      .replace(/\s*[([{]/g, ", ")
      .replace(/[)\]}]/g, "")
      .replace(/\|/g, "/")
      .replace(/[\s.]+$/, ""),
    MAX_ANSWER,
  )})`;

/** Put words in place of a marker, which may go over several lines: their number stays. */
function replace(lines: string[], { line, column }: Clarification, words: string): void {
  const from = line - 1;
  const rest = lines.slice(from, from + 8).join("\n");
  const at = Array.from(lines[from] ?? "")
    .slice(0, column - 1)
    .join("").length;
  const marker = MARKER.exec(rest.slice(at))?.[0];
  if (marker === undefined) return;
  const breaks = marker.split("\n").length - 1;
  const now = `${rest.slice(0, at)}${words}${"\n".repeat(breaks)}${rest.slice(at + marker.length)}`;
  const next = now.split("\n");
  lines.splice(from, next.length, ...next);
}

/** What ends an item of a list or a paragraph: an empty line, another item, a heading, a row. */
const ENDS = /^\s*(?:$|[-*+]\s|\d+[.)]\s|#|\||>|```)/;

/** Put words behind an item, before its full stop. Headings and rows of tables are left alone. */
function append(lines: string[], from: number, words: string): void {
  if (/^\s*(?:#|\|)/.test(lines[from] ?? "")) return;
  let last = from;
  while (last + 1 < lines.length && !ENDS.test(lines[last + 1] ?? "")) last++;
  const [, body = "", stop = ""] = /^(.*?)([.;]?)\s*$/.exec(lines[last] ?? "") ?? [];
  lines[last] = `${body} ${words}${stop}`;
}
