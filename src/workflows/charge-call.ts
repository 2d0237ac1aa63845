import type { BudgetFigures } from "../core/budget-figures.ts";
import type { Usage } from "../core/event.ts";
import type { AttemptContext, Steps } from "../ports/engine.ts";
import { usdOf } from "../stage/budget/amount.ts";
import { perCallOf } from "../stage/budget/cap.ts";
import { estimateCall, type CallKind } from "../stage/budget/estimate.ts";
import { limitsMoney, reserve, settle, type CallKey } from "../stage/budget/ledger.ts";
import type { ShortCall } from "../stage/budget/reached.ts";
import { figuresOf, standingOf } from "../stage/budget/standing.ts";
import type { StagePorts } from "./stage-ports.ts";
import { Stopped } from "./stoppable-steps.ts";

/** A call as far as it is charged; a stage's calls and those of tasks are. */
export interface ChargedCall {
  /** Unique in the run. */
  readonly name: string;
  readonly agent: string;
  readonly prompt: string;
  readonly input: {
    readonly stage: string;
    readonly role: { readonly name: string };
    readonly task: CallKind;
    /** Whether anything limits what the run may use; a run that an earlier version began has no such field. */
    readonly budgeted?: boolean;
  };
}

type ChargePorts = Pick<StagePorts, "costs" | "ledgers">;

/** What is journaled of a reservation. */
type Reservation = {
  /** The most that the call may cost, in US dollars; null where money is not limited. */
  readonly maxCostUsd: number | null;
  /** Why it may not be made. */
  readonly short?: ShortCall;
};

const keyOf = ({ name, input, agent }: ChargedCall): CallKey => ({
  call: name,
  stage: input.stage,
  role: input.role.name,
  agent,
});

/**
 * Set aside what the call will use, before it takes a place among the agents (PX-11). Waits while calls in flight may
 * leave enough; throws `Stopped` when they can't, so that the run is held once all of them have ended. Gives the most
 * that the call may cost, if anything limits it.
 */
export async function reserveCall(
  ports: ChargePorts,
  steps: Steps,
  call: ChargedCall,
): Promise<number | null> {
  // A run that an earlier version began has no such field.
  if (call.input.budgeted !== true) return null;
  const { maxCostUsd, short } = await steps.attempt(
    { name: `${call.name}-reserved` },
    async (context): Promise<Reservation> => {
      try {
        return await reservation(ports, steps.runId, call, context.signal);
      } catch (error) {
        // Ended by the run while it waited: nobody will be asked.
        if (context.ended) return { maxCostUsd: null };
        throw error;
      }
    },
  );
  if (!short) return maxCostUsd;
  throw new Stopped({
    code: "BUDGET_REACHED",
    message: "the budget leaves no room for it",
    hint: "Raise what was reached.",
    short,
  });
}

async function reservation(
  ports: ChargePorts,
  runId: string,
  call: ChargedCall,
  signal: AbortSignal,
): Promise<Reservation> {
  const cost = ports.costs(call.agent);
  if (cost.free) return { maxCostUsd: null };
  const key = keyOf(call);
  const promptBytes = new TextEncoder().encode(call.prompt).length;
  const { task } = call.input;
  return ports.ledgers.change<Reservation>(
    runId,
    (ledger) => {
      const need = estimateCall(ledger, { key, task, promptBytes, cost });
      const made = reserve(ledger, key, need);
      if (made.verdict === "wait") return "wait";
      if (made.verdict === "refused") {
        const { shortages } = made;
        return { ledger, value: { maxCostUsd: null, short: { call: key.call, shortages } } };
      }
      // An estimate is no reason to stop an agent; what was said of a call is, and so is the end of the money.
      const said = need.microUsd === "rest" || perCallOf(ledger.caps, key).microUsd !== null;
      const maxCostUsd = said && limitsMoney(ledger, key) ? usdOf(made.reserved.microUsd) : null;
      return { ledger: made.ledger, value: { maxCostUsd } };
    },
    signal,
  );
}

/** What was used is counted also where the run has ended who used it. */
const settling = ({ ended, signal }: AttemptContext): AbortSignal =>
  ended ? new AbortController().signal : signal;

/** What a call used of which nobody can say. */
export const NOT_KNOWN: Usage = {
  inputTokens: "unknown",
  outputTokens: "unknown",
  costUsd: "unknown",
};

/**
 * Settle a call that came to no end, because something stopped it that a person must mend: it is asked again under another
 * name, and a reservation that nobody ever settles would be waited for. What it used by then nobody knows.
 */
export async function abandonCall(
  ports: ChargePorts,
  steps: Steps,
  call: ChargedCall,
): Promise<void> {
  if (call.input.budgeted !== true) return;
  const key = keyOf(call);
  await steps.attempt({ name: `${call.name}-abandoned` }, (context) =>
    ports.ledgers.change(
      steps.runId,
      (ledger) => {
        const open = ledger.calls.some((one) => one.call === key.call && !one.settled);
        const end = { starts: 1, usage: NOT_KNOWN, price: null };
        return { ledger: open ? settle(ledger, key, end) : ledger, value: null };
      },
      settling(context),
    ),
  );
}

/** What is said of a call that was settled. */
export type Charged = {
  /** US dollars by the price of its tokens, where the agent did not say; null where that is not known either. */
  readonly pricedUsd: number | null;
  /** How the run stands then. */
  readonly figures: BudgetFigures;
};

/**
 * Put what the call used in the place of what was reserved: in a step of its own, after what it used was journaled, so
 * that no crash makes it count twice, or not at all.
 */
export async function settleCall(
  ports: ChargePorts,
  steps: Steps,
  call: ChargedCall,
  { usage, starts }: { readonly usage: Usage; readonly starts: number },
): Promise<Charged> {
  const key = keyOf(call);
  return steps.attempt({ name: `${call.name}-settled` }, (context) =>
    ports.ledgers.change<Charged>(
      steps.runId,
      (before) => {
        const { price } = ports.costs(call.agent);
        const ledger = settle(before, key, { starts, usage, price });
        const settled = ledger.calls.find((one) => one.call === key.call)?.settled;
        const priced =
          usage.costUsd === "unknown" && settled && !settled.unknown.includes("microUsd");
        return {
          ledger,
          value: {
            pricedUsd: priced ? usdOf(settled.microUsd) : null,
            figures: figuresOf(standingOf(ledger)[0]),
          },
        };
      },
      settling(context),
    ),
  );
}
