import type { Workflow } from "../ports/engine.ts";
import type { StageOutcome } from "../stage/records.ts";
import { passStage } from "./pass-stage.ts";
import { createRunRole } from "./run-role.ts";
import type { StagePorts } from "./stage-ports.ts";
import type { StageInput } from "./stage-run.ts";

/** A run of one stage. */
export function createRunStage(ports: StagePorts): {
  readonly runStage: Workflow<StageInput, StageOutcome>;
  readonly runRole: ReturnType<typeof createRunRole>;
} {
  const runRole = createRunRole(ports);
  const runStage: Workflow<StageInput, StageOutcome> = {
    name: "run-stage",
    async run(input, steps) {
      const { path, digest } = input.subject;
      await steps.emit("run-started", {
        type: "run-started",
        workflow: "run-stage",
        subject: path,
        digest,
      });
      const outcome = await passStage({ ports, steps, runRole }, input);
      const { status, message } = outcome;
      await steps.emit("run-finished", { type: "run-finished", status, message });
      return outcome;
    },
  };
  return { runStage, runRole };
}
