import { describe, edgeOf, mentions, newPhase, newTask } from "./fact-parts.ts";
import { NAMES, isNothing } from "./names.ts";
import type { EdgeFact, Facts, PhaseFact, TaskFact } from "./facts.ts";
import { normalId } from "./id-index.ts";
import { KnownTasks, newTaskList, type TaskList } from "./known-tasks.ts";
import { note, quoted } from "../report.ts";
import { REPORT } from "./report.ts";
import { readWaves } from "./read-waves.ts";
import {
  field,
  find,
  items,
  lineOf,
  placeOf,
  wordOf,
  type Item,
  type Value,
} from "../../core/json-values.ts";
import type { PlanDiagnostic } from "../model.ts";

/** Collects what documents say of phases, tasks and edges; nothing is resolved here (`assemble.ts`). */
export function readFacts(documents: readonly Value[]): Facts {
  const reader = new FactReader();
  for (const document of documents) reader.read(document);
  const waves = documents.flatMap(readWaves);
  for (const list of waves)
    for (const wave of list.waves)
      for (const { value } of wave.members) if (value.node.kind === "map") reader.phase(value);
  if (reader.phases.size === 0 && reader.tasks.length === 0)
    for (const list of waves)
      for (const wave of list.waves)
        for (const { value, word } of wave.members) reader.mentioned(word, value);
  return {
    documents,
    phases: [...reader.phases.values()],
    tasks: reader.tasks,
    edges: reader.edges,
    waves,
    saysDependencies: reader.saysDependencies,
    diagnostics: reader.diagnostics,
  };
}

class FactReader {
  readonly phases = new Map<string, PhaseFact>();
  readonly tasks: TaskFact[] = [];
  readonly edges: EdgeFact[] = [];
  readonly diagnostics: PlanDiagnostic[] = [];
  saysDependencies = false;
  readonly #known = new KnownTasks();

  read(document: Value): void {
    for (const name of NAMES.phaseLists) this.#phaseList(find(document, name));
    const phaseGraph = find(document, "phase_dependency_graph");
    const taskGraph = find(document, "task_dependency_graph");
    this.#phaseList(field(phaseGraph, "nodes"));
    this.#taskList(field(taskGraph, "nodes"));
    this.#taskList(field(document, ...NAMES.taskLists));
    if (!phaseGraph && !taskGraph) {
      const list = newTaskList();
      for (const item of items(find(document, "nodes")))
        if (isTask(item)) this.#task(item, undefined, list);
        else this.#phaseItem(item, new Set());
    }
    this.#edgeLists(document, phaseGraph, taskGraph);
  }

  #edgeLists(document: Value, phaseGraph: Value | undefined, taskGraph: Value | undefined): void {
    this.#edgeList(find(document, "phase_dependencies"), "phase");
    this.#edgeList(find(document, "task_dependencies"), "task");
    this.#edgeList(field(phaseGraph, "edges"), "phase");
    this.#edgeList(field(taskGraph, "edges"), "task");
    if (!phaseGraph && !taskGraph) this.#edgeList(find(document, "edges", "links"), "any");
    for (const [graph, level] of [
      [phaseGraph, "phase"],
      [taskGraph, "task"],
    ] as const)
      if (graph && items(field(graph, "edges")).length === 0) this.#matrix(graph, level);
  }

  /** A list of phases: one that stands in another list again is the same, one that stands in this list again is another. */
  #phaseList(list: Value | undefined): void {
    const here = new Set<string>();
    for (const item of items(list)) this.#phaseItem(item, here);
  }

  #phaseItem(item: Item, here: Set<string>): void {
    if (item.node.kind === "list")
      return this.#wrong(item, "This list stands where a phase is expected");
    if (item.node.kind === "scalar") return this.mentioned(wordOf(item) ?? "", item);
    this.phase(item, item.name, here);
  }

  /** A phase of which only the id is written. */
  mentioned(word: string, value: Value): void {
    const normal = normalId(word);
    if (word !== "" && !this.phases.has(normal)) this.phases.set(normal, newPhase(word, value));
  }

  phase(value: Value, name?: string, here = new Set<string>()): void {
    const number = wordOf(field(value, ...NAMES.phaseNumber));
    const title = lineOf(field(value, ...NAMES.phaseName));
    const id = wordOf(field(value, ...NAMES.phaseId)) ?? name ?? number ?? title;
    if (id === undefined) return this.#wrong(value, "This phase has no id, number or name");
    const { fact, id: own } = this.#phaseOf(id, value, here);
    describe(fact, value);
    const objective = lineOf(field(value, ...NAMES.objective));
    if (number !== undefined) fact.number ??= number;
    if (title !== undefined) fact.name ??= title;
    if (objective !== undefined) fact.objective ??= objective;
    for (const alias of [own, number, title]) if (alias !== undefined) fact.aliases.add(alias);
    if (fact.deliverables.length === 0)
      fact.deliverables.push(...items(field(value, ...NAMES.deliverables)));
    this.#own(value, "phase", own);
    this.#taskList(field(value, ...NAMES.taskLists), own);
  }

  /** The phase of that id; `id` of the result leads to this very one also where another has the same. */
  #phaseOf(
    id: string,
    value: Value,
    here: Set<string>,
  ): { readonly fact: PhaseFact; readonly id: string } {
    const normal = normalId(id);
    const again = here.has(normal);
    const key = again ? `${normal}\u0000${this.phases.size}` : normal;
    here.add(normal);
    if (again)
      this.diagnostics.push(
        note(
          REPORT.duplicateId,
          placeOf(value),
          `A phase before this one has the id ${quoted(id)}, too`,
        ),
      );
    const fact = this.phases.get(key) ?? newPhase(id, value);
    this.phases.set(key, fact);
    return { fact, id: again ? key : id };
  }

  #taskList(written: Value | undefined, phase?: string): void {
    const list = newTaskList();
    for (const item of items(written)) this.#task(item, phase, list);
  }

  #task(item: Item, phase: string | undefined, list: TaskList): void {
    if (item.node.kind === "list")
      return this.#wrong(item, "This list stands where a task is expected");
    const id =
      wordOf(field(item, ...NAMES.taskId)) ??
      item.name ??
      wordOf(item) ??
      lineOf(field(item, ...NAMES.taskName));
    if (id === undefined) return this.#wrong(item, "This task has no id and no name");
    const within = phase ?? wordOf(field(item, ...NAMES.phaseOf));
    const fact =
      this.#known.find(id, within, { list, anywhere: phase === undefined }) ??
      this.#newTask(id, item, within, list);
    describe(fact, item);
    const title = lineOf(field(item, ...NAMES.taskName));
    const priority = lineOf(field(item, ...NAMES.priority));
    if (title !== undefined) fact.name ??= title;
    if (within !== undefined) fact.phase ??= within;
    if (priority !== undefined) fact.priority ??= priority;
    if (fact.files.length === 0) fact.files.push(...items(field(item, ...NAMES.files)));
    const kind = lineOf(field(item, ...NAMES.kind));
    if (kind !== undefined && !fact.labels.includes(kind)) fact.labels.push(kind);
    this.#own(item, "task", id, fact.phase);
  }

  #newTask(id: string, item: Item, phase: string | undefined, list: TaskList): TaskFact {
    const fact = newTask(id, item);
    if (phase !== undefined) fact.phase = phase;
    this.tasks.push(fact);
    this.#known.add(fact, list);
    return fact;
  }

  /** The dependencies that a phase or task names itself. */
  #own(value: Value, level: "phase" | "task", dependent: string, within?: string): void {
    const list = field(value, ...NAMES.dependencies);
    if (!list) return;
    this.saysDependencies = true;
    for (const item of mentions(list)) {
      const word =
        item.node.kind === "map" ? wordOf(field(item, ...NAMES.dependency)) : wordOf(item);
      if (word === undefined) this.#wrong(item, "This dependency names nothing");
      else if (!isNothing(word))
        this.edges.push({
          ...edgeOf(item, level),
          list: "own",
          dependency: word,
          dependent,
          ...(within === undefined ? {} : { within }),
        });
    }
  }

  /** `source` → `target` is dependency → dependent; pairs named dependent and dependency say it themselves (FORMATS §2.1). */
  #edgeList(list: Value | undefined, level: EdgeFact["level"]): void {
    if (!list) return;
    this.saysDependencies = true;
    for (const item of items(list)) {
      const dependency = wordOf(field(item, ...NAMES.dependency));
      const dependent = wordOf(field(item, ...NAMES.dependent));
      if (dependency === undefined || dependent === undefined)
        this.#wrong(item, "This edge does not name both its ends");
      else this.edges.push({ ...edgeOf(item, level), list: "edges", dependency, dependent });
    }
  }

  /** Edges of a matrix, where no others are written: row → column, as the edges beside it would be. */
  #matrix(graph: Value, level: "phase" | "task"): void {
    const ids = items(field(graph, "nodes")).map(
      (node) => wordOf(field(node, ...NAMES.phaseId, ...NAMES.taskId)) ?? wordOf(node),
    );
    for (const [row, cells] of items(field(graph, "adjacency_matrix")).entries())
      for (const [column, cell] of items(cells).entries()) {
        const [dependency, dependent] = [ids[row], ids[column]];
        if (cell.node.kind !== "scalar" || !(Number(cell.node.value) > 0)) continue;
        this.saysDependencies = true;
        if (dependency !== undefined && dependent !== undefined)
          this.edges.push({
            level,
            dependency,
            dependent,
            matrix: true,
            list: "edges",
            place: placeOf(cell),
          });
      }
  }

  #wrong(value: Value, what: string): void {
    this.diagnostics.push(note(REPORT.field, placeOf(value), what));
  }
}

/** Whether a node is a task rather than a phase. */
const isTask = (item: Item): boolean =>
  field(item, "task_id", "phase", "task_name", "task_type") !== undefined ||
  /^(?:task|t)[-_ ]?\d/i.test(wordOf(field(item, "node_id", "id")) ?? item.name ?? "");
