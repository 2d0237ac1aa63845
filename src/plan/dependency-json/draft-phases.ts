import { complexityEstimate, readEstimate } from "../estimates.ts";
import type { Estimate, Phase, PlanDiagnostic } from "../model.ts";
import type { PhaseFact, TaskFact } from "./facts.ts";
import { UniqueKeys } from "../unique-keys.ts";
import { IdIndex, normalId } from "./id-index.ts";
import { note, quoted } from "../report.ts";
import { REPORT } from "./report.ts";
import { numberOf, placeOf, wordOf } from "../../core/json-values.ts";

export interface DraftPhases {
  /** Without what they wait for. */
  readonly phases: readonly Phase[];
  readonly facts: readonly PhaseFact[];
  readonly index: IdIndex;
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** Phases with their keys: the number, given or in the id (`phase-2a` is `2a`), else the id. */
export function draftPhases(facts: readonly PhaseFact[]): DraftPhases {
  const diagnostics: PlanDiagnostic[] = [];
  const keys = new UniqueKeys();
  const phases = facts.map((fact): Phase => {
    const estimate = estimateOf(fact, diagnostics);
    const key = keys.take(fact.number ?? numberIn(fact.id) ?? fact.id);
    const title = fact.name ?? fact.id;
    const aliases = [fact.id, ...fact.aliases].filter(
      (word) => word !== title && normalId(word) !== normalId(key),
    );
    return {
      key,
      title,
      ...(aliases.length > 0 && { aliases: [...new Set(aliases)] }),
      place: fact.place,
      after: [],
      startsWhen: [],
      ...(fact.objective === undefined ? {} : { objective: fact.objective }),
      ...(estimate ? { estimate } : {}),
    };
  });
  const index = new IdIndex();
  facts.forEach(({ id }, at) => index.add(phases[at]?.key ?? id, [id]));
  facts.forEach(({ aliases }, at) => {
    const { key = "" } = phases[at] ?? {};
    index.add(key, [key, ...aliases]);
  });
  return { phases, facts, index, diagnostics };
}

const numberIn = (id: string): string | undefined =>
  /^phase[\s_.:#-]{0,4}(\d{1,6}(?:[._-]\d{1,6})?[a-z]?)$/i.exec(id)?.[1]?.replace(/[_-]/g, ".");

/** An estimate from the time that is written, else from the complexity. */
export function estimateOf(
  { effort, complexity }: PhaseFact | TaskFact,
  diagnostics: PlanDiagnostic[],
): Estimate | undefined {
  const written = wordOf(effort);
  if (effort && written !== undefined) {
    const estimate = readEstimate(written, placeOf(effort));
    if (estimate) return estimate;
    diagnostics.push(
      note(REPORT.effort, placeOf(effort), `${quoted(written)} is not a length of time`),
    );
  }
  const score = COMPLEXITY.get((wordOf(complexity) ?? "").toLowerCase()) ?? numberOf(complexity);
  return complexity && score !== undefined
    ? complexityEstimate(score, placeOf(complexity))
    : undefined;
}

/** Words for a complexity, as scores of 1 … 10. */
const COMPLEXITY: ReadonlyMap<string, number> = new Map([
  ["trivial", 1],
  ["low", 3],
  ["simple", 3],
  ["medium", 5],
  ["moderate", 5],
  ["high", 8],
  ["complex", 8],
  ["very high", 10],
  ["critical", 10],
]);
