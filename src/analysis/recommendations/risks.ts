import { criticalPath } from "../../plan/graph/critical-path.ts";
import { collidingMarks } from "../../plan/resources/parallel-marks.ts";
import { findConflicts } from "../../plan/resources/find-conflicts.ts";
import { hotResources } from "../../plan/resources/hot-resources.ts";
import type { FilePlace } from "../../core/place.ts";
import type { AnalysedPlan } from "../input.ts";
import { namesNothing } from "../measure/shared-files.ts";
import { counted, named } from "../phrases.ts";

/** What can go wrong when the plan is run in parallel, with how often it is there. */
export interface Risk {
  readonly risk: string;
  readonly count: number;
  readonly of: number;
  readonly unit: string;
  readonly mitigation: string;
  readonly places: readonly FilePlace[];
}

type Finder = (plan: AnalysedPlan) => readonly Risk[];

const withCode =
  (test: (code: string) => boolean, words: Pick<Risk, "risk" | "unit" | "mitigation">): Finder =>
  ({ diagnostics, plan }) => {
    const found = diagnostics.filter(({ code }) => test(code));
    return [
      {
        ...words,
        count: found.length,
        of: plan.tasks.length,
        places: found.slice(0, 3).flatMap(({ place }) => (place ? [place] : [])),
      },
    ];
  };

const hotFiles: Finder = (plan) => {
  const conflicts = findConflicts(plan.barriers, plan.uses);
  const minutes = criticalPath(plan.barriers).minutes;
  return hotResources(plan.barriers, conflicts, minutes)
    .slice(0, 3)
    .map(({ resource, pairs, writers }) => ({
      risk: `${resource} is written by ${counted(writers, "task")}, ${counted(pairs, "pair")} of which nothing orders`,
      count: pairs,
      of: (writers * (writers - 1)) / 2,
      unit: "pairs of writers without order",
      mitigation:
        "Run one writer at a time (`plans next` does), land each before the next begins, or give each its own file.",
      places: (conflicts.contentions.find((each) => each.resource === resource)?.users ?? [])
        .slice(0, 3)
        .map(({ use }) => use.place),
    }));
};

const marks: Finder = ({ barriers, uses, plan }) => {
  const { colliding, marked } = collidingMarks(barriers, uses);
  const keys = new Set(colliding);
  return [
    {
      risk: "Tasks marked [P] write one file",
      count: colliding.length,
      of: marked,
      unit: "marked tasks",
      mitigation: `Take the mark from all but one of ${named(colliding)}, or keep them apart when they run.`,
      places: plan.tasks
        .filter(({ key }) => keys.has(key))
        .slice(0, 3)
        .map(({ place }) => place),
    },
  ];
};

const silent: Finder = ({ plan, uses }) => {
  const found = plan.tasks.filter(({ key }) => namesNothing(uses, key));
  return [
    {
      risk: "Tasks name nothing that they touch: their conflicts can't be foreseen",
      count: found.length,
      of: plan.tasks.length,
      unit: "tasks",
      mitigation: `Name files in ${named(found.map(({ key }) => key))}, or watch what changes while they run.`,
      places: found.slice(0, 3).map(({ place }) => place),
    },
  ];
};

const unverified: Finder = ({ plan }) => {
  const verified = new Set(plan.verifications.map(({ phase }) => phase));
  const checked = new Set(plan.tasks.filter(({ verifies }) => verifies).map(({ phase }) => phase));
  const found = plan.phases.filter(({ key }) => !verified.has(key) && !checked.has(key));
  return [
    {
      risk: "Phases have no verification: what is wrong in them shows later",
      count: found.length,
      of: plan.phases.length,
      unit: "phases",
      mitigation: `Write what must hold at the end of ${named(found.map(({ key }) => `phase ${key}`))}.`,
      places: found.slice(0, 3).map(({ place }) => place),
    },
  ];
};

/** Of each kind, in the order in which they are told. */
const FINDERS: readonly Finder[] = [
  withCode(
    (code) =>
      code === "PLAN_CYCLE" || code === "PLAN_CYCLES_MORE" || code === "PLAN_SELF_DEPENDENCY",
    {
      risk: "Dependencies go round in a circle; one of each was left out",
      unit: "circles",
      mitigation: "Remove one dependency of each; `plans validate` names them.",
    },
  ),
  withCode((code) => code === "PLAN_EDGE_UNKNOWN" || code === "PLAN_KEY_TWICE", {
    risk: "Ids stand for nothing, or for two things",
    unit: "ids",
    mitigation: "Correct them; until then their order is not kept.",
  }),
  hotFiles,
  marks,
  silent,
  unverified,
  withCode((code) => code.startsWith("PLAN_STATUS_"), {
    risk: "Boxes and status file say different things",
    unit: "differences",
    mitigation: "Settle them before the plan is run; `plans validate` names them.",
  }),
];

/** Those that are there. */
export const risksOf = (plan: AnalysedPlan): readonly Risk[] =>
  FINDERS.flatMap((find) => find(plan)).filter(({ count }) => count > 0);
