import { WavegateError } from "../core/error.ts";
import type { FilePlace } from "../core/place.ts";
import { err, ok, type Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import type { Agent } from "../ports/agent.ts";
import { DISCOVERY } from "../stage/built-in/discovery.ts";
import { capsOf, type Cap } from "../stage/budget/cap.ts";
import { PRICE_HINT, unpricedAgents } from "../stage/budget/unpriced.ts";
import { isPreset } from "../stage/agents/command-definition.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { Adapting, AdaptSettings } from "../stage/rules/adapting.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import type { WorkPart } from "../stage/work-part.ts";
import type { ImplementationInput } from "../workflows/implement-work.ts";
import type { RunInput } from "../workflows/run-stages.ts";
import { sandboxRefusal } from "./check-sandboxes.ts";
import { playersOfStages } from "./players-of-run.ts";
import { refuseInsideAttempt } from "./refuse-inside-attempt.ts";
import { warmAgents } from "./warm-agents.ts";
import type { StageRequest } from "./app.ts";
import type { AppPorts, Settings } from "./app-ports.ts";
import { readPlannableSpec } from "./read-spec.ts";
import { inputsUnmet, requirementsOf } from "./stage-requirements.ts";

/** Which stages a run passes, in order, and by what name people know it. */
export interface RunPlan {
  readonly workflow: "run-stage" | "complete";
  /** By name: built-in ones, or those of the configuration. */
  readonly stages: readonly [string, ...string[]];
  /** Waited for before one of them; null for none. */
  readonly work: WorkPart | null;
  /** How agents carry that work out; without it people do. */
  readonly implementation?: ImplementationInput;
}

/** Validate everything that a run needs to begin before anything is started, then start it (WF-01). */
export async function startRun(
  ports: AppPorts,
  { workflow, stages: names, work, implementation }: RunPlan,
  request: StageRequest,
): Promise<Result<string, WavegateError>> {
  await refuseInsideAttempt(ports);
  const settings = await ports.settings();
  if (!settings.ok) return settings;
  const unknown = names.find((name) => !settings.value.stageNames.includes(name));
  if (unknown !== undefined) return err(unknownStage(unknown, settings.value.stageNames));
  const read = await readPlannableSpec(ports.documents, request.spec);
  if (!read.ok) return read;
  const stages = names.map((name) => settings.value.stage(name, request));
  const cast = await castAvailable(ports, stages, settings.value);
  if (!cast.ok) return cast;
  const limited = limitsOf(stages, settings.value, request);
  if (!limited.ok) return limited;
  const report = read.value;
  for (const stage of stages) {
    const unsafe = await sandboxRefusal(await ports.agents(), stage, settings.value.agentPlaces);
    if (unsafe) return err(unsafe);
  }
  if (!request.detach) await ports.warnUnprotected(playersOfStages(stages, implementation));
  const [first] = stages;
  const required = first && (await requirementsOf(ports, first, report));
  if (first && required && required.problems.length > 0)
    return err(inputsUnmet(first, required.problems));
  await ports.artifacts.put(report.file, report.text);
  const { agentLimit } = settings.value;
  const subject = { path: report.file, digest: report.digest };
  const engine = await ports.engine();
  const runId = ports.newRunId(report.spec.branch ?? report.spec.title);
  await engine.start({
    runId,
    workflow,
    subject: report.file,
    input: {
      subject,
      stages,
      work,
      ...(implementation && { implementation }),
      agentLimit,
      refresh: request.refresh ?? false,
      ...(limited.value.length > 0 && { caps: limited.value }),
      adapting: adaptingOf(workflow, names, settings.value.adapting, request),
    } satisfies RunInput,
    where: request.detach ? "any-worker" : "here",
  });
  return ok(runId);
}

/** What rules will work from: what the request wants goes before the configuration. */
export function adaptingOf(
  workflow: RunPlan["workflow"],
  names: RunPlan["stages"],
  settings: AdaptSettings,
  request: Pick<StageRequest, "scores" | "resources" | "implementation" | "concurrency">,
): Adapting {
  const said = request.resources;
  return {
    workflow: workflow === "complete" ? "complete" : "stage",
    scores: { configuration: settings.scores, commandLine: request.scores ?? {} },
    rules: settings.rules,
    discovery: names.length === 1 && names[0] === DISCOVERY.name ? "asked" : "by-rules",
    implementation: request.implementation ?? null,
    resources:
      said === undefined
        ? { mode: settings.resources, from: "configuration" }
        : { mode: said, from: "command line" },
    stated: Object.fromEntries(
      names.map((name) => {
        const stated = settings.stated(name);
        return [
          name,
          { ...stated, concurrency: stated.concurrency || request.concurrency !== undefined },
        ];
      }),
    ),
  };
}

/** What the run may use. Where money is limited, all who play must have a price, or say what they cost. */
function limitsOf(
  stages: readonly StageSpec[],
  { budget, costs, agentPlaces }: Settings,
  request: StageRequest,
): Result<readonly Cap[], WavegateError> {
  const caps = capsOf({ ...budget, ...request.budget }, stages);
  const [unpriced] = unpricedAgents(caps, stages, costs);
  if (!unpriced) return ok(caps);
  const { agent, scope } = unpriced;
  const place = agentPlaces[agent];
  return err(
    new WavegateError(
      "BUDGET_PRICE_UNKNOWN",
      `Money is limited for ${scope}, but what ${oneLine(agent, 60)} costs is not known: it doesn't say, and has no price.`,
      { hint: PRICE_HINT, ...(place && { place }) },
    ),
  );
}

const rolesOf = ({ roles, reviewer, synthesizer, qa }: StageSpec) => [
  ...roles,
  reviewer,
  synthesizer,
  qa,
];

/** Every role has an agent that is there, or a fallback that is. */
async function castAvailable(
  ports: AppPorts,
  stages: readonly StageSpec[],
  { agentPlaces, configFile }: Settings,
): Promise<Result<null, WavegateError>> {
  const agents = await ports.agents();
  for (const stage of stages) warmAgents(agents, stage);
  const looked = new Map<Agent, WavegateError | undefined>();
  // Once for each agent, however many roles it plays: looking may start its program.
  const missingOf = async (agent: Agent) => {
    if (!looked.has(agent)) looked.set(agent, await whyMissing(agent, agentPlaces[agent.name]));
    return looked.get(agent);
  };
  for (const role of stages.flatMap(rolesOf)) {
    const agent = agents.get(role.agent);
    if (!agent)
      return err(unknownAgent(role.agent, [...agents.keys()], whereRead(ports, configFile)));
    const missing = await missingOf(agent);
    const fallback = role.fallback === undefined ? undefined : agents.get(role.fallback);
    if (missing && (!fallback || (await missingOf(fallback)))) return err(missing);
  }
  return ok(null);
}

export async function whyMissing(
  agent: Agent,
  place?: FilePlace,
): Promise<WavegateError | undefined> {
  const { name, availability } = await agent.describe();
  if (availability.available) return undefined;
  return new WavegateError(
    "AGENT_NOT_INSTALLED",
    `Agent ${name} cannot run: ${availability.reason}`,
    {
      hint: availability.hint,
      ...(place && { place }),
    },
  );
}

function unknownStage(name: string, known: readonly string[]): WavegateError {
  const near = nearestName(name, known);
  return new WavegateError("USAGE", `No stage is named "${oneLine(name, 60)}".`, {
    hint: near
      ? `Did you mean ${near}?`
      : `Use one of: ${known.join(", ")}; or add it under stages in the configuration.`,
  });
}

/** No agent of this name, with those that there are. */
export const unknownAgent = (name: string, known: readonly string[], where: string) =>
  new WavegateError("AGENT_UNKNOWN", `No agent is named "${oneLine(name, 60)}".`, {
    hint: isPreset(name)
      ? `Add it in ${where}: agents: { ${name}: { preset: ${name} } }`
      : `Use one of: ${known.join(", ")}; or add it under agents in ${where}.`,
  });

/** Which configuration was read, so that who wrote another one sees it. */
export const whereRead = (
  { project }: Pick<AppPorts, "project">,
  configFile: string | null,
): string =>
  configFile === null
    ? `a wavegate.config.yaml in ${oneLine(project, 200)}, where none was found`
    : oneLine(`${project}/${configFile}`, 200);
