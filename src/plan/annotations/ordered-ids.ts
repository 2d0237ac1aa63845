/** An id taken apart: `T012a` is `T`, 12, `a`; `1.10` is `1.`, 10; a lone `B` counts by its letter. */
interface Parts {
  readonly stem: string;
  readonly number: number;
  readonly suffix: string;
}

interface Entry<T> extends Parts {
  /** All that have the id, in the order of the document. */
  readonly items: readonly T[];
}

/** Things by their ids, in order of their numbers. */
export interface OrderedIds<T> {
  /** All that have the id, in the order of the document; also where only its case differs. */
  get(id: string): readonly T[];
  /** The ids from one to the other that differ in their last number only, by number. Undefined where the two differ in more. */
  between(from: string, to: string): readonly { readonly items: readonly T[] }[] | undefined;
}

const PARTS = /^(.{0,40}?)(\d{1,9})([A-Za-z]?)$/u;

function partsOf(id: string): Parts {
  const [, stem, digits, suffix = ""] = PARTS.exec(id) ?? [];
  if (stem === undefined || digits === undefined) {
    return /^[A-Za-z]$/.test(id)
      ? { stem: "", number: id.toUpperCase().charCodeAt(0), suffix: "" }
      : { stem: id, number: 0, suffix: "" };
  }
  return { stem: stem.toUpperCase(), number: Number(digits), suffix: suffix.toLowerCase() };
}

const compare = (a: Parts, b: Parts): number =>
  a.number - b.number || (a.suffix < b.suffix ? -1 : a.suffix > b.suffix ? 1 : 0);

/** Where the first entry that is not before `parts` stands. */
function lowerBound(entries: readonly Parts[], parts: Parts): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry && compare(entry, parts) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of the ids that differ in case only. */
function foldedIds<T>(exact: ReadonlyMap<string, readonly T[]>): ReadonlyMap<string, readonly T[]> {
  const folded = new Map<string, readonly T[]>();
  for (const [id, items] of exact) {
    const name = id.toUpperCase();
    if (!folded.has(name)) folded.set(name, items);
  }
  return folded;
}

/** Ids by all but their last number, each list by that number. */
function idsByStem<T>(
  exact: ReadonlyMap<string, readonly T[]>,
): ReadonlyMap<string, readonly Entry<T>[]> {
  const stems = new Map<string, Entry<T>[]>();
  for (const [id, items] of exact) {
    const { stem, number, suffix } = partsOf(id);
    const entry = { stem, number, suffix, items };
    const siblings = stems.get(stem);
    if (siblings) siblings.push(entry);
    else stems.set(stem, [entry]);
  }
  for (const siblings of stems.values()) siblings.sort(compare);
  return stems;
}

/**
 * Index things by id; n log n. Ids that differ in case only count as one where no id is written just so. What only ranges and
 * other cases need is made when the first of them is asked for.
 */
export function orderIds<T>(things: Iterable<readonly [id: string, item: T]>): OrderedIds<T> {
  const exact = new Map<string, T[]>();
  for (const [id, item] of things) {
    const known = exact.get(id);
    if (known) known.push(item);
    else exact.set(id, [item]);
  }
  let folded: ReadonlyMap<string, readonly T[]> | undefined;
  let stems: ReadonlyMap<string, readonly Entry<T>[]> | undefined;
  return {
    get: (id) => exact.get(id) ?? (folded ??= foldedIds(exact)).get(id.toUpperCase()) ?? [],
    between: (from, to) => {
      const [first, last] = [partsOf(from), partsOf(to)];
      if (first.stem !== last.stem) return undefined;
      const siblings = (stems ??= idsByStem(exact)).get(first.stem) ?? [];
      const found: Entry<T>[] = [];
      for (let at = lowerBound(siblings, first); at < siblings.length; at++) {
        const entry = siblings[at];
        if (!entry || compare(entry, last) > 0) break;
        found.push(entry);
      }
      return found;
    },
  };
}
