import { diagramLabel } from "../diagram-label.ts";
import type { AnalysisInput } from "../input.ts";
import type { KnownFile } from "../known-files.ts";
import type { Section } from "../model.ts";
import { filesByKind } from "./files.ts";

/** Which kinds of files have to do with which, where both are there. */
const ARROWS: readonly (readonly [from: string, to: string, says: string])[] = [
  ["pointer", "plan", "names"],
  ["worktree pointer", "plan", "names"],
  ["plan command", "pointer", "reads"],
  ["plan command", "shared part of commands", "includes"],
  ["plan command", "plan script", "calls"],
  ["plan script", "plan", "reads"],
  ["plan script", "status", "reads and writes"],
  ["plan script", "git workflow", "reads"],
  ["plan script", "registry", "writes"],
  ["plan script", "status of the commit queue", "writes"],
  ["plan script", "timestamps", "writes"],
  ["plan command", "finding", "writes"],
  ["plan", "status", "state of tasks"],
  ["plan", "finding", "results of tasks"],
  ["feature pointer", "tasks", "names"],
  ["Spec Kit command", "Spec Kit script", "calls"],
  ["Spec Kit script", "feature pointer", "reads"],
  ["Spec Kit command", "tasks", "writes"],
  ["Spec Kit template", "tasks", "begins"],
  ["specification", "technical plan", "basis of"],
  ["specification", "tasks", "basis of"],
  ["technical plan", "tasks", "basis of"],
  ["design document", "tasks", "basis of"],
  ["checklist", "tasks", "checked before"],
  ["PRD", "analysis state", "basis of"],
];

const MOST_PLANS = 12;

/** The architecture as a diagram: kinds of files that are there, and the plans with their tasks. */
export function drawing({ plans, files }: AnalysisInput): Section {
  const kinds = filesByKind(files);
  const nodes = new Map(kinds.map(({ known }, index) => [known.id, `k${index + 1}`]));
  const shown = plans.slice(0, MOST_PLANS);
  const kindOf = (file: string): KnownFile | undefined =>
    kinds.find(({ files: some }) => some.some(({ path }) => path === file))?.known;
  const lines = [
    "flowchart LR",
    ...kinds.map(
      ({ known, files: some }) =>
        `  ${nodes.get(known.id) ?? ""}${known.scope === "project" ? "[(" : "["}"${known.id}: ${some.length}"${known.scope === "project" ? ")]" : "]"}`,
    ),
    ...shown.map(
      ({ name, plan }, index) =>
        `  p${index + 1}(["${diagramLabel(name, 60)}: ${plan.tasks.length} tasks"])`,
    ),
    ...ARROWS.flatMap(([from, to, says]) => {
      const [a, b] = [nodes.get(from), nodes.get(to)];
      return a !== undefined && b !== undefined ? [`  ${a} -->|${says}| ${b}`] : [];
    }),
    ...shown.flatMap(({ file }, index) => {
      const kind = nodes.get(kindOf(file)?.id ?? "");
      return kind === undefined ? [] : [`  ${kind} --- p${index + 1}`];
    }),
  ];
  return {
    id: "architecture-diagram",
    heading: "Architecture diagram",
    blocks: [
      {
        kind: "mermaid",
        caption: `Kinds of files that are there, and ${plans.length > MOST_PLANS ? `the first ${MOST_PLANS}` : "the"} plans. What there is one of for all plans is a cylinder.`,
        code: lines.join("\n"),
      },
    ],
  };
}
