import { WavegateError } from "../../core/error.ts";
import type { ImplementationInput } from "../../workflows/implement-work.ts";
import type { AppPorts } from "../app-ports.ts";
import type { CompleteRequest } from "../app.ts";
import { namedAgent, readyAgent } from "./choose-agent.ts";
import { chosenInput } from "./chosen-input.ts";
import { capsFor } from "./plan-caps.ts";
import { projectTests } from "./project-tests.ts";

/** S2 §7, implementation = phased: validation per phase, checkpoints often, ways back. */
const PHASED = { gates: "proven", checkpoints: "task" } as const;

/**
 * How a run of all stages carries out the plan that it makes (PR-04): by the agent of the configuration, else by the only one that can change
 * files. Undefined where there is none: then people do, and the run waits for them. Throws AGENT_UNKNOWN, AGENT_NOT_INSTALLED,
 * SANDBOX_UNAVAILABLE for one that the configuration names, and BUDGET_PRICE_UNKNOWN.
 */
export async function chooseImplementation(
  ports: Pick<AppPorts, "settings" | "agents" | "project" | "documents">,
  { implementation, budget }: Pick<CompleteRequest, "implementation" | "budget">,
): Promise<ImplementationInput | undefined> {
  const read = await ports.settings();
  if (!read.ok) throw read.error;
  const settings = read.value;
  const { name } = await namedAgent(ports, settings, {});
  if (name === undefined) return undefined;
  const verifier = settings.execution.verifier ?? name;
  const agents = { agent: name, verifier };
  try {
    for (const each of new Set([name, verifier])) await readyAgent(ports, settings, each);
  } catch (error) {
    // One that nobody named for it, and that can't: people do the work.
    if (settings.execution.agent === null && error instanceof WavegateError) return undefined;
    throw error;
  }
  capsFor(settings, { ...(budget && { budget }) }, agents);
  const tests = await projectTests(ports.documents, settings.execution, settings.workspace);
  const wish = implementation === "phased" ? PHASED : {};
  return chosenInput(settings, wish, { agents, tests });
}
