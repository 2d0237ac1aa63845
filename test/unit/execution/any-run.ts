import type { Plan } from "../../../src/plan/model.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import type { PlanGraph } from "../../../src/plan/graph/model.ts";
import { executable, type Executable } from "../../../src/execution/executable.ts";
import type { RunRules } from "../../../src/execution/run-state.ts";
import type { UsesByTask } from "../../../src/plan/resources/plan-uses.ts";
import { place } from "../plan/plans.ts";

export const RULES: RunRules = { pattern: "dag", failures: "continue", limits: { workers: 3 } };

export const graphOf = (plan: Plan): PlanGraph =>
  buildGraph(plan, { barriers: "phases", inferred: true });

export const runOf = (plan: Plan, uses: UsesByTask = new Map()): Executable =>
  executable(graphOf(plan), { uses });

/** Tasks of which the last digits are the same write one file. */
export const writesByDigit = (keys: Iterable<string>): UsesByTask =>
  new Map([...keys].map((key) => [key, [writes(`src/${key.at(-1) ?? ""}.ts`)]]));

export const writes = (resource: string) =>
  ({
    resource,
    kind: "file",
    access: "write",
    sure: true,
    source: "declared",
    place: place(1),
  }) as const;
