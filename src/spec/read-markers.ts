import { codeSpans, isInside } from "./code-spans.ts";
import { eachItem, wholeBody, type Block } from "./blocks.ts";
import { placeAt, tidy, type Folded } from "../core/markdown/folded.ts";
import type { Clarification, Criterion, Requirement, Story } from "./model.ts";

const OPEN =
  /\[\s*(?:NEEDS?[ _]CLARIFICATION|TO BE CLARIFIED|À CLARIFIER|A CLARIFIER|NECESITA ACLARACIÓN|PRECISA DE ESCLARECIMENTO|KLÄRUNG NÖTIG|要確認|要明確化|需要澄清)\s*(?:[:：–—-]\s*)?/giu;

/** Where the bracket that opens at `from` closes; the end of the text if it never does. */
function closing(text: string, from: number): number {
  let depth = 1;
  const end = Math.min(text.length, from + 500);
  for (let at = from; at < end; at++) {
    if (text[at] === "[") depth++;
    else if (text[at] === "]" && --depth === 0) return at;
  }
  return end;
}

function bodiesOf(block: Block): readonly Folded[] {
  if (block.kind === "row") return block.cells;
  if (block.kind !== "item") return [block.body];
  return [...eachItem(block)].map((item) => item.body);
}

interface Owner {
  readonly id: string;
  readonly line: number;
}

/** All open `[NEEDS CLARIFICATION: …]` markers, with the id of what they stand in. */
export function readMarkers(
  blocks: readonly Block[],
  owned: {
    readonly stories: readonly Story[];
    readonly requirements: readonly Requirement[];
    readonly criteria: readonly Criterion[];
  },
): readonly Clarification[] {
  const items = new Map(
    [...owned.requirements, ...owned.criteria].map((one) => [one.line, one.id]),
  );
  const stories = new Map(owned.stories.map((one) => [one.line, one.id]));
  let story: Owner | undefined;
  let level = 0;
  return blocks.flatMap((block) => {
    const first = block.kind === "row" ? block.cells[0] : block.body;
    const line = first ? placeAt(first, 0).line : 0;
    if (block.kind === "heading") {
      const id = stories.get(line);
      if (id !== undefined || (story && block.level <= level)) {
        story = id === undefined ? undefined : { id, line };
        level = block.level;
      }
    }
    const whole = block.kind === "item" ? wholeBody(block) : undefined;
    const own = items.get(whole ? placeAt(whole, 0).line : line);
    return bodiesOf(block).flatMap((body) => {
      const within = items.get(placeAt(body, 0).line) ?? own ?? story?.id;
      return markersIn(body, within);
    });
  });
}

function markersIn(body: Folded, within: string | undefined): readonly Clarification[] {
  if (!body.text.includes("[")) return [];
  const spans = codeSpans(body.text);
  return [...body.text.matchAll(OPEN)].flatMap((match) => {
    const inCode = isInside(spans, match.index);
    const from = match.index + match[0].length;
    const question = tidy(body.text.slice(from, closing(body.text, from)));
    return inCode ? [] : [{ ...placeAt(body, match.index), question, within }];
  });
}
