import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";

type Reviewed = ReviewSummary["conflicts"][number];

/** A conflict of the review, before it gets its id. */
export interface Conflict {
  readonly topic: string;
  readonly severity: Reviewed["severity"];
  readonly statements: readonly { readonly source: string; readonly statement: string }[];
  readonly fate: Reviewed["fate"];
  readonly resolution: string | null;
  /** For a person who has to decide: between what, and who should. */
  readonly advice?: string;
  readonly decider?: string;
}

export type Gap = ReviewSummary["gaps"][number];
export type OpenQuestion = ReviewSummary["open_questions"][number];

/**
 * What the synthesizer must do about a reconciled conflict. Carried in the review beside the guidance in words, so
 * that the built-in synthesizer applies it exactly and others can read it.
 */
export type Directive =
  | { readonly kind: "add-task"; readonly requirement: string }
  | { readonly kind: "mitigate"; readonly risk: string }
  | { readonly kind: "assign"; readonly requirement: string; readonly component: string }
  | { readonly kind: "own"; readonly entity: string; readonly component: string }
  | {
      readonly kind: "advance";
      readonly task: string;
      /** The task stands no later than the phase of this one. */
      readonly to: string;
      readonly reason: string;
    };

/** What one comparison found. */
export interface Findings {
  readonly conflicts?: readonly Conflict[];
  readonly gaps?: readonly Gap[];
  readonly questions?: readonly OpenQuestion[];
  readonly guidance?: readonly string[];
  readonly directives?: readonly Directive[];
}
