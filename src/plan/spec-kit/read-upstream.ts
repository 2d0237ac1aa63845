import { placeOn, type SourceLine } from "../../core/markdown/source-lines.ts";
import { readRow } from "../../core/markdown/table-row.ts";
import { oneLine } from "../../core/text.ts";
import type { UpstreamPlan } from "../model.ts";

/** A specification by its number: `Spec 004`, `feature 004-permissions`. */
const NAMED = String.raw`(?:spec(?:ification)?|feature)\s{1,4}#?(\d{2,4}(?:-[\w-]{1,80})?)(?![\w])`;

const FIRST = new RegExp(
  String.raw`\b${NAMED}(?:(?!\b(?:not|never|no longer)\b)[^.;|]){0,160}?\b(?:must|has to|needs to|should)\s{1,4}be\s{1,4}(?:fully\s{1,4})?(?:implemented|completed?|done|finished|merged|delivered|in place)\b`,
  "iu",
);
const BEFORE = new RegExp(
  String.raw`^[\s>*_-]{0,12}(?:[^.;|:]{0,40}:[\s*_]{0,6})?(?:this (?:spec|feature|plan)\s{1,4})?(?:depends on|requires|blocked by|needs)\s{1,4}(?:[\w']{1,20}\s{1,4}){0,3}?${NAMED}`,
  "iu",
);

/** `Spec 004 → 001` in a table whose row says that it holds all up. */
const ARROW = new RegExp(String.raw`${NAMED}\s{0,4}(?:→|->|⟶|➔)`, "iu");
const HOLDS_UP =
  /blocks?\s{1,4}(?:all|everything|this)|\bupstream\b|\bmust\s{1,4}(?:be|exist|come)|\bhard\b|\bblocking\b|required first/iu;

/**
 * Other specifications that a tasks.md says it needs first: `Spec 004 (…) MUST be implemented first`, a row `Spec 004 → 001 |
 * Blocks all work`. Each once. Linear.
 */
export function readUpstream(lines: readonly SourceLine[], file: string): readonly UpstreamPlan[] {
  const found = new Map<string, UpstreamPlan>();
  for (const line of lines) {
    if (line.kind !== "text" || !/spec|feature/i.test(line.text)) continue;
    if (/^\s{0,200}[-*+]\s{1,8}\[.\]/.test(line.text)) continue;
    const need = inRow(line) ?? inSentence(line);
    if (!need) continue;
    const name = `Spec ${need.id}`;
    if (found.has(name)) continue;
    found.set(name, {
      name,
      reason: oneLine(need.reason, 160),
      place: { file, ...placeOn(line, need.at) },
    });
  }
  return [...found.values()];
}

interface Need {
  readonly id: string;
  readonly reason: string;
  readonly at: number;
}

function inRow(line: SourceLine): Need | undefined {
  const [first, ...rest] = readRow(line)?.cells ?? [];
  const match = first && ARROW.exec(first.text);
  const says = rest.map(({ text }) => text);
  if (!match || !says.some((text) => HOLDS_UP.test(text))) return undefined;
  const at = line.text.indexOf(match[0]);
  return { id: match[1] ?? "", reason: plain(says.join(": ")), at: Math.max(0, at) };
}

function inSentence({ text }: SourceLine): Need | undefined {
  const shown = text.slice(0, 2_000);
  if (shown.trimStart().startsWith("|")) return undefined;
  const match = FIRST.exec(shown) ?? BEFORE.exec(shown);
  if (!match) return undefined;
  const sentence = shown.slice(match.index).split(/[.;](?=\s|$)/, 1)[0] ?? "";
  return { id: match[1] ?? "", reason: plain(sentence), at: match.index };
}

const plain = (text: string): string => text.replace(/[*`]/g, "").trim();
