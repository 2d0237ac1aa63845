import type { Place } from "../core/place.ts";

/** A piece of the spec's text with where it stands. Text is inline Markdown with line breaks folded to spaces. */
export interface SpecItem extends Place {
  readonly text: string;
}

/** `P1` is most important. Real specs use P0 to P4; what is not stated is undefined. */
export type Priority = "P0" | "P1" | "P2" | "P3" | "P4";

export interface AcceptanceScenario extends Place {
  /** The scenario's number within its story, 1-based. */
  readonly number: number;
  readonly given: string | undefined;
  readonly when: string | undefined;
  readonly then: string | undefined;
  /** The whole text, for scenarios not in Given/When/Then form. */
  readonly text: string;
}

export interface Story extends Place {
  /** `US1`, `US5a`: normalised, whatever the heading calls it. */
  readonly id: string;
  readonly title: string;
  readonly priority: Priority | undefined;
  /** The prose under the heading, up to the first labelled part. */
  readonly narrative: string;
  readonly why: string | undefined;
  readonly independentTest: string | undefined;
  readonly scenarios: readonly AcceptanceScenario[];
}

export interface Requirement extends SpecItem {
  /** As written, upper-cased: `FR-001`, `FR-012a`, `NFR-03`, `FR-01`. */
  readonly id: string;
  readonly kind: "functional" | "non-functional";
  readonly priority: Priority | undefined;
  /** The sub-heading it stands under, e.g. "Authentication". */
  readonly group: string | undefined;
}

export interface Criterion extends SpecItem {
  /** `SC-001`, upper-cased. */
  readonly id: string;
  /** How it is measured, where a table states it in a column of its own. */
  readonly measurement: string | undefined;
}

/** An id of a requirement's or criterion's kind at the start of an item that does not define it, where nothing else does. */
export interface LooseId extends SpecItem {
  readonly id: string;
  /** Title of the section it stands in. */
  readonly section: string;
  /** The section takes it out of the feature. */
  readonly outOfScope: boolean;
}

export interface Entity extends SpecItem {
  readonly name: string;
  /** Field names where the text lists them. */
  readonly fields: readonly string[];
}

/** An open `[NEEDS CLARIFICATION: …]` marker. */
export interface Clarification extends Place {
  readonly question: string;
  /** Id of the requirement, story or criterion it stands in, if any. */
  readonly within: string | undefined;
}

/** A question that the spec's Clarifications section answers. */
export interface AnsweredQuestion extends Place {
  readonly question: string;
  readonly answer: string;
}

export interface Section extends Place {
  readonly level: number;
  /** Heading text without `*(mandatory)*` marks and emphasis. */
  readonly title: string;
  /** What kind of section it is, recognised in several languages; `other` when unknown. */
  readonly kind:
    | "stories"
    | "edge-cases"
    | "requirements"
    | "entities"
    | "success-criteria"
    | "assumptions"
    | "out-of-scope"
    | "dependencies"
    | "clarifications"
    | "constraints"
    | "context"
    | "other";
}

/** A specification as read: everything found, each with its place. Nothing is invented; missing parts are empty. */
export interface Spec {
  readonly file: string;
  readonly title: string;
  readonly branch: string | undefined;
  readonly created: string | undefined;
  readonly status: string | undefined;
  /** The user's original description, where the spec quotes it. */
  readonly input: string | undefined;
  readonly sections: readonly Section[];
  readonly stories: readonly Story[];
  readonly requirements: readonly Requirement[];
  /** What stands in the requirement sections as list items without an id. No id is invented for them. */
  readonly unnumbered: readonly SpecItem[];
  readonly criteria: readonly Criterion[];
  readonly loose: readonly LooseId[];
  readonly entities: readonly Entity[];
  readonly edgeCases: readonly SpecItem[];
  readonly clarifications: readonly Clarification[];
  readonly answered: readonly AnsweredQuestion[];
  readonly assumptions: readonly SpecItem[];
  readonly outOfScope: readonly SpecItem[];
  readonly dependencies: readonly SpecItem[];
  readonly constraints: readonly SpecItem[];
  /** Number of lines of the file. */
  readonly lines: number;
}
