import type { Basis } from "../basis.ts";
import type { RiskEvent } from "../simulation/simulate-order.ts";
import { lengthText } from "../length.ts";
import type { Units } from "../units.ts";
import type { Workload } from "../workload.ts";
import type { Evidence, RiskTrigger, WatchedMetric } from "./risk.ts";
import { WATCHED_METRICS } from "./watched-metrics.ts";

/** What rules look at. */
export interface RiskContext {
  readonly basis: Basis;
  readonly units: Units;
  readonly workload: Workload;
  /** In how many of a few thousand runs something is late: for each, the part in which these nodes end after this minute. All at once: each call simulates. */
  readonly lateness: (
    asked: readonly { readonly nodes: readonly number[]; readonly by: number }[],
  ) => readonly number[];
}

/** What a rule found. */
export interface Finding {
  /** Goes into the risk's name: whom or what it is about. */
  readonly about: string;
  readonly activities: readonly string[];
  readonly people?: readonly string[];
  readonly resources?: readonly string[];
  readonly teams?: readonly string[];
  readonly probability: number;
  readonly source: "simulated" | "assumed";
  /** What it does to durations if it happens; or the minutes that the whole ends later. */
  readonly does: { readonly hits: RiskEvent["hits"] } | { readonly minutes: number };
  readonly evidence: readonly Evidence[];
  readonly trigger: RiskTrigger;
}

export type Find = (context: RiskContext) => readonly Finding[];

/** Rounded for people: a figure with at most one decimal. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;

export const inDays = ({ timeline }: Basis, minutes: number): number =>
  rounded(minutes / timeline.dayMinutes);

/** The same in words, in hours where it is less than a day. */
export const inWords = ({ timeline }: Basis, minutes: number): string =>
  lengthText(minutes, timeline.dayMinutes);

/** A statement and the number that it rests on. */
export const said = (text: string, value: number, unit: string): Evidence => ({
  text,
  value,
  unit,
});

/** A trigger that a program can watch. */
export const watch = (
  metric: WatchedMetric,
  subjects: readonly string[],
  threshold: number,
  comparison: "above" | "below" = "above",
): RiskTrigger => ({
  kind: "metric",
  metric,
  subjects,
  comparison,
  threshold,
  unit: WATCHED_METRICS[metric].unit,
});

/** Minutes that an activity may be late; a sync point has none. */
export const slackOf = ({ critical }: Basis, node: number): number =>
  critical.activities[node]?.totalSlack ?? 0;

/** Of some activities the one with the least slack. */
export const tightestOf = (basis: Basis, nodes: readonly number[]): number =>
  nodes.toSorted((a, b) => slackOf(basis, a) - slackOf(basis, b))[0] ?? 0;

export const idsOf = ({ order }: Basis, nodes: readonly number[]): readonly string[] =>
  nodes.map((node) => order.nodes[node]?.id ?? "");

/** Whether some of it is still to be done. */
export const isOpen = ({ order }: Basis, node: number): boolean =>
  (order.nodes[node]?.open ?? 0) > 0;
