import { err } from "../../core/result.ts";
import type { AttemptContext, Steps } from "../../ports/engine.ts";
import {
  abandonCall,
  NOT_KNOWN,
  reserveCall,
  settleCall,
  type Charged,
  type ChargedCall,
} from "../charge-call.ts";
import { keepCopy } from "../keep-copy.ts";
import { pacedBy, tellLoad } from "../provider-pace.ts";
import { Stopped } from "../stoppable-steps.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import {
  attemptFolder,
  NOTHING,
  refused,
  refusedOutside,
  runCoder,
  type Asked,
  type CoderCall,
} from "./run-coder.ts";
import { IMPLEMENTATION_STAGE } from "./task-child.ts";

/** An attempt in the middle of which the process died this often is not begun again; orderly stops do not count. */
const MAX_DEATHS = 3;

/** What is journaled of a call. */
export type CoderEnd = Asked & {
  readonly durationMs: number;
  /** Whether the run ended it. */
  readonly ended: boolean;
  readonly starts: number;
  /** Whether nothing was to be charged for it, whatever the configuration says since; a run that an earlier version began has no such field. */
  readonly free?: boolean;
};

/**
 * Ask an agent to work on a task, or to look at one: its budget is reserved before and settled after, it has a place in the pool of its
 * provider, and stands still no longer than it may. Throws `Stopped` for what only a person can mend.
 */
export async function askCoder(
  ports: PlanRunPorts,
  steps: Steps,
  call: CoderCall,
): Promise<CoderEnd & { readonly charged: Charged | null }> {
  const charged = chargedCall(call);
  const maxCostUsd = await reserveCall(ports, steps, charged);
  try {
    const end = await askAndJournal(ports, steps, call, maxCostUsd);
    const { usage, starts, free = ports.costs(call.child.agent).free } = end;
    return {
      ...end,
      charged: free ? null : await settleCall(ports, steps, charged, { usage, starts }),
    };
  } catch (error) {
    if (error instanceof Stopped) await abandonCall(ports, steps, charged);
    throw error;
  }
}

/** Roles are the same for all tasks, so that what one call used says what the next will. */
const chargedCall = ({ name, child, prompt, contract }: CoderCall): ChargedCall => ({
  name,
  agent: child.agent,
  prompt,
  input: {
    stage: IMPLEMENTATION_STAGE,
    role: { name: contract === "task_report" ? "task" : "verification" },
    task: "work",
    budgeted: child.limits.budgeted,
  },
});

function askAndJournal(
  ports: PlanRunPorts,
  steps: Steps,
  call: CoderCall,
  maxCostUsd: number | null,
): Promise<CoderEnd> {
  const { name, child } = call;
  const { agentLimit } = child.limits;
  return steps.attempt(
    {
      name,
      limits:
        agentLimit === null ? [] : [{ pool: "agents", limit: agentLimit, scope: "everywhere" }],
      paced: pacedBy(ports, child.agent),
    },
    async (context): Promise<CoderEnd> => {
      const startedAt = ports.clock.now();
      // Before the clone is readied for the next one, and also where there is none: who died may have left an agent at work in it.
      const outputFolder = await ports.artifacts.runFolder(steps.runId, attemptFolder(name));
      await ports.endLeftovers(outputFolder);
      const pointless = whyNotAsked(context);
      const asked =
        pointless ?? (await runCoder(ports, steps.runId, { call, context, maxCostUsd }));
      // Cut short by a drain, a cancel or a takeover: no outcome, so that it is asked again.
      if (!context.ended) context.signal.throwIfAborted();
      if (!pointless) await tellCall(ports, steps, call, { asked, context });
      const { outcome, said } = asked;
      await keepCopy(ports, steps.runId, name, {
        [outcome.ok ? "answer" : "failure"]: outcome.ok ? (outcome.value ?? said) : outcome.error,
      });
      return {
        ...asked,
        durationMs: ports.clock.now() - startedAt,
        ended: context.ended,
        starts: context.starts,
        free: ports.costs(child.agent).free,
      };
    },
  );
}

async function tellCall(
  ports: PlanRunPorts,
  steps: Steps,
  { name, child }: CoderCall,
  { asked, context }: { readonly asked: Asked; readonly context: AttemptContext },
): Promise<void> {
  const { outcome, usage, outputBytes } = asked;
  const answer = outcome.ok
    ? { ok: true as const, value: { value: null, usage, outputBytes } }
    : err({ ...outcome.error, usage, outputBytes });
  const told = { name, agent: child.agent, input: { stage: IMPLEMENTATION_STAGE } };
  await tellLoad(ports, steps, told, { answer, context });
}

function whyNotAsked(context: AttemptContext): Asked | undefined {
  if (context.ended) return refused("canceled", "the run ended it before it began", NOTHING);
  if (context.starts <= MAX_DEATHS) return undefined;
  return refusedOutside(
    "crashed",
    `the process died ${MAX_DEATHS} times in the middle of this attempt`,
    NOT_KNOWN,
  );
}
