import { testCommandOf } from "../../execution/project-tests.ts";
import type { Settings } from "../app-ports.ts";
import { checkTarget } from "./check-target.ts";
import { checkWish } from "./check-wish.ts";
import { namedAgent } from "./choose-agent.ts";
import type { ExecutionCases, RunWish } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";
import { earlierCalls } from "./earlier-calls.ts";
import { knownBaseTests } from "./known-base-tests.ts";
import { landRun } from "./land-run.ts";
import { openWork } from "./open-work.ts";
import type { CostFacts } from "./preview-cost.ts";
import { refuseClaimed } from "./refuse-claimed.ts";
import { projectTests } from "./project-tests.ts";
import { previewRun } from "./preview-run.ts";
import { isDone, startPlans } from "./start-plans.ts";
import { tellPlanRun } from "./tell-plan-run.ts";
import { refuseUnlanded, unlandedRuns, unlandedWork } from "./unlanded-work.ts";
import { whyApart } from "./why-apart.ts";

/** The use cases about carrying out plans, over ports (PX-05). */
export function createExecutionCases(ports: ExecutionPorts): ExecutionCases {
  return {
    whyApart: (history) => whyApart(ports, history),
    bring: (commits) => ports.bringCommits(commits),
    async preview(wish) {
      const read = await ports.settings();
      if (!read.ok) throw read.error;
      checkWish(wish, read.value.execution);
      const costs = await costsOf(ports, read.value, wish);
      const opened = await openWork(ports, wish.plans);
      const repository = await ports.repositoryState();
      const { execution: settings, workspace } = read.value;
      const unlanded = await unlandedRuns(ports, opened);
      if (unlanded.length > 0 && !isDone(opened)) {
        await refuseClaimed(
          await ports.engine(),
          opened.parts.map(({ open }) => open.head.file),
        );
        refuseUnlanded(await unlandedWork(ports, opened, repository.commit));
      }
      const tests = await projectTests(ports.documents, settings, workspace);
      const target = await checkTarget(ports, wish, repository.commit);
      const base = await knownBaseTests(ports, repository.commit, testCommandOf(tests));
      const facts = { settings, repository, costs, tests, target, base, unlanded };
      return previewRun(opened, wish, facts);
    },
    start: (wish) => startPlans(ports, wish),
    tell: (wish) => tellPlanRun(ports, wish),
    land: (wish) => landRun(ports, wish),
  };
}

/** Who works on tasks, and what is known of what that costs. Throws AGENT_UNKNOWN. */
async function costsOf(
  ports: ExecutionPorts,
  settings: Settings,
  wish: RunWish,
): Promise<CostFacts> {
  const named = await namedAgent(ports, settings, wish);
  const { name = null } = named;
  const known = name === null ? undefined : settings.costs(name);
  const asked = name !== null && known?.free !== true;
  const earlier = asked ? await earlierCalls(ports, name) : { calls: [] };
  return {
    agent: name,
    ...(named.name === undefined && { unnamed: named.error.hint }),
    known,
    earlier: earlier.calls,
    ...(earlier.problem !== undefined && { problem: earlier.problem }),
    limit: { ...settings.budget, ...wish.budget },
  };
}
