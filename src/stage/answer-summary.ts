import type { Json } from "../core/json.ts";
import type { ContractName } from "./contracts.ts";

/** What is counted of an answer: lists by their place in it, with the words for one and for more. */
type Counted = readonly [path: string, one: string, many?: string];

const UNKNOWNS: Counted = ["unknowns", "unknown"];
const ASSESSED: readonly Counted[] = [["findings", "finding"], UNKNOWNS];

/** What a person who waits wants to know of each kind of answer, the most telling first. */
export const COUNTED: Readonly<Record<ContractName, readonly Counted[]>> = {
  requirements_dossier: [
    ["functional", "requirement"],
    ["non_functional", "quality requirement"],
    ["open_questions", "question"],
  ],
  architecture_design: [
    ["components", "component"],
    ["interfaces", "interface"],
    ["alternatives", "alternative"],
  ],
  risk_assessment: [
    ["risks", "risk"],
    ["edge_cases", "edge case"],
    ["compliance", "compliance item"],
  ],
  project_estimation: [
    ["phases", "phase"],
    ["phases.tasks", "task"],
  ],
  core_implementation: [
    ["modules", "module"],
    ["interfaces", "interface"],
    ["tasks", "task"],
  ],
  integration_design: [
    ["integrations", "integration"],
    ["configuration", "setting"],
    ["tasks", "task"],
  ],
  test_strategy: [
    ["cases", "test case"],
    ["fixtures", "fixture"],
    ["not_testable", "requirement nothing lets one test", "requirements nothing lets one test"],
  ],
  documentation_plan: [
    ["documents", "document"],
    ["tasks", "task"],
  ],
  completeness_assessment: ASSESSED,
  feasibility_assessment: ASSESSED,
  security_assessment: ASSESSED,
  consistency_assessment: ASSESSED,
  analysis_report: [
    ["findings", "finding"],
    ["recommendations", "recommendation"],
    ["open_questions", "question"],
  ],
  clarification_questions: [["questions", "question"]],
  planning_assumptions: [
    ["assumptions", "assumption"],
    ["examples", "example"],
  ],
  discovery_scope: [
    ["terms", "unexplained term"],
    ["actors", "actor"],
    ["missing", "missing part"],
  ],
  review_summary: [
    ["conflicts", "conflict"],
    ["gaps", "gap"],
    ["open_questions", "question"],
  ],
  synthesis: [],
  qa_report: [
    ["rework", "request for rework", "requests for rework"],
    ["remaining_questions", "open question"],
  ],
  task_report: [
    ["issues", "issue"],
    ["deviations", "deviation"],
  ],
  criteria_report: [["verdicts", "verdict"]],
};

/** One line on an answer that has just come, e.g. `14 requirements, 3 questions`; empty where there is nothing to count. */
export function answerSummary(contract: ContractName, answer: Json): string {
  if (contract === "synthesis") return Object.keys(fieldOf(answer, "artifacts") ?? {}).join(", ");
  const body = fieldOf(answer, contract);
  return COUNTED[contract]
    .flatMap(([path, one, many = `${one}s`]) => {
      const count = countAt(body, path.split("."));
      return count === undefined ? [] : [`${count} ${count === 1 ? one : many}`];
    })
    .join(", ");
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || isList(value)) return undefined;
  return value[name];
}

/** How many items a list has; of a list in each item of a list, all together. */
function countAt(value: Json | undefined, [name, ...rest]: readonly string[]): number | undefined {
  const list = fieldOf(value, name ?? "");
  if (typeof list !== "object" || list === null || !isList(list)) return undefined;
  if (rest.length === 0) return list.length;
  return list.reduce<number>((sum, item) => sum + (countAt(item, rest) ?? 0), 0);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
