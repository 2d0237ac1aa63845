import type { FilePlace } from "./place.ts";

/** Units of one block; see `pairsBefore`. */
const BLOCK = 1_024;

/**
 * Finds places in a text, whose lines end with LF, CR LF or CR. Columns count code points. A place costs the logarithm of
 * the number of lines, also in a text of one long line.
 */
export function placesIn(text: string, file: string): (offset: number) => FilePlace {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  const wide = /[\uD800-\uDBFF]/.test(text);
  const blocks = wide ? pairBlocks(text) : [];
  const pairs = (at: number): number => (wide ? pairsBefore(text, blocks, at) : 0);
  return (offset) => {
    const at = Math.min(Math.max(0, offset), text.length);
    const line = lastAtMost(starts, at);
    const start = starts[line] ?? 0;
    return { file, line: line + 1, column: at - start - (pairs(at) - pairs(start)) + 1 };
  };
}

function lastAtMost(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

const isPair = (text: string, at: number): boolean => {
  const low = text.charCodeAt(at);
  const high = low >= 0xdc00 && low <= 0xdfff && at > 0 ? text.charCodeAt(at - 1) : 0;
  return high >= 0xd800 && high <= 0xdbff;
};

/** Characters of two units that end before each block. */
function pairBlocks(text: string): readonly number[] {
  const blocks: number[] = [];
  let pairs = 0;
  for (let at = 0; at < text.length; at++) {
    if (at % BLOCK === 0) blocks.push(pairs);
    if (isPair(text, at)) pairs++;
  }
  return blocks;
}

/** Characters of two units that end before `at`. */
function pairsBefore(text: string, blocks: readonly number[], at: number): number {
  const block = Math.min(Math.floor(at / BLOCK), Math.max(0, blocks.length - 1));
  let pairs = blocks[block] ?? 0;
  for (let next = block * BLOCK; next < at; next++) if (isPair(text, next)) pairs++;
  return pairs;
}
