import type { DeclaredFile, PlanDiagnostic, Task } from "../model.ts";
import { placeIn } from "./outline.ts";
import type { KeyedPhase } from "./phase-dependencies.ts";
import type { PhaseDraft } from "./phase-draft.ts";
import { note, quoted } from "../report.ts";
import { PRD_REPORT } from "./report.ts";

interface Outputs {
  readonly tasks: readonly Task[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

const CODE = /`([^`\s]{1,300})`/g;
const LOOKS_LIKE_PATH =
  /^(?:[\w.@~-]+\/)*[\w.@*-]+\.[A-Za-z][\w]{0,7}$|^[\w.@~/-]+\/$|^\/?(?:[\w.@~*-]+\/)+[\w.@*-]+$/;

/**
 * Files that a phase says it makes (Expected Outputs, Handoff Artifacts): declared by the task that names the file or its name; by the only task of
 * a phase that has one. Others stay undeclared: which task makes them is not said.
 */
export function declareOutputs(phases: readonly KeyedPhase[], tasks: readonly Task[]): Outputs {
  const added = new Map<string, DeclaredFile[]>();
  const diagnostics: PlanDiagnostic[] = [];
  const byPhase = new Map<string | undefined, Task[]>();
  for (const task of tasks) {
    const list = byPhase.get(task.phase);
    if (list) list.push(task);
    else byPhase.set(task.phase, [task]);
  }
  for (const { key, draft } of phases) {
    const own = byPhase.get(key) ?? [];
    const files = outputsOf(draft);
    diagnostics.push(...unseen(draft, files));
    if (files.length * own.length > 100_000) continue;
    for (const file of files) {
      const maker = own.length === 1 ? own[0] : own.find((task) => names(task, file.path));
      if (!maker || maker.files.some(({ path }) => path === file.path)) continue;
      const list = added.get(maker.key);
      if (list) list.push(file);
      else added.set(maker.key, [file]);
    }
  }
  return {
    tasks: tasks.map((task) => {
      const files = added.get(task.key);
      return files ? { ...task, files: [...task.files, ...files] } : task;
    }),
    diagnostics,
  };
}

const outputsOf = ({ outputs }: PhaseDraft): readonly DeclaredFile[] =>
  outputs.flatMap(({ text, line, at }) =>
    [...text.matchAll(CODE)].flatMap((match) =>
      LOOKS_LIKE_PATH.test(match[1] ?? "")
        ? [
            {
              path: match[1] ?? "",
              access: "write" as const,
              place: placeIn(line, at + match.index + 1),
            },
          ]
        : [],
    ),
  );

function names(task: Task, path: string): boolean {
  const last = path.split("/").findLast((part) => part !== "") ?? path;
  return task.text.includes(last) || task.details.some(({ text }) => text.includes(last));
}

/** claudeops sees only paths that begin with `/` (FORMATS §2.3). */
function unseen({ block }: PhaseDraft, files: readonly DeclaredFile[]): readonly PlanDiagnostic[] {
  const relative = files.filter(({ path }) => !path.startsWith("/"));
  const [first] = relative;
  if (!first || block.heading.level !== 1) return [];
  const more = relative.length > 1 ? ` and ${relative.length - 1} more` : "";
  return [
    note(
      PRD_REPORT.path,
      first.place,
      `${quoted(first.path)}${more} of the outputs does not begin with /`.replace(
        "does not",
        relative.length > 1 ? "do not" : "does not",
      ),
    ),
  ];
}
