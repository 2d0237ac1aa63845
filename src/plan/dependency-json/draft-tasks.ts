import type { DeclaredFile, PlanDiagnostic, PlanLine, Task } from "../model.ts";
import type { Ids } from "./assemble.ts";
import { estimateOf, type DraftPhases } from "./draft-phases.ts";
import type { PhaseFact, TaskFact } from "./facts.ts";
import { UniqueKeys } from "../unique-keys.ts";
import { IdIndex } from "./id-index.ts";
import { note, quoted } from "../report.ts";
import { REPORT } from "./report.ts";
import { field, lineOf, placeOf, wordOf, type Value } from "../../core/json-values.ts";

interface DraftTasks {
  readonly tasks: readonly Task[];
  readonly ids: Omit<Ids, "phases">;
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** Tasks with their keys and phases, in the order of the phases; phases without tasks come as tasks. */
export function draftTasks(facts: readonly TaskFact[], phases: DraftPhases): DraftTasks {
  const diagnostics: PlanDiagnostic[] = [];
  const keys = new UniqueKeys();
  const placed = facts.map((fact) => ({ fact, phase: phaseFor(fact, phases, diagnostics) }));
  const filled = new Set(placed.map(({ phase }) => phase));
  const whole = phases.facts.flatMap((fact, at) => {
    const phase = phases.phases[at]?.key;
    return phase === undefined || filled.has(phase) ? [] : [{ fact, phase }];
  });
  const tasks = [...placed, ...whole].map(({ fact, phase }) => {
    const key = keys.take(fact.id);
    if (key !== fact.id && "files" in fact)
      diagnostics.push(
        note(
          REPORT.duplicateId,
          fact.place,
          `A task before this one has the id ${quoted(fact.id)}, too`,
        ),
      );
    return taskOf(fact, key, phase, diagnostics);
  });
  return { tasks: inOrder(tasks, phases), ids: idsOf(tasks, placed.length), diagnostics };
}

/** Where ids lead: ids before names. Phases that come as tasks are found as phases. */
function idsOf(all: readonly Task[], written: number): Omit<Ids, "phases"> {
  const ids = {
    tasks: new IdIndex(),
    within: new Map<string, IdIndex>(),
    tasksOf: new Map<string, string[]>(),
  };
  for (const { key, phase } of all) {
    if (phase === undefined) continue;
    const inside = ids.tasksOf.get(phase);
    if (inside) inside.push(key);
    else ids.tasksOf.set(phase, [key]);
  }
  const twice = all.some(({ key, id }) => key !== id);
  for (const wordOfTask of [({ key, id }: Task) => [key, id ?? key], ({ text }: Task) => [text]])
    for (const task of all.slice(0, written)) {
      const words = wordOfTask(task);
      ids.tasks.add(task.key, words);
      if (task.phase === undefined || !twice) continue;
      const inside = ids.within.get(task.phase) ?? new IdIndex();
      ids.within.set(task.phase, inside);
      inside.add(task.key, words);
    }
  return ids;
}

function phaseFor(
  fact: TaskFact,
  phases: DraftPhases,
  diagnostics: PlanDiagnostic[],
): string | undefined {
  if (fact.phase === undefined) return undefined;
  const key = phases.index.find(fact.phase);
  if (key === undefined)
    diagnostics.push(
      note(
        REPORT.unknownId,
        fact.place,
        `Task ${quoted(fact.id)} names the phase ${quoted(fact.phase)}, which is not in these files`,
      ),
    );
  return key;
}

function taskOf(
  fact: TaskFact | PhaseFact,
  key: string,
  phase: string | undefined,
  diagnostics: PlanDiagnostic[],
): Task {
  const task = "files" in fact ? fact : undefined;
  const estimate = estimateOf(fact, task ? diagnostics : []);
  return {
    key,
    id: fact.id,
    place: fact.place,
    box: undefined,
    ...(fact.state === undefined ? {} : { state: fact.state }),
    text: fact.name ?? fact.id,
    details: "deliverables" in fact ? fact.deliverables.flatMap(detailOf) : [],
    phase,
    parent: undefined,
    parallel: fact.parallel,
    verifies: false,
    labels: task?.labels ?? [],
    stories: [],
    requirements: [],
    files: (task?.files ?? []).flatMap(fileOf),
    ...(task?.priority === undefined ? {} : { priority: task.priority }),
    ...(estimate ? { estimate } : {}),
    ...(fact.skills.length > 0 ? { skills: fact.skills } : {}),
  };
}

/** `"src/a.ts"`, or `{"path": "src/a.ts", "access": "read"}`; `files_affected` are written to unless it says otherwise. */
function fileOf(value: Value): readonly DeclaredFile[] {
  const path = wordOf(value) ?? wordOf(field(value, "path", "file_path", "file", "name"));
  if (path === undefined) return [];
  const access = wordOf(field(value, "access", "mode", "operation", "action"))?.toLowerCase();
  return [
    {
      path: path.replaceAll("\\", "/"),
      access: access?.startsWith("read") ? "read" : "write",
      place: placeOf(value),
    },
  ];
}

function detailOf(value: Value): readonly PlanLine[] {
  const text = lineOf(value);
  return text === undefined ? [] : [{ line: placeOf(value).line ?? 1, text }];
}

/** The order of the phases, then that of the documents. */
function inOrder(tasks: readonly Task[], { phases }: DraftPhases): readonly Task[] {
  const rank = new Map(phases.map(({ key }, at) => [key, at]));
  const at = ({ phase }: Task): number =>
    phase === undefined ? Infinity : (rank.get(phase) ?? Infinity);
  return tasks.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
}
