import type { Dependency } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import { firstSteps } from "../patterns/first-steps.ts";
import { RANKING_WORKERS } from "../measure/settings.ts";
import { outputsOf } from "../measure/shared-files.ts";
import type { Luck } from "../measure/trials.ts";
import { meanMinutes, stateOf } from "./measure-opportunities.ts";

/** In which order the writers of one thing are best landed. */
export interface MergeOrder {
  readonly resource: string;
  readonly order: readonly string[];
  /** Minutes saved on average against the order of the document. */
  readonly saves: number;
}

const TRIED = 5;

/**
 * What several tasks write, most writers first: the order in which a run by what hangs on each task begins them, and what is lost
 * where they go in the order of the document. Those that would go in that order anyway are left out.
 */
export function mergeOrders(plan: AnalysedPlan, luck: Luck): readonly MergeOrder[] {
  const begun = firstSteps(plan, "phases", { workers: RANKING_WORKERS, most: Infinity });
  const rank = new Map(begun.map(({ key }, index) => [key, index]));
  const state = stateOf(plan);
  const minutes = (keys: readonly string[]) => {
    const dependencies = keys.slice(1).map((key, index): Dependency => ({
      dependency: keys[index] ?? key,
      dependent: key,
      origin: "same-file",
      strength: "hard",
      place: { file: plan.file },
    }));
    const changed = {
      ...state.plan,
      dependencies: [...state.plan.dependencies, ...dependencies],
    };
    return meanMinutes({ ...state, plan: changed }, luck);
  };
  return outputsOf(plan.uses)
    .filter(({ writers }) => writers.length > 1)
    .toSorted((a, b) => b.writers.length - a.writers.length)
    .slice(0, TRIED)
    .flatMap(({ resource, writers }) => {
      const written = writers.map(({ task }) => task);
      const order = written.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
      if (order.join(" ") === written.join(" ")) return [];
      return [{ resource, order, saves: minutes(written) - minutes(order) }];
    });
}
