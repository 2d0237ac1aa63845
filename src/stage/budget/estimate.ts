import type { TaskKind } from "../task-kind.ts";
import type { AgentCost } from "./agent-cost.ts";
import { perCallOf } from "./cap.ts";
import type { CallKey, Ledger, Need, PastCalls } from "./ledger.ts";

/**
 * Bytes of UTF-8 that a token stands for at least. English prose has about 4 to a token, source code and JSON about 3,
 * Chinese and Japanese 3 or more, digests in hex 2 to 2.5: half the bytes is above all of them.
 */
export const BYTES_PER_TOKEN = 2;

/** What a call is for: a role of a stage, or a task of a plan that an agent works on. */
export type CallKind = TaskKind | "work";

/** Tokens of an answer, where no earlier call of the role is known: an assumption, above answers of ordinary length. */
export const EXPECTED_OUTPUT: Readonly<Record<CallKind, number>> = {
  analysis: 8_000,
  review: 8_000,
  synthesis: 32_000,
  qa: 8_000,
  work: 64_000,
};

/** How much more than the largest earlier call the next one may use. */
const MARGIN = 1.25;

export interface Question {
  readonly key: CallKey;
  readonly task: CallKind;
  readonly promptBytes: number;
  readonly cost: AgentCost;
}

/**
 * What a call will use at most, as far as that can be said before it is made: what the configuration says of a call; else
 * what earlier calls of the role used, and a quarter more; else its requests, each with the whole prompt, and an answer.
 * Money is never guessed: without a price and an earlier call it is all that is left.
 */
export function estimateCall(ledger: Ledger, { key, task, promptBytes, cost }: Question): Need {
  const said = perCallOf(ledger.caps, key);
  const request = Math.ceil((promptBytes + cost.requestBytes) / BYTES_PER_TOKEN);
  const earlier = settledOf(
    ledger,
    (call) => call.stage === key.stage && call.role === key.role,
    key,
  );
  const input = more(earlier.map((one) => one.input)) ?? request * cost.requests;
  const output = more(earlier.map((one) => one.output)) ?? EXPECTED_OUTPUT[task];
  const tokens = Math.max(input, request) + output;
  return {
    tokens: said.tokens ?? tokens,
    microUsd: said.microUsd ?? moneyOf(ledger, { key, cost, earlier, request, output }),
  };
}

function moneyOf(
  ledger: Ledger,
  {
    key,
    cost: { price, requests },
    earlier,
    request,
    output,
  }: Pick<Question, "key" | "cost"> & {
    readonly earlier: readonly Figures[];
    readonly request: number;
    readonly output: number;
  },
): number | "rest" {
  const paid = more(earlier.map(costOf));
  if (!price) return paid ?? more(settledOf(ledger, () => true, key).map(costOf)) ?? "rest";
  const { input, cacheRead, cacheWrite } = price;
  // The first request is read anew; those after it repeat it, which caches of prompts serve where there are any.
  const first = request * Math.max(input, cacheWrite ?? 0) + output * price.output;
  const again = (requests - 1) * request * (cacheRead ?? input);
  return paid ?? Math.ceil(first + again);
}

const costOf = ({ microUsd }: Figures) => microUsd;

/** What a call used, or of calls that are summed up the largest; null where nobody said. */
type Figures = PastCalls["most"];

/** What calls of this agent came to. */
const settledOf = (
  { calls, past = [] }: Ledger,
  wanted: (call: Omit<CallKey, "call">) => boolean,
  { agent }: CallKey,
): readonly Figures[] => [
  ...calls
    .filter((call) => call.agent === agent && wanted(call))
    .flatMap(({ settled }) =>
      settled
        ? [{ ...settled, microUsd: settled.unknown.includes("microUsd") ? null : settled.microUsd }]
        : [],
    ),
  ...past.filter((each) => each.agent === agent && wanted(each)).map(({ most }) => most),
];

/** A quarter more than the largest that is known; undefined where none is. Calls that used nothing were none. */
function more(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null && value > 0);
  return known.length === 0 ? undefined : Math.ceil(Math.max(...known.map(Number)) * MARGIN);
}
