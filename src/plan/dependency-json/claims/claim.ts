import { digraph } from "../../../core/graph/digraph.ts";
import { longestPaths } from "../../../core/graph/longest-paths.ts";
import { stronglyConnected } from "../../../core/graph/components.ts";
import { topologicalOrder } from "../../../core/graph/topological-order.ts";
import type { Severity } from "../../../core/diagnostic.ts";
import type { FilePlace } from "../../../core/place.ts";
import { oneLine } from "../../../core/text.ts";
import { WORK_TIME } from "../../../core/work-time.ts";
import { readEstimate } from "../../estimates.ts";
import type { Plan, PlanDiagnostic } from "../../model.ts";
import type { Ids } from "../assemble.ts";
import type { Facts } from "../facts.ts";
import { placeOf, wordOf, type Value } from "../../../core/json-values.ts";

/** What claims are checked against. */
export interface Case {
  readonly facts: Facts;
  readonly ids: Ids;
  readonly plan: Plan;
  readonly order: PhaseOrder;
}

/** The phases as a graph: keys in the order of the plan, what each waits for, and when each can end. */
export interface PhaseOrder {
  readonly keys: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** `[dependency, dependent]`, as positions. */
  readonly edges: readonly (readonly [number, number])[];
  readonly cyclic: boolean;
  /** Minutes of each phase, 0 where unknown. */
  readonly minutes: readonly number[];
  /** Whether every phase says how long it takes. */
  readonly timed: boolean;
  /** Minutes from the start to the end of each phase, nothing holding it up but what it waits for. Undefined with a cycle. */
  readonly ends: ArrayLike<number> | undefined;
}

export function phaseOrder({ phases }: Plan): PhaseOrder {
  const keys = phases.map(({ key }) => key);
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const edges = phases.flatMap(({ after }, dependent) =>
    after.flatMap(({ phase }) => {
      const dependency = indexOf.get(phase);
      return dependency === undefined ? [] : [[dependency, dependent] as const];
    }),
  );
  const backward = digraph(
    keys.length,
    edges.map(([, dependent]) => dependent),
    edges.map(([dependency]) => dependency),
  );
  const cyclic = stronglyConnected(backward).count < keys.length;
  const minutes = phases.map(({ estimate }) =>
    estimate?.source === "text" ? estimate.minutes : 0,
  );
  return {
    keys,
    indexOf,
    edges,
    cyclic,
    minutes,
    timed: minutes.length > 0 && minutes.every((each) => each > 0),
    ends: cyclic ? undefined : longestPaths(backward, topologicalOrder(backward), minutes),
  };
}

/** Minutes that a value says; undefined where it says none. */
export const minutesOf = (value: Value | undefined): number | undefined => {
  const word = wordOf(value);
  return value && word !== undefined ? readEstimate(word, placeOf(value))?.minutes : undefined;
};

/** Whether two lengths of time are one, as far as rounding to days and weeks goes. */
export const sameTime = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 0.05 * Math.max(a, b) + 1;

/** A length of time for people: working weeks, days or hours. */
export function showTime(minutes: number): string {
  for (const [unit, size] of [
    ["week", WORK_TIME.week],
    ["day", WORK_TIME.day],
    ["hour", WORK_TIME.hour],
  ] as const)
    if (minutes >= size) {
      const count = Math.round((minutes / size) * 10) / 10;
      return `${count} ${unit}${count === 1 ? "" : "s"}`;
    }
  return `${Math.round(minutes)} minutes`;
}

const HINTS = {
  PLAN_CLAIM_COUNT: "Correct the number, or list what is missing.",
  PLAN_CLAIM_EFFICIENCY:
    "State what follows from the durations: (sequential - parallel) / sequential.",
  PLAN_CLAIM_THRESHOLD: "Set a threshold that the plan can keep, or plan more in parallel.",
  PLAN_CLAIM_MATRIX: "Make the matrix anew from the edges, or remove it.",
  PLAN_CLAIM_PATH: "Make the path anew from edges and durations.",
  PLAN_CLAIM_DURATION: "Correct the duration, or those it is made of.",
  PLAN_CLAIM_DATES: "Correct the dates or the duration.",
  PLAN_CLAIM_ACYCLIC: "Take one of the dependencies of the circle out.",
  PLAN_CLAIM_PARALLEL: "Correct the number, or the dependencies.",
  PLAN_EDGE_REVERSED:
    "An edge leads from what is waited for (source) to what waits (target); turn one of the two around.",
  PLAN_WAVE_ORDER: "Move the phase into a later wave, or take the dependency out.",
  PLAN_WAVE_TWICE: "Leave the phase in one wave only.",
  PLAN_WAVE_MISSING: "Put the phase into a wave.",
  PLAN_WAVE_CAPACITY: "Allow more at once, or split the wave.",
  PLAN_TEAM_UNKNOWN: "Correct the id, or list the team.",
  PLAN_TEAM_BOOKED_TWICE: "Give one of the phases to another team, or put it into another wave.",
  PLAN_SKILL_MISSING: "Give the phase to a team that has the skill, or list the skill of the team.",
  PLAN_SESSION_UNKNOWN: "Correct the id, or give a phase this session.",
} as const;

export type ClaimCode = keyof typeof HINTS;

/** A claim that does not hold, at the value that makes it. */
export const claim = (
  code: ClaimCode,
  value: Value | FilePlace,
  message: string,
  severity: Severity = "warning",
): PlanDiagnostic => ({
  code,
  severity,
  message: oneLine(message, 300),
  place: "node" in value ? placeOf(value) : value,
  hint: HINTS[code],
});
