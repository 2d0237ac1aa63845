import { wholeBody } from "./blocks.ts";
import { placeAt, tidy, type Folded } from "../core/markdown/folded.ts";
import type { AnsweredQuestion, SpecItem } from "./model.ts";
import type { Spot } from "./outline.ts";
import type { SectionKind } from "./section-kinds.ts";

const itemFrom = (body: Folded): SpecItem => ({ ...placeAt(body, 0), text: tidy(body.text) });

const isHeaderRow = (spots: readonly Spot[], index: number): boolean => {
  const next = spots[index + 1]?.block;
  return next?.kind === "row" && next.separator;
};

/**
 * The items of one kind of section: its list items and table rows with what is below them, or its paragraphs when it
 * has neither. Labels and lead-ins that end in a colon are no items.
 */
export function readItems(spots: readonly Spot[], kind: SectionKind): readonly SpecItem[] {
  const listed = spots.flatMap((spot, index) => {
    if (spot.kind !== kind) return [];
    if (spot.block.kind === "item") return [itemFrom(wholeBody(spot.block))];
    if (spot.block.kind !== "row" || spot.block.separator || isHeaderRow(spots, index)) return [];
    const [first, ...rest] = spot.block.cells.filter((cell) => cell.text !== "");
    if (!first) return [];
    const text = [first, ...rest].map((cell) => tidy(cell.text)).join(" — ");
    return [{ ...placeAt(first, 0), text }];
  });
  if (listed.length > 0) return listed;
  return spots.flatMap(({ block, kind: at }) =>
    at === kind &&
    block.kind === "paragraph" &&
    !/[:：](?:\*\*|__)?$|^\*\*[^*]+\*\*$/.test(block.body.text)
      ? [itemFrom(block.body)]
      : [],
  );
}

const ANSWER =
  /(?:→|->|=>|;|\?|\s)\s*(?:\*\*|__)?(?:A|Answer|R|Respuesta|Réponse|Resposta|Antwort|回答|答)(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*/iu;
const QUESTION =
  /^(?:\*\*|__)?(?:Q|Question|P|Pregunta|Pergunta|F|Frage|質問|问)\s*\d{0,3}(?:\*\*|__)?\s*[:：.]\s*(?:\*\*|__)?\s*/iu;

/** Questions and answers of the Clarifications section: `- Q: … → A: …`, also with the answer below. */
export function readAnswered(spots: readonly Spot[]): readonly AnsweredQuestion[] {
  return spots.flatMap(({ block, kind }) => {
    if (kind !== "clarifications" || (block.kind !== "item" && block.kind !== "paragraph"))
      return [];
    const body = block.kind === "item" ? wholeBody(block) : block.body;
    const lead = QUESTION.exec(body.text);
    if (!lead) return [];
    const rest = body.text.slice(lead[0].length);
    const answer = ANSWER.exec(rest);
    if (!answer) return [];
    const ends = answer[0].startsWith("?") ? answer.index + 1 : answer.index;
    return [
      {
        ...placeAt(body, lead[0].length),
        question: tidy(rest.slice(0, ends)).replace(/[*_\s;]+$/, ""),
        answer: tidy(rest.slice(answer.index + answer[0].length)),
      },
    ];
  });
}
