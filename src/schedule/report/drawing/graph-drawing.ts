import { counted } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { graphModel, type GraphBox, type GraphLine, type GraphModel } from "./dependency-graph.ts";
import { mark, type Drawing } from "./drawing.ts";
import { element, words } from "./svg.ts";
import { round } from "./time-grid.ts";

interface Size {
  readonly width: number;
  readonly height: number;
  readonly gapX: number;
  readonly gapY: number;
}

/** Two lines of text where there is room for that, one in large graphs. */
const LARGE: Size = { width: 158, height: 38, gapX: 46, gapY: 10 };
const SMALL: Size = { width: 92, height: 20, gapX: 40, gapY: 5 };
const MANY = 120;
const HEAD = 26;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What waits for what: boxes in columns of dependency levels, the critical chain drawn thick. */
export function graphDrawing(facts: Facts): Drawing {
  const model = graphModel(facts);
  const size = model.boxes.length > MANY ? SMALL : LARGE;
  const { spots, columns, height } = placesOf(model, size);
  const body = [
    ...columns.map((_, index) =>
      words({
        x: 8 + index * (size.width + size.gapX),
        y: 14,
        text: `level ${index + 1}`,
        style: "column",
      }),
    ),
    ...model.lines.map((each) => lineOf(each, spots, size)),
    ...model.boxes.map((box, index) => boxOf(box, spots[index], size)),
  ];
  return {
    id: "graph",
    title: `What waits for what: ${facts.strategy.project.name}`,
    description: `Graph of ${model.boxes.length} ${model.of} in ${counted(columns.length, "level")} with ${counted(model.lines.length, "line")}${model.implied > 0 ? `; ${model.implied} more dependencies follow from these` : ""}.`,
    width: columns.length * (size.width + size.gapX) + 16,
    height: height + 8,
    body: body.join(""),
    legend: [
      {
        swatch: `<g class="node">${element("rect", { x: 1, y: 1, width: 26, height: 12, rx: 3 })}</g>`,
        text: model.of === "phases" ? "phase" : "activity",
      },
      {
        swatch: `<g class="node critical">${element("rect", { x: 2, y: 2, width: 24, height: 11, rx: 3 })}</g>`,
        text: model.of === "phases" ? "on the critical chain" : "without slack (thick frame)",
      },
      {
        swatch: `<g class="node sync">${element("rect", { x: 1, y: 1, width: 26, height: 12, rx: 3 })}</g>`,
        text: "sync point",
      },
      { swatch: element("path", { class: "edge", d: "M0 7H28" }), text: "must be done before" },
      {
        swatch: element("path", { class: "edge soft", d: "M0 7H28" }),
        text: "should be done before",
      },
      { swatch: element("path", { class: "edge critical", d: "M0 7H28" }), text: "critical chain" },
    ],
  };
}

const SWEEPS = 4;

/** Columns by level; in each, boxes near the middle of what they are tied to (Sugiyama's barycentre, to and fro). */
function placesOf(
  { boxes, lines }: GraphModel,
  size: Size,
): {
  readonly spots: readonly Spot[];
  readonly columns: readonly number[][];
  readonly height: number;
} {
  const columns: number[][] = [];
  boxes.forEach(({ column }, index) => {
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(index);
  });
  const [before, after] = [
    neighbours(boxes.length, lines, "to"),
    neighbours(boxes.length, lines, "from"),
  ];
  const rank = boxes.map(() => 0);
  const settle = () =>
    columns.forEach((column) => column.forEach((box, at) => (rank[box] = at - column.length / 2)));
  settle();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const tied = sweep % 2 === 0 ? before : after;
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const middle = new Map(
        column.map((box) => [box, middleOf(tied[box] ?? [], rank, rank[box] ?? 0)]),
      );
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0) || a - b);
      column.forEach((box, at) => (rank[box] = at - column.length / 2));
    }
  }
  const step = size.height + size.gapY;
  const tallest = columns.reduce((most, column) => Math.max(most, column.length), 1);
  const spots: Spot[] = [];
  columns.forEach((column, level) =>
    column.forEach((box, at) => {
      spots[box] = {
        x: 8 + level * (size.width + size.gapX),
        y: HEAD + ((tallest - column.length) / 2 + at) * step,
      };
    }),
  );
  return { spots, columns, height: HEAD + tallest * step };
}

const middleOf = (tied: readonly number[], rank: readonly number[], own: number): number =>
  tied.length === 0 ? own : tied.reduce((sum, box) => sum + (rank[box] ?? 0), 0) / tied.length;

function neighbours(
  size: number,
  lines: readonly GraphLine[],
  end: "from" | "to",
): readonly (readonly number[])[] {
  const lists = Array.from({ length: size }, (): number[] => []);
  for (const each of lines) lists[each[end]]?.push(each[end === "to" ? "from" : "to"]);
  return lists;
}

function lineOf(
  { from, to, soft, critical }: GraphLine,
  spots: readonly Spot[],
  size: Size,
): string {
  const [a, b] = [spots[from], spots[to]];
  if (!a || !b) return "";
  const [x1, y1] = [a.x + size.width, a.y + size.height / 2];
  const [x2, y2] = [b.x - 6, b.y + size.height / 2];
  const bend = Math.max(16, Math.min(60, (x2 - x1) / 2));
  const style = `${soft ? " soft" : ""}${critical ? " critical" : ""}`;
  return (
    element("path", {
      class: `edge${style}`,
      d: `M${round(x1)} ${round(y1)}C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`,
    }) +
    element("path", {
      class: `arrow${critical ? " critical" : ""}`,
      d: `M${round(b.x)} ${round(y2)}l-7-4v8z`,
    })
  );
}

function boxOf(box: GraphBox, spot: Spot | undefined, size: Size): string {
  if (!spot) return "";
  const { x, y } = spot;
  const { width, height } = size;
  const two = size === LARGE;
  return mark(
    `node ${box.style}`,
    box.title,
    element("rect", { x, y, width, height, rx: 4 }),
    words({
      x: x + 6,
      y: y + (two ? 16 : 14),
      text: box.label,
      room: width - 12,
      style: two ? "strong" : "",
    }),
    two ? words({ x: x + 6, y: y + 30, text: box.second, room: width - 12, style: "dim" }) : "",
  );
}
