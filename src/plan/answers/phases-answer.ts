import { phaseOf as phaseOfNode } from "../graph/model.ts";
import { wavesOf } from "../graph/waves.ts";
import type { Estimate, Origin, TaskMention } from "../model.ts";
import type { PlanHead } from "./plan-head.ts";
import type { PlanView } from "./plan-view.ts";
import { phaseStandings, type PhaseStanding } from "./status-answer.ts";

export interface PhaseDetail extends PhaseStanding {
  readonly objective: string | null;
  readonly story: string | null;
  /** What the whole phase waits for. */
  readonly after: readonly {
    readonly phase: string;
    readonly origin: Origin;
    readonly done: boolean;
  }[];
  /** Tasks whose end lets it begin in place of the phase before. */
  readonly startsWhen: readonly TaskMention[];
  /** Groups that run one at a time, as ranges. */
  readonly sequences: readonly { readonly range: string; readonly reason: string }[];
  /** Tasks marked parallel; null where the dialect has no such mark. */
  readonly parallel: number | null;
  /** Most of its tasks that nothing keeps from running at once. */
  readonly width: number;
  readonly estimate: Estimate | null;
}

/** The phases of a plan, with what each waits for. */
export interface PhasesAnswer {
  readonly plan: PlanHead;
  readonly phases: readonly PhaseDetail[];
}

/** The phases of a view. */
export function phasesAnswer(view: PlanView): PhasesAnswer {
  const { plan } = view;
  const phaseOf = new Map(plan.tasks.map(({ key, phase }) => [key, phase]));
  const widths = widthsOf(view);
  const standings = new Map(phaseStandings(view).map((one) => [one.key, one]));
  return {
    plan: view.head,
    phases: plan.phases.flatMap((phase) => {
      const standing = standings.get(phase.key);
      if (!standing) return [];
      const tasks = plan.tasks.filter((task) => task.phase === phase.key);
      const marked = tasks.filter(({ parallel }) => parallel === true);
      return [
        {
          ...standing,
          objective: phase.objective ?? null,
          story: phase.story ?? null,
          after: phase.after.map(({ phase: key, origin }) => ({
            phase: key,
            origin,
            done: standings.get(key)?.state === "done",
          })),
          startsWhen: phase.startsWhen,
          sequences: plan.sequences
            .filter(({ tasks: keys }) => keys.some((key) => phaseOf.get(key) === phase.key))
            .map(({ range, reason }) => ({ range, reason })),
          parallel: tasks.every(({ parallel }) => parallel === undefined) ? null : marked.length,
          width: widths.get(phase.key) ?? 0,
          estimate: phase.estimate ?? null,
        },
      ];
    }),
  };
}

/** The most tasks of each phase that are in one wave. */
function widthsOf({ graph }: PlanView): ReadonlyMap<string, number> {
  const widths = new Map<string, number>();
  for (const wave of wavesOf(graph).tasks) {
    const counts = new Map<string, number>();
    for (const index of wave) {
      const node = graph.nodes[index];
      const phase = node && phaseOfNode(node);
      if (phase !== undefined) counts.set(phase, (counts.get(phase) ?? 0) + 1);
    }
    for (const [phase, count] of counts) widths.set(phase, Math.max(count, widths.get(phase) ?? 0));
  }
  return widths;
}
