import { compareDiagnostics } from "../../core/diagnostic.ts";
import { indexPlan } from "../annotations/plan-index.ts";
import type { Plan, PlanText } from "../model.ts";
import { fileProblems } from "./file-problems.ts";
import { makePhases } from "./make-phases.ts";
import { makeTasks } from "./make-tasks.ts";
import { makeVerifications } from "./make-verifications.ts";
import { readNotes } from "./note-statements.ts";
import { tellContradictions } from "./parallel-words.ts";
import { problem } from "./problems.ts";
import type { Reading } from "./reading.ts";
import { scanPlan } from "./scan.ts";
import { openSource } from "./source.ts";
import { readTaskWaits } from "./task-waits.ts";

/**
 * Read a plan of S4 (FORMATS §1.2, §1.7): what its author meant, with a diagnostic for each place of which S4's own tool would
 * make something else. Linear in the text but for sorting; what it refers to is looked up within a budget. Never throws.
 */
export function readPlanFile(texts: readonly PlanText[]): Plan {
  const [first = { file: "", text: "" }] = texts;
  const source = openSource(first);
  const { drafts, taskKeys } = scanPlan(source);
  const known = drafts.tasks.map(({ key, id, phase, parent, verifies }) => ({
    key,
    id,
    phase: phase?.key,
    parent: parent?.key,
    stories: [],
    verifies,
  }));
  const reading: Reading = {
    source,
    drafts,
    index: indexPlan(known, drafts.phases),
    dependencies: [],
    sequences: [],
    problems: [...drafts.problems, ...fileProblems(source)],
    parallel: new Set(),
    parallelNotes: [],
    cutTold: false,
  };
  readTaskWaits(reading);
  const phases = makePhases(reading, readNotes(reading));
  tellContradictions(reading);
  const verifications = makeVerifications(reading, taskKeys);
  if (drafts.tasks.length === 0) {
    reading.problems.push(
      problem("PLAN_EMPTY", { file: first.file, line: 1 }, "The plan has no task."),
    );
  }
  return {
    file: first.file,
    dialect: "plan-file",
    title: drafts.title,
    phases,
    tasks: makeTasks(reading),
    verifications,
    dependencies: reading.dependencies,
    sequences: reading.sequences,
    upstream: drafts.upstream,
    diagnostics: reading.problems.toSorted(compareDiagnostics),
  };
}
