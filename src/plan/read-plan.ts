import { detectDialect } from "./detect-dialect.ts";
import { readDependencyJson } from "./dependency-json/read-dependency-json.ts";
import { readPlanFile } from "./plan-file/read-plan-file.ts";
import { readPrd } from "./prd/read-prd.ts";
import { readSpecKit } from "./spec-kit/read-spec-kit.ts";
import { withPhaseShares } from "./phase-shares.ts";
import type { Dialect, Plan, PlanText } from "./model.ts";

type Reader = (texts: readonly PlanText[]) => Plan;

/** The reader of each dialect. */
const READERS: ReadonlyMap<Dialect, Reader> = new Map<Dialect, Reader>([
  ["dependency-json", readDependencyJson],
  ["plan-file", readPlanFile],
  ["prd", readPrd],
  ["spec-kit", readSpecKit],
]);

/**
 * Read a plan. The first text is the file that the user named, the others are companions (`places.ts`). The dialect is
 * detected. Tasks that say nothing of how long they take get a share of what their phase says. What is no plan gives an empty one that says so. Linear in the texts; never throws.
 */
export function readPlan(texts: readonly PlanText[]): Plan {
  const [first] = texts;
  const dialect = first && detectDialect(first)?.dialect;
  const reader = dialect && READERS.get(dialect);
  return reader ? withPhaseShares(reader(texts)) : noPlan(first?.file ?? "");
}

function noPlan(file: string): Plan {
  return {
    file,
    dialect: "plan-file",
    title: "",
    phases: [],
    tasks: [],
    verifications: [],
    dependencies: [],
    sequences: [],
    upstream: [],
    diagnostics: [
      {
        code: "PLAN_NOT_A_PLAN",
        severity: "error",
        message: "There are no tasks, phases or dependencies in it that Wavegate can read.",
        place: { file, line: 1 },
        hint: "Name a plan: a tasks.md, a markdown plan with check boxes like `- [ ] 1.1 …`, a PRD with phases, or a dependency JSON.",
      },
    ],
  };
}
