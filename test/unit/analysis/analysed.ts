import type { AnalysedPlan, AnalysisInput } from "../../../src/analysis/input.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { planName } from "../../../src/plan/plan-name.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import { usesOfTasks } from "../../../src/plan/resources/plan-uses.ts";

/** A plan's text as the analysis gets it. */
export function analysed(text: string, file = "docs/plans/shop.md"): AnalysedPlan {
  const plan = readPlan([{ file, text }]);
  const barriers = buildGraph(plan, { barriers: "phases", inferred: true });
  return {
    name: planName(file),
    file,
    plan,
    text,
    barriers,
    declared: buildGraph(plan, { barriers: "declared", inferred: true }),
    uses: usesOfTasks(plan.tasks.map((task) => [task.key, task] as const)),
    status: undefined,
    recorded: new Map(),
    diagnostics: [...plan.diagnostics, ...barriers.problems],
  };
}

export const inputOf = (...plans: readonly AnalysedPlan[]): AnalysisInput => ({
  plans,
  files: [],
  unread: [],
});

/** Two phases; a needed and a needless group, two writers of one file that nothing orders, a dependency over the boundary. */
export const SHOP = `# Implementation Plan: Shop

## Phase 1: Ground

**Execution Note:** Tasks 1.1-1.2 are [SEQUENTIAL] - one file

**Execution Note:** Tasks 1.3-1.4 are [SEQUENTIAL] - to be careful

- [ ] 1.1 Create \`src/cart.ts\` [10m]
- [ ] 1.2 Update \`src/cart.ts\` [20m]
- [ ] 1.3 Create \`src/a.ts\` [60m]
- [ ] 1.4 Create \`src/b.ts\` [60m]

**VERIFY Phase 1:**
- [ ] All tests pass

## Phase 2: Pages

- [ ] 2.1 Create \`src/page.ts\` (depends: 1.2) [30m]
- [ ] 2.2 Update \`src/menu.ts\` [30m]
- [ ] 2.3 Update \`src/menu.ts\` with a footer [30m]
`;
