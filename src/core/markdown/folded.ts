import type { Place } from "../place.ts";
import { placeOn, type SourceLine } from "./source-lines.ts";

/** Part of a text that stands on one line of the source. */
interface Piece {
  /** Where the part begins in the folded text. */
  readonly offset: number;
  readonly line: SourceLine;
  /** Where it begins in the line. */
  readonly start: number;
}

/** Text of several source lines folded into one, which still knows where each character came from. */
export interface Folded {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

export interface FoldPart {
  readonly line: SourceLine;
  readonly start: number;
  readonly end: number;
  /** What joins it to the part before; a space if not given. */
  readonly glue?: string;
}

/** Fold parts of lines into one text. Parts are trimmed; empty ones vanish. */
export function fold(parts: readonly FoldPart[]): Folded {
  const texts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  for (const { line, start, end, glue = " " } of parts) {
    const raw = line.text.slice(start, end);
    const trimmed = raw.trim();
    if (trimmed === "") continue;
    if (texts.length > 0) {
      texts.push(glue);
      length += glue.length;
    }
    pieces.push({ offset: length, line, start: start + raw.length - raw.trimStart().length });
    texts.push(trimmed);
    length += trimmed.length;
  }
  return { text: texts.join(""), pieces };
}

/** Put folded texts one after the other. */
export function joinFolded(parts: readonly Folded[], glue: string): Folded {
  const texts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  for (const part of parts) {
    if (part.text === "") continue;
    const joint = texts.length === 0 ? "" : /[:;,.]$/.test(texts.at(-1) ?? "") ? " " : glue;
    length += joint.length;
    for (const piece of part.pieces) pieces.push({ ...piece, offset: piece.offset + length });
    texts.push(joint, part.text);
    length += part.text.length;
  }
  return { text: texts.join(""), pieces };
}

/** The part of a folded text from `start` (to `end`), with its places. */
export function sliceFolded(folded: Folded, start: number, end = folded.text.length): Folded {
  const text = folded.text.slice(start, end);
  const skip = start + text.length - text.trimStart().length;
  const pieces = folded.pieces.flatMap((piece, index) => {
    const next = folded.pieces[index + 1]?.offset ?? Infinity;
    if (next <= skip || piece.offset >= end) return [];
    const into = Math.max(0, skip - piece.offset);
    return [{ line: piece.line, start: piece.start + into, offset: piece.offset + into - skip }];
  });
  return { text: text.trim(), pieces };
}

/** Where the character at `offset` stands in the file. */
export function placeAt(folded: Folded, offset: number): Place {
  const { pieces } = folded;
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.offset ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) return { line: 1, column: 1 };
  return placeOn(
    piece.line,
    Math.min(piece.start + offset - piece.offset, Math.max(0, piece.line.text.length - 1)),
  );
}

/** The text for the model: runs of white space become one space. */
export const tidy = (text: string): string => text.replace(/\s+/g, " ").trim();
