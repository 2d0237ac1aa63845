/** The known name that a mistyped one most likely means, or undefined when none is near. */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  const wanted = plain(typed.slice(0, 60));
  const ranked = known
    .map((name) => ({ name, distance: distance(wanted, plain(name)) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 3))
    ? best.name
    : undefined;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, "");

/** Letters to add, remove, change or swap with the next (restricted Damerau–Levenshtein). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const cell = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const change = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? cell(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(cell(i - 1, j) + 1, (row[j - 1] ?? Infinity) + 1, change, swap));
    }
  }
  return cell(a.length, b.length);
}
