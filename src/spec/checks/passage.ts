import type { Diagnostic, Severity } from "../../core/diagnostic.ts";
import type { Place } from "../../core/place.ts";
import { eachItem, wholeBody } from "../blocks.ts";
import { placeAt, sliceFolded, type Folded } from "../../core/markdown/folded.ts";
import { leadingId } from "../item-id.ts";
import type { Criterion, Requirement, Spec } from "../model.ts";
import type { Reading } from "../parse-spec.ts";

/** A requirement's or criterion's text with its places. */
export interface Passage {
  readonly id: string;
  readonly item: Requirement | Criterion;
  readonly body: Folded;
}

/** What the rules look at. */
export interface CheckInput extends Reading {
  readonly requirements: readonly Passage[];
  readonly criteria: readonly Passage[];
  /** The file as it came, comments and all. */
  readonly text: string;
}

/** A family of rules: what it finds, in any order. */
export type Check = (input: CheckInput) => readonly Diagnostic[];

/** Where in the file the texts of items stand, by the line they begin on. */
export function bodiesByLine(reading: Reading): ReadonlyMap<number, readonly Folded[]> {
  const bodies = new Map<number, Folded[]>();
  const add = (body: Folded): void => {
    const { line } = placeAt(body, 0);
    const known = bodies.get(line);
    if (known) known.push(body);
    else bodies.set(line, [body]);
  };
  for (const { block } of reading.outline.spots) {
    if (block.kind === "row") block.cells.forEach(add);
    else if (block.kind === "item")
      for (const item of eachItem(block))
        add(wholeBody(item, (child) => leadingId(child.body) !== undefined));
    else add(block.body);
  }
  return bodies;
}

/** The text of an item without its id: of the bodies on its line, the one that has it. */
export function passageOf(
  bodies: ReadonlyMap<number, readonly Folded[]>,
  item: Requirement | Criterion,
): Passage {
  const start = item.text.slice(0, 24);
  const body = bodies.get(item.line)?.find(({ text }) => start !== "" && text.includes(start));
  const own = body ? sliceFolded(body, body.text.indexOf(start)) : { text: item.text, pieces: [] };
  return { id: item.id, item, body: own };
}

/** Where in the file an offset of a passage is; the item's own place when the text was put together. */
export const placeIn = ({ body, item }: Passage, offset: number): Place =>
  body.pieces.length > 0 ? placeAt(body, offset) : { line: item.line, column: item.column };

/** Build a diagnostic of a spec. */
export const finding = (
  spec: Spec,
  [code, severity]: readonly [string, Severity],
  place: Place,
  [message, hint]: readonly [string, string],
): Diagnostic => ({
  code,
  severity,
  message,
  place: { file: spec.file, line: place.line, column: place.column },
  hint,
});
