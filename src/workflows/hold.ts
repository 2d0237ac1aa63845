import type { ErrorCode } from "../core/error.ts";
import type { Steps } from "../ports/engine.ts";
import type { HoldAnswer, HoldInfo, StopReason } from "../stage/records.ts";
import { budgetReached, raisedCap } from "./budget-reached.ts";
import type { HoldPlace, Why } from "./hold-place.ts";
import { raiseBudget } from "./raise-budget.ts";
import { restartClock, type StageRun } from "./stage-run.ts";
import { Stopped, stoppableSteps } from "./stoppable-steps.ts";

/** Holds that come of what agents answered, or did not. All others have nothing to do with it. */
const BY_AGENTS: ReadonlySet<string> = new Set<ErrorCode>([
  "STAGE_QUORUM_NOT_MET",
  "STAGE_AGENT_FAILED",
  "STAGE_CRITICAL_CONFLICT",
]);

/** Stop at a visible failed state until a person resumes. `turn` tells this hold from the others of the scope. */
export async function holdAt(
  place: HoldPlace,
  turn: string,
  { flags = "", ...why }: Why,
): Promise<HoldAnswer> {
  const { steps, scope, stage } = place;
  const command = `wavegate resume ${steps.runId} ${flags}`.trimEnd();
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
  const { by, note, raises = [] } = answer;
  const holding = holdingSteps(steps, scope, async (nested, other) => {
    await holdAt(place, nested, other);
  });
  if (raises.length > 0)
    await raiseBudget(place.ports, holding, { name: `${scope}/${turn}/raise`, by, raises });
  await steps.emit(`${scope}/${turn}/resumed`, {
    type: "stage-resumed",
    stage,
    by,
    ...(note === undefined ? {} : { note }),
    ...(raises.length > 0 && { raised: raises.map(raisedCap) }),
  });
  return answer;
}

/**
 * Hold a stage until a person resumes (ST-07): what they say goes to the roles that come after, and the stage's clock
 * starts again.
 */
export async function hold(run: StageRun, turn: string, why: Why): Promise<void> {
  const { scope, stage } = run.input;
  const place = { ports: run.ports, steps: run.steps, scope, stage: stage.name };
  const { by, note } = await holdAt(place, turn, why);
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
  const short = reasons.flatMap((reason) => reason.short ?? []);
  const [first, ...rest] = reasons.filter((reason) => !reason.short);
  const others = first && stopped([first, ...rest]);
  if (short.length > 0) await hold(run, turn, await budgetReached(run, turn, { short, others }));
  else if (others) await hold(run, turn, others);
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
