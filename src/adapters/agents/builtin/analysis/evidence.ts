import { plain, termsOf } from "../text/terms.ts";
import type { Surroundings } from "./surroundings.ts";

/** Which part of the spec a statement stands in. */
type StatementKind =
  | "requirement"
  | "quality"
  | "scenario"
  | "criterion"
  | "edge-case"
  | "story"
  | "entity"
  | "assumption"
  | "dependency"
  | "constraint";

/** One statement of the spec that can be pointed at. Out-of-scope and deferred items are none. */
export interface Statement {
  /** `FR-003`, `US1/AC2`, `Edge case`, `Assumption`; with the line it is unique. */
  readonly id: string;
  readonly kind: StatementKind;
  readonly line: number;
  readonly text: string;
  readonly terms: ReadonlySet<string>;
}

/** A statement and the words in it that a pattern found. */
export interface Hit {
  readonly statement: Statement;
  readonly words: string;
}

/** Words by which a statement takes itself out of this feature. */
export const OUT =
  /\b(?:out of (?:mvp )?scope|not in scope|hors scope|hors périmètre|deferred|reporté|not required (?:for|in)|is not the scope)\b/iu;

/** Longer statements are read up to here: no sentence is that long, and patterns must stay fast on hostile text. */
const MOST_CHARACTERS = 4_000;

const make = (id: string, kind: StatementKind, line: number, text: string): Statement => {
  const read = plain(text).slice(0, MOST_CHARACTERS);
  return { id, kind, line, text: read, terms: termsOf(read) };
};

/** All statements of a spec, in the order analysts cite them: demands first. */
export function statementsOf(around: Surroundings): readonly Statement[] {
  const { spec, demands, scenarios } = around;
  const taken = new Set(demands.map(({ id }) => id));
  return [
    ...demands.map((one) => make(one.id, "requirement", one.line, one.text)),
    ...spec.requirements
      .filter(({ id }) => !taken.has(id))
      .map((one) => make(one.id, "quality", one.line, one.text)),
    ...spec.criteria.map((one) => make(one.id, "criterion", one.line, one.text)),
    ...spec.stories
      .filter(({ id }) => !taken.has(id))
      .map((one) => make(one.id, "story", one.line, `${one.title}. ${one.narrative}`)),
    ...scenarios.map((one) => make(one.source, "scenario", one.line, one.text)),
    ...spec.entities.map((one) =>
      make(`Entity ${plain(one.name)}`, "entity", one.line, `${one.name}: ${one.text}`),
    ),
    ...spec.edgeCases.map((one) => make("Edge case", "edge-case", one.line, one.text)),
    ...spec.assumptions.map((one) => make("Assumption", "assumption", one.line, one.text)),
    ...spec.dependencies.map((one) => make("Dependency", "dependency", one.line, one.text)),
    ...spec.constraints.map((one) => make("Constraint", "constraint", one.line, one.text)),
  ].filter(({ text }) => text !== "" && !OUT.test(text));
}

const NEGATION =
  /\b(?:no|not|never|without|neither|nor|isn't|don't|doesn't|aucun|aucune|pas de|pas d|sans|kein|keine|ohne)\b[^.;:,]{0,35}$/iu;

/**
 * The statements in which the pattern's words stand, other than as something refused or left out ("no e-mail delivery",
 * "deferred"). At most one hit a statement. The pattern must not be sticky.
 */
export function hitsOf(statements: readonly Statement[], pattern: RegExp): readonly Hit[] {
  const flags = pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`;
  const all = new RegExp(pattern.source, flags);
  return statements.flatMap((statement) => {
    for (const match of statement.text.matchAll(all))
      if (!NEGATION.test(statement.text.slice(Math.max(0, match.index - 50), match.index)))
        return [{ statement, words: match[0].trim() }];
    return [];
  });
}

/** `FR-003 (line 12)`; unnumbered statements by their line alone. */
export const citeOf = ({ id, line }: Pick<Statement, "id" | "line">): string =>
  `${id} (line ${line})`;

/** Cut a quotation to a length that is read, at a word. */
export const quoteOf = (text: string, max = 110): string =>
  text.length <= max ? text : `${text.slice(0, max).replace(/\s+\S*$/, "")} …`;
