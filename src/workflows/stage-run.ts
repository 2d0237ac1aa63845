import type { RunEvent } from "../core/event.ts";
import type { Limit, Steps } from "../ports/engine.ts";
import { limitsFor } from "../stage/profiles.ts";
import type { HoldInfo, RoleResult, StopReason } from "../stage/records.ts";
import type { RoleSpec, StageSpec } from "../stage/stage-spec.ts";
import type { TaskKind } from "../stage/task-kind.ts";
import type { RoleInput } from "./role-input.ts";
import type { RunRole } from "./run-role.ts";
import type { StagePorts } from "./stage-ports.ts";
import { Stopped, stoppableSteps } from "./stoppable-steps.ts";

/** All that a stage works from; journaled when the run starts. */
export type StageInput = {
  readonly stage: StageSpec;
  /** Tells the stage's steps and events from those of other stages of the run; its name, unless it is run again. */
  readonly scope: string;
  /** What the stage is about, for people and prompts. */
  readonly feature: string;
  /** The document the stage works on. */
  readonly subject: { readonly path: string; readonly digest: string; readonly content: string };
  /** Further documents for the roles, by name. */
  readonly extras: { readonly [name: string]: string };
  /** What holds whatever agents say; goes into simplified results. */
  readonly facts: readonly string[];
  /** Absolute path of the project. */
  readonly root: string;
  /** Folder for the artifacts, relative to the project. */
  readonly target: string;
  /** At most this many agents at once over all runs of the project; null for no limit. */
  readonly agentLimit: number | null;
};

/** A stage while it runs: what its parts share. */
export interface StageRun {
  readonly input: StageInput;
  readonly ports: StagePorts;
  readonly steps: Steps;
  readonly runRole: RunRole;
  /** When the stage's time is up, in milliseconds since the epoch; a person's time is not counted. */
  deadlineAt: number;
  /** How often each of the leading roles was asked so far. */
  readonly asked: Map<string, number>;
}

/** Events of a stage are keyed by its scope, so that stages of one run never share a key. */
export const emit = (run: StageRun, key: string, event: RunEvent): Promise<void> =>
  run.steps.emit(`${run.input.scope}/${key}`, event);

/** The name of a role's workflow within the run. */
export const childName = (run: StageRun, role: string, round: number): string =>
  `${run.input.scope}/${role}/r${round}`;

/** The stage's clock starts (again): after a person was waited for, the stage has its whole time. */
export async function restartClock(run: StageRun, key: string): Promise<void> {
  const { scope, stage } = run.input;
  const now = await run.steps.attempt({ name: `${scope}/clock/${key}` }, async () =>
    run.ports.clock.now(),
  );
  run.deadlineAt = now + stage.timeouts.stageMs;
}

export function roleInput(
  run: StageRun,
  role: RoleSpec,
  part: Pick<RoleInput, "inputs" | "needs" | "round"> & { readonly task: TaskKind },
): RoleInput {
  const { stage, feature, facts, root } = run.input;
  return {
    stage: stage.name,
    scope: run.input.scope,
    feature,
    role,
    ...part,
    retry: stage.retry,
    simplified: part.task === "analysis" ? stage.simplified : null,
    facts,
    ...limitsFor(stage.timeouts, role, part.task),
    deadlineAt: run.deadlineAt,
    limits: limitsOf(run, role),
    cwd: root,
  };
}

function limitsOf(run: StageRun, role: RoleSpec): readonly Limit[] {
  const { stage, agentLimit } = run.input;
  return [
    { pool: `stage/${stage.name}`, limit: stage.concurrency, scope: "run" },
    ...(role.concurrency === undefined
      ? []
      : [
          {
            pool: `role/${stage.name}/${role.name}`,
            limit: role.concurrency,
            scope: "everywhere" as const,
          },
        ]),
    ...(agentLimit === null
      ? []
      : [{ pool: "agents", limit: agentLimit, scope: "everywhere" as const }]),
  ];
}

/** The documents every role of the stage gets. */
export const documents = (run: StageRun): Record<string, string> => ({
  "spec.md": run.input.subject.content,
  ...run.input.extras,
});

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
  const answer = await run.steps.wait<{ readonly by: string }>({
    name: `${run.input.scope}/hold/${turn}`,
    kind: "hold",
    token: turn,
    info,
  });
  await emit(run, `${turn}/resumed`, { type: "stage-resumed", stage, by: answer.by });
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
          const step = request.name.replace(`${input.stage.name}/`, "");
          await holdStopped(run(), `${step}/${turn}`, [error.reason]);
        }
    },
  };
}

/** A role that the stage cannot do without: asked until it answers, held for a person whenever its attempts are used up. */
export async function askLead(
  run: StageRun,
  task: TaskKind,
  role: RoleSpec,
  inputs: Readonly<Record<string, string>>,
): Promise<RoleResult> {
  for (;;) {
    const round = (run.asked.get(role.name) ?? 0) + 1;
    run.asked.set(role.name, round);
    const input = roleInput(run, role, { task, round, inputs, needs: [] });
    const name = childName(run, role.name, round);
    const [result] = await run.steps.children(run.runRole, [{ name, input }]);
    if (result?.status === "succeeded") return result;
    if (result?.stopped) {
      await holdStopped(run, `${role.name}-${round}`, [result.stopped]);
      continue;
    }
    await hold(run, `${role.name}-${round}`, {
      hint: whyCommand(run, role.name),
      code: "STAGE_AGENT_FAILED",
      reason: `The ${role.title} gave no answer.`,
      failures: [`${role.title}: ${result?.reason ?? "no result"}`],
    });
  }
}
