import { normalId, specIds } from "../../../../../stage/checks/ids.ts";
import { basisOf, type Basis } from "../basis.ts";
import { readBeside, type Beside } from "../beside.ts";
import { readPreparations, type Preparations } from "./read-preparations.ts";

/** What the reviewer compares: the preparations, and what spec and plan say, looked up once. */
export interface PreparationFacts extends Preparations {
  readonly basis: Basis;
  readonly beside: Beside;
  /** Ids of requirements and criteria in the spec's order; its stories' where it numbers neither. */
  readonly ids: readonly string[];
  readonly moduleNames: readonly string[];
  readonly operationNames: readonly string[];
  readonly modulesCarrying: (id: string) => readonly string[];
  readonly casesFor: (id: string) => readonly string[];
}

const names = (ids: readonly string[], id: string): boolean =>
  ids.some((other) => normalId(other) === id);

export function preparationFacts(inputs: Readonly<Record<string, string>>): PreparationFacts {
  const basis = basisOf(inputs);
  const found = readPreparations(inputs);
  const numbered = specIds(basis.spec);
  return {
    ...found,
    basis,
    beside: readBeside(inputs),
    ids: numbered.length > 0 ? numbered : basis.spec.stories.map(({ id }) => normalId(id)),
    moduleNames: (found.core?.modules ?? []).map(({ name }) => name),
    operationNames: (found.core?.interfaces ?? []).flatMap(({ operations }) =>
      operations.map(({ name }) => name),
    ),
    modulesCarrying: (id) =>
      (found.core?.modules ?? [])
        .filter(({ requirements }) => names(requirements, id))
        .map(({ name }) => name),
    casesFor: (id) =>
      (found.tests?.cases ?? [])
        .filter(({ requirements }) => names(requirements, id))
        .map((one) => one.id),
  };
}

/** Requirements, as against success criteria: those have to be carried by a module. */
export const isRequirement = (id: string): boolean => !id.startsWith("SC-");
