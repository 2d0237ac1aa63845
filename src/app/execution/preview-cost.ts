import { oneLine } from "../../core/text.ts";
import { seededRandom, type Random } from "../../core/random.ts";
import type { PreviewCheck, PreviewCost } from "../../execution/preview/run-preview.ts";
import type { AgentCost } from "../../stage/budget/agent-cost.ts";
import type { BudgetSpec } from "../../stage/budget/budget-spec.ts";
import { PRICE_HINT } from "../../stage/budget/unpriced.ts";

/** What one earlier call of the agent on a task came to; null where it was not told. */
export interface EarlierCall {
  readonly usd: number | null;
  readonly tokens: number | null;
}

/** What is known of what agents cost. */
export interface CostFacts {
  /** Who works on tasks; null where nobody is named. */
  readonly agent: string | null;
  /** What to do about that. */
  readonly unnamed?: string;
  readonly known: AgentCost | undefined;
  /** Of earlier runs of the project. */
  readonly earlier: readonly EarlierCall[];
  /** Why earlier runs could not be looked at, if so. */
  readonly problem?: string;
  readonly limit: BudgetSpec;
}

/** So many sums of calls are drawn from earlier ones; from the tenth to the ninetieth percentile is the range. */
const SUMS = 500;
const [LOW, HIGH] = [0.1, 0.9] as const;

/** What a run may cost, from what earlier calls on tasks came to. Where nothing is known, it says so. */
export function previewCost(
  left: { readonly tasks: number },
  checks: readonly PreviewCheck[],
  { agent, known, earlier, problem, limit, retries }: CostFacts & { readonly retries: number },
): PreviewCost {
  // prose of one verification is judged in one call
  const judged = new Set(checks.flatMap(({ key, command }) => (command === null ? [key] : [])))
    .size;
  const calls = {
    least: left.tasks + judged,
    most: left.tasks * (1 + retries) + judged * (1 + retries),
  };
  const limits = { usd: limit.usd ?? null, tokens: limit.tokens ?? null };
  const told = (
    basis: string,
    range: Partial<Pick<PreviewCost, "usd" | "tokens">> = {},
  ): PreviewCost => ({ agent, calls, usd: null, tokens: null, ...range, basis, limit: limits });
  if (known?.free === true) return told("It uses no tokens.", { usd: NOTHING, tokens: NOTHING });
  const usd = rangeOf(earlier, ({ usd: each }) => each, calls.least);
  const tokens = rangeOf(earlier, ({ tokens: each }) => each, calls.least);
  if (usd || tokens)
    return told(
      `From ${counted(earlier.length, "earlier call")} on tasks of this project; four fifths of such runs are between.`,
      { usd: usd ?? null, tokens: tokens ?? null },
    );
  const { callUsd } = limit;
  if (callUsd !== undefined)
    return told(`The configuration takes a call to use at most $${callUsd}.`, {
      usd: { low: 0, high: calls.most * callUsd },
    });
  return told(
    problem === undefined
      ? whyUnknown(agent, known)
      : `Not known: earlier runs can't be looked at. ${oneLine(problem, 200)}`,
  );
}

const NOTHING = { low: 0, high: 0 } as const;

function whyUnknown(agent: string | null, known: AgentCost | undefined): string {
  if (agent === null) return "Not known: no agent is named that works on tasks.";
  if (known?.price)
    return "Not known yet: it has a price, but no run of this project has shown how many tokens a task takes.";
  if (known?.reportsCost === true)
    return "Not known yet: it says what its calls cost, and none of them on a task is recorded here.";
  return `Not known: it doesn't say what it costs, and has no price. ${PRICE_HINT}`;
}

function rangeOf(
  earlier: readonly EarlierCall[],
  of: (call: EarlierCall) => number | null,
  calls: number,
): PreviewCost["usd"] | undefined {
  const known = earlier.map(of).filter((each) => each !== null);
  if (known.length === 0 || known.length < earlier.length) return undefined;
  const random = seededRandom(calls);
  const sums = Array.from({ length: SUMS }, () => drawnSum(known, calls, random)).toSorted(
    (a, b) => a - b,
  );
  const percentile = (share: number) => sums[Math.max(0, Math.ceil(SUMS * share) - 1)] ?? 0;
  return { low: percentile(LOW), high: percentile(HIGH) };
}

function drawnSum(known: readonly number[], calls: number, random: Random): number {
  let sum = 0;
  for (let call = 0; call < calls; call++) sum += known[Math.floor(random() * known.length)] ?? 0;
  return sum;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
