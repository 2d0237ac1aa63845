import type { BudgetSpec } from "../stage/budget/budget-spec.ts";
import { microOf } from "../stage/budget/amount.ts";
import type { BudgetScope } from "../stage/budget/cap.ts";
import type { Raise } from "../stage/budget/ledger.ts";
import { isName } from "../stage/config/fields.ts";

const MOST_USD = 1_000_000;
const MOST_TOKENS = 1_000_000_000_000;

/** Parse US dollars: `5`, `0.25`. */
function parseUsd(input: string): number {
  const usd = /^\$?\d{1,7}(?:\.\d{1,6})?$/.test(input) ? Number(input.replace("$", "")) : 0;
  if (usd > 0 && usd <= MOST_USD) return usd;
  throw new RangeError(
    `"${input.slice(0, 40)}" is not an amount of US dollars above 0, at most ${MOST_USD}`,
  );
}

/** Parse tokens: `200000`, `200k`, `2M`. */
function parseTokens(input: string): number {
  const [, digits, unit = ""] = /^(\d{1,13})([kM]?)$/.exec(input) ?? [];
  const factor = { "": 1, k: 1_000, M: 1_000_000 }[unit] ?? 1;
  const tokens = Number(digits ?? 0) * factor;
  if (tokens >= 1 && tokens <= MOST_TOKENS) return tokens;
  throw new RangeError(
    `"${input.slice(0, 40)}" is not a number of tokens from 1 to ${MOST_TOKENS}, like 200000, 200k or 2M`,
  );
}

/** Parse `[STAGE[.ROLE]=]AMOUNT`. */
function parseScoped(
  input: string,
  parse: (amount: string) => number,
): BudgetScope & { readonly to: number } {
  const [amount = "", ...before] = input.split("=").toReversed();
  const [scope] = before;
  if (scope === undefined) return { stage: null, role: null, to: parse(amount) };
  const [stage = "", role = null, ...rest] = scope.split(".");
  const named = isName(stage) && (role === null || isName(role));
  if (!named || rest.length > 0 || before.length > 1)
    throw new RangeError(
      `"${input.slice(0, 60)}" is no limit: write an amount for the run, STAGE=AMOUNT or STAGE.ROLE=AMOUNT`,
    );
  return { stage, role, to: parse(amount) };
}

const parseCostRaise = (input: string): Raise => {
  const { to, ...scope } = parseScoped(input, parseUsd);
  return { ...scope, unit: "microUsd", to: microOf(to) };
};

const parseTokenRaise = (input: string): Raise => ({
  ...parseScoped(input, parseTokens),
  unit: "tokens",
});

const flag = <T>(parse: (input: string) => T, placeholder: string, brief: string) =>
  ({ kind: "parsed", parse, optional: true, placeholder, brief }) as const;

/** Flags of commands that start runs. */
export const budgetFlags = {
  maxCost: flag(parseUsd, "USD", "Most US dollars of the run: what does not fit waits for you"),
  maxTokens: flag(parseTokens, "N", "Most tokens of the run: 200k, 2M"),
} as const;

export interface BudgetFlags {
  readonly maxCost?: number;
  readonly maxTokens?: number;
}

/** What the flags say of the run. */
export const budgetOfFlags = ({ maxCost, maxTokens }: BudgetFlags): BudgetSpec => ({
  ...(maxCost !== undefined && { usd: maxCost }),
  ...(maxTokens !== undefined && { tokens: maxTokens }),
});

/** Flags that raise limits of a held run; may be given more than once. */
export const raiseFlags = {
  maxCost: {
    ...flag(parseCostRaise, "[STAGE[.ROLE]=]USD", "Raise a limit of the budget, in US dollars"),
    variadic: true,
  },
  maxTokens: {
    ...flag(parseTokenRaise, "[STAGE[.ROLE]=]N", "Raise a limit of the budget, in tokens"),
    variadic: true,
  },
} as const;

export interface RaiseFlags {
  readonly maxCost?: readonly Raise[];
  readonly maxTokens?: readonly Raise[];
}

export const raisesOf = ({ maxCost = [], maxTokens = [] }: RaiseFlags): readonly Raise[] => [
  ...maxCost,
  ...maxTokens,
];
