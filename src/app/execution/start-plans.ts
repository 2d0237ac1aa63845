import { isWork } from "../../plan/graph/model.ts";
import { stateOfTask } from "../../execution/run-state.ts";
import { isFinished } from "../../execution/task-state.ts";
import { RUN_PLAN, type PlanRunInput } from "../../workflows/run-plan-input.ts";
import type { Settings } from "../app-ports.ts";
import { playersOfWork } from "../players-of-run.ts";
import { refuseInsideAttempt } from "../refuse-inside-attempt.ts";
import { namedAgent, readyAgent } from "./choose-agent.ts";
import { checkTarget } from "./check-target.ts";
import { checkWish } from "./check-wish.ts";
import { chosenInput } from "./chosen-input.ts";
import type { RunWish, StartedPlans, StartWish } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";
import { openWork, type OpenWork } from "./open-work.ts";
import { capsFor } from "./plan-caps.ts";
import { projectTests } from "./project-tests.ts";
import { refuseClaimed } from "./refuse-claimed.ts";
import { refuseUnlanded, unlandedRuns, unlandedWork } from "./unlanded-work.ts";

/**
 * Validate everything that a run of plans needs to begin before anything is started, then start it (PX-05). Throws what previewing can,
 * besides AGENT_NOT_INSTALLED, SANDBOX_UNAVAILABLE, BUDGET_PRICE_UNKNOWN, PLAN_CLAIMED, GATE_INSIDE_ATTEMPT.
 */
export async function startPlans(ports: ExecutionPorts, wish: StartWish): Promise<StartedPlans> {
  await refuseInsideAttempt(ports);
  const read = await ports.settings();
  if (!read.ok) throw read.error;
  const settings = read.value;
  checkWish(wish, settings.execution);
  const opened = await openWork(ports, wish.plans);
  const files = opened.parts.map(({ open }) => open.head.file);
  if (isDone(opened))
    return { runId: null, done: files, unlanded: await unlandedRuns(ports, opened) };
  const agents = await agentsFor(ports, settings, wish);
  const { commit } = await ports.repositoryState();
  const target = await checkTarget(ports, wish, commit);
  const caps = capsFor(settings, wish, agents);
  const tests = await projectTests(ports.documents, settings.execution, settings.workspace);
  // Before its engine is opened: of several that are the first at once, all then work for the same one.
  await ports.beginProject();
  const engine = await ports.engine();
  await refuseClaimed(engine, files);
  refuseUnlanded(await unlandedWork(ports, opened, commit));
  if (wish.detach !== true) await ports.warnUnprotected(playersOfWork(agents));
  const runId = ports.newRunId(opened.parts.map(({ name }) => name).join(" "));
  await engine.start({
    runId,
    workflow: RUN_PLAN,
    subject: files.join(" "),
    input: {
      plans: opened.parts.map(({ name, open }) => ({ name, file: open.head.file })),
      ...chosenInput(settings, wish, { agents, tests }),
      base: commit,
      branch: `refs/heads/wavegate/${runId}`,
      target: target && target.ref,
      caps,
    } satisfies PlanRunInput,
    where: wish.detach === true ? "any-worker" : "here",
  });
  if (wish.detach !== true) ports.onRun(runId);
  return { runId };
}

export const isDone = ({ work, before }: OpenWork): boolean =>
  work.graph.nodes.every((node) => !isWork(node) || isFinished(stateOfTask(before, node.key)));

/** Who works on tasks, and who judges prose; both there. */
async function agentsFor(
  ports: ExecutionPorts,
  settings: Settings,
  wish: RunWish,
): Promise<{ readonly agent: string; readonly verifier: string }> {
  const agent = await namedAgent(ports, settings, wish);
  if (agent.name === undefined) throw agent.error;
  const verifier = settings.execution.verifier ?? agent.name;
  for (const name of new Set([agent.name, verifier])) await readyAgent(ports, settings, name);
  return { agent: agent.name, verifier };
}
