import { formatDuration } from "../../../core/duration.ts";
import { element, words } from "../../../schedule/report/drawing/svg.ts";

/** Where times of a run are on a picture: milliseconds since its start. */
export interface TimeAxis {
  readonly width: number;
  readonly endMs: number;
  readonly x: (ms: number) => number;
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
}

const WIDTH = 940;
const LEAST_TICK = 70;
const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const STEPS = [
  1,
  10,
  100,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28].map((count) => count * DAY),
];

export const AXIS_HEAD = 26;

export function timeAxis(lastMs: number): TimeAxis {
  const endMs = Math.max(1, lastMs);
  const least = (endMs / WIDTH) * LEAST_TICK;
  const step = STEPS.find((one) => one >= least) ?? Math.ceil(least / DAY) * DAY;
  const x = (ms: number) => (ms / endMs) * WIDTH;
  const count = Math.floor(endMs / step) + 1;
  return {
    width: WIDTH,
    endMs,
    x,
    ticks: Array.from({ length: count }, (_, index) => ({
      x: x(index * step),
      text: index === 0 ? "0" : formatDuration(index * step),
    })),
  };
}

export const axisLines = ({ ticks }: TimeAxis, height: number): string =>
  ticks
    .map(({ x }) =>
      element("path", { class: "grid", d: `M${tenth(x)} ${AXIS_HEAD - 4}V${height}` }),
    )
    .join("");

export const axisHead = ({ ticks, width }: TimeAxis) => ({
  height: AXIS_HEAD,
  body: ticks
    .filter(({ x }) => x < width - 30)
    .map(({ x, text }) => words({ x: x + 3, y: 16, text, style: "dim" }))
    .join(""),
});

export const tenth = (value: number): number => Math.round(value * 10) / 10;
