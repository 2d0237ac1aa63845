import type { Usage } from "../../core/event.ts";
import { microOf, NOTHING, sumOf, UNITS, type Amount, type Unit } from "./amount.ts";
import { covers, sameScope, type BudgetScope, type Cap } from "./cap.ts";
import { priceOf, type Price } from "./price.ts";

/** Who asks, and under which name: that of the call, unique in the run. */
export type CallKey = {
  readonly call: string;
  readonly stage: string;
  readonly role: string;
  readonly agent: string;
};

/** What a call came to. */
export type Settlement = Amount & {
  /** How often it was begun: 1 + how many processes died in it. What it had used by then nobody knows. */
  readonly starts: number;
  /** Units that nobody said: they stand at what was reserved. */
  readonly unknown: readonly Unit[];
  /** Tokens as reported; null where nobody said. */
  readonly input: number | null;
  readonly output: number | null;
};

export type CallRecord = CallKey & {
  readonly reserved: Amount;
  /** Null while it is reserved: also when nobody works on it, because a process died, until it is begun again and ends. */
  readonly settled: Settlement | null;
};

/** Calls of an agent in a role that are over for good, summed up (`past-calls.ts`). */
export type PastCalls = Omit<CallKey, "call"> & {
  readonly calls: number;
  readonly spent: Amount;
  /** Of how many nobody said what they used. */
  readonly unknown: Amount;
  /** How many a process died in. */
  readonly interrupted: number;
  /** What the largest of them used; null where nobody said of any. */
  readonly most: { readonly [figure in "input" | "output" | "microUsd"]: number | null };
};

/** What a run may use, has used and is using. A value: every change gives the next one. */
export type Ledger = {
  readonly caps: readonly Cap[];
  readonly calls: readonly CallRecord[];
  /** What is no longer among `calls`. */
  readonly past?: readonly PastCalls[];
};

export const EMPTY_LEDGER: Ledger = { caps: [], calls: [] };

/** What a call will use at most as far as anybody can say; `rest`: nobody can, so all that is left. */
export type Need = { readonly tokens: number; readonly microUsd: number | "rest" };

/** Why a call may not be made: what it needs is more than what is left in this scope. */
export type Shortage = BudgetScope & {
  readonly unit: Unit;
  readonly cap: number;
  readonly spent: number;
  readonly reserved: number;
  /** What the call needs; null where nobody can say. */
  readonly need: number | null;
};

export type Verdict =
  | { readonly verdict: "granted"; readonly ledger: Ledger; readonly reserved: Amount }
  /** Calls in flight may use less than was reserved for them: look again when one is settled. */
  | { readonly verdict: "wait" }
  | { readonly verdict: "refused"; readonly shortages: readonly Shortage[] };

/** What was used and is reserved in a scope. */
export function usedIn(
  { calls, past = [] }: Ledger,
  scope: BudgetScope,
): { readonly spent: Amount; readonly reserved: Amount } {
  const within = calls.filter((call) => covers(scope, call));
  return {
    spent: sumOf([
      ...within.map(({ settled }) => settled ?? NOTHING),
      ...past.filter((each) => covers(scope, each)).map(({ spent }) => spent),
    ]),
    reserved: sumOf(within.map(({ settled, reserved }) => (settled ? NOTHING : reserved))),
  };
}

/**
 * Reserve what a call needs before it is made (PX-11): only if what was spent and is reserved leaves that much, in every
 * scope that the call counts in. A call that was reserved before, and is replayed, is reserved once.
 */
export function reserve(ledger: Ledger, key: CallKey, need: Need): Verdict {
  const before = ledger.calls.find(({ call }) => call === key.call);
  if (before) return { verdict: "granted", ledger, reserved: before.reserved };
  const limits = limitsOn(ledger, key);
  const judged = limits.map((limit) => judge(limit, need[limit.unit]));
  const shortages = limits.flatMap((limit, index) =>
    judged[index] === "refused" ? [shortage(limit, need[limit.unit])] : [],
  );
  if (shortages.length > 0) return { verdict: "refused", shortages };
  if (judged.includes("wait")) return { verdict: "wait" };
  const left = limits.flatMap((limit) => (limit.unit === "microUsd" ? [leftOf(limit)] : []));
  const microUsd =
    need.microUsd === "rest" ? (left.length === 0 ? 0 : Math.min(...left)) : need.microUsd;
  const reserved = { tokens: need.tokens, microUsd };
  const record = { ...key, reserved, settled: null };
  return { verdict: "granted", ledger: withCall(ledger, record), reserved };
}

/** A unit of a scope that is limited, with what is used of it. */
type Limit = Omit<Shortage, "need">;

const limitsOn = (ledger: Ledger, key: CallKey): readonly Limit[] =>
  ledger.caps
    .filter((cap) => covers(cap, key))
    .flatMap((cap) => {
      const { spent, reserved } = usedIn(ledger, cap);
      return UNITS.flatMap((unit) => {
        const { [unit]: most, stage, role } = cap;
        if (most === null) return [];
        return [{ stage, role, unit, cap: most, spent: spent[unit], reserved: reserved[unit] }];
      });
    });

const leftOf = ({ cap, spent, reserved }: Limit): number => cap - spent - reserved;

function judge(limit: Limit, need: number | "rest"): Verdict["verdict"] {
  const unspent = limit.cap - limit.spent;
  // Who can't say what it needs has all that is left, and so nobody beside it.
  if (need === "rest") return unspent <= 0 ? "refused" : limit.reserved > 0 ? "wait" : "granted";
  if (need <= leftOf(limit)) return "granted";
  return need <= unspent ? "wait" : "refused";
}

const shortage = (limit: Limit, need: number | "rest"): Shortage => ({
  ...limit,
  need: need === "rest" ? null : need,
});

const withCall = (ledger: Ledger, record: CallRecord): Ledger => ({
  ...ledger,
  calls: [...ledger.calls.filter(({ call }) => call !== record.call), record],
});

/** Whether money is limited where the call counts. */
export const limitsMoney = ({ caps }: Ledger, key: CallKey): boolean =>
  caps.some((cap) => cap.microUsd !== null && covers(cap, key));

/** Put what a call used in the place of what was reserved for it. Settled again, it counts once. */
export function settle(
  ledger: Ledger,
  key: CallKey,
  end: { readonly starts: number; readonly usage: Usage; readonly price: Price | null },
): Ledger {
  const before = ledger.calls.find(({ call }) => call === key.call);
  const reserved = before?.reserved ?? NOTHING;
  return withCall(ledger, { ...key, reserved, settled: settlementOf(reserved, end) });
}

const known = (value: number | "unknown"): number | null => (value === "unknown" ? null : value);

/** What was reported; money also by the price of the tokens; what nobody said stands at what was reserved, never at 0. */
function settlementOf(
  reserved: Amount,
  { starts, usage, price }: Parameters<typeof settle>[2],
): Settlement {
  const [input, output] = [known(usage.inputTokens), known(usage.outputTokens)];
  const said = (input ?? 0) + (output ?? 0);
  const priced = price ? priceOf(usage, price) : undefined;
  const cost = usage.costUsd === "unknown" ? priced : microOf(usage.costUsd);
  const untold = input === null || output === null;
  return {
    starts,
    tokens: untold ? Math.max(said, reserved.tokens) : said,
    microUsd: cost ?? reserved.microUsd,
    unknown: [
      ...(untold ? ["tokens" as const] : []),
      ...(cost === undefined ? ["microUsd" as const] : []),
    ],
    input,
    output,
  };
}

/** A limit that a person raises. */
export type Raise = BudgetScope & { readonly unit: Unit; readonly to: number };

/** Why a raise is none; undefined if it is one. */
export function raiseProblem(
  { caps }: Ledger,
  raise: Raise,
): "no such cap" | "not more" | undefined {
  const now = caps.find((cap) => sameScope(cap, raise))?.[raise.unit] ?? null;
  if (now === null) return "no such cap";
  return raise.to > now ? undefined : "not more";
}

/** Raise caps that there are; one that is not above what holds changes nothing. */
export const raiseCaps = (ledger: Ledger, raises: readonly Raise[]): Ledger => ({
  ...ledger,
  caps: raises.reduce<readonly Cap[]>(
    (caps, raise) =>
      raiseProblem({ ...ledger, caps }, raise) !== undefined
        ? caps
        : caps.map((cap) => (sameScope(cap, raise) ? { ...cap, [raise.unit]: raise.to } : cap)),
    ledger.caps,
  ),
});
