import { toJson, type Json } from "../../../../../core/json.ts";
import {
  firstMatch,
  parseJson,
  reasonOfPartial,
  roleOf,
} from "../../../../../stage/checks/read-analyses.ts";
import {
  coreImplementation,
  documentationPlan,
  integrationDesign,
  testStrategy,
  type CoreImplementation,
  type DocumentationPlan,
  type IntegrationDesign,
  type ProposedWork,
  type TestStrategy,
} from "../../../../../stage/contracts/preparation.ts";

/** The specialists' answers, by what they are. Absent means that nobody gave one. */
export interface Preparations {
  readonly core: CoreImplementation | undefined;
  readonly integrations: IntegrationDesign | undefined;
  readonly tests: TestStrategy | undefined;
  readonly docs: DocumentationPlan | undefined;
  /** Parts that nobody delivered in their form, with the reason. */
  readonly missing: readonly { readonly part: PartName; readonly reason: string }[];
}

export type PartName = "core" | "integrations" | "tests" | "docs";

/** In the order people read them. */
export const PART_NAMES: readonly PartName[] = ["core", "integrations", "tests", "docs"];

/** Read `analyses/<role>.json` by their contents, whatever the roles are called; nothing throws. */
export function readPreparations(inputs: Readonly<Record<string, string>>): Preparations {
  const values = Object.fromEntries(
    Object.entries(inputs).flatMap<[string, Json]>(([name, text]) =>
      name.startsWith("analyses/") ? [[roleOf(name), parseJson(text) ?? toJson(text)]] : [],
    ),
  );
  const found = {
    core: firstMatch(values, coreImplementation)?.core_implementation,
    integrations: firstMatch(values, integrationDesign)?.integration_design,
    tests: firstMatch(values, testStrategy)?.test_strategy,
    docs: firstMatch(values, documentationPlan)?.documentation_plan,
  };
  return {
    ...found,
    missing: PART_NAMES.filter((part) => !found[part]).map((part) => ({
      part,
      reason: reasonOfPartial(values[part]),
    })),
  };
}

/** All proposed work with who proposed it; of two with one id the first. */
export function allWork(
  preparations: Preparations,
): readonly (ProposedWork & { readonly from: PartName })[] {
  const all = PART_NAMES.flatMap((from) =>
    (preparations[from]?.tasks ?? []).map((work) => ({ ...work, from })),
  );
  return [...new Map(all.toReversed().map((work) => [work.id, work])).values()].toReversed();
}
