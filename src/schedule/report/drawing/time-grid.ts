import type { Facts } from "../facts.ts";
import type { Drawing } from "./drawing.ts";
import { dayRuns, offDays } from "./off-days.ts";
import { element, textWidth, words } from "./svg.ts";
import { timeScale, type Tick, type TimeScale } from "./time-scale.ts";

export const GRID_HEAD = 46;

/** The scale of a schedule's time, with room for what the forecast and the deadline add where that is not far away. */
export function scaleOf({ strategy, zone }: Facts): TimeScale {
  const { schedule, forecast, milestones } = strategy;
  const far = schedule.end + (schedule.end - schedule.start) / 2;
  const ends = [
    schedule.end,
    forecast.p95.instant,
    ...milestones.flatMap(({ deadline }) => (deadline ? [deadline.instant] : [])),
  ];
  const last = ends.reduce(
    (most, each) => (each <= far ? Math.max(most, each) : most),
    schedule.end,
  );
  return timeScale(zone, schedule.start, last);
}

/** What lies behind the rows of a picture over time: days off, lines, what is expected when. */
export function timeGrid(facts: Facts, scale: TimeScale, height: number): string {
  const { project } = facts.strategy;
  const people = project.teams
    .filter(({ kind }) => kind === "people")
    .flatMap((team) => team.people);
  return [
    offBands(facts, scale, { people, y: GRID_HEAD, height: height - GRID_HEAD, style: "off" }),
    tailBand(facts, scale, height),
    ...scale.minor.map(({ x }) => line(x, GRID_HEAD - 4, height, "grid")),
    ...markersOf(facts, scale).map(({ instant, style }) =>
      line(scale.x(instant), GRID_HEAD - 4, height, style),
    ),
  ].join("");
}

/** Dates, and the names of what is expected when. */
export const timeHead = (facts: Facts, scale: TimeScale): NonNullable<Drawing["head"]> => ({
  height: GRID_HEAD,
  body: [
    ...spaced(scale.major).map(({ x, text }) => words({ x: x + 3, y: 12, text, style: "strong" })),
    ...scale.minor.map(({ x, text }) => words({ x: x + 2, y: 27, text, style: "dim" })),
    ...facts.strategy.coordination.syncs.map(({ start }) => syncMark(scale.x(start.instant))),
    ...markersOf(facts, scale).map(({ instant, text }) => {
      const x = scale.x(instant);
      const over = x + textWidth(text) + 10 > scale.width;
      return words({
        x: over ? x - 3 : x + 3,
        y: 41,
        text,
        anchor: over ? "end" : "start",
        style: "strong",
      });
    }),
  ].join(""),
});

/** What stands above the line of a sync point. */
export const syncMark = (x: number): string =>
  element("path", { class: "syncmark", d: `M${round(x)} ${GRID_HEAD - 10}l5 5l-5 5l-5-5z` });

/** A major name that would run into the next one is left out. */
const spaced = (ticks: readonly Tick[]): readonly Tick[] =>
  ticks.filter(({ x, text }, index) => {
    const next = ticks[index + 1];
    return !next || next.x - x > textWidth(text) + 6;
  });

export const line = (x: number, y1: number, y2: number, style: string): string =>
  element("path", { class: style, d: `M${round(x)} ${round(y1)}V${round(y2)}` });

export const round = (value: number): number => Math.round(value * 10) / 10;

interface Band {
  readonly people: Parameters<typeof offDays>[1];
  readonly y: number;
  readonly height: number;
  readonly style: string;
  /** Days that are drawn already. */
  readonly but?: ReadonlySet<number>;
}

const THIN = 2;

/** Days on which none of these people works. */
export function offBands({ strategy, zone }: Facts, scale: TimeScale, band: Band): string {
  if (scale.dayWidth < THIN) return "";
  const { from, to } = scale;
  const days = offDays(strategy.project, band.people, { from, to: to - 1, zone });
  const own = new Set([...days].filter((day) => !band.but?.has(day)));
  return dayRuns(own, zone)
    .map((run) => {
      const [x, end] = [Math.max(0, scale.x(run.from)), Math.min(scale.width, scale.x(run.to))];
      return element("rect", {
        class: band.style,
        x,
        y: band.y,
        width: Math.max(0, end - x),
        height: band.height,
      });
    })
    .join("");
}

/** From the planned end to where 19 of 20 runs have ended. */
function tailBand({ strategy }: Facts, scale: TimeScale, height: number): string {
  const [from, to] = [strategy.schedule.end, Math.min(scale.to, strategy.forecast.p95.instant)];
  if (to <= from) return "";
  const x = scale.x(from);
  return element("rect", {
    class: "tail",
    x,
    y: GRID_HEAD,
    width: scale.x(to) - x,
    height: height - GRID_HEAD,
  });
}

interface Marker {
  readonly instant: number;
  readonly style: string;
  readonly text: string;
}

/** Markers within the scale; names that would lie on each other are joined. */
function markersOf({ strategy, writing }: Facts, scale: TimeScale): readonly Marker[] {
  const { forecast, milestones } = strategy;
  const planned = Date.parse(writing.planned) / 60_000;
  const wanted = milestones.find(({ kind }) => kind === "end")?.deadline?.instant;
  const all: readonly Marker[] = [
    { instant: planned, style: "planned", text: "planned" },
    { instant: forecast.p80.instant, style: "percent", text: "P80" },
    { instant: forecast.p95.instant, style: "percent", text: "P95" },
    ...(wanted === undefined ? [] : [{ instant: wanted, style: "deadline", text: "deadline" }]),
  ];
  const within = all
    .filter(({ instant }) => instant >= scale.from && instant <= scale.to)
    .toSorted((a, b) => a.instant - b.instant);
  const joined: Marker[] = [];
  for (const each of within) {
    const last = joined.at(-1);
    const near = last && scale.x(each.instant) - scale.x(last.instant) < textWidth(last.text) + 8;
    if (!near) joined.push(each);
    else {
      joined.pop();
      joined.push(
        { ...last, text: "" },
        { ...each, text: [last.text, each.text].filter((text) => text !== "").join(" ") },
      );
    }
  }
  return joined;
}
