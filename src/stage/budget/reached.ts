import { usdOf, type Unit } from "./amount.ts";
import { sameScope, scopeWords, type BudgetScope } from "./cap.ts";
import { usedIn, type Ledger, type Shortage } from "./ledger.ts";

/** A call that was not made, and why. */
export type ShortCall = { readonly call: string; readonly shortages: readonly Shortage[] };

/** A limit that was reached. */
export type ReachedCap = BudgetScope & {
  readonly unit: Unit;
  readonly cap: number;
  readonly spent: number;
  readonly reserved: number;
  /** What the calls that wait for it need together; null where nobody can say. */
  readonly needs: number | null;
  /** The least that it has to be raised to for them; twice as much as now where nobody can say. */
  readonly enough: number;
};

/** Which limits hold these calls back, as the ledger stands now. */
export function reachedCaps(ledger: Ledger, calls: readonly ShortCall[]): readonly ReachedCap[] {
  const unique = new Map(calls.map((one) => [one.call, one]));
  const all = [...unique.values()].flatMap(({ shortages }) => shortages);
  return ledger.caps.flatMap((cap) =>
    (["microUsd", "tokens"] as const).flatMap((unit) => {
      const { [unit]: limit, stage, role } = cap;
      const short = all.filter((one) => one.unit === unit && sameScope(one, cap));
      if (limit === null || short.length === 0) return [];
      const used = usedIn(ledger, cap);
      const [spent, reserved] = [used.spent[unit], used.reserved[unit]];
      const needs = sumOf(short.map(({ need }) => need));
      const enough =
        needs === null
          ? Math.max(limit, spent) * 2
          : roundedUp(Math.max(spent + reserved + needs, limit + 1), unit);
      return [{ stage, role, unit, cap: limit, spent, reserved, needs, enough }];
    }),
  );
}

const sumOf = (needs: readonly (number | null)[]): number | null =>
  needs.reduce<number | null>(
    (sum, need) => (sum === null || need === null ? null : sum + need),
    0,
  );

/** To whole cents, and to thousands of tokens: what a person would type. */
const roundedUp = (value: number, unit: Unit): number =>
  unit === "microUsd" ? Math.ceil(value / 10_000) * 10_000 : Math.ceil(value / 1_000) * 1_000;

/** An amount for people: `$1.25`, `$0.0004`, `120,000 tokens`. */
export function amountWords(value: number, unit: Unit): string {
  if (unit === "tokens")
    return `${String(Math.ceil(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ",")} tokens`;
  const usd = usdOf(value);
  return `$${usd > 0 && usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;
}

/** How a limit stands, as a sentence. */
export function reachedSentence({
  unit,
  cap,
  spent,
  reserved,
  needs,
  ...scope
}: ReachedCap): string {
  const words = (value: number) => amountWords(value, unit);
  const next =
    needs === null
      ? "what the next work costs is not known"
      : `the next work needs up to ${words(needs)}`;
  const held = reserved > 0 ? `, ${words(reserved)} reserved` : "";
  return `Of ${words(cap)} for ${scopeWords(scope)}, ${words(spent)} ${unit === "tokens" ? "are" : "is"} spent${held}; ${next}.`;
}

/** The flags of `wavegate resume` that raise these limits just enough. */
export const raisingFlags = (caps: readonly ReachedCap[]): string =>
  caps
    .map(({ unit, enough, stage, role }) => {
      const scope = stage === null ? "" : `${stage}${role === null ? "" : `.${role}`}=`;
      return unit === "tokens"
        ? `--max-tokens ${scope}${enough}`
        : `--max-cost ${scope}${Number(usdOf(enough).toFixed(2))}`;
    })
    .join(" ");
