/** An id named in a text. */
export interface NamedId {
  readonly id: string;
  readonly offset: number;
}

const ID =
  /(?<![\p{L}\p{N}_-])[A-Z]{1,6}(?:-[A-Z]{2,12}){0,2}[-_]?\d{1,4}[a-z]?(?![\p{L}\p{N}_]|-\d|\.\d)/gu;
const RANGE =
  /(?<![\w-])([A-Z]{2,6}-)(\d{1,4})\s{0,3}(?:-|–|—|\.\.\.?|…|to|through)\s{0,3}(?:\1)?(\d{1,4})(?![\w-])/g;
const MAX_RANGE = 200;

/** One spelling: `US-1` as `US1`, `FR_001` as `FR-001`; a suffix letter stays small. */
export const plainId = (id: string): string => id.replace("_", "-").replace(/^US-/, "US");

/** Every place at which a text names something that looks like an id, upper-case ones only; ranges count in full. */
export function idsIn(text: string): readonly NamedId[] {
  const single = [...text.matchAll(ID)].map(({ 0: id, index }) => ({
    id: plainId(id),
    offset: index,
  }));
  const ranged = [...text.matchAll(RANGE)].flatMap((match) => {
    const [, prefix = "", from = "", to = ""] = match;
    const length = Number(to) - Number(from) + 1;
    if (length < 2 || length > MAX_RANGE || from.length !== to.length) return [];
    return Array.from({ length }, (_, index) => ({
      id: plainId(`${prefix}${String(Number(from) + index).padStart(from.length, "0")}`),
      offset: match.index,
    }));
  });
  return [...single, ...ranged];
}

/** Lines of a text, for looking up on which one an offset lies. */
export function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** Words unique in order. */
export const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
