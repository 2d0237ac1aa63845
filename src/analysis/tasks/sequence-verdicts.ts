import { buildGraph } from "../../plan/graph/build-graph.ts";
import type { Sequence } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import { makespansOf, meanOf, type Luck } from "../measure/trials.ts";
import { RANKING_WORKERS } from "../measure/settings.ts";
import { namesNothing, outputsOf, tiesBetween, type Tie } from "../measure/shared-files.ts";

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
  /** Minutes saved on average where it is left out, with the workers that opportunities are ranked by. */
  readonly minutes: number;
}

/** The groups of a plan, in the order of the document. */
export function sequenceVerdicts(plan: AnalysedPlan, luck: Luck): readonly SequenceVerdict[] {
  const { sequences } = plan.plan;
  if (sequences.length === 0) return [];
  const outputs = outputsOf(plan.uses);
  const asWritten = meanMinutes(plan, plan.plan.sequences, luck);
  return sequences.map((sequence) => {
    const { tasks } = sequence;
    const ties = tasks.flatMap((task, index) =>
      tiesBetween(outputs, new Set([task]), new Set(tasks.slice(index + 1))),
    );
    const unknown = tasks.filter((task) => namesNothing(plan.uses, task));
    const rest = sequences.filter((each) => each !== sequence);
    return {
      sequence,
      ties,
      unknown,
      verdict: ties.length > 0 ? "needed" : unknown.length > 0 ? "unknown" : "not-needed",
      minutes: asWritten - meanMinutes(plan, rest, luck),
    };
  });
}

function meanMinutes(
  { plan, uses }: AnalysedPlan,
  sequences: readonly Sequence[],
  luck: Luck,
): number {
  const graph = buildGraph({ ...plan, sequences }, { barriers: "phases", inferred: true });
  return meanOf(makespansOf({ graph, uses }, RANKING_WORKERS, luck).drawn);
}
