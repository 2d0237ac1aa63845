import type { PlanIndex } from "../annotations/plan-index.ts";
import type { Dependency, PlanDiagnostic, Sequence } from "../model.ts";
import type { Drafts } from "./drafts.ts";
import type { ParallelNote } from "./parallel-words.ts";
import type { Source } from "./source.ts";

/** A file read through, while what it names is looked up. Each part adds what it finds. */
export interface Reading {
  readonly source: Source;
  readonly drafts: Drafts;
  readonly index: PlanIndex;
  readonly dependencies: Dependency[];
  readonly sequences: Sequence[];
  readonly problems: PlanDiagnostic[];
  /** Tasks that a note calls parallel. */
  readonly parallel: Set<string>;
  readonly parallelNotes: ParallelNote[];
  /** Whether it was said that the plan names more than is looked up. */
  cutTold: boolean;
}
