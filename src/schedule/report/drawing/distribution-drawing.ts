import type { Point } from "../../strategy/timeline.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { mark, type Drawing } from "./drawing.ts";
import { element, textWidth, words } from "./svg.ts";
import { line, round } from "./time-grid.ts";

const WIDTH = 900;
const LEFT = 46;
const RIGHT = 46;
const TOP = 58;
const HIGH = 220;
const BOTTOM = TOP + HIGH;
const PLOT = WIDTH - LEFT - RIGHT;

/** When the simulated runs end: columns of runs, the part that has ended by then as a curve, and what is asked for. */
export function distributionDrawing(facts: Facts): Drawing {
  const { forecast, project } = facts.strategy;
  const { histogram, runs } = forecast;
  const most = histogram.reduce((highest, { count }) => Math.max(highest, count), 1);
  const [first, last] = spanOf(facts);
  const x = (minute: number) => LEFT + ((minute - first) / (last - first)) * PLOT;
  let ended = 0;
  const columns = histogram.map(({ from, to, count }) => {
    ended += count;
    const high = (count / most) * HIGH;
    const until = facts.time(facts.endOf(to));
    return mark(
      "load",
      `${count} of ${runs} runs end from ${facts.time(facts.endOf(from))} to ${until}; ${percentText(runs > 0 ? ended / runs : 0)} have ended by then`,
      element("rect", {
        x: x(from),
        y: BOTTOM - high,
        width: Math.max(1, x(to) - x(from) - 0.5),
        height: high,
      }),
    );
  });
  return {
    id: "forecast",
    title: `When it is done: ${project.name}`,
    description: `${runs} simulated runs: half end by ${facts.time(forecast.p50.instant)}, 80% by ${facts.time(forecast.p80.instant)}, 95% by ${facts.time(forecast.p95.instant)}; planned is ${facts.time(facts.strategy.schedule.end)}, kept in ${percentText(forecast.onTime)}.`,
    width: WIDTH,
    height: BOTTOM + 46,
    body: [axes(facts, x), ...columns, curve(facts, x), ...lines(facts, x)].join(""),
    legend: [
      {
        swatch: `<g class="load">${element("rect", { x: 4, y: 2, width: 20, height: 12 })}</g>`,
        text: "runs that end then",
      },
      {
        swatch: element("path", { class: "curve", d: "M0 12Q14 10 28 2" }),
        text: "part that has ended",
      },
      { swatch: element("path", { class: "percent", d: "M0 7H28" }), text: "P50, P80, P95" },
      { swatch: element("path", { class: "planned", d: "M0 7H28" }), text: "planned end" },
      { swatch: element("path", { class: "deadline", d: "M0 7H28" }), text: "deadline" },
    ],
  };
}

/** Of the axis of working time; never empty. */
function spanOf({ strategy }: Facts): readonly [number, number] {
  const { histogram } = strategy.forecast;
  const first = Math.min(histogram[0]?.from ?? Infinity, strategy.schedule.makespan);
  const last = Math.max(histogram.at(-1)?.to ?? 0, strategy.schedule.makespan);
  return last > first ? [first, last] : [first, first + 1];
}

type Place = (minute: number) => number;

const DATES = 7;

function axes(facts: Facts, x: Place): string {
  const { forecast } = facts.strategy;
  const [first, last] = spanOf(facts);
  const most = forecast.histogram.reduce((highest, { count }) => Math.max(highest, count), 0);
  const dates = Array.from(
    { length: DATES },
    (_, index) => first + ((last - first) * index) / (DATES - 1),
  );
  const whole = last - first > 5 * facts.strategy.dayMinutes;
  return [
    element("path", { class: "grid", d: `M${LEFT} ${TOP}V${BOTTOM}H${WIDTH - RIGHT}V${TOP}` }),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
      const y = BOTTOM - part * HIGH;
      return [
        element("path", { class: "grid", d: `M${LEFT} ${y}H${WIDTH - RIGHT}` }),
        words({
          x: LEFT - 5,
          y: y + 4,
          text: `${Math.round(part * most)}`,
          anchor: "end",
          style: "dim",
        }),
        words({ x: WIDTH - RIGHT + 5, y: y + 4, text: percentText(part), style: "dim" }),
      ];
    }),
    ...dates.map((minute, index) => {
      const text = facts.time(facts.endOf(minute));
      return words({
        x: x(minute),
        y: BOTTOM + 18,
        text: whole ? text.slice(0, 10) : text.slice(5),
        anchor: index === 0 ? "start" : index === DATES - 1 ? "end" : "middle",
        style: "dim",
      });
    }),
    words({ x: LEFT - 40, y: TOP - 8, text: "runs", style: "dim" }),
    words({ x: WIDTH - 4, y: TOP - 8, text: "ended", anchor: "end", style: "dim" }),
  ].join("");
}

function curve({ strategy }: Facts, x: Place): string {
  const { histogram, runs } = strategy.forecast;
  const [first] = histogram;
  if (!first || runs === 0) return "";
  let ended = 0;
  const points = histogram.map(({ to, count }) => {
    ended += count;
    return `L${round(x(to))} ${round(BOTTOM - (ended / runs) * HIGH)}`;
  });
  return element("path", {
    class: "curve",
    d: `M${round(x(first.from))} ${BOTTOM}${points.join("")}`,
  });
}

/** Vertical lines with their names in three rows, so that near ones do not lie on each other. */
function lines(facts: Facts, x: Place): readonly string[] {
  const { forecast, schedule, milestones } = facts.strategy;
  const [first, last] = spanOf(facts);
  const deadline = milestones.find(({ kind }) => kind === "end")?.deadline;
  const points: readonly (readonly [string, Point, string])[] = [
    ["planned", { minute: schedule.makespan, instant: schedule.end }, "planned"],
    ["P50", forecast.p50, "percent"],
    ["P80", forecast.p80, "percent"],
    ["P95", forecast.p95, "percent"],
    ...(deadline && deadline.minute >= first && deadline.minute <= last
      ? [["deadline", deadline, "deadline"] as const]
      : []),
  ];
  const ends: number[] = [];
  return points
    .toSorted(([, a], [, b]) => a.minute - b.minute)
    .flatMap(([name, { minute, instant }, style]) => {
      const text = `${name} ${facts.time(instant).slice(5)}`;
      const at = x(minute);
      const over = at + textWidth(text) + 3 > WIDTH - RIGHT;
      const from = over ? at - textWidth(text) - 3 : at;
      const free = [0, 1, 2, 3].find((row) => (ends[row] ?? 0) < from) ?? 3;
      ends[free] = Math.max(ends[free] ?? 0, from + textWidth(text) + 6);
      const y = TOP - 46 + free * 12;
      return [
        line(at, y + 2, BOTTOM, style),
        words({
          x: at + (over ? -3 : 3),
          y: y + 4,
          text,
          anchor: over ? "end" : "start",
          style: "strong",
        }),
      ];
    });
}
