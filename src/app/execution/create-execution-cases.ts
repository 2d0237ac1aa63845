import type { Settings } from "../app-ports.ts";
import { unknownAgent, whereRead } from "../start-run.ts";
import type { ExecutionCases, RunWish } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";
import { openWork } from "./open-work.ts";
import type { CostFacts } from "./preview-cost.ts";
import { projectTests } from "./project-tests.ts";
import { previewRun } from "./preview-run.ts";

/** The use cases about carrying out plans, over ports (PX-05). */
export function createExecutionCases(ports: ExecutionPorts): ExecutionCases {
  return {
    async preview(wish) {
      const read = await ports.settings();
      if (!read.ok) throw read.error;
      const costs = await costsOf(ports, read.value, wish);
      const opened = await openWork(ports, wish.plans);
      const repository = await ports.repositoryState();
      const { execution: settings, workspace } = read.value;
      const tests = await projectTests(ports.documents, settings, workspace);
      return previewRun(opened, wish, { settings, repository, costs, tests });
    },
  };
}

/** Who works on tasks, and what is known of what that costs. Throws AGENT_UNKNOWN. */
async function costsOf(
  ports: ExecutionPorts,
  settings: Settings,
  { agent, budget }: RunWish,
): Promise<CostFacts> {
  const name = agent ?? settings.execution.agent;
  const agents = await ports.agents();
  if (name !== null && !agents.has(name))
    throw unknownAgent(name, [...agents.keys()], whereRead(ports, settings.configFile));
  return {
    agent: name,
    known: name === null ? undefined : settings.costs(name),
    earlier: [],
    limit: { ...settings.budget, ...budget },
  };
}
