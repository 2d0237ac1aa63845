/** A project scheduled, with its strategy: what all outputs are written from. */
import type { Project } from "../../../../src/schedule/project/project.ts";
import { localDates } from "../../../../src/schedule/report/local-dates.ts";
import type { Writing } from "../../../../src/schedule/report/writing.ts";
import {
  strategyOf,
  type StrategyOptions,
} from "../../../../src/schedule/strategy/make-strategy.ts";
import { solve } from "../project/solve.ts";

/** Prices by scheduling anew are left out where nothing is said: they take most of the time. */
export function exampleWriting(project: Project, options: StrategyOptions = {}): Writing {
  const { compiled, schedule } = solve(project);
  return {
    strategy: strategyOf(project, schedule, compiled.axis, { runs: 1_000, seed: 7, ...options }),
    id: "parallel_exec_20240311",
    source: "plans/checkout.md",
    planned: "2024-03-11T08:30:00Z",
    dates: localDates(project.zone),
  };
}

/** With what everything costs. */
export const pricedWriting = (project: Project): Writing =>
  exampleWriting(project, { scheduler: (changed) => solve(changed, 50).schedule, tries: 8 });
