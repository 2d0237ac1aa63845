import type { Steps, Workflow } from "../ports/engine.ts";
import type { Cap } from "../stage/budget/cap.ts";
import type { RunOutcome } from "../stage/records.ts";
import type { Adapting } from "../stage/rules/adapting.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import type { WorkPart } from "../stage/work-part.ts";
import type { Implementation, ImplementationInput } from "./implement-work.ts";
import { passStages } from "./pass-stages.ts";
import { createRunRole } from "./run-role.ts";
import type { StagePorts } from "./stage-ports.ts";

/** What a run is started with; journaled. What a stage works from is taken down when its turn comes. */
export type RunInput = {
  /** The specification as it was when the run was started. */
  readonly subject: { readonly path: string; readonly digest: string };
  /** In the order in which they are passed. */
  readonly stages: readonly StageSpec[];
  /** Work outside of the run that is waited for before one of the stages, unless that is the first; null for none. */
  readonly work: WorkPart | null;
  /** How that work is carried out by agents; absent: by people. */
  readonly implementation?: ImplementationInput;
  /** At most this many agents at once over all runs of the project; null for no limit. */
  readonly agentLimit: number | null;
  /** Ask every agent, whatever the cache of answers has; new answers are kept. */
  readonly refresh: boolean;
  /** What the run, its stages and their roles may use (PX-11); absent or empty: nothing is limited. */
  readonly caps?: readonly Cap[];
  /** What rules work from (ST-14). */
  readonly adapting: Adapting;
};

type RunWorkflow = Workflow<RunInput, RunOutcome>;

/** Write down what may be used, before anything is. */
async function limit(ports: StagePorts, steps: Steps, caps: readonly Cap[]): Promise<void> {
  if (caps.length === 0) return;
  await steps.attempt({ name: "budget" }, ({ signal }) =>
    ports.ledgers.change(
      steps.runId,
      (ledger) => ({ ledger: ledger.caps.length > 0 ? ledger : { ...ledger, caps }, value: null }),
      signal,
    ),
  );
}

/** The workflows that people start, by name: a run of one stage, and one of several with a gate after each (WF-01). */
export function createRunStages(
  ports: StagePorts,
  implementation?: Implementation,
): {
  readonly workflows: readonly RunWorkflow[];
  readonly runRole: ReturnType<typeof createRunRole>;
} {
  const runRole = createRunRole(ports);
  const named = (name: string): RunWorkflow => ({
    name,
    async run(input, steps) {
      const { path, digest } = input.subject;
      await steps.emit("run-started", {
        type: "run-started",
        workflow: name,
        subject: path,
        digest,
      });
      await limit(ports, steps, input.caps ?? []);
      const outcome = await passStages({ ports, steps, runRole, implementation }, input);
      const { status, message } = outcome;
      await steps.emit("run-finished", { type: "run-finished", status, message });
      return outcome;
    },
  });
  return { workflows: [named("run-stage"), named("complete")], runRole };
}
