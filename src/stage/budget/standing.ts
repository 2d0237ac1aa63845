import type { BudgetFigures } from "../../core/budget-figures.ts";
import { usdOf, type Amount, type Unit } from "./amount.ts";
import { covers, type BudgetScope, type Cap } from "./cap.ts";
import { usedIn, type Ledger } from "./ledger.ts";

/** How a scope stands: what was used, what is reserved, what may be used. */
export type ScopeStanding = BudgetScope & {
  readonly spent: Amount;
  readonly reserved: Amount;
  readonly cap: Pick<Cap, "tokens" | "microUsd">;
  /** Calls of which nobody said what they used: they stand at what was reserved for them. */
  readonly unknown: { readonly tokens: number; readonly microUsd: number };
  /** Calls that a process died in: what they had used by then is not in `spent`. */
  readonly interrupted: number;
  /** Calls that were made. */
  readonly calls: number;
};

/** How the run stands, then every stage and role that has a limit of its own. */
export type BudgetStanding = readonly [ScopeStanding, ...(readonly ScopeStanding[])];

export function standingOf(ledger: Ledger): BudgetStanding {
  const limited = ledger.caps.filter(
    ({ tokens, microUsd, stage }) => stage !== null && (tokens !== null || microUsd !== null),
  );
  return [scopeStanding(ledger, RUN), ...limited.map((cap) => scopeStanding(ledger, cap))];
}

const RUN: BudgetScope = { stage: null, role: null };

function scopeStanding(ledger: Ledger, { stage, role }: BudgetScope): ScopeStanding {
  const scope = { stage, role };
  const calls = ledger.calls.filter((call) => covers(scope, call));
  const past = (ledger.past ?? []).filter((each) => covers(scope, each));
  const cap = ledger.caps.find((one) => one.stage === stage && one.role === role);
  const unknown = (unit: Unit) =>
    past.reduce(
      (sum, each) => sum + each.unknown[unit],
      calls.filter(({ settled }) => settled?.unknown.includes(unit)).length,
    );
  return {
    ...scope,
    ...usedIn(ledger, scope),
    cap: { tokens: cap?.tokens ?? null, microUsd: cap?.microUsd ?? null },
    unknown: { tokens: unknown("tokens"), microUsd: unknown("microUsd") },
    interrupted: past.reduce(
      (sum, each) => sum + each.interrupted,
      calls.filter(({ settled }) => (settled?.starts ?? 1) > 1).length,
    ),
    calls: past.reduce((sum, each) => sum + each.calls, calls.length),
  };
}

/** The same in US dollars, for events and people. */
export const figuresOf = ({ spent, reserved, cap, unknown }: ScopeStanding): BudgetFigures => ({
  spent: { tokens: spent.tokens, usd: usdOf(spent.microUsd) },
  reserved: { tokens: reserved.tokens, usd: usdOf(reserved.microUsd) },
  cap: { tokens: cap.tokens, usd: cap.microUsd === null ? null : usdOf(cap.microUsd) },
  unknown: { tokens: unknown.tokens, usd: unknown.microUsd },
});
