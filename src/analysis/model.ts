import type { FilePlace } from "../core/place.ts";

/**
 * What `wavegate analyze` finds out (PX-04): six documents, one for each phase of S4's own analysis plan. They are data; the writers
 * make Markdown, JSON and HTML of them. All text is one line, and may quote plans: writers make it inert.
 */
export interface Finding {
  readonly number: FindingNumber;
  /** Name of its file without ending, as S4 names it: `1-architecture`. */
  readonly slug: FindingSlug;
  readonly title: string;
  /** `partial`: some of what it is about was not among the files given; `gaps` says what. */
  readonly status: "complete" | "partial";
  /** The few sentences to read if nothing else is. */
  readonly summary: readonly Statement[];
  readonly sections: readonly Section[];
  readonly gaps: readonly string[];
}

/** S4's phases, in order, with the files its plan asks for. */
export const FINDINGS = [
  { number: 1, slug: "1-architecture", title: "Architecture and execution flow" },
  { number: 2, slug: "2-parallel-plans", title: "Parallel plans" },
  { number: 3, slug: "3-parallel-phases", title: "Parallel phases" },
  { number: 4, slug: "4-parallel-tasks", title: "Parallel tasks" },
  { number: 5, slug: "5-patterns", title: "Implementation patterns" },
  { number: 6, slug: "6-recommendations", title: "Recommendations" },
] as const;

export type FindingNumber = (typeof FINDINGS)[number]["number"];
export type FindingSlug = (typeof FINDINGS)[number]["slug"];

/**
 * A sentence about the plans, with the number or the place it rests on: one without both does not compile. A figure without a place
 * was computed; its `unit` says what was counted or measured.
 */
export type Statement = Grounded<{ readonly text: string }>;

export type Grounded<T> = T &
  (
    | { readonly places: Places; readonly figure?: Figure }
    | { readonly figure: Figure; readonly places?: Places }
  );

/** At least one; the first few are shown. */
export type Places = readonly [FilePlace, ...FilePlace[]];

export interface Figure {
  readonly value: number;
  /** What is counted, or the unit: `tasks`, `pairs of tasks`, `minutes`, `%`. */
  readonly unit: string;
  /** The whole it is a part of: 3 of 12. */
  readonly of?: number;
}

/** A part of a finding's details. */
export interface Section {
  /** Stable, unique in its finding, lower-case with hyphens: `edges-by-origin`. What answers a task of S4 names it. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** How to read what follows; says nothing about the plans. */
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "paragraph"; readonly statements: readonly Statement[] }
  | { readonly kind: "list"; readonly items: readonly Statement[] }
  | Table
  | { readonly kind: "mermaid"; readonly code: string; readonly caption: string }
  /** Lines to paste, or as they are on disk. */
  | {
      readonly kind: "code";
      readonly language: string;
      readonly code: string;
      readonly caption: string;
    };

export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** How many more rows there are than are shown here. */
  readonly more: number;
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

export interface Row {
  /** One for each column. Numbers stay numbers, so that JSON has them; `null` is what is not known or does not apply. */
  readonly cells: readonly Cell[];
  readonly places?: Places;
}

export type Cell = string | number | null;
