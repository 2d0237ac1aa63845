import type { BudgetFigures } from "../../core/budget-figures.ts";
import { nothing, total, type Measured } from "../measured.ts";
import { eventsOf, type StageHistory } from "../stage-history.ts";
import { sum, type Metric } from "./metric.ts";

/** How each run stood after its last call that was counted. */
function standings(stages: readonly StageHistory[]): readonly BudgetFigures[] {
  const last = new Map<string, { readonly at: number; readonly figures: BudgetFigures }>();
  for (const { runId, events } of stages)
    for (const { at, event } of events)
      if (event.type === "agent-finished" && event.budget && at >= (last.get(runId)?.at ?? 0))
        last.set(runId, { at, figures: event.budget });
  return [...last.values()].map(({ figures }) => figures);
}

/** A sum over runs; of calls that did not say what they cost it says how many there are. */
function overRuns(
  stages: readonly StageHistory[],
  of: (figures: BudgetFigures) => number | null,
  because: string,
): Measured {
  const runs = standings(stages);
  const values = runs.map(of).filter((value) => value !== null);
  if (values.length === 0) return nothing(because);
  const missing = sum(runs.map(({ unknown }) => unknown.usd));
  const figure = { is: "figure", value: sum(values), samples: values.length } as const;
  return missing > 0 ? { ...figure, missing } : figure;
}

const UNCOUNTED = "no agent was asked that uses anything";

/** What runs use of their budgets (PX-11). */
export const BUDGET_METRICS: readonly Metric[] = [
  {
    name: "budget_spent_usd",
    sources: ["own"],
    definition:
      "What counts against budgets, as of the last call of each run: what agents said, what the price of their tokens makes of it, and what was reserved for calls of which neither is known; these are counted apart.",
    unit: "usd",
    perRole: false,
    measure: (stages) => overRuns(stages, ({ spent }) => spent.usd, UNCOUNTED),
  },
  {
    name: "budget_reserved_usd",
    sources: ["own"],
    definition: "What was reserved for other calls when the last call of each run had ended.",
    unit: "usd",
    perRole: false,
    measure: (stages) => overRuns(stages, ({ reserved }) => reserved.usd, UNCOUNTED),
  },
  {
    name: "budget_cap_usd",
    sources: ["own"],
    definition: "What runs with a limit on money may spend.",
    unit: "usd",
    perRole: false,
    measure: (stages) => overRuns(stages, ({ cap }) => cap.usd, "no run had a limit on money"),
  },
  {
    name: "budget_reached_count",
    sources: ["own"],
    definition: "How often a run was held because its budget left no room for the next work.",
    unit: "count",
    perRole: false,
    measure: (stages) =>
      total(
        stages.map((stage) => eventsOf(stage, "budget-reached").length),
        "no stage was started",
      ),
  },
];
