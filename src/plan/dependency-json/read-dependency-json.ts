import { compareDiagnostics } from "../../core/diagnostic.ts";
import type { Plan, PlanText } from "../model.ts";
import { assemble } from "./assemble.ts";
import { checkClaims } from "./check-claims.ts";
import { findDocuments } from "./find-documents.ts";
import { readFacts } from "./read-facts.ts";
import { note } from "../report.ts";
import { REPORT } from "./report.ts";

/**
 * Read a plan from S3's files (FORMATS §2.1): the analysis of phases (`phase_analysis_…`), the graph (`dep_graph_…`), the execution
 * plan (`parallel_exec_…`), the orchestrator's manifest, or what is like them; as files or in blocks of a Markdown document. Several
 * texts are one plan. They were only ever templates for models, so names and shapes are read liberally. Never throws.
 */
export function readDependencyJson(texts: readonly PlanText[]): Plan {
  const found = texts.map(findDocuments);
  const documents = found.flatMap((one) => one.documents);
  const problems = found.flatMap((one) => one.diagnostics);
  const file = texts[0]?.file ?? "";
  const facts = readFacts(documents);
  const assembled = assemble(facts, file);
  const { plan } = assembled;
  const empty =
    plan.phases.length + plan.tasks.length === 0 &&
    !problems.some(({ code }) => code === REPORT.syntax.code)
      ? [
          note(
            REPORT.empty,
            { file, line: 1, column: 1 },
            "There are no phases and no tasks in this file",
          ),
        ]
      : [];
  return {
    ...plan,
    diagnostics: [
      ...problems,
      ...empty,
      ...plan.diagnostics,
      ...checkClaims(facts, assembled),
    ].toSorted(compareDiagnostics),
  };
}
