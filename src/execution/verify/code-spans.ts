/** A text cut at its code marks: `prose[0] code[0] prose[1] code[1] … prose[n]`, so there is one more of prose. */
export interface CutText {
  readonly prose: readonly string[];
  readonly code: readonly string[];
}

/** Cut one line at code marks as Markdown reads them: a run of backticks closes with one of the same length. Linear. */
export function cutAtCode(text: string): CutText {
  const runs = [...text.matchAll(/`+/g)].map((match) => ({
    at: match.index,
    length: match[0].length,
  }));
  const later = closers(runs);
  const prose: string[] = [];
  const code: string[] = [];
  let from = 0;
  for (let index = 0; index < runs.length; index++) {
    const open = runs[index];
    const closer = later[index];
    const close = closer === undefined ? undefined : runs[closer];
    if (!open || !close || closer === undefined) continue;
    prose.push(text.slice(from, open.at));
    code.push(text.slice(open.at + open.length, close.at).trim());
    from = close.at + close.length;
    index = closer;
  }
  return { prose: [...prose, text.slice(from)], code };
}

/** For each run the next one of its length. */
function closers(runs: readonly { readonly length: number }[]): readonly (number | undefined)[] {
  const next = new Map<number, number>();
  const found: (number | undefined)[] = [];
  for (let index = runs.length - 1; index >= 0; index--) {
    const length = runs[index]?.length ?? 0;
    found[index] = next.get(length);
    next.set(length, index);
  }
  return found;
}
