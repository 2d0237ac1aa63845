import type { Steps } from "../ports/engine.ts";
import type { HoldAnswer, HoldInfo, StopReason } from "../stage/records.ts";
import { emit, restartClock, type StageRun } from "./stage-run.ts";
import { Stopped, stoppableSteps } from "./stoppable-steps.ts";

/**
 * Stop at a visible failed state until a person resumes (ST-07). Returns when someone did; the stage's clock starts
 * again. `turn` tells this hold from the others of the stage.
 */
export async function hold(
  run: StageRun,
  turn: string,
  why: Pick<HoldInfo, "code" | "reason" | "failures"> & { readonly hint?: string },
): Promise<void> {
  const stage = run.input.stage.name;
  const command = `wavegate resume ${run.steps.runId}`;
  const hint = why.hint
    ? `${why.hint} Then run: ${command}`
    : `Mend the cause, then run: ${command}`;
  const info: HoldInfo = { ...why, stage, hint };
  const { code, reason } = info;
  await emit(run, `${turn}/held`, { type: "stage-held", stage, code, reason, hint });
  const answer = await run.steps.wait<HoldAnswer>({
    name: `${run.input.scope}/hold/${turn}`,
    kind: "hold",
    token: turn,
    info,
  });
  const { by, note } = answer;
  if (note !== undefined) run.words.push({ by, at: `hold ${turn}`, text: note });
  await emit(run, `${turn}/resumed`, {
    type: "stage-resumed",
    stage,
    by,
    ...(note === undefined ? {} : { note }),
  });
  await restartClock(run, turn);
}

/** Where to read why a role failed, and what may be the cause. */
export const whyCommand = (run: StageRun, role: string): string =>
  `See why with \`wavegate logs ${run.steps.runId} ${role}\`, and mend it: the program, its login, its definition under agents.`;

/** Stop at what only a person can mend. */
export async function holdStopped(
  run: StageRun,
  turn: string,
  reasons: readonly StopReason[],
): Promise<void> {
  const [first] = reasons;
  if (!first) return;
  const { code, message: reason, hint } = first;
  const others = new Set(reasons.slice(1).map(({ message }) => message));
  others.delete(reason);
  await hold(run, turn, { code, reason, failures: [...others], hint });
}

/** The stage's own steps: what only a person can mend holds the run, and then the effect begins again. */
export function holdingSteps(steps: Steps, run: () => StageRun): Steps {
  const stoppable = stoppableSteps(steps);
  return {
    ...steps,
    async attempt(request, effect) {
      for (let turn = 1; ; turn++)
        try {
          return await stoppable.attempt(request, effect);
        } catch (error) {
          if (!(error instanceof Stopped)) throw error;
          const { input } = run();
          const prefix = `${input.scope}/`;
          const step = request.name.startsWith(prefix)
            ? request.name.slice(prefix.length)
            : request.name;
          await holdStopped(run(), `${step}/${turn}`, [error.reason]);
        }
    },
  };
}
