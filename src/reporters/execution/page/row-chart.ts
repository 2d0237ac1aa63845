import type { Drawing } from "../../../schedule/report/drawing/drawing.ts";
import { element, words } from "../../../schedule/report/drawing/svg.ts";
import { AXIS_HEAD, axisHead, axisLines, type TimeAxis } from "./time-axis.ts";

const ROW = 26;
/** Rows that are drawn; the tables have all. */
const MOST_ROWS = 1_500;

/** A row of bars over time. `marks` is markup, from y = 0 as the row's upper edge; a group has none. */
export interface ChartRow {
  readonly label: string;
  readonly kind: "group" | "row";
  readonly marks: () => string;
}

interface Chart extends Pick<Drawing, "id" | "title" | "description" | "legend"> {
  readonly axis: TimeAxis;
  readonly rows: readonly ChartRow[];
  readonly sideWidth: number;
}

/** Rows over a grid of time, with their names beside them. */
export function rowChart({ axis, rows: all, sideWidth, ...chart }: Chart): Drawing {
  const rows = all.slice(0, MOST_ROWS);
  const left = all.length - rows.length;
  const height = AXIS_HEAD + rows.length * ROW + 4;
  const placed = (make: (row: ChartRow) => string) =>
    rows
      .map((row, index) =>
        element("g", { transform: `translate(0 ${AXIS_HEAD + index * ROW})` }, make(row)),
      )
      .join("");
  const band = ({ kind }: ChartRow, width: number) =>
    kind === "group" ? element("rect", { class: "group", width, height: ROW }) : "";
  const grid = (width: number) => element("path", { class: "grid", d: `M0 ${ROW}H${width}` });
  const name = ({ kind, label }: ChartRow) =>
    words({
      x: kind === "group" ? 4 : 14,
      y: 17,
      text: label,
      room: sideWidth - 20,
      style: kind === "group" ? "strong" : "",
    });
  return {
    ...chart,
    description: `${chart.description}${left > 0 ? ` ${left} more rows are not drawn.` : ""}`,
    width: axis.width + 8,
    height,
    head: axisHead(axis),
    side: {
      width: sideWidth,
      body: placed((row) => band(row, sideWidth) + name(row) + grid(sideWidth)),
    },
    body:
      placed((row) => band(row, axis.width)) +
      axisLines(axis, height) +
      placed(({ marks }) => marks() + grid(axis.width)),
  };
}
