import { placeOn, readLines } from "../../core/markdown/source-lines.ts";
import type { Phase, Plan, PlanText } from "../model.ts";
import type { Draft, DraftPhase } from "./draft.ts";
import { makeTasks } from "./make-tasks.ts";
import { makeVerifications } from "./make-verifications.ts";
import { orderPhases } from "./phase-order.ts";
import { scanTasks } from "./scan.ts";
import { strictFindings } from "./strict-grammar.ts";

/**
 * Read Spec Kit's tasks.md of every generation, and its relatives (FORMATS §3.3, §3.4): presets with waves, gates and batches,
 * smart-ralph, cc-sdd, spec-workflow-mcp, OpenSpec. Linear in the text; never throws.
 */
export function readSpecKit(texts: readonly PlanText[]): Plan {
  const main = texts.find(({ file }) => !/\.ya?ml$/i.test(file)) ?? { file: "tasks.md", text: "" };
  const { file } = main;
  const lines = readLines(main.text);
  const draft = scanTasks(lines);
  const made = makeTasks(draft, file);
  return {
    file,
    dialect: "spec-kit",
    title: draft.title,
    phases: makePhases(draft, file),
    tasks: made.map(({ task }) => task),
    verifications: makeVerifications(draft, made, file),
    dependencies: [],
    sequences: [],
    upstream: [],
    diagnostics: strictFindings({ draft, made, lines, file }),
  };
}

function makePhases(draft: Draft, file: string): readonly Phase[] {
  const placeOf = ({ line }: DraftPhase) => ({ file, ...placeOn(line, line.text.search(/\S/)) });
  const after = orderPhases(draft.phases, placeOf);
  return draft.phases.map((phase) => ({
    key: phase.key,
    title: phase.title,
    place: placeOf(phase),
    after: after.get(phase.key) ?? [],
    startsWhen: [],
    ...(phase.story === undefined ? {} : { story: phase.story }),
  }));
}
