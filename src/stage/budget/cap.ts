import type { RoleSpec, StageSpec } from "../stage-spec.ts";
import type { BudgetSpec } from "./budget-spec.ts";
import { microOf, type Unit } from "./amount.ts";

/** Of what something is said: a role of a stage, a stage, or (both null) the run. */
export type BudgetScope = { readonly stage: string | null; readonly role: string | null };

type PerUnit = { readonly [unit in Unit]: number | null };

/** What may be used in a scope, over the whole life of a run; null: no limit of its own. */
export type Cap = BudgetScope & PerUnit & { readonly perCall: PerUnit };

/** What may be used by the run, its stages and their roles; empty where nothing is limited. */
export function capsOf(run: BudgetSpec | null, stages: readonly StageSpec[]): readonly Cap[] {
  const caps = [
    ...capOf({ stage: null, role: null }, run ?? {}),
    ...stages.flatMap((stage) => [
      ...capOf({ stage: stage.name, role: null }, stage.budget ?? {}),
      ...rolesOf(stage).flatMap((role) =>
        capOf({ stage: stage.name, role: role.name }, role.budget ?? {}),
      ),
    ]),
  ];
  return caps.some(({ tokens, microUsd }) => tokens !== null || microUsd !== null) ? caps : [];
}

const rolesOf = ({ roles, reviewer, synthesizer, qa }: StageSpec): readonly RoleSpec[] => [
  ...roles,
  reviewer,
  synthesizer,
  qa,
];

const money = (usd: number | undefined): number | null => (usd === undefined ? null : microOf(usd));

function capOf(scope: BudgetScope, budget: BudgetSpec): readonly Cap[] {
  const { usd, tokens, callUsd, callTokens } = budget;
  if (Object.values(budget).every((value) => value === undefined)) return [];
  return [
    {
      ...scope,
      tokens: tokens ?? null,
      microUsd: money(usd),
      perCall: { tokens: callTokens ?? null, microUsd: money(callUsd) },
    },
  ];
}

/** Whether what a role of a stage uses counts in the scope. */
export const covers = (
  scope: BudgetScope,
  call: { readonly stage: string; readonly role: string },
): boolean =>
  (scope.stage === null || scope.stage === call.stage) &&
  (scope.role === null || scope.role === call.role);

export const sameScope = (one: BudgetScope, other: BudgetScope): boolean =>
  one.stage === other.stage && one.role === other.role;

/** How a scope is named, in words: `the run`, `stage planning`, `role risk of stage planning`. */
export const scopeWords = ({ stage, role }: BudgetScope): string =>
  stage === null ? "the run" : role === null ? `stage ${stage}` : `role ${role} of stage ${stage}`;

/** What one call is taken to use at most; what is said closest to the role counts. */
export function perCallOf(
  caps: readonly Cap[],
  call: { readonly stage: string; readonly role: string },
): PerUnit {
  const closest = caps.filter((cap) => covers(cap, call)).toSorted((a, b) => depth(b) - depth(a));
  const said = (unit: Unit) =>
    closest.map(({ perCall }) => perCall[unit]).find((value) => value !== null) ?? null;
  return { tokens: said("tokens"), microUsd: said("microUsd") };
}

const depth = ({ stage, role }: BudgetScope) => (stage === null ? 0 : role === null ? 1 : 2);
