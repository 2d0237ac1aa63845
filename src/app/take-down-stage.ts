import type { AdaptStage } from "../stage/adapt-stage.ts";
import type { TakeDown } from "../workflows/take-down.ts";
import type { AppPorts } from "./app-ports.ts";
import { readPlannableSpec } from "./read-spec.ts";
import { stageInput } from "./stage-input.ts";
import { inputsUnmet, unmetRequirements } from "./stage-requirements.ts";

type TakeDownPorts = Pick<
  AppPorts,
  "artifacts" | "documents" | "engine" | "files" | "project" | "repository"
>;

/** How stages of this project are taken down. Each throws what the same command line would be refused with. */
export const createTakeDown =
  (ports: TakeDownPorts, adapt: AdaptStage): TakeDown =>
  async ({ stage, scope, subject, agentLimit, refresh }) => {
    const read = await readPlannableSpec(ports.documents, subject);
    if (!read.ok) throw read.error;
    const report = read.value;
    const unmet = await unmetRequirements(ports, stage, report);
    if (unmet.length > 0) throw inputsUnmet(stage, unmet);
    await ports.artifacts.put(report.file, report.text);
    const input = await stageInput(ports, { stage, scope, report, agentLimit, refresh });
    const adapted = adapt(stage, {
      spec: report.spec,
      text: report.text,
      documents: input.extras,
    });
    const { events } = adapted;
    if ("notNeeded" in adapted) return { notNeeded: adapted.notNeeded, events };
    return { input: { ...input, stage: adapted.stage }, events };
  };
