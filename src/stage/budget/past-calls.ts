import { sumOf } from "./amount.ts";
import type { CallRecord, Ledger, PastCalls, Settlement } from "./ledger.ts";

/** So many of the calls that are over stay as they are, the last ones: what calls come to is looked up there (dry runs). */
const KEPT = 100;

type Settled = CallRecord & { readonly settled: Settlement };

/**
 * The ledger with calls that are over for good summed up, so that it does not grow with the run: what is spent, and what the next call is
 * reckoned by, stays the same. Only for calls that nobody will ever settle again: their step's outcome is journaled.
 */
export function summedUp(
  ledger: Ledger,
  isOver: (call: CallRecord) => boolean,
  kept: number = KEPT,
): Ledger {
  const over = ledger.calls.filter(
    (call): call is Settled => call.settled !== null && isOver(call),
  );
  const old = over.slice(0, Math.max(0, over.length - kept));
  if (old.length === 0) return ledger;
  const past = new Map((ledger.past ?? []).map((each) => [nameOf(each), each]));
  for (const call of old) past.set(nameOf(call), added(past.get(nameOf(call)), call));
  const gone = new Set<CallRecord>(old);
  return {
    ...ledger,
    calls: ledger.calls.filter((call) => !gone.has(call)),
    past: [...past.values()],
  };
}

const nameOf = ({ stage, role, agent }: Pick<PastCalls, "stage" | "role" | "agent">): string =>
  JSON.stringify([stage, role, agent]);

const NONE = { input: null, output: null, microUsd: null };
const ZERO = { tokens: 0, microUsd: 0 };

function added(before: PastCalls | undefined, { stage, role, agent, settled }: Settled): PastCalls {
  const { calls = 0, spent = ZERO, unknown = ZERO, interrupted = 0, most = NONE } = before ?? {};
  const untold = {
    tokens: Number(settled.unknown.includes("tokens")),
    microUsd: Number(settled.unknown.includes("microUsd")),
  };
  return {
    stage,
    role,
    agent,
    calls: calls + 1,
    spent: sumOf([spent, settled]),
    unknown: sumOf([unknown, untold]),
    interrupted: interrupted + Number(settled.starts > 1),
    most: {
      input: larger(most.input, settled.input),
      output: larger(most.output, settled.output),
      microUsd: larger(most.microUsd, untold.microUsd === 1 ? null : settled.microUsd),
    },
  };
}

const larger = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.max(one, other);
