import type { RunEvent } from "../core/event.ts";
import type { Limit, Steps } from "../ports/engine.ts";
import { cacheUse, type CacheUse } from "../stage/cache/policy.ts";
import { DIRECTIONS_DOCUMENT } from "../stage/directions.ts";
import { memoryLimit } from "../stage/memory-limit.ts";
import { limitsFor } from "../stage/profiles.ts";
import type { RoleSpec, StageSpec } from "../stage/stage-spec.ts";
import type { TaskKind } from "../stage/task-kind.ts";
import type { RoleInput } from "./role-input.ts";
import type { RunRole } from "./run-role.ts";
import type { StagePorts } from "./stage-ports.ts";

/** All that a stage works from; journaled when the stage begins. */
export type StageInput = {
  readonly stage: StageSpec;
  /** Tells the stage's steps and events from those of other stages of the run; its name, unless it is run again. */
  readonly scope: string;
  /** What the stage is about, for people and prompts. */
  readonly feature: string;
  /**
   * Files that what the stage makes depends on (S1 §10.1), the specification first, as they were when it began: what is
   * approved is void if one of them changed meanwhile.
   */
  readonly holds: readonly HeldFile[];
  /** The document the stage works on. */
  readonly subject: { readonly path: string; readonly digest: string; readonly content: string };
  /** Further documents for the roles, by name. */
  readonly extras: { readonly [name: string]: string };
  /** Documents that are there and that the roles do not get, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** What holds whatever agents say; goes into simplified results. */
  readonly facts: readonly string[];
  /** Absolute path of the project. */
  readonly root: string;
  /** Folder for the artifacts, relative to the project. */
  readonly target: string;
  /** At most this many agents at once over all runs of the project; null for no limit. */
  readonly agentLimit: number | null;
  /** Ask every agent, whatever the cache has; new answers are kept. */
  readonly refresh: boolean;
};

/** A file that must stay as it is; its text is kept by its digest. */
export type HeldFile = {
  /** Relative to the project. */
  readonly path: string;
  readonly digest: string;
  /** Whether it may still have the boxes of its tasks ticked off. */
  readonly boxes: boolean;
};

/** What a person wants of the roles that come after. */
export type PersonsWords = {
  readonly by: string;
  /** Where they were asked: `gate 1`, `hold review-1`. */
  readonly at: string;
  readonly text: string;
};

/** A stage while it runs: what its parts share. */
export interface StageRun {
  readonly input: StageInput;
  readonly ports: StagePorts;
  readonly steps: Steps;
  readonly runRole: RunRole;
  /** Whether other stages build on it: then nothing is proposed that was made from what has changed. */
  readonly strict: boolean;
  /** Whether anything limits what the run may use. */
  readonly budgeted: boolean;
  /** When the stage's time is up, in milliseconds since the epoch; a person's time is not counted. */
  deadlineAt: number;
  /** How often each of the leading roles was asked so far. */
  readonly asked: Map<string, number>;
  /** What people said at gates and holds, oldest first. */
  readonly words: PersonsWords[];
  /** Whether a person resumed the stage to have it tried again: earlier answers would only lead there again. */
  resumed: boolean;
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
    inputs: { ...part.inputs, ...directionsFor(role) },
    retry: stage.retry,
    simplified: part.task === "analysis" ? stage.simplified : null,
    facts,
    ...limitsFor(stage.timeouts, role, part.task),
    maxMemoryBytes: memoryLimit(stage, role),
    deadlineAt: run.deadlineAt,
    stageMs: stage.timeouts.stageMs,
    limits: limitsOf(run, role),
    cache: cacheUse(stage, part.task, passedOver(run)),
    ...(run.budgeted && { budgeted: true }),
    cwd: root,
  };
}

const passedOver = ({ input, resumed }: StageRun): CacheUse["passOver"] =>
  input.refresh ? "refresh" : resumed ? "resumed" : null;

/** What depth and rules ask of the role, for agents that read it as data. */
export const directionsFor = ({ directions }: RoleSpec): Record<string, string> =>
  directions ? { [DIRECTIONS_DOCUMENT]: JSON.stringify(directions) } : {};

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

/** The documents every role of the stage gets; what people said so far is one of them. */
export const documents = (run: StageRun): Record<string, string> => ({
  "spec.md": run.input.subject.content,
  ...run.input.extras,
  ...(run.words.length > 0 ? { "people.json": JSON.stringify(run.words) } : {}),
});
