import { wordLine } from "../core/text.ts";
import { dependencyClausesIn } from "../plan/annotations/dependency-clauses.ts";
import {
  PLAN_FILE_IDS,
  PRD_IDS,
  SPEC_KIT_IDS,
  type IdGrammar,
} from "../plan/annotations/id-grammar.ts";
import type { Dialect, Plan, Task } from "../plan/model.ts";
import { readPlan } from "../plan/read-plan.ts";
import { stateInPlan } from "../plan/state-in-plan.ts";
import { distinct, idsIn } from "./ids-in.ts";
import { filesNamedIn } from "./files-named-in.ts";
import type { NamedFile, TaskFact } from "./model.ts";

/** Documents that hold tasks, in the order people read them. */
const TASK_DOCUMENTS = ["tasks.md", "plan.md", "implementation_plan.md"];

/** How tasks are named in documents; JSON is none. */
const GRAMMARS: Readonly<Record<Dialect, IdGrammar | undefined>> = {
  "plan-file": PLAN_FILE_IDS,
  "spec-kit": SPEC_KIT_IDS,
  prd: PRD_IDS,
  "dependency-json": undefined,
};

const STORY = /\bUS-?(\d{1,2}[a-z]?)\b/g;

/** Longest text of one task that is looked at. */
const MAX_TASK = 8_000;

/**
 * The tasks of a feature's documents with the state of their boxes, as plans are read. In `tasks.md` every box of a task counts; in
 * plans only those with a task id do, as plans also hold check lists. Parts without an id belong to their task, as do lines below it.
 *
 * @param known ids of the spec; others are not taken
 * @param exists whether the project has a file that a task names; null where it cannot be known
 */
export function readTasks(
  documents: Readonly<Record<string, string>>,
  known: ReadonlySet<string>,
  exists: (path: string) => NamedFile["exists"],
): readonly TaskFact[] {
  return TASK_DOCUMENTS.flatMap((document) => {
    const plan = readPlan([{ file: document, text: documents[document] ?? "" }]);
    const parts = partsOf(plan);
    const needs = needsOf(plan);
    const ids = new Set(plan.tasks.flatMap(({ id }) => id ?? []));
    return plan.tasks.filter(countsIn(document)).map((task) => {
      const text = wordsOf(task, parts.get(task.key) ?? []);
      return {
        id: task.id ?? `line ${task.place.line ?? 0}`,
        document,
        line: task.place.line ?? 0,
        text: wordLine(task.text, 240),
        done: stateInPlan(task) === "done",
        requirements: distinct(idsIn(text).map(({ id }) => id)).filter((id) => known.has(id)),
        stories: distinct([...text.matchAll(STORY)].map(([, id = ""]) => `US${id}`)),
        dependsOn: distinct([
          ...(needs.get(task.key) ?? []),
          ...missingIn(text, plan.dialect, ids),
        ]),
        files: filesNamedIn(text)
          .slice(0, 40)
          .map((path) => ({ path, exists: exists(path) })),
      };
    });
  });
}

/** What people tick: tasks with a box. */
const countsIn =
  (document: string) =>
  ({ id, box, parent }: Task): boolean =>
    box !== undefined && (id !== undefined || (document === "tasks.md" && parent === undefined));

/** Parts without an id of their own, by the key of the task they belong to. */
function partsOf({ tasks }: Plan): ReadonlyMap<string, readonly Task[]> {
  const owners = new Map<string, string>();
  const parts = new Map<string, Task[]>();
  for (const task of tasks) {
    if (task.parent === undefined || task.id !== undefined) continue;
    const owner = owners.get(task.parent) ?? task.parent;
    owners.set(task.key, owner);
    const some = parts.get(owner);
    if (some) some.push(task);
    else parts.set(owner, [task]);
  }
  return parts;
}

const wordsOf = (task: Task, parts: readonly Task[]): string =>
  [task, ...parts]
    .flatMap(({ labels, text, details }) => [
      [...labels, text].join(" "),
      ...details.map((line) => line.text.trim()),
    ])
    .join("\n")
    .slice(0, MAX_TASK);

/** Ids of tasks that a text says it waits for, and that no task has: a plan keeps only what is there. */
function missingIn(text: string, dialect: Dialect, there: ReadonlySet<string>): readonly string[] {
  const grammar = GRAMMARS[dialect];
  if (!grammar) return [];
  return text
    .split("\n")
    .flatMap((line) => dependencyClausesIn(line, grammar))
    .filter(({ direction }) => direction === "needs")
    .flatMap(({ references }) => references)
    .filter(({ kind, from, to }) => kind === "task" && to === undefined && !there.has(from))
    .map(({ from }) => from);
}

/** Ids of the tasks that the text says each task waits for. */
function needsOf({ tasks, dependencies }: Plan): ReadonlyMap<string, readonly string[]> {
  const ids = new Map(tasks.map(({ key, id }) => [key, id]));
  const needs = new Map<string, string[]>();
  for (const { dependency, dependent, origin } of dependencies) {
    const id = ids.get(dependency);
    if (origin !== "explicit" || id === undefined) continue;
    const some = needs.get(dependent);
    if (some) some.push(id);
    else needs.set(dependent, [id]);
  }
  return needs;
}
