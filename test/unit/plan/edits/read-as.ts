import type { Dialect, Plan, PlanText } from "../../../../src/plan/model.ts";
import { readDependencyJson } from "../../../../src/plan/dependency-json/read-dependency-json.ts";
import { readPlanFile } from "../../../../src/plan/plan-file/read-plan-file.ts";
import { readPrd } from "../../../../src/plan/prd/read-prd.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const READERS: Readonly<Record<Dialect, (texts: readonly PlanText[]) => Plan>> = {
  "dependency-json": readDependencyJson,
  "plan-file": readPlanFile,
  prd: readPrd,
  "spec-kit": readSpecKit,
};

/** A text as the reader of a dialect reads it, whatever dialect it looks like: edits are tried on few lines. */
export const readAs = (text: string, dialect: Dialect, file = "plan.md"): Plan =>
  READERS[dialect]([{ file, text }]);
