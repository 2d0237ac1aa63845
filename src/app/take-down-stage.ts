import type { AdaptStage } from "../stage/adapt-stage.ts";
import { DISCOVERY } from "../stage/built-in/discovery.ts";
import { circumstancesOf } from "../stage/rules/adapting.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import type { TakeDown, TakeDownRequest, TakenDown } from "../workflows/take-down.ts";
import type { CheckReport } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { approvalsOf } from "./approvals.ts";
import { readPlannableSpec } from "./read-spec.ts";
import { stageInput } from "./stage-input.ts";
import { scoreSpec } from "./score-spec.ts";
import { sandboxEvents } from "./check-sandboxes.ts";
import { warmAgents } from "./warm-agents.ts";
import { inputsUnmet, requirementsOf } from "./stage-requirements.ts";

type TakeDownPorts = Pick<
  AppPorts,
  | "agents"
  | "artifacts"
  | "dependencyAudit"
  | "documents"
  | "engine"
  | "files"
  | "machine"
  | "project"
  | "repository"
>;

/** How stages of this project are taken down. Each throws what the same command line would be refused with. */
export const createTakeDown =
  (ports: TakeDownPorts, adapt: AdaptStage): TakeDown =>
  async (request) => {
    const { taken, texts } = await lookAtStage(ports, adapt, request);
    for (const { path, content } of texts) await ports.artifacts.put(path, content);
    if (!("input" in taken)) return taken;
    const agents = await ports.agents();
    warmAgents(agents, taken.input.stage);
    const sandboxes = await sandboxEvents(agents, taken.input.stage);
    return { ...taken, events: [...taken.events, ...sandboxes] };
  };

/** What a stage is asked about: nothing of it is written anywhere. */
export type StageQuestion = Omit<TakeDownRequest, "runId">;

/** What a stage would work from now, and the texts that it must find again later. Writes nothing, asks no agent. */
export async function lookAtStage(
  ports: Omit<TakeDownPorts, "agents">,
  adapt: AdaptStage,
  { stage, scope, subject, agentLimit, refresh, adapting }: StageQuestion,
): Promise<{
  readonly taken: TakenDown;
  readonly texts: readonly { readonly path: string; readonly content: string }[];
}> {
  const read = await readPlannableSpec(ports.documents, subject);
  if (!read.ok) throw read.error;
  const report = read.value;
  const { problems, found } = await requirementsOf(ports, stage, report);
  if (problems.length > 0) throw inputsUnmet(stage, problems);
  const texts = [{ path: report.file, content: report.text }, ...found];
  const holds = [
    { path: report.file, digest: report.digest, boxes: false },
    ...found.map(({ path, digest }) => ({ path, digest, boxes: true })),
  ];
  const input = await stageInput(ports, { stage, scope, report, holds, agentLimit, refresh });
  const debt = adapting.rules.some(
    ({ stages, when }) => when.on === "debt" && (stages?.includes(stage.name) ?? true),
  );
  const scored = await scoreSpec(ports.repository, report, { ...adapting.scores, debt });
  const { readings, longFiles } = scored;
  const machine = await ports.machine.read();
  const adapted = adapt(stage, {
    spec: report.spec,
    text: report.text,
    documents: input.extras,
    circumstances: circumstancesOf(adapting, stage, { readings, machine }),
    discoveredIn: await discoveredIn(ports, stage, report),
  });
  const { events } = adapted;
  if ("notNeeded" in adapted) return { taken: { notNeeded: adapted.notNeeded, events }, texts };
  const counted = debt ? { [DEBT_DOCUMENT]: JSON.stringify({ ...readings.debt, longFiles }) } : {};
  const extras = { ...input.extras, ...counted };
  return { taken: { input: { ...input, stage: adapted.stage, extras }, events }, texts };
}

/** What debt was counted, for the roles of stages that rules on debt are about. */
const DEBT_DOCUMENT = "debt.json";

/** The run in which what discovery writes was approved for this very specification, if it lies there unchanged. */
async function discoveredIn(
  ports: Omit<TakeDownPorts, "agents">,
  { name, artifacts: [main] }: StageSpec,
  { file, digest }: CheckReport,
): Promise<string | null> {
  if (name !== DISCOVERY.name || !main) return null;
  const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  const target = folder === "" ? main.name : `${folder}/${main.name}`;
  const found = await ports.files.read(target);
  if (!found) return null;
  const approved = (await approvalsOf(ports, file)).find(
    (one) => one.stage === name && one.target === target,
  );
  const same = approved?.digest === found.digest && approved.subjectDigest === digest;
  return same ? approved.runId : null;
}
