/** A stretch of a text: its first offset and the one after its last. */
export type Span = readonly [number, number];

/** The spans of inline code of a text, in order. A run of backticks is closed by a run of the same length. */
export function codeSpans(text: string): readonly Span[] {
  if (!text.includes("`")) return [];
  const runs = [...text.matchAll(/`+/g)].map((match) => [match.index, match[0].length] as const);
  const later = new Map<number, number[]>();
  for (let index = runs.length - 1; index >= 0; index--) {
    const length = runs[index]?.[1] ?? 0;
    const known = later.get(length);
    if (known) known.push(index);
    else later.set(length, [index]);
  }
  const spans: Span[] = [];
  for (let index = 0; index < runs.length; index++) {
    const [start, length] = runs[index] ?? [0, 0];
    const same = later.get(length) ?? [];
    while (same.length > 0 && (same.at(-1) ?? 0) <= index) same.pop();
    const closing = same.at(-1);
    if (closing === undefined) continue;
    spans.push([start, (runs[closing]?.[0] ?? 0) + length]);
    index = closing;
  }
  return spans;
}

/** Whether an offset lies in one of the spans. */
export const isInside = (spans: readonly Span[], offset: number): boolean =>
  spans.some(([start, end]) => offset >= start && offset < end);
