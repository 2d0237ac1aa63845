import { dependencyClausesIn } from "../annotations/dependency-clauses.ts";
import { PRD_IDS } from "../annotations/id-grammar.ts";
import type { PlanIndex } from "../annotations/plan-index.ts";
import type { Reference } from "../annotations/references.ts";
import { resolveReferences } from "../annotations/resolve.ts";
import type { Dependency, Origin, PlanDiagnostic } from "../model.ts";
import type { DiagramOrder } from "./diagram-order.ts";
import type { KeyedPhase, StatedOrder } from "./phase-dependencies.ts";
import type { TaskDraft, Words } from "./phase-draft.ts";
import { placeIn } from "./outline.ts";
import { referencesIn, saysNone } from "./references-in.ts";
import { note, quoted } from "../report.ts";
import { PRD_REPORT } from "./report.ts";

export interface TaskOrder {
  readonly dependencies: readonly Dependency[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

/**
 * What tasks wait for: a field of theirs (`Dependencies: Requires Task 2-1`), clauses on their line (`(depends on 1.1)`), single tasks
 * that their phase names, and, as guesses, what the strategy for parallel work does after what.
 */
export function taskOrder(
  phases: readonly KeyedPhase[],
  keyOf: ReadonlyMap<TaskDraft, string>,
  index: PlanIndex,
  { stated, diagram }: { readonly stated: StatedOrder; readonly diagram: DiagramOrder },
): TaskOrder {
  const reader = new TaskOrderReader(index);
  for (const { key, draft } of phases) {
    for (const task of draft.tasks) reader.task(keyOf.get(task) ?? "", task);
    for (const { task, words } of stated.tasks.get(key) ?? [])
      for (const inside of draft.tasks)
        if (!inside.parent)
          reader.add(task, keyOf.get(inside) ?? "", placeIn(words.line, words.at), "explicit");
    for (const words of draft.strategy) reader.strategy(words);
  }
  for (const { dependency, dependent, place } of diagram.dependencies)
    reader.add(dependency, dependent, place, "inferred");
  return { dependencies: [...reader.dependencies.values()], diagnostics: reader.diagnostics };
}

class TaskOrderReader {
  readonly dependencies = new Map<string, Dependency>();
  readonly diagnostics: PlanDiagnostic[] = [];
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  task(key: string, task: TaskDraft): void {
    for (const words of task.needs) {
      if (saysNone(words.text)) continue;
      const references = referencesIn(words.text, (id) => this.#isTask(id));
      const place = placeIn(words.line, words.at);
      if (references.length === 0)
        this.diagnostics.push(
          note(PRD_REPORT.prose, place, `${quoted(words.text.trim())} names no phase and no task`),
        );
      this.#needs(key, references, words);
    }
    const { line } = task;
    for (const clause of dependencyClausesIn(line.text.slice(0, 4_000), PRD_IDS)) {
      const words = { text: line.text, line, at: 0 };
      if (clause.direction === "needs") this.#needs(key, clause.references, words);
      else
        for (const { task: other, reference } of this.#named(clause.references, key))
          this.add(key, other, placeIn(line, reference.start), "explicit");
    }
  }

  #isTask(id: string): boolean {
    return this.#index.ids.get(id).length > 0;
  }

  #named(references: readonly Reference[], key: string) {
    return resolveReferences(references, this.#index, { task: key }, true).tasks;
  }

  #needs(key: string, references: readonly Reference[], words: Words): void {
    const named = resolveReferences(references, this.#index, { task: key }, true);
    for (const { task, reference } of named.tasks)
      this.add(task, key, placeIn(words.line, words.at + reference.start), "explicit");
    for (const reference of named.unknown)
      this.diagnostics.push({
        ...note(
          PRD_REPORT.unknownId,
          placeIn(words.line, words.at + reference.start),
          `There is no ${reference.kind} ${quoted(reference.from)}`,
        ),
        task: key,
      });
  }

  /** `Task 2.3 executed by Agent B after Task 2.2`, `(Task 1.1) → Orchestrator (Task 1.4)`: the one follows the other, as far as one can guess. */
  strategy({ text, line }: Words): void {
    const parts = text
      .slice(0, 4_000)
      .split(/(→|->|=>|(?<![\p{L}])after(?![\p{L}])|(?<![\p{L}])before(?![\p{L}]))/iu);
    let at = 0;
    let before: readonly string[] = [];
    let word = "";
    for (const [position, part] of parts.entries()) {
      if (position % 2 === 1) word = part.toLowerCase();
      else {
        const tasks = referencesIn(part.replace(/[()]/g, " "), (id) => this.#isTask(id))
          .filter(({ kind }) => kind === "task")
          .flatMap((reference) => this.#named([reference], "").map(({ task }) => task));
        const [first, last] = word === "after" ? [tasks, before] : [before, tasks];
        if (word !== "" && first.length * last.length <= 400)
          for (const dependency of first)
            for (const dependent of last)
              this.add(dependency, dependent, placeIn(line, at), "inferred");
        before = tasks;
      }
      at += part.length;
    }
  }

  add(dependency: string, dependent: string, place: Dependency["place"], origin: Origin): void {
    const key = JSON.stringify([dependency, dependent]);
    if (dependency === dependent || this.dependencies.has(key)) return;
    this.dependencies.set(key, {
      dependency,
      dependent,
      origin,
      strength: origin === "inferred" ? "soft" : "hard",
      place,
    });
  }
}
