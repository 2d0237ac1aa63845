import type { AdaptStage } from "../stage/adapt-stage.ts";
import type { TakeDown } from "../workflows/take-down.ts";
import type { AppPorts } from "./app-ports.ts";
import { readPlannableSpec } from "./read-spec.ts";
import { stageInput } from "./stage-input.ts";
import { inputsUnmet, requirementsOf } from "./stage-requirements.ts";

type TakeDownPorts = Pick<
  AppPorts,
  "artifacts" | "dependencyAudit" | "documents" | "engine" | "files" | "project" | "repository"
>;

/** How stages of this project are taken down. Each throws what the same command line would be refused with. */
export const createTakeDown =
  (ports: TakeDownPorts, adapt: AdaptStage): TakeDown =>
  async ({ stage, scope, subject, agentLimit, refresh }) => {
    const read = await readPlannableSpec(ports.documents, subject);
    if (!read.ok) throw read.error;
    const report = read.value;
    const { problems, found } = await requirementsOf(ports, stage, report);
    if (problems.length > 0) throw inputsUnmet(stage, problems);
    for (const { path, content } of [{ path: report.file, content: report.text }, ...found])
      await ports.artifacts.put(path, content);
    const holds = [
      { path: report.file, digest: report.digest, boxes: false },
      ...found.map(({ path, digest }) => ({ path, digest, boxes: true })),
    ];
    const input = await stageInput(ports, { stage, scope, report, holds, agentLimit, refresh });
    const adapted = adapt(stage, {
      spec: report.spec,
      text: report.text,
      documents: input.extras,
    });
    const { events } = adapted;
    if ("notNeeded" in adapted) return { notNeeded: adapted.notNeeded, events };
    return { input: { ...input, stage: adapted.stage }, events };
  };
