import { eachItem, wholeBody, type Item } from "./blocks.ts";
import { joinFolded, placeAt, tidy, type Folded } from "../core/markdown/folded.ts";
import { bracketAfter, isNonFunctionalFamily, leadingId } from "./item-id.ts";
import { definitionsIn, HOME, type Numbered } from "./definitions.ts";
import type { Criterion, LooseId, Requirement, SpecItem } from "./model.ts";
import { obligationsIn } from "./obligations.ts";
import type { Spot } from "./outline.ts";
import { priorityIn } from "./priority.ts";
import { isNonFunctional } from "./section-kinds.ts";
import type { Row } from "../core/markdown/table-row.ts";

export interface Found {
  readonly requirements: readonly Requirement[];
  readonly unnumbered: readonly SpecItem[];
  readonly criteria: readonly Criterion[];
  /** Success criteria written as list items without an id. */
  readonly unnumberedCriteria: readonly SpecItem[];
  /** Ids that begin an item of which it can't be said that it defines them, and that nothing else defines. */
  readonly loose: readonly LooseId[];
}

const isNumbered = (item: Item): boolean => leadingId(item.body) !== undefined;

function fromItem(spot: Spot, item: Item): Numbered | undefined {
  const id = leadingId(item.body);
  if (!id) return undefined;
  const body = wholeBody(item, isNumbered);
  const text = tidy(body.text.slice(id.rest));
  const priority = priorityIn(bracketAfter(body, id)) ?? taggedPriority(text);
  return { spot, id, body, text, priority, measurement: undefined };
}

/** `(P1)`, `[P1]` or `Priority: P1` in a requirement's text; a bare `P1` may be anything. */
const taggedPriority = (text: string): Numbered["priority"] => {
  const tag =
    /[([]\s*(?:priority\s*[:：]\s*)?(P[0-4])\s*[)\]]|priority\s*[:：]\s*\**(P[0-4])\b/i.exec(text);
  return tag ? priorityIn(tag[1] ?? tag[2] ?? "") : undefined;
};

function fromRow(spot: Spot, row: Row, header: readonly string[]): Numbered | undefined {
  const [first, second] = row.cells;
  if (!first || !second) return undefined;
  const id = leadingId(first);
  if (!id || id.rest < first.text.length) return undefined;
  const priorityCell = row.cells.slice(1).find((cell) => /^[*_]*P[0-4]\b[*_]*$/i.test(cell.text));
  const measure = header.findIndex((title) =>
    /measur|metric|verif|mesure|medici|target/i.test(title),
  );
  const measured = measure > 1 ? row.cells[measure]?.text : undefined;
  return {
    spot,
    id,
    body: joinFolded([first, second], " "),
    text: tidy(second.text),
    priority: priorityIn(priorityCell?.text ?? ""),
    measurement: measured === undefined || measured === "" ? undefined : tidy(measured),
  };
}

/** A requirement written as a heading: the text under it belongs to it. */
function fromHeading(spot: Spot, under: readonly Folded[]): Numbered | undefined {
  if (spot.block.kind !== "heading") return undefined;
  const id = leadingId(spot.block.body);
  if (!id || id.family === "US") return undefined;
  const body = joinFolded([spot.block.body, ...under], ". ");
  const text = tidy(body.text.slice(id.rest));
  return { spot, id, body, text, priority: taggedPriority(text), measurement: undefined };
}

function groupOf(spot: Spot): string | undefined {
  const heading = spot.path.findLast((section) => section.level > 2 && section.level < 7);
  if (!HOME.has(spot.kind)) return undefined;
  if (spot.label !== undefined) return spot.label;
  return heading && /^(?:non[- ]?)?functional requirements$/i.test(heading.title)
    ? undefined
    : heading?.title;
}

const toRequirement = ({ spot, id, body, text, priority }: Numbered): Requirement => {
  const quality =
    isNonFunctionalFamily(id.family) ||
    isNonFunctional(spot.label ?? "") ||
    spot.path.some((section) => isNonFunctional(section.title));
  return {
    ...placeAt(body, id.offset),
    id: id.id,
    text,
    kind: quality ? "non-functional" : "functional",
    priority,
    group: groupOf(spot),
  };
};

function numbered(spots: readonly Spot[]): readonly Numbered[] {
  const found: (Numbered | undefined)[] = [];
  let header: readonly string[] = [];
  spots.forEach((spot, index) => {
    const { block } = spot;
    if (block.kind === "item") for (const item of eachItem(block)) found.push(fromItem(spot, item));
    else if (block.kind === "heading") found.push(fromHeading(spot, below(spots, index)));
    else if (block.kind === "paragraph") found.push(fromParagraph(spot, block.body));
    else if (isHeader(spots, index)) header = block.cells.map((cell) => cell.text);
    else if (!block.separator) found.push(fromRow(spot, block, header));
  });
  return found.filter((one) => one !== undefined);
}

/** `**FR-001**: …` without a list marker. */
function fromParagraph(spot: Spot, body: Folded): Numbered | undefined {
  const id = leadingId(body);
  if (!id || !/^[*_[`]/.test(body.text)) return undefined;
  const text = tidy(body.text.slice(id.rest));
  return { spot, id, body, text, priority: taggedPriority(text), measurement: undefined };
}

const isHeader = (spots: readonly Spot[], index: number): boolean => {
  const next = spots[index + 1]?.block;
  return next?.kind === "row" && next.separator;
};

function below(spots: readonly Spot[], index: number): readonly Folded[] {
  const texts: Folded[] = [];
  for (let at = index + 1; at < spots.length; at++) {
    const block = spots[at]?.block;
    if (!block || block.kind === "heading") break;
    if (block.kind === "paragraph") texts.push(block.body);
    else if (block.kind === "item" && !isNumbered(block)) texts.push(wholeBody(block, isNumbered));
  }
  return texts;
}

/**
 * Top-level list items of a kind of section that have no id, nor one in an item below them. Under a sub-heading of
 * another kind (a list of files, a table of commands) only what obliges counts.
 */
function withoutId(spots: readonly Spot[], kind: string): readonly SpecItem[] {
  return spots.flatMap(({ block, kind: at, path }) => {
    if (at !== kind || block.kind !== "item" || leadingId(block.body)) return [];
    const inside = [...eachItem(block)].some((item) => leadingId(item.body));
    const underId = path.some((section) => /^[A-Z]{2,6}-?\d/.test(section.title));
    const body = wholeBody(block);
    const binding = path.at(-1)?.kind === kind || obligationsIn(body.text).length > 0;
    return inside || underId || !binding ? [] : [{ ...placeAt(body, 0), text: tidy(body.text) }];
  });
}

/** Requirements and success criteria: list items, table rows, paragraphs and headings that begin with an id. */
export function readRequirements(spots: readonly Spot[]): Found {
  const all = numbered(spots);
  const { requirements, criteria, loose } = definitionsIn(all);
  return {
    requirements: requirements.map(toRequirement),
    unnumbered: withoutId(spots, "requirements"),
    criteria: criteria.map(({ id, body, text, measurement }) => ({
      ...placeAt(body, id.offset),
      id: id.id,
      text,
      measurement,
    })),
    unnumberedCriteria: withoutId(spots, "success-criteria"),
    loose: loose.map(({ spot, id, body, text }) => ({
      ...placeAt(body, id.offset),
      id: id.id,
      text,
      section: spot.path.findLast((one) => one.kind === spot.kind)?.title ?? "",
      outOfScope: spot.kind === "out-of-scope",
    })),
  };
}
