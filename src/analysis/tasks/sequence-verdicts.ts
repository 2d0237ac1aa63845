import { buildGraph } from "../../plan/graph/build-graph.ts";
import type { Sequence } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import { meanOf, trialOf, type Luck } from "../measure/trials.ts";
import { changesLookedAt, RANKING_WORKERS } from "../measure/settings.ts";
import {
  namesNothing,
  outputsByTask,
  outputsOf,
  tiesBetween,
  type Tie,
} from "../measure/shared-files.ts";

/** What a `[SEQUENTIAL]` group costs, and whether anything that the plan names asks for it. */
export interface SequenceVerdict {
  readonly sequence: Sequence;
  /** What ties tasks of it together. */
  readonly ties: readonly Tie[];
  /** Tasks of it that name no file. */
  readonly unknown: readonly string[];
  /**
   * `needed`: something ties two of its tasks. `not-needed`: all of them name what they touch, and they share nothing. `unknown`:
   * they share nothing that is named, and some name nothing.
   */
  readonly verdict: "needed" | "not-needed" | "unknown";
}

/** The groups of a plan, in the order of the document. */
export function sequenceVerdicts(plan: AnalysedPlan): readonly SequenceVerdict[] {
  const { sequences } = plan.plan;
  const outputs = outputsByTask(sequences.length === 0 ? [] : outputsOf(plan.uses));
  return sequences.map((sequence) => {
    const { tasks } = sequence;
    const ties = tasks.flatMap((task, index) =>
      tiesBetween(outputs.get(task) ?? [], new Set([task]), new Set(tasks.slice(index + 1))),
    );
    const unknown = tasks.filter((task) => namesNothing(plan.uses, task));
    return {
      sequence,
      ties,
      unknown,
      verdict: ties.length > 0 ? "needed" : unknown.length > 0 ? "unknown" : "not-needed",
    };
  });
}

/**
 * Minutes saved on average where a group is left out, with the workers that opportunities are ranked by. Of a large plan with many groups
 * only some are measured, those first that nothing needs.
 */
export function sequenceMinutes(
  plan: AnalysedPlan,
  verdicts: readonly SequenceVerdict[],
  luck: Luck,
): ReadonlyMap<SequenceVerdict, number> {
  if (verdicts.length === 0) return new Map();
  const { sequences } = plan.plan;
  const asWritten = meanMinutes(plan, sequences, luck);
  const measured = verdicts
    .toSorted((a, b) => Number(b.verdict === "not-needed") - Number(a.verdict === "not-needed"))
    .slice(0, changesLookedAt(plan.barriers.nodes.length));
  return new Map(
    measured.map((each) => {
      const rest = sequences.filter((other) => other !== each.sequence);
      return [each, asWritten - meanMinutes(plan, rest, luck)];
    }),
  );
}

function meanMinutes(
  { plan, uses }: AnalysedPlan,
  sequences: readonly Sequence[],
  luck: Luck,
): number {
  const graph = buildGraph({ ...plan, sequences }, { barriers: "phases", inferred: true });
  return meanOf(trialOf({ graph, uses }, luck)(RANKING_WORKERS).drawn);
}
