import type { Writing } from "../writing.ts";

/** What all five files begin with. */
export const headOf = ({ id, source, planned }: Writing) => ({
  execution_plan_id: id,
  dependency_analysis_source: source,
  planning_date: planned,
});
