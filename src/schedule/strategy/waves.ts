import type { Project } from "../project/project.ts";
import type { Basis } from "./basis.ts";
import type { Session } from "./coordination/coordination.ts";
import { spanOf } from "./coordination/sessions.ts";
import type { Point } from "./timeline.ts";
import type { Unit, Units } from "./units.ts";

/**
 * Waves are a view, not a barrier: levels of dependency over the units that S3 calls phases (MISSION WV-05).
 *
 * A unit is a group, or an activity without a group; where there are fewer than two groups, each activity. Units that wait for
 * each other both ways count as one level. Level 0 is the foundation: no prerequisites. The last levels in which every
 * unit joins two or more others, and the very last of three or more, are integration; what is between is parallel.
 */
export interface Wave {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly kind: WaveKind;
  readonly units: readonly WaveUnit[];
  readonly start: Point;
  readonly end: Point;
  /** Minutes of working time from start to end. */
  readonly minutes: number;
  /** Most of its sessions at one time. */
  readonly maxConcurrent: number;
  /** How many units of later waves wait for something of it, directly or not. */
  readonly blocks: number;
  /** In words, the worst first: `Blocks 4 dependent phases`. */
  readonly blockingFactors: readonly string[];
  readonly successCriteria: readonly string[];
  /** Ids of sync points that some of it has to be done for. */
  readonly syncs: readonly string[];
  /** The highest level of the risks that touch it. */
  readonly risk: "low" | "medium" | "high";
  /** What it would cost if all later waves waited for all of it. Undefined for the last one, and where it was not tried. */
  readonly barrier?: Price;
}

export type WaveKind = "foundation" | "parallel" | "integration";

export interface WaveUnit {
  /** Id of a group, or of an activity. */
  readonly id: string;
  readonly title: string;
  readonly activities: readonly string[];
  /** `session_001`, …: one for each unit and team. */
  readonly sessions: readonly string[];
  readonly teams: readonly string[];
  readonly start: Point;
  readonly end: Point;
  readonly minutes: number;
  /** Ids of units that it waits for directly, and that wait for it directly. */
  readonly dependencies: readonly string[];
  readonly dependents: readonly string[];
  /** How many units wait for it, directly or not. */
  readonly blocks: number;
  readonly deliverables: readonly string[];
}

/** What a constraint costs, by scheduling anew with and without it. */
export interface Price {
  /** Minutes of working time, and working days, that the whole takes longer with it; never below 0. */
  readonly minutes: number;
  readonly days: number;
  /** Minutes by which the search, a heuristic, found the tighter problem shorter: what its answers may be off by. Mostly 0. */
  readonly noise: number;
}

const NAMES: Readonly<Record<WaveKind, string>> = {
  foundation: "Foundation",
  parallel: "Parallel work",
  integration: "Integration",
};
/** Units that join so many others are integration. */
const JOINS = 2;
/** As many levels make their last one integration. */
const LAST_OF = 3;
/** Units that are told as blocking, and criteria of one wave; the rest is in its units. */
const FACTORS = 10;
const CRITERIA = 40;

/** Waves without prices and risks, which are known later (`withPrices`, `withRisks`). */
export function wavesOf(
  { project, schedule, timeline }: Pick<Basis, "project" | "schedule" | "timeline">,
  units: Units,
  sessions: readonly Session[],
): readonly Wave[] {
  const levels = levelsOf(units);
  const kinds = kindsOf(levels, units);
  const parallel = kinds.filter((kind) => kind === "parallel").length;
  let nth = 0;
  const sessionsOfUnit = byUnit(sessions);
  // Each unit of a later level waits for one of the level before it, and so on: for something of each level before.
  let later = units.units.length;
  return levels.map((members, level): Wave => {
    const kind = kinds[level] ?? "parallel";
    const activities = members.flatMap((unit) => units.units[unit]?.activities ?? []);
    const { from, to } = spanOf(schedule, activities);
    const context = { units, project, schedule, timeline, sessionsOfUnit };
    later -= members.length;
    const waveUnits = members.flatMap((unit) => waveUnit(units.units[unit], context));
    return {
      number: level + 1,
      name: kind === "parallel" && parallel > 1 ? `${NAMES[kind]} ${++nth}` : NAMES[kind],
      kind,
      units: waveUnits,
      start: timeline.startAt(from),
      end: timeline.endAt(to),
      minutes: to - from,
      maxConcurrent: mostAtOnce(waveUnits.flatMap(({ id }) => sessionsOfUnit.get(id) ?? [])),
      blocks: later,
      blockingFactors: blockingFactors(waveUnits),
      successCriteria: waveUnits
        .flatMap(({ title, deliverables }) =>
          deliverables.length > 0 ? deliverables : [`${title} is done`],
        )
        .slice(0, CRITERIA),
      syncs: syncsAfter(project, new Set(waveUnits.flatMap((unit) => unit.activities))),
      risk: "low",
    };
  });
}

function levelsOf({ units }: Units): readonly (readonly number[])[] {
  const levels: number[][] = [];
  units.forEach(({ level }, unit) => {
    while (levels.length <= level) levels.push([]);
    levels[level]?.push(unit);
  });
  return levels;
}

function kindsOf(levels: readonly (readonly number[])[], { units }: Units): readonly WaveKind[] {
  const kinds = levels.map((_, level): WaveKind =>
    level === 0 && levels.length > 1 ? "foundation" : "parallel",
  );
  const joins = (level: number) =>
    (levels[level] ?? []).every((unit) => (units[unit]?.dependencies.length ?? 0) >= JOINS);
  for (let level = levels.length - 1; level > 0; level--) {
    const last = level === levels.length - 1 && levels.length >= LAST_OF;
    if (!last && !joins(level)) break;
    kinds[level] = "integration";
  }
  return kinds;
}

const syncsAfter = ({ syncPoints }: Project, activities: ReadonlySet<string>): readonly string[] =>
  syncPoints.filter(({ after }) => after.some((id) => activities.has(id))).map(({ id }) => id);

interface UnitContext extends Pick<Basis, "project" | "schedule" | "timeline"> {
  readonly units: Units;
  readonly sessionsOfUnit: ReadonlyMap<string, readonly Session[]>;
}

function byUnit(sessions: readonly Session[]): ReadonlyMap<string, readonly Session[]> {
  const units = new Map<string, Session[]>();
  for (const session of sessions) {
    const list = units.get(session.unit);
    if (list) list.push(session);
    else units.set(session.unit, [session]);
  }
  return units;
}

function waveUnit(
  unit: Unit | undefined,
  { units, project, schedule, timeline, sessionsOfUnit }: UnitContext,
): readonly WaveUnit[] {
  if (!unit) return [];
  const sessions = sessionsOfUnit.get(unit.id) ?? [];
  const { from, to } = spanOf(schedule, unit.activities);
  const ids = (indices: readonly number[]) => indices.map((index) => units.units[index]?.id ?? "");
  return [
    {
      id: unit.id,
      title: unit.title,
      activities: unit.activities.map((activity) => project.activities[activity]?.id ?? ""),
      sessions: sessions.map(({ id }) => id),
      teams: [...new Set(sessions.map(({ team }) => team))],
      start: timeline.startAt(from),
      end: timeline.endAt(to),
      minutes: to - from,
      dependencies: ids(unit.dependencies),
      dependents: ids(unit.dependents),
      blocks: unit.blocks ?? unit.dependents.length,
      deliverables: unit.deliverables,
    },
  ];
}

const blockingFactors = (units: readonly WaveUnit[]): readonly string[] =>
  units
    .filter(({ blocks }) => blocks > 0)
    .toSorted((a, b) => b.blocks - a.blocks)
    .slice(0, FACTORS)
    .map(
      ({ title, blocks }) =>
        `${title} blocks ${blocks} dependent ${blocks === 1 ? "phase" : "phases"}`,
    );

/** The most sessions whose spans hold one moment. */
function mostAtOnce(sessions: readonly Session[]): number {
  const edges = sessions
    .filter(({ start, end }) => end.minute > start.minute)
    .flatMap(({ start, end }) => [
      { at: start.minute, by: 1 },
      { at: end.minute, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.by - b.by);
  let [now, most] = [0, 0];
  for (const { by } of edges) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
