import type { Dependency, PhaseDependency, PlanDiagnostic, Strength } from "../model.ts";
import type { Ids } from "./assemble.ts";
import type { EdgeFact } from "./facts.ts";
import { note, quoted } from "../report.ts";
import { REPORT } from "./report.ts";
import { readStrength } from "./strength.ts";
import { placeOf, wordOf } from "../../core/json-values.ts";

export interface ResolvedEdges {
  /** What each phase waits for. */
  readonly after: ReadonlyMap<string, readonly PhaseDependency[]>;
  readonly dependencies: readonly Dependency[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** A phase or task that an id leads to. */
interface Target {
  readonly level: "phase" | "task";
  readonly key: string;
}

/** Edges between a task and all tasks of a phase are written out up to this many. */
const MAX_EXPANDED = 1_000_000;

/**
 * Resolve what edges name. Each pair is one edge, wherever it is said; where the strengths differ, hard counts. A phase that waits
 * for a task, or a task for a phase, becomes edges with each task of the phase.
 */
export function resolveEdges(edges: readonly EdgeFact[], ids: Ids): ResolvedEdges {
  const resolver = new EdgeResolver(ids);
  for (const edge of edges) resolver.add(edge);
  return resolver.result();
}

interface Made {
  readonly from: Target;
  readonly to: Target;
  readonly edge: EdgeFact;
  strength: Strength;
}

class EdgeResolver {
  readonly #ids: Ids;
  readonly #made = new Map<string, Made>();
  readonly #diagnostics: PlanDiagnostic[] = [];
  #matrixTold = false;

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  add(fact: EdgeFact): void {
    const edge = { ...fact, level: this.#level(fact) };
    const dependents = this.#targets(edge, edge.dependent);
    const dependencies = this.#targets(edge, edge.dependency);
    const strength = this.#strength(edge);
    if (edge.matrix === true && !this.#matrixTold) {
      this.#matrixTold = true;
      this.#tell(
        "matrix",
        edge,
        "No edges are written: they are taken from the matrix, each row as what the columns wait for",
      );
    }
    for (const to of dependents)
      for (const from of dependencies)
        if (from.level === to.level && from.key === to.key)
          this.#tell("self", edge, `${quoted(edge.dependent)} is said to wait for itself`);
        else this.#add(from, to, edge, strength);
  }

  #add(from: Target, to: Target, edge: EdgeFact, strength: Strength): void {
    const key = JSON.stringify([from.level, from.key, to.level, to.key]);
    const there = this.#made.get(key);
    if (!there) this.#made.set(key, { from, to, edge, strength });
    else if (there.strength !== strength && edge.strength && there.edge.strength) {
      this.#tell(
        "strengths",
        edge,
        `That ${quoted(edge.dependent)} waits for ${quoted(edge.dependency)} is ${strength} here and ${there.strength} elsewhere`,
      );
      there.strength = "hard";
    } else if (!there.edge.strength && edge.strength) there.strength = strength;
  }

  #strength(edge: EdgeFact): Strength {
    const word = wordOf(edge.strength);
    if (!edge.strength || word === undefined) return "hard";
    const strength = readStrength(word);
    if (strength) return strength;
    this.#diagnostics.push(
      note(
        REPORT.strength,
        placeOf(edge.strength),
        `${quoted(word)} is no strength of a dependency`,
      ),
    );
    return "hard";
  }

  /** What a mention names: one id, or several in one text. */
  #targets(edge: EdgeFact, mention: string): readonly Target[] {
    const whole = this.#find(edge, mention);
    if (whole) return [whole];
    const parts = mention.split(/\s*[,;+&]\s*|\s+and\s+/).filter((part) => part !== "");
    return parts.flatMap((part) => {
      const target =
        this.#find(edge, part) ?? this.#find(edge, part.replace(/\s*[(:\u2013\u2014].*$/s, ""));
      if (target) return [target];
      this.#tell("unknownId", edge, `${quoted(part)} is neither a phase nor a task in these files`);
      return [];
    });
  }

  #find({ level, within }: EdgeFact, word: string): Target | undefined {
    const phase = this.#ids.phases.find(word);
    const inside = within === undefined ? undefined : this.#ids.phases.find(within);
    const task =
      (inside === undefined ? undefined : this.#ids.within.get(inside)?.find(word)) ??
      this.#ids.tasks.find(word);
    if (level !== "task" || /^\s*phase/i.test(word))
      return phase === undefined ? targetOf("task", task) : { level: "phase", key: phase };
    return task === undefined ? targetOf("phase", phase) : { level: "task", key: task };
  }

  /** Of a list that does not say it: between phases where both ends are, and not both are tasks as well. */
  #level({ level, dependency, dependent }: EdgeFact): EdgeFact["level"] {
    const { phases, tasks } = this.#ids;
    if (level !== "any") return level;
    if (tasks.find(dependency) === undefined || tasks.find(dependent) === undefined) return "phase";
    return phases.find(dependency) === undefined || phases.find(dependent) === undefined
      ? "task"
      : "phase";
  }

  #tell(kind: keyof typeof REPORT, edge: EdgeFact, message: string): void {
    this.#diagnostics.push(note(REPORT[kind], edge.place, message));
  }

  result(): ResolvedEdges {
    const after = new Map<string, PhaseDependency[]>();
    const dependencies: Dependency[] = [];
    for (const { from, to, edge, strength } of this.#made.values()) {
      const base = {
        origin: edge.matrix === true ? ("inferred" as const) : ("explicit" as const),
        strength,
        place: edge.place,
        ...(edge.reason === undefined ? {} : { reason: edge.reason }),
      };
      if (from.level === "phase" && to.level === "phase") {
        const list = after.get(to.key) ?? [];
        after.set(to.key, list);
        list.push({ phase: from.key, ...base });
        continue;
      }
      const [sources, targets] = [this.#tasks(from), this.#tasks(to)];
      if (dependencies.length + sources.length * targets.length > MAX_EXPANDED) {
        this.#tell(
          "tooMany",
          edge,
          `More than ${MAX_EXPANDED.toLocaleString("en")} edges between tasks; the rest is left out`,
        );
        break;
      }
      for (const dependency of sources)
        for (const dependent of targets)
          if (dependency !== dependent) dependencies.push({ dependency, dependent, ...base });
    }
    return { after, dependencies, diagnostics: this.#diagnostics };
  }

  #tasks({ level, key }: Target): readonly string[] {
    return level === "task" ? [key] : (this.#ids.tasksOf.get(key) ?? []);
  }
}

const targetOf = (level: "phase" | "task", key: string | undefined): Target | undefined =>
  key === undefined ? undefined : { level, key };
