import type { Steps } from "../../ports/engine.ts";
import { sandboxEventsOf, type SandboxOf } from "../../stage/sandbox/sandbox-events.ts";
import type { PlanRunInput } from "../run-plan-input.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import { IMPLEMENTATION_STAGE } from "./task-child.ts";

/** Where the programs of those who work and judge run (AG-04), told before they begin: above all where nothing holds them. */
export async function tellSandboxes(
  { agents }: Pick<PlanRunPorts, "agents">,
  steps: Steps,
  { agent, verifier }: Pick<PlanRunInput, "agent" | "verifier">,
): Promise<void> {
  const events = await steps.attempt({ name: "plan/sandboxes" }, async () => {
    const looked: SandboxOf[] = [];
    for (const name of new Set([agent, verifier])) {
      const state = (await agents.get(name)?.describe())?.sandbox;
      if (state) looked.push({ name, state });
    }
    return sandboxEventsOf(IMPLEMENTATION_STAGE, looked);
  });
  for (const [index, event] of events.entries()) await steps.emit(`plan/sandbox/${index}`, event);
}
