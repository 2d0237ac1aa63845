import { percentText } from "../amounts.ts";
import type { Facts, Placed } from "../facts.ts";
import { reasonText } from "../reason-text.ts";
import { peopleText, slackText } from "../tables/activity-tables.ts";
import { mark, type Drawing } from "./drawing.ts";
import { element, textWidth, words } from "./svg.ts";
import { GRID_HEAD, round, syncMark, timeGrid, timeHead } from "./time-grid.ts";
import type { TimeScale } from "./time-scale.ts";

export const ROW = 26;
export const BAR = 16;
/** Rows that are drawn of one picture; the tables have all. */
export const MOST_ROWS = 1_500;

/** One row of a Gantt chart. `marks` makes the markup of it, from y = 0 as its upper edge; only of rows that are drawn. */
export interface GanttRow {
  readonly label: string;
  readonly kind: "group" | "row";
  readonly marks: () => string;
}

interface Chart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly GanttRow[];
  readonly sideWidth: number;
  /** Drawn over the grid, under the bars, on the whole height. */
  readonly over: (height: number) => string;
}

export function gantt(facts: Facts, scale: TimeScale, chart: Chart): Drawing {
  const rows = chart.rows.slice(0, MOST_ROWS);
  const left = chart.rows.length - rows.length;
  const height = GRID_HEAD + rows.length * ROW + (left > 0 ? ROW : 4);
  const at = (index: number) => `translate(0 ${GRID_HEAD + index * ROW})`;
  const band = (kind: GanttRow["kind"], width: number) =>
    kind === "group" ? element("rect", { class: "group", width, height: ROW }) : "";
  const body = [
    ...rows.map(({ kind }, index) =>
      element("g", { transform: at(index) }, band(kind, scale.width)),
    ),
    timeGrid(facts, scale, height),
    chart.over(height),
    ...rows.map(({ marks }, index) =>
      element(
        "g",
        { transform: at(index) },
        marks(),
        element("path", { class: "grid", d: `M0 ${ROW}H${round(scale.width)}` }),
      ),
    ),
  ];
  const side = rows.map(({ label, kind }, index) =>
    element(
      "g",
      { transform: at(index) },
      band(kind, chart.sideWidth),
      words({
        x: kind === "group" ? 4 : 14,
        y: 17,
        text: label,
        room: chart.sideWidth - 22,
        style: kind === "group" ? "strong" : "",
      }),
      element("path", { class: "grid", d: `M0 ${ROW}H${chart.sideWidth}` }),
    ),
  );
  return {
    id: chart.id,
    title: chart.title,
    description: `${chart.description}${left > 0 ? ` ${left} more rows are not drawn.` : ""}`,
    width: scale.width + 8,
    height,
    body: body.join(""),
    head: timeHead(facts, scale),
    side: { width: chart.sideWidth, body: side.join("") },
    legend: LEGEND,
  };
}

const NARROWEST = 2;

/** The bar of an activity with its reserve, or a rhombus for a moment. `name` is written where there is room. */
export function barOf(
  placed: Placed,
  facts: Facts,
  { scale, name }: { readonly scale: TimeScale; readonly name: string },
): string {
  const { booking, room, activity } = placed;
  const { start, end, fixed } = booking;
  const [x, to] = [scale.x(start), scale.x(end)];
  const y = (ROW - BAR) / 2;
  const done = activity.progress.state === "done";
  const style = `bar${room.critical ? " critical" : ""}${done ? " finished" : ""}`;
  const title = barText(placed, facts);
  if (end <= start) return mark(style, title, rhombus(x));
  const width = Math.max(NARROWEST, to - x);
  const share = fixed ? 0 : facts.strategy.workload.buffer.share;
  return mark(
    style,
    title,
    element("rect", { class: "box", x, y, width, height: BAR, rx: 2 }),
    reserve(x + width * (1 - share), x + width, y),
    textWidth(name) > 0 && width > 18
      ? words({ x: x + 4, y: 17, text: name, room: width - 8 })
      : "",
  );
}

const rhombus = (x: number): string =>
  element("path", { class: "moment", d: `M${round(x)} 6l7 7l-7 7l-7-7z` });

/** Oblique lines: the part of a booking that is kept free for what goes wrong. */
function reserve(from: number, to: number, y: number): string {
  if (to - from < 3) return "";
  const strokes: string[] = [];
  for (let x = from + 2; x < to; x += 5) {
    const length = Math.min(BAR, (to - x) * 2);
    strokes.push(`M${round(x)} ${y + BAR}l${round(length / 2)} ${round(-length)}`);
  }
  return element("path", { class: "reserve", d: strokes.join("") });
}

/** All that is told of one bar. */
export function barText(placed: Placed, facts: Facts): string {
  const { activity, booking, room, criticality } = placed;
  const { name, time, duration } = facts;
  const team = booking.team === undefined ? "" : `${name.team(booking.team)}: `;
  const critical = room.critical ? "critical" : `slack ${slackText(placed, facts)}`;
  return [
    name.activity(activity.id),
    `${time(booking.start)} to ${time(booking.end)} (${duration(booking.to - booking.from)})`,
    `${team}${peopleText(placed, facts)}`,
    critical,
    ...(criticality === undefined ? [] : [`critical in ${percentText(criticality)} of the runs`]),
    reasonText(room.why, facts),
    ...(activity.deadline === undefined ? [] : [`wanted by ${activity.deadline}`]),
  ].join("; ");
}

const box = (style: string, ...more: readonly string[]): string =>
  `<g class="bar ${style}">${element("rect", { class: "box", x: 1, y: 1, width: 26, height: 12, rx: 2 })}${more.join("")}</g>`;
const stroke = (style: string): string => element("path", { class: style, d: "M0 7H28" });

const LEGEND: Drawing["legend"] = [
  { swatch: box(""), text: "activity" },
  { swatch: box("critical"), text: "without slack (thick frame)" },
  { swatch: box("finished"), text: "done" },
  {
    swatch: box("", element("path", { class: "reserve", d: "M14 13l6-12M19 13l6-12" })),
    text: "capacity buffer",
  },
  { swatch: element("path", { class: "moment", d: "M14 0l7 7l-7 7l-7-7z" }), text: "milestone" },
  { swatch: stroke("slack"), text: "slack" },
  { swatch: stroke("chain"), text: "critical chain" },
  { swatch: stroke("syncline"), text: "sync point" },
  { swatch: stroke("deadline"), text: "deadline" },
  {
    swatch: element("rect", { class: "off", width: 28, height: 14 }),
    text: "nobody works (weekend, holiday)",
  },
  {
    swatch: element("rect", { class: "tail", width: 28, height: 14 }),
    text: "planned end to P95",
  },
];

/** Sync points as lines over the whole height, with a mark at the top. */
export function syncLines({ strategy, time }: Facts, scale: TimeScale, height: number): string {
  return strategy.coordination.syncs
    .map(({ name, start, end }) => {
      const x = scale.x(start.instant);
      return mark(
        "sync",
        `Sync point ${name}; ${time(start.instant)} to ${time(end.instant)}`,
        element("path", { class: "syncline", d: `M${round(x)} ${GRID_HEAD - 2}V${height}` }),
        syncMark(x),
      );
    })
    .join("");
}
