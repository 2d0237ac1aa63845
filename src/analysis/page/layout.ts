import type { DrawnBox, Drawing } from "./drawing.ts";

/** Where each box is, in CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Spot[];
  /** Names of phases above their first columns. */
  readonly phases: readonly PhaseBand[];
}

/** Where a phase is; names of phases that run beside each other stand below each other. */
export interface PhaseBand {
  readonly phase: string;
  readonly x: number;
  readonly width: number;
  readonly lane: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const BOX = { width: 168, height: 40 } as const;
const DOT = 8;
const GAP = { x: 36, y: 10 } as const;
const HEAD = 30;
/** Height of the name of a phase. */
export const LANE = 20;

/**
 * Columns by level; in each, boxes near the middle of what they wait for (Sugiyama's barycentre, one pass), then in the order of the
 * document. O(boxes log boxes + lines).
 */
export function layoutOf({ boxes, lines }: Drawing): Layout {
  const columns: number[][] = [];
  boxes.forEach(({ column }, index) => {
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(index);
  });
  const before = new Map<number, number[]>();
  for (const { from, to, kind } of lines)
    if (kind !== "conflict") before.set(to, [...(before.get(to) ?? []), from]);
  const spots: Spot[] = [];
  const middle = (index: number): number => {
    const ys = (before.get(index) ?? []).map((from) => spots[from]?.y ?? 0);
    return ys.length === 0 ? 0 : ys.reduce((a, b) => a + b, 0) / ys.length;
  };
  let x = GAP.x / 2;
  let height = 0;
  for (const column of columns) {
    const isWork = column.some((index) => boxes[index]?.kind !== "junction");
    let y = HEAD + GAP.y;
    for (const index of column.toSorted((a, b) => middle(a) - middle(b) || a - b)) {
      spots[index] = spotOf(boxes[index], x, y);
      y += (spots[index]?.height ?? 0) + GAP.y;
    }
    height = Math.max(height, y);
    x += (isWork ? BOX.width : DOT) + GAP.x;
  }
  const phases = bandsOf(boxes, spots);
  const down = LANE * phases.reduce((most, { lane }) => Math.max(most, lane), 0);
  return {
    width: x,
    height: height + GAP.y + down,
    boxes: spots.map((spot) => ({ ...spot, y: spot.y + down })),
    phases,
  };
}

function spotOf(box: DrawnBox | undefined, x: number, y: number): Spot {
  if (box?.kind === "junction")
    return { x, y: y + (BOX.height - DOT) / 2, width: DOT, height: DOT };
  return { x, y, ...BOX };
}

function bandsOf(boxes: readonly DrawnBox[], spots: readonly Spot[]): Layout["phases"] {
  const bands = new Map<string, { from: number; to: number }>();
  boxes.forEach(({ phase, kind }, index) => {
    const spot = spots[index];
    if (phase === undefined || !spot || kind === "junction") return;
    const band = bands.get(phase) ?? { from: Infinity, to: 0 };
    bands.set(phase, {
      from: Math.min(band.from, spot.x),
      to: Math.max(band.to, spot.x + spot.width),
    });
  });
  const placed: PhaseBand[] = [];
  for (const [phase, { from, to }] of bands) {
    const beside = placed.filter(({ x, width }) => x < to && from < x + width);
    const taken = new Set(beside.map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    placed.push({ phase, x: from, width: to - from, lane });
  }
  return placed;
}
