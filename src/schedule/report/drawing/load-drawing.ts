import { counted, percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import type { Load } from "../../strategy/workload.ts";
import { mark, type Drawing } from "./drawing.ts";
import { element, words } from "./svg.ts";
import { GRID_HEAD, round, scaleOf, timeGrid, timeHead } from "./time-grid.ts";
import type { TimeScale } from "./time-scale.ts";

const PANEL = 84;
const HIGH = 60;
const SIDE = 170;
const MOST_TEAMS = 40;
const DAY = 1_440;

/** How much of each team's time is booked, step by step: columns up to the line of all that it has. */
export function loadDrawing(facts: Facts): Drawing {
  const { workload, project } = facts.strategy;
  const scale = scaleOf(facts);
  const teams = workload.teams.slice(0, MOST_TEAMS);
  const height = GRID_HEAD + Math.max(1, teams.length) * PANEL + 4;
  const panels = teams.map((team, index) =>
    element(
      "g",
      { transform: `translate(0 ${GRID_HEAD + index * PANEL})` },
      ...columnsOf(team, facts, scale),
      element("path", { class: "full", d: `M0 ${PANEL - HIGH}H${round(scale.width)}` }),
      element("path", { class: "grid", d: `M0 ${PANEL}H${round(scale.width)}` }),
    ),
  );
  const side = teams.map((team, index) =>
    element(
      "g",
      { transform: `translate(0 ${GRID_HEAD + index * PANEL})` },
      words({ x: 4, y: 40, text: facts.name.team(team.id), room: SIDE - 40, style: "strong" }),
      words({ x: 4, y: 56, text: `${percentText(team.used)} booked`, style: "dim" }),
      words({ x: SIDE - 4, y: PANEL - HIGH + 4, text: "100%", anchor: "end", style: "dim" }),
      words({ x: SIDE - 4, y: PANEL - 2, text: "0%", anchor: "end", style: "dim" }),
      element("path", { class: "grid", d: `M0 ${PANEL}H${SIDE}` }),
    ),
  );
  return {
    id: "load",
    title: `Load of teams: ${project.name}`,
    description: `Histogram of the booked part of the time of ${counted(workload.teams.length, "team")}, by ${facts.duration(workload.step)}; ${percentText(workload.utilisation)} on the whole${workload.teams.length > teams.length ? `, the first ${teams.length} drawn` : ""}.`,
    width: scale.width + 8,
    height,
    body: timeGrid(facts, scale, height) + panels.join(""),
    head: timeHead(facts, scale),
    side: { width: SIDE, body: side.join("") },
    legend: [
      {
        swatch: `<g class="load">${element("rect", { x: 4, y: 2, width: 20, height: 12 })}</g>`,
        text: "booked part of the available time",
      },
      {
        swatch: `<g class="load over">${element("rect", { x: 4, y: 2, width: 20, height: 12 })}</g>`,
        text: "more than is available",
      },
      { swatch: element("path", { class: "full", d: "M0 7H28" }), text: "all that is available" },
    ],
  };
}

/** Columns of whole days, where the scale is of days: the night belongs to the day before it. */
function columnsOf({ id, profile }: Load, facts: Facts, scale: TimeScale): readonly string[] {
  const { step } = facts.strategy.workload;
  const { timeline, zone, name } = facts;
  const end = facts.strategy.schedule.makespan;
  return profile.map(({ booked, available }, index) => {
    const start = timeline.startAt(index * step).instant;
    const until = timeline.endAt(
      Math.min((index + 1) * step, Math.max(end, index * step + 1)),
    ).instant;
    const wide = scale.to - scale.from > 3 * DAY;
    const [from, to] = wide
      ? [dayStart(zone, start), dayStart(zone, until - 1, 1)]
      : [start, until];
    const [x, right] = [Math.max(0, scale.x(from)), Math.min(scale.width, scale.x(to))];
    const part = available > 0 ? booked / available : 0;
    if (booked <= 0) return "";
    const high = Math.min(1.25, part) * HIGH;
    return mark(
      part > 1.005 ? "load over" : "load",
      `${name.team(id)}, from ${facts.day(start)}: ${available > 0 ? percentText(part) : "no time available"}; ${facts.duration(booked)} of ${facts.duration(available)}`,
      element("rect", {
        x: x + 0.5,
        y: PANEL - high,
        width: Math.max(1, right - x - 1),
        height: high,
      }),
    );
  });
}

const dayStart = (zone: Facts["zone"], instant: number, later = 0): number =>
  zone.instantOf((Math.floor(zone.localAt(instant) / DAY) + later) * DAY);
