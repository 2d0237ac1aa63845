import type { DraftPhase, DraftTask } from "./draft-phases.ts";
import { idRuns } from "./compact-lists.ts";
import { addUp } from "./effort.ts";
import { bare, inline } from "./markdown.ts";
import type { PlannedPhase, PlannedTask } from "./plan-model.ts";

type Numbered = Omit<PlannedPhase, "verify" | "criteria">;

/**
 * Number drafted phases and tasks in the plan grammar (`N.M`). In a phase, what is needed comes first. A dependency on a
 * later task, and one that others imply, is dropped: order already says it.
 */
export function numberPhases(phases: readonly DraftPhase[]): readonly Numbered[] {
  const ordered = phases.map((phase) => ({ ...phase, tasks: inOrder(phase.tasks) }));
  const idOf = new Map(
    ordered.flatMap(({ tasks }, at) =>
      tasks.map((task, index) => [task.key, `${at + 1}.${index + 1}`] as const),
    ),
  );
  const before = new Map<string, ReadonlySet<string>>();
  return ordered.map((phase, at) => {
    const tasks = phase.tasks.map((task) => numberTask(task, idOf, before));
    const efforts = tasks.flatMap(({ effort }) => (effort ? [effort] : []));
    return {
      key: phase.key,
      number: at + 1,
      title: phaseTitle(phase.title),
      goal: goalOf(phase.goal),
      deliverables: phase.deliverables.filter((text) => !REPEATS.test(text)),
      tasks,
      effort: efforts.length > 0 ? addUp(efforts) : undefined,
    };
  });
}

/** @param before all that each task numbered so far waits for, directly or not; gets this task's */
function numberTask(
  task: DraftTask,
  idOf: ReadonlyMap<string, string>,
  before: Map<string, ReadonlySet<string>>,
): PlannedTask {
  const id = idOf.get(task.key) ?? "";
  const direct = [...new Set(task.needs.flatMap((need) => idOf.get(need) ?? []))].filter(
    (other) => other !== id && before.has(other),
  );
  const implied = new Set(direct.flatMap((other) => [...(before.get(other) ?? [])]));
  before.set(id, new Set([...direct, ...implied]));
  return {
    key: task.key,
    id,
    title: taskTitle(task.title),
    details: task.details.map(inline),
    ids: task.ids,
    dependsOn: direct.filter((other) => !implied.has(other)),
    effort: task.effort,
    origin: task.origin,
  };
}

/** How a story can be tested, as the template words it. */
const TESTED_BY =
  /^(?:this |it )?can be (?:fully |independently )?(?:tested|verified|validated)(?: independently)?\s+(?:by|with|via)\s+(?=\p{L})/iu;

/** A goal without the quotes around it and the template's opening. */
function goalOf(text: string): string {
  const own = text
    .trim()
    .replace(/^["“]([^"“”]+)["”]\.?$/, "$1")
    .replace(TESTED_BY, "");
  return own.charAt(0).toUpperCase() + own.slice(1);
}

/** Tasks with what they need before them, otherwise as listed. In a circle the listed order stands. */
function inOrder(tasks: readonly DraftTask[]): readonly DraftTask[] {
  const here = new Map(tasks.map((task) => [task.key, task]));
  const placed = new Set<string>();
  const open = new Set<string>();
  const result: DraftTask[] = [];
  const place = (task: DraftTask): void => {
    if (placed.has(task.key) || open.has(task.key)) return;
    open.add(task.key);
    for (const need of task.needs) {
      const needed = here.get(need);
      if (needed) place(needed);
    }
    placed.add(task.key);
    result.push(task);
  };
  tasks.forEach(place);
  return result;
}

/** A deliverable that only names a requirement or scenario: tasks and verification say it already. */
const REPEATS = /^(?:N?FR|SC|US)-?\d+\w*(?:\/AC\d+)?(?::| passes)/;

/** `SC-001, SC-002, SC-003`. */
const ID_LIST = /(?:N?FR|SC)-\d{1,4}(?:,\s*(?:N?FR|SC)-\d{1,4}){2,}/g;

/** Without trailing lists of ids and dependency notes: the line gets its own. */
function taskTitle(title: string): string {
  const own = title
    .replace(/\s*\((?:depends?\b[^)]*|(?:(?:N?FR|SC|US|R)-?\d+\w?[,;/& ]*)+)\)/gi, "")
    .replace(/^(?:N?FR|SC|US)-?\d+\w*:\s+/, "")
    .replace(/\[(?:SEQUENTIAL|PARALLEL)\]/gi, "");
  const compact = own.replace(ID_LIST, (list) => idRuns(list.split(/,\s*/)));
  return bare(inline(compact)) || "Untitled task";
}

const phaseTitle = (title: string): string =>
  bare(inline(title.replace(/^\s*phase\s+\d+\s*[:.–—-]\s*/i, ""))) || "Untitled phase";
