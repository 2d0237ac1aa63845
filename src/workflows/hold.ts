import type { ErrorCode } from "../core/error.ts";
import type { Steps } from "../ports/engine.ts";
import type { HoldAnswer, HoldInfo, StopReason } from "../stage/records.ts";
import { restartClock, type StageRun } from "./stage-run.ts";
import { Stopped, stoppableSteps } from "./stoppable-steps.ts";

/** Why a run is held. Without a hint: mend the cause. */
type Why = Pick<HoldInfo, "code" | "reason" | "failures"> & { readonly hint?: string };

/** Holds that come of what agents answered, or did not. All others have nothing to do with it. */
const BY_AGENTS: ReadonlySet<string> = new Set<ErrorCode>([
  "STAGE_QUORUM_NOT_MET",
  "STAGE_AGENT_FAILED",
  "STAGE_CRITICAL_CONFLICT",
]);

/** Where a run is held: the scope tells the steps and events from those of other stages of the run. */
export interface HoldPlace {
  readonly steps: Steps;
  readonly scope: string;
  /** The stage's name, for people. */
  readonly stage: string;
}

/** Stop at a visible failed state until a person resumes. `turn` tells this hold from the others of the scope. */
export async function holdAt(
  { steps, scope, stage }: HoldPlace,
  turn: string,
  why: Why,
): Promise<HoldAnswer> {
  const command = `wavegate resume ${steps.runId}`;
  const hint = why.hint
    ? `${why.hint} Then run: ${command}`
    : `Mend the cause, then run: ${command}`;
  const info: HoldInfo = { ...why, stage, hint };
  const { code, reason } = info;
  await steps.emit(`${scope}/${turn}/held`, { type: "stage-held", stage, code, reason, hint });
  const answer = await steps.wait<HoldAnswer>({
    name: `${scope}/hold/${turn}`,
    kind: "hold",
    token: turn,
    info,
  });
  const { by, note } = answer;
  await steps.emit(`${scope}/${turn}/resumed`, {
    type: "stage-resumed",
    stage,
    by,
    ...(note === undefined ? {} : { note }),
  });
  return answer;
}

/**
 * Hold a stage until a person resumes (ST-07): what they say goes to the roles that come after, and the stage's clock
 * starts again.
 */
export async function hold(run: StageRun, turn: string, why: Why): Promise<void> {
  const { scope, stage } = run.input;
  const { by, note } = await holdAt({ steps: run.steps, scope, stage: stage.name }, turn, why);
  if (BY_AGENTS.has(why.code)) run.resumed = true;
  if (note !== undefined) run.words.push({ by, at: `hold ${turn}`, text: note });
  await restartClock(run, turn);
}

/** Where to read why a role failed, and what may be the cause. */
export const whyCommand = (run: StageRun, role: string): string =>
  `See why with \`wavegate logs ${run.steps.runId} ${role}\`, and mend it: the program, its login, its definition under agents.`;

/** Why to hold for what only a person can mend. */
export function stopped(reasons: readonly [StopReason, ...StopReason[]]): Why {
  const [{ code, message: reason, hint }, ...rest] = reasons;
  const others = new Set(rest.map(({ message }) => message));
  others.delete(reason);
  return { code, reason, failures: [...others], hint };
}

/** Stop at what only a person can mend. */
export async function holdStopped(
  run: StageRun,
  turn: string,
  reasons: readonly StopReason[],
): Promise<void> {
  const [first, ...rest] = reasons;
  if (first) await hold(run, turn, stopped([first, ...rest]));
}

/** Steps of a scope: what only a person can mend is `held`, and then the effect begins again. */
export function holdingSteps(
  steps: Steps,
  scope: string,
  held: (turn: string, why: Why) => Promise<void>,
): Steps {
  const stoppable = stoppableSteps(steps);
  const prefix = `${scope}/`;
  return {
    ...steps,
    async attempt(request, effect) {
      const { name } = request;
      const step = name.startsWith(prefix) ? name.slice(prefix.length) : name;
      for (let turn = 1; ; turn++)
        try {
          return await stoppable.attempt(request, effect);
        } catch (error) {
          if (!(error instanceof Stopped)) throw error;
          await held(`${step}/${turn}`, stopped([error.reason]));
        }
    },
  };
}
