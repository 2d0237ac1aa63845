import { originalInit } from "../../plan/original/original-init.ts";
import { originalNext } from "../../plan/original/original-next.ts";
import type { OriginalStatus, OriginalVersion } from "../../plan/original/original-status.ts";
import { nextTasks } from "../../plan/progress/next-tasks.ts";
import type { Progress, TaskProgress } from "../../plan/progress/progress.ts";
import { exclusionsOf } from "../../plan/resources/exclusions.ts";
import type { AnalysedPlan } from "../input.ts";

/** What `next N` gives over and over until all is done, each batch finished whole before the next; from a plan with nothing done. */
export interface Batches {
  readonly by: "wavegate" | "original at its head" | "original as first published";
  readonly batches: readonly (readonly string[])[];
  /** Tasks that it never gives. */
  readonly missed: readonly string[];
  /** Pairs within a batch that write one thing, or belong to one sequential group. */
  readonly clashes: readonly BatchClash[];
  /** What it says in place of giving tasks. */
  readonly refusal?: string;
  /** Whether batches were left out behind `mostBatches`. */
  readonly cut: boolean;
}

export interface BatchClash {
  readonly batch: number;
  readonly one: string;
  readonly other: string;
  readonly over: string;
  readonly kind: "file" | "sequence";
}

const MOST_BATCHES = 300;
/** Tasks that all batches of one tool look at: each looks at all of them. */
const BUDGET = 300_000;

const mostBatches = (tasks: number): number =>
  Math.max(3, Math.min(MOST_BATCHES, Math.floor(BUDGET / Math.max(1, tasks))));
const VERSIONS: readonly (readonly [OriginalVersion, Batches["by"]])[] = [
  ["head", "original at its head"],
  ["seed", "original as first published"],
];

/** Ours; for plan files, what both versions of the tool they were made for would give for the same text, too. */
export const batchesOf = (plan: AnalysedPlan, size: number): readonly Batches[] => [
  ours(plan, size),
  ...(plan.plan.dialect === "plan-file"
    ? VERSIONS.map(([version, by]) => originals(plan, size, version, by))
    : []),
];

function ours(plan: AnalysedPlan, size: number): Batches {
  const { barriers: graph } = plan;
  const exclusions = exclusionsOf(plan.uses);
  const progress = new Map<number, TaskProgress>();
  const batches: string[][] = [];
  const most = mostBatches(plan.plan.tasks.length);
  while (batches.length < most) {
    const { tasks } = nextTasks(graph, progress satisfies Progress, {
      rule: "barriers",
      verifications: "assumed",
      count: size,
      clash: (one, other) => exclusions.clash(one, other),
    });
    if (tasks.length === 0) break;
    batches.push(tasks.map(({ node }) => graph.nodes[node]?.key ?? ""));
    for (const { node } of tasks) progress.set(node, { state: "done", retries: 0 });
  }
  return summed(plan, "wavegate", batches);
}

function originals(
  plan: AnalysedPlan,
  size: number,
  version: OriginalVersion,
  by: Batches["by"],
): Batches {
  const begun = originalInit(plan.file, plan.text, version, "");
  if ("error" in begun) return { ...summed(plan, by, []), refusal: begun.error };
  let status: OriginalStatus = begun.status;
  const batches: (readonly string[])[] = [];
  const most = mostBatches(plan.plan.tasks.length);
  while (batches.length < most) {
    const given = originalNext(status, size, version, plan.text).tasks.map(({ id }) => id);
    if (given.length === 0) break;
    batches.push(given);
    const done = new Set(given);
    const tasks = status.tasks.map((task) =>
      done.has(task.id) ? { ...task, status: "completed" } : task,
    );
    status = { ...status, tasks };
  }
  return summed(plan, by, batches);
}

function summed(
  plan: AnalysedPlan,
  by: Batches["by"],
  batches: readonly (readonly string[])[],
): Batches {
  const given = new Set(batches.flat());
  const cut = batches.length >= mostBatches(plan.plan.tasks.length);
  return {
    by,
    batches,
    missed: cut ? [] : plan.plan.tasks.map(({ key }) => key).filter((key) => !given.has(key)),
    clashes: batches.flatMap((batch, index) => clashesIn(plan, batch, index + 1)),
    cut,
  };
}

function clashesIn(
  { plan, uses }: AnalysedPlan,
  batch: readonly string[],
  number: number,
): readonly BatchClash[] {
  const exclusions = exclusionsOf(new Map(batch.map((key) => [key, uses.get(key) ?? []])));
  return batch.flatMap((one, index) =>
    batch.slice(index + 1).flatMap((other): readonly BatchClash[] => {
      const file = exclusions.clash(one, other);
      const group = plan.sequences.find(
        ({ tasks }) => tasks.includes(one) && tasks.includes(other),
      );
      const found: BatchClash[] = [];
      if (file !== undefined) found.push({ batch: number, one, other, over: file, kind: "file" });
      if (group) found.push({ batch: number, one, other, over: group.range, kind: "sequence" });
      return found;
    }),
  );
}
