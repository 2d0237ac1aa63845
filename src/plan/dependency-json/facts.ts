import type { FilePlace } from "../../core/place.ts";
import type { BoxState, PlanDiagnostic } from "../model.ts";
import type { Value } from "../../core/json-values.ts";

/** A phase as documents describe it: what several of them say of one phase is put together, the first counts. */
export interface PhaseFact {
  readonly id: string;
  readonly place: FilePlace;
  readonly aliases: Set<string>;
  readonly skills: string[];
  /** What it makes. */
  readonly deliverables: Value[];
  number?: string;
  name?: string;
  objective?: string;
  effort?: Value;
  complexity?: Value;
  state?: BoxState;
  parallel?: boolean;
}

export interface TaskFact {
  readonly id: string;
  readonly place: FilePlace;
  readonly skills: string[];
  readonly labels: string[];
  readonly files: Value[];
  name?: string;
  /** The phase as mentioned. */
  phase?: string;
  effort?: Value;
  complexity?: Value;
  state?: BoxState;
  parallel?: boolean;
  priority?: string;
}

/** What a document says of one thing that waits for another; both as mentioned. */
export interface EdgeFact {
  /** Between what; `any` where the list does not say. */
  readonly level: "phase" | "task" | "any";
  readonly dependency: string;
  readonly dependent: string;
  /** The phase a task is in that names its dependencies: there an id is looked for first. */
  readonly within?: string;
  readonly strength?: Value;
  readonly reason?: string;
  /** Read from a matrix of numbers, not from words. */
  readonly matrix?: true;
  /** The list it stands in: a list of edges, or what a phase or task says of itself. */
  readonly list: "edges" | "own";
  readonly place: FilePlace;
}

/** A list of waves, with the phases (or tasks) of each as mentioned. */
export interface WaveList {
  readonly value: Value;
  readonly waves: readonly WaveFact[];
}

export interface WaveFact {
  readonly value: Value;
  readonly number: string;
  readonly members: readonly Mention[];
}

export interface Mention {
  readonly word: string;
  readonly value: Value;
}

/** All that the documents of a plan say, before ids are resolved. */
export interface Facts {
  readonly documents: readonly Value[];
  readonly phases: readonly PhaseFact[];
  readonly tasks: readonly TaskFact[];
  readonly edges: readonly EdgeFact[];
  readonly waves: readonly WaveList[];
  /** Whether any document has a field for dependencies: then what is not said is not there. */
  readonly saysDependencies: boolean;
  readonly diagnostics: readonly PlanDiagnostic[];
}
