/** One line of a comparison. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Most edits looked for; texts further apart are shown as all removed, then all added. */
const MAX_EDITS = 2_000;

/**
 * The shortest way from one text to another, line by line (Myers, "An O(ND) Difference Algorithm", 1986). What the
 * ends have in common is set aside first. Memory is bounded by `MAX_EDITS` squared, half of it in practice.
 */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = splitLines(before);
  const b = splitLines(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end += 1;
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

export interface UnifiedDiff {
  /** Lines of the hunks with their `@@` headers, without file names. */
  readonly lines: readonly string[];
  readonly added: number;
  readonly removed: number;
  /** Lines left out because of `maxLines`. */
  readonly hidden: number;
}

/** A unified diff with `context` lines around changes and at most `maxLines` lines. Equal texts give no lines. */
export function unifiedDiff(
  before: string,
  after: string,
  { context = 3, maxLines = 200 }: { readonly context?: number; readonly maxLines?: number } = {},
): UnifiedDiff {
  const all = diffLines(before, after);
  const lines = hunks(all, context).flatMap((hunk) => hunkLines(all, hunk));
  return {
    lines: lines.slice(0, maxLines),
    added: all.filter((line) => line.kind === "added").length,
    removed: all.filter((line) => line.kind === "removed").length,
    hidden: Math.max(0, lines.length - maxLines),
  };
}

/** Index ranges of `all`, end exclusive, each a change with its context; touching ranges are one. */
function hunks(all: readonly DiffLine[], context: number): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const [index, line] of all.entries()) {
    if (line.kind === "same") continue;
    const from = Math.max(0, index - context);
    const to = Math.min(all.length, index + context + 1);
    const last = ranges.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else ranges.push([from, to]);
  }
  return ranges;
}

const SIGN: Readonly<Record<DiffLine["kind"], string>> = { same: " ", removed: "-", added: "+" };

const range = (before: number, count: number) => `${count === 0 ? before : before + 1},${count}`;

function hunkLines(all: readonly DiffLine[], [from, to]: readonly [number, number]): string[] {
  const old = (lines: readonly DiffLine[]) => lines.filter((line) => line.kind !== "added").length;
  const young = (lines: readonly DiffLine[]) =>
    lines.filter((line) => line.kind !== "removed").length;
  const head = all.slice(0, from);
  const body = all.slice(from, to);
  return [
    `@@ -${range(old(head), old(body))} +${range(young(head), young(body))} @@`,
    ...body.map((line) => SIGN[line.kind] + line.text),
  ];
}

const splitLines = (text: string): readonly string[] => {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
};
const same = (text: string): DiffLine => ({ kind: "same", text });
const removed = (text: string): DiffLine => ({ kind: "removed", text });
const added = (text: string): DiffLine => ({ kind: "added", text });

function middle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  const trace = search(a, b);
  return trace ? walkBack(a, b, trace) : [...a.map(removed), ...b.map(added)];
}

const at = (reached: Int32Array | undefined, k: number, edits: number) =>
  reached?.[k + edits] ?? -1;

/** Furthest `x` reached on each diagonal `k`, per number of edits; undefined past `MAX_EDITS`. */
function search(a: readonly string[], b: readonly string[]): readonly Int32Array[] | undefined {
  const most = Math.min(a.length + b.length, MAX_EDITS);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    const reached = new Int32Array(2 * edits + 1);
    const last = trace.at(-1);
    trace.push(reached);
    for (let k = -edits; k <= edits; k += 2) {
      const down =
        k === -edits || (k !== edits && at(last, k - 1, edits - 1) < at(last, k + 1, edits - 1));
      let x = edits === 0 ? 0 : down ? at(last, k + 1, edits - 1) : at(last, k - 1, edits - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reached[k + edits] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return undefined;
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly Int32Array[],
): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const k = x - y;
    const last = (diagonal: number) => trace[edits - 1]?.[diagonal + edits - 1] ?? -1;
    const down = k === -edits || (k !== edits && last(k - 1) < last(k + 1));
    const startX = last(down ? k + 1 : k - 1);
    const startY = startX - (down ? k + 1 : k - 1);
    for (; x > startX + (down ? 0 : 1) && y > startY + (down ? 1 : 0); x--, y--)
      lines.push(same(a[x - 1] ?? ""));
    lines.push(down ? added(b[startY] ?? "") : removed(a[startX] ?? ""));
    x = startX;
    y = startY;
  }
  for (; x > 0; x--) lines.push(same(a[x - 1] ?? ""));
  return lines.toReversed();
}
