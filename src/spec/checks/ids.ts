import type { Diagnostic } from "../../core/diagnostic.ts";
import { codeSpans } from "../code-spans.ts";
import { knownIds } from "../spec-ids.ts";
import { placeOn } from "../../core/markdown/source-lines.ts";
import { finding, type Check, type CheckInput } from "./passage.ts";

function duplicates({ spec }: CheckInput): readonly Diagnostic[] {
  const first = new Map<string, number>();
  return [...spec.stories, ...spec.requirements, ...spec.criteria].flatMap((item) => {
    const line = first.get(item.id);
    if (line === undefined) {
      first.set(item.id, item.line);
      return [];
    }
    return [
      finding(spec, ["SPEC_DUPLICATE_ID", "warning"], item, [
        `${item.id} is defined twice; the first is on line ${line}.`,
        "Give one of them an id of its own: what refers to it can't be told apart.",
      ]),
    ];
  });
}

/** Words around an id which say that it belongs to another document. */
const ELSEWHERE_AFTER =
  /^\s*(?:\(?(?:of|in|from|de|du|aus|von)\b|['’]s\b)\s*(?:the\s+)?["'`*]?(?:[A-Z]{2,}-\d|\d{3}|spec|feature|issue|phase)/i;
const ELSEWHERE_BEFORE =
  /(?:\b(?:spec|feature|specification|phase)\s+["'`*]?[\w-]{0,40}\d[\w-]*["'`*]?(?:['’]s)?[\s,:(]*|[A-Z]{2,}-\d+[/.:]|\d{3}-[a-z-]+[`'’s\s:/,(]*)$/i;

function unknown(input: CheckInput): readonly Diagnostic[] {
  const { spec, lines } = input;
  const known = knownIds(spec);
  const families = new Set([...known].map((id) => id.replace(/\d.*$/, "")));
  if (known.size === 0) return [];
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    if (line.kind !== "text" || !/\d/.test(line.text)) return [];
    const spans = codeSpans(line.text);
    return [
      ...line.text.matchAll(
        /(?<![\p{L}\p{N}_/-])([A-Z]{1,8}(?:-[A-Z]{2,8})?-?)(\d{1,4}[a-z]?)(?![\p{L}\p{N}_]|\.\d)/gu,
      ),
    ].flatMap((match) => {
      const id = `${match[1]}${match[2]}`;
      const at = match.index;
      if (!families.has(match[1] ?? "") || known.has(id) || seen.has(id)) return [];
      if (spans.some(([start, end]) => at > start && at < end)) return [];
      const elsewhere =
        ELSEWHERE_AFTER.test(line.text.slice(at + id.length, at + id.length + 60)) ||
        ELSEWHERE_BEFORE.test(line.text.slice(Math.max(0, at - 60), at));
      const story =
        id.startsWith("US") && known.has(`${match[1]}${match[2]?.replace(/[a-z]$/, "")}`);
      if (elsewhere || story) return [];
      seen.add(id);
      const place = placeOn(line, at);
      return [
        finding(spec, ["SPEC_UNKNOWN_ID", "warning"], place, [
          `${id} is referred to but defined nowhere in this spec.`,
          "Correct the id, define it, or name the document it belongs to.",
        ]),
      ];
    });
  });
}

const loose = ({ spec }: CheckInput): readonly Diagnostic[] =>
  spec.loose
    .filter(({ outOfScope }) => !outOfScope)
    .map((item) =>
      finding(spec, ["SPEC_LOOSE_ID", "warning"], item, [
        `${item.id} begins this item, which does not say what it demands; nothing else defines it.`,
        `Write what it demands under the requirements, or take the id out; as it is, a plan names it as not covered.`,
      ]),
    );

/** Ids are unique, and what is referred to exists. Gaps in the numbering are fine: ids are never reused. */
export const checkIds: Check = (input) => [
  ...duplicates(input),
  ...loose(input),
  ...unknown(input),
];
