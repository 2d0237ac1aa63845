import { criticalPath } from "../../plan/graph/critical-path.ts";
import type { Task } from "../../plan/model.ts";
import { findConflicts } from "../../plan/resources/find-conflicts.ts";
import { hotResources } from "../../plan/resources/hot-resources.ts";
import type { AnalysedPlan } from "../input.ts";
import { namesNothing, outputsByTask, outputsOf, tiesBetween } from "../measure/shared-files.ts";
import { counted, named, rounded } from "../phrases.ts";
import type { SequenceVerdict } from "../tasks/sequence-verdicts.ts";
import type { Opportunity, PlanState } from "./opportunity.ts";

/** Sequential groups without a reason in the files, and those of which only some tasks have one. */
export const sequenceOpportunities = (
  verdicts: readonly SequenceVerdict[],
): readonly Opportunity[] =>
  verdicts.flatMap(({ sequence, ties, verdict, unknown }): readonly Opportunity[] => {
    const tied = new Set(ties.flatMap(({ from, to }) => [from, to]));
    const kept = sequence.tasks.filter((key) => tied.has(key) || unknown.includes(key));
    const same = (state: PlanState) => (each: (typeof state.plan.sequences)[number]) =>
      each.range === sequence.range && each.place.line === sequence.place.line;
    const changedTo =
      (tasks: readonly string[]) =>
      (state: PlanState): PlanState => ({
        ...state,
        plan: {
          ...state.plan,
          sequences: state.plan.sequences.flatMap((each) =>
            !same(state)(each) ? [each] : tasks.length < 2 ? [] : [{ ...each, tasks }],
          ),
        },
      });
    if (verdict === "not-needed")
      return [
        {
          kind: "drop-sequence",
          deed: `Remove [SEQUENTIAL] of ${sequence.range}`,
          because: `all ${sequence.tasks.length} tasks name what they touch, and share nothing`,
          caution: `the plan gives a reason: ${sequence.reason || "none"}`,
          places: [sequence.place],
          unproven: 0,
          lines: 1,
          effort: "plan",
          change: changedTo([]),
        },
      ];
    if (verdict !== "needed" || kept.length === sequence.tasks.length) return [];
    return [
      {
        kind: "narrow-sequence",
        deed: `Narrow [SEQUENTIAL] ${sequence.range} to ${named(kept)}`,
        because: `${sequence.tasks.length - kept.length} of its ${sequence.tasks.length} tasks share nothing with the others`,
        caution: `the plan gives a reason: ${sequence.reason || "none"}`,
        places: [sequence.place],
        unproven: 0,
        lines: 1,
        effort: "plan",
        change: changedTo(kept),
      },
    ];
  });

/** Phases whose unmarked tasks name what they touch and share nothing with the others of the phase. */
export function markOpportunities({ plan, uses }: AnalysedPlan): readonly Opportunity[] {
  const outputs = outputsByTask(outputsOf(uses));
  const waiting = new Set(plan.dependencies.map(({ dependent }) => dependent));
  return plan.phases.flatMap((phase): readonly Opportunity[] => {
    const own = plan.tasks.filter((task) => task.phase === phase.key);
    const others = new Set(own.map(({ key }) => key));
    const things = own.map(({ text }) => thingsIn(text));
    const often = countsOf(things.flatMap((each) => [...each]));
    const free = own.filter((task, index) => {
      // one may well make what the other uses
      if ([...(things[index] ?? [])].some((thing) => (often.get(thing) ?? 0) > 1)) return false;
      if (task.parallel !== false || task.verifies || waiting.has(task.key)) return false;
      if (namesNothing(uses, task.key)) return false;
      const one = new Set([task.key]);
      const shared = outputs.get(task.key) ?? [];
      return (
        [...tiesBetween(shared, one, others), ...tiesBetween(shared, others, one)].length === 0
      );
    });
    if (free.length === 0) return [];
    const keys = new Set(free.map(({ key }) => key));
    return [
      {
        kind: "mark-parallel",
        deed: `Mark ${named([...keys])} of phase ${phase.key} as [P]`,
        because: `${keys.size === 1 ? "it names" : "they name"} what ${keys.size === 1 ? "it touches and shares" : "they touch and share"} no file and no name of code with the other ${own.length - 1} tasks of the phase`,
        caution: "what is needed from another task without naming its file is not seen",
        places: free.map(({ place }) => place),
        unproven: free.length,
        lines: free.length,
        effort: "plan",
        change: (state) => ({
          ...state,
          plan: {
            ...state.plan,
            tasks: state.plan.tasks.map((task) =>
              keys.has(task.key) ? { ...task, parallel: true } : task,
            ),
          },
        }),
      },
    ];
  });
}

/** Names of code: `EventCard`, `listEvents()`, `promote_next`. */
const WORD = /[A-Za-z_]\w{0,80}\(?/g;
const THING = /[a-z][A-Z]|[a-z]_[a-z]|\($/;

const thingsIn = (text: string): ReadonlySet<string> =>
  new Set(
    Array.from(text.slice(0, 2_000).matchAll(WORD), ([word]) => word)
      .filter((word) => THING.test(word))
      .map((word) => word.replace("(", "")),
  );

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The longest task on the critical path whose own estimate the plan gives, in two halves that can run at once. */
export function splitOpportunities({ plan, barriers }: AnalysedPlan): readonly Opportunity[] {
  const parents = new Set(plan.tasks.map(({ parent }) => parent));
  const inSequence = new Set(plan.sequences.flatMap(({ tasks }) => tasks));
  const { path, minutes: total } = criticalPath(barriers);
  const longest = path
    .flatMap((index) => {
      const node = barriers.nodes[index];
      const fits =
        node?.kind === "task" &&
        node.task.estimate !== undefined &&
        node.task.estimate.source !== "phase" &&
        !parents.has(node.task.key) &&
        !inSequence.has(node.key);
      return fits ? [{ task: node.task, minutes: barriers.minutes[index] ?? 0 }] : [];
    })
    .reduce<{ task: Task; minutes: number } | undefined>(
      (most, each) => (most && most.minutes >= each.minutes ? most : each),
      undefined,
    );
  if (!longest) return [];
  const { task, minutes } = longest;
  return [
    {
      kind: "split-task",
      deed: `Split ${task.key} into two tasks that can run at once`,
      because: `its ${rounded(minutes)} of ${rounded(total)} minutes are the longest estimate on the critical path`,
      caution: "both halves must touch different files, and nothing in the plan says that they can",
      places: [task.place],
      unproven: 1,
      lines: 2,
      effort: "plan",
      change: (state) => inHalves(state, task, minutes / 2),
    },
  ];
}

function inHalves(state: PlanState, { key }: Task, minutes: number): PlanState {
  const { plan, partOf } = state;
  const half = `${key} (second half)`;
  const estimate = { minutes, source: "default" } as const;
  return {
    ...state,
    partOf: new Map([...partOf, [half, key]]),
    plan: {
      ...plan,
      tasks: plan.tasks.flatMap((task) =>
        task.key === key
          ? [
              { ...task, estimate },
              {
                ...task,
                key: half,
                estimate,
                ...(task.parallel === undefined ? {} : { parallel: true }),
              },
            ]
          : [task],
      ),
      dependencies: plan.dependencies.flatMap((each) => {
        if (each.dependent === key) return [each, { ...each, dependent: half }];
        if (each.dependency === key) return [each, { ...each, dependency: half }];
        return [each];
      }),
      verifications: plan.verifications.map((each) =>
        each.tasks?.includes(key) ? { ...each, tasks: [...each.tasks, half] } : each,
      ),
    },
  };
}

const HOT_TRIED = 5;

/** Files that several tasks without order write: one file for each of them. */
export function fileOpportunities({ barriers, uses }: AnalysedPlan): readonly Opportunity[] {
  const conflicts = findConflicts(barriers, uses);
  const hot = hotResources(barriers, conflicts, criticalPath(barriers).minutes).filter(
    ({ kind }) => kind !== "other",
  );
  return hot.slice(0, HOT_TRIED).flatMap(({ resource, writers, pairs }): readonly Opportunity[] => {
    const users = conflicts.contentions.find((each) => each.resource === resource)?.users ?? [];
    const writing = users.filter(({ use }) => use.access === "write");
    // that all of it is in one file is what the plan asks for, or how manifests are
    if (writing.some(({ use }) => use.source === "inferred")) return [];
    return [
      {
        kind: "split-file",
        deed: `Give the ${writers} writers of ${resource} a file each`,
        because: `${counted(pairs, "pair")} of them could run at once, and would write it at the same time`,
        caution: `what reads ${resource} has to read all of them`,
        places: writing.map(({ use }) => use.place),
        unproven: 0,
        lines: writers,
        effort: "architecture",
        change: (state) => ({
          ...state,
          uses: new Map(
            [...state.uses].map(([key, some]) => [
              key,
              some.filter((use) => use.access !== "write" || use.resource !== resource),
            ]),
          ),
        }),
      },
    ];
  });
}
