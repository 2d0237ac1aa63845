import type { AgentOutcome } from "../ports/agent.ts";
import type { AttemptContext, PacedPool, Steps } from "../ports/engine.ts";
import { verdictOf } from "../stage/provider-load.ts";
import type { ChargedCall } from "./charge-call.ts";
import type { StagePorts } from "./stage-ports.ts";

/** The pool of the agent's provider, which all workers share; agents without a provider wait for nobody. */
export function pacedBy(
  ports: Pick<StagePorts, "agents" | "providerLimit">,
  agent: string,
): PacedPool | undefined {
  const provider = ports.agents.get(agent)?.provider;
  if (provider === undefined) return undefined;
  return { pool: `provider/${provider}`, limit: ports.providerLimit(provider) };
}

/** Tell how the call went, so that the next ones are as many at once as the provider takes; record what became slower. */
export async function tellLoad(
  ports: Pick<StagePorts, "agents">,
  steps: Steps,
  {
    name,
    agent,
    input,
  }: Pick<ChargedCall, "name" | "agent"> & {
    readonly input: Pick<ChargedCall["input"], "stage">;
  },
  { answer, context }: { readonly answer: AgentOutcome; readonly context: AttemptContext },
): Promise<void> {
  const provider = ports.agents.get(agent)?.provider;
  const verdict = verdictOf(answer.ok ? undefined : answer.error);
  const slowed = provider !== undefined && verdict && (await context.tellLoad(verdict));
  if (!slowed) return;
  const { from, to, closedMs: waitMs } = slowed;
  const because = answer.ok ? "" : answer.error.kind;
  await steps.emit(`${name}/slowed/${context.starts}`, {
    type: "provider-slowed",
    stage: input.stage,
    provider,
    agent,
    from,
    to,
    waitMs,
    because,
  });
}
