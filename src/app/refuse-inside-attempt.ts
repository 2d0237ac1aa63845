import { WavegateError } from "../core/error.ts";
import { oneLine } from "../core/text.ts";
import type { AppPorts } from "./app-ports.ts";

/**
 * What only a person may do is refused to a process that an attempt of a run of this project has started: no agent decides
 * at a gate, or starts, resumes or ends a run, which would go round for ever, outside of all budgets. Throws `GATE_INSIDE_ATTEMPT`. Attempts of other projects are no matter: an agent that
 * develops a program on Wavegate may test it.
 */
export async function refuseInsideAttempt(
  ports: Pick<AppPorts, "engine" | "surroundingRuns">,
): Promise<void> {
  const runs = ports.surroundingRuns();
  if (runs.length === 0) return;
  const engine = await ports.engine();
  for (const run of runs) {
    const ours = run === "" || (await engine.run(run)) !== undefined;
    if (!ours) continue;
    const which = run === "" ? "an attempt of an agent" : `an attempt of run ${oneLine(run, 80)}`;
    throw new WavegateError(
      "GATE_INSIDE_ATTEMPT",
      `This is asked from inside ${which}, and agents decide nothing about runs.`,
      { hint: "Have a person do it, in a terminal that no agent has started." },
    );
  }
}
