import type { StageSpec } from "../stage/stage-spec.ts";
import { holdAt, holdingSteps } from "./hold.ts";
import type { Sequence } from "./sequence.ts";
import type { PersonsWords, StageInput } from "./stage-run.ts";

export interface Begun {
  readonly input: StageInput;
  /** What people said while the stage could not begin. */
  readonly words: readonly PersonsWords[];
}

/**
 * Take down what the stage works from, in a journaled step of the worker that has the run; what a person can mend (a
 * document that is missing or not approved, a specification with errors) holds the run and is then looked at again. Gives
 * undefined for a stage that is not needed.
 */
export async function beginStage(
  { ports, steps, run }: Pick<Sequence, "ports" | "steps" | "run">,
  { stage, scope }: { readonly stage: StageSpec; readonly scope: string },
): Promise<Begun | undefined> {
  const words: PersonsWords[] = [];
  const place = { ports, steps, scope, stage: stage.name };
  const holding = holdingSteps(steps, scope, async (turn, reason) => {
    const { by, note } = await holdAt(place, turn, reason);
    if (note !== undefined) words.push({ by, at: `hold ${turn}`, text: note });
  });
  const taken = await holding.attempt({ name: `${scope}/take-down` }, () =>
    ports.takeDown({
      runId: steps.runId,
      stage,
      scope,
      subject: run.subject.path,
      agentLimit: run.agentLimit,
      refresh: run.refresh,
      adapting: run.adapting,
    }),
  );
  for (const [index, event] of taken.events.entries())
    await steps.emit(`${scope}/taken-down/${index}`, event);
  if ("input" in taken) return { input: taken.input, words };
  await steps.emit(`${scope}/skipped`, {
    type: "stage-skipped",
    stage: stage.name,
    reason: taken.notNeeded,
  });
  return undefined;
}
