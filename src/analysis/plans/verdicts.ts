import type { FilePlace } from "../../core/place.ts";
import { statusPathsOf } from "../../plan/places.ts";
import type { UpstreamPlan } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import { counted, named } from "../phrases.ts";
import { isKnown, unfinishedTasks } from "../unfinished.ts";
import type { PlanPair } from "./shared-resources.ts";

export type Verdict = "in order" | "one status file" | "collide" | "watch" | "apart" | "unknown";

export interface PairVerdict {
  readonly pair: PlanPair;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly places: readonly FilePlace[];
}

/** What each verdict means for running two plans at once. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  "in order": "one says that it needs the other first",
  "one status file":
    "both keep their state in one file, so they can't run at once before one is renamed",
  collide:
    "tasks of both write one file: only in working copies of their own, merged one after the other",
  watch: "one reads what the other writes: can run at once; the reader may see either state",
  apart: "no file that tasks of both touch is known: can run at once",
  unknown: "too few tasks say what they touch to tell",
};

const bare = (name: string) => name.replace(/^.*\//, "").replace(/\.md$/i, "").toLowerCase();

/** What the first says of needing the second. */
export const needs = (one: AnalysedPlan, other: AnalysedPlan): UpstreamPlan | undefined =>
  one.plan.upstream.find(({ name }) =>
    [other.name, other.file].some((each) => bare(each) === bare(name)),
  );

/** The part of a plan's unfinished tasks that must say what they touch for silence to mean something. */
const KNOWN_SHARE = 0.5;

/** Whether two plans can run at once. */
export function verdictOf(pair: PlanPair): PairVerdict {
  const { a, b, shared } = pair;
  const told = (verdict: Verdict, reason: string, places: readonly FilePlace[]): PairVerdict => ({
    pair,
    verdict,
    reason,
    places: places.length > 0 ? places : [{ file: a.file }, { file: b.file }],
  });
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const need = needs(one, other);
    if (need) return told("in order", `${one.name} needs ${other.name} first`, [need.place]);
  }
  const [status] = statusPathsOf(a.file);
  if (status !== undefined && status === statusPathsOf(b.file)[0])
    return told("one status file", `both keep their state in ${status}`, []);
  const written = shared.filter(({ bothWrite }) => bothWrite);
  const [most] = written.length > 0 ? written : shared;
  if (most) {
    const files = written.length > 0 ? written : shared;
    return told(
      written.length > 0 ? "collide" : "watch",
      `${counted(files.length, "file")}, most of all ${most.resource} (${named(most.a, 3)}; ${named(most.b, 3)})`,
      most.places,
    );
  }
  const silent = [a, b].filter((plan) => knownShare(plan) < KNOWN_SHARE);
  if (silent.length > 0)
    return told(
      "unknown",
      silent.map(silence).join("; "),
      silent.map(({ file }) => ({ file })),
    );
  return told("apart", [a, b].map(silence).join("; "), []);
}

function knownShare(plan: AnalysedPlan): number {
  const open = unfinishedTasks(plan);
  return open.length === 0
    ? 1
    : open.filter((key) => isKnown(plan.uses.get(key))).length / open.length;
}

function silence(plan: AnalysedPlan): string {
  const open = unfinishedTasks(plan);
  const known = open.filter((key) => isKnown(plan.uses.get(key))).length;
  return `${known} of ${counted(open.length, "open task")} of ${plan.name} say what they touch`;
}
