import type { CacheTtls } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { Stated } from "../rules/circumstances.ts";
import type { RoleSpec, StageSpec, Timeouts } from "../stage-spec.ts";
import { budgetOf } from "./budget-options.ts";
import type { HeadOptions, OnDemand, RoleOptions, StageOptions } from "./stage-options.ts";

/** What one request wants of a stage, whatever the configuration says. */
export interface StageWishes {
  /** Plays every role, and nobody stands in for it. */
  readonly agent?: string;
  /** Which timeouts to start from; those of the configuration stay. */
  readonly profile?: StageSpec["profile"];
  readonly concurrency?: number;
  /** Look for known holes of the dependencies. */
  readonly audit?: boolean;
  /** Artifacts that are made only on demand, besides those that the configuration asks for. */
  readonly artifacts?: readonly OnDemand[];
}

/** The options of a stage, and what one request wants, laid over the built-in one. */
export function stageFor(
  options: StageOptions,
  builtIn: StageSpec,
  { agent, profile, concurrency, audit, artifacts = [] }: StageWishes,
): StageSpec {
  const stage = resolveStage(
    {
      ...options,
      ...(profile !== undefined && { profile }),
      ...(concurrency !== undefined && { concurrency }),
      ...(audit !== undefined && { audit }),
      artifacts: [...(options.artifacts ?? []), ...artifacts],
    },
    builtIn,
  );
  if (agent === undefined) return stage;
  const cast = (role: RoleSpec): RoleSpec => {
    const { fallback, ...alone } = role;
    return fallback === undefined ? { ...role, agent } : { ...alone, agent };
  };
  return {
    ...stage,
    roles: stage.roles.map(cast),
    reviewer: cast(stage.reviewer),
    synthesizer: cast(stage.synthesizer),
    qa: cast(stage.qa),
  };
}

/** A built-in stage with the user's options laid over it. Total: checked options give a stage that can run. */
export function resolveStage(options: StageOptions, builtIn: StageSpec): StageSpec {
  const { quorum, retry, profile } = options;
  const base = profile === undefined ? builtIn.timeouts : PROFILES[profile];
  return {
    ...builtIn,
    profile: profile ?? builtIn.profile,
    timeouts: timeoutsOf(options, base),
    concurrency: options.concurrency ?? builtIn.concurrency,
    retry: {
      retries: retry?.retries ?? builtIn.retry.retries,
      initialMs: retry?.initial ?? builtIn.retry.initialMs,
      maxMs: retry?.max ?? builtIn.retry.maxMs,
    },
    quorum: {
      minimum: quorum?.minimum ?? builtIn.quorum.minimum,
      ratio: quorum?.ratio ?? builtIn.quorum.ratio,
      required: quorum?.required ?? builtIn.quorum.required,
    },
    sequentialSecondTry: options["sequential-second-try"] ?? builtIn.sequentialSecondTry,
    ...(options.memory !== undefined && { memoryMib: options.memory }),
    ...(options.budget !== undefined && { budget: budgetOf(options.budget) }),
    cache: options.cache ?? builtIn.cache,
    cacheTtls: cacheTtlsOf(options, builtIn.cacheTtls),
    ...(options.implementation !== undefined && { implementation: options.implementation }),
    synthesisIterations: options["synthesis-iterations"] ?? builtIn.synthesisIterations,
    reworkRounds: options["rework-rounds"] ?? builtIn.reworkRounds,
    roles: rolesOf(options.roles ?? {}, builtIn.roles),
    reviewer: withOptions(builtIn.reviewer, options.reviewer),
    synthesizer: withOptions(builtIn.synthesizer, options.synthesizer),
    qa: withOptions(builtIn.qa, options.qa),
    artifacts: artifactsOf(options, builtIn.artifacts),
    ...(options.audit !== undefined && { audit: options.audit }),
    gate: { prompt: options.gate?.prompt ?? builtIn.gate.prompt },
  };
}

const cacheTtlsOf = ({ "cache-ttl": ttl }: StageOptions, base: CacheTtls): CacheTtls => ({
  analysis: ttl?.agent ?? base.analysis,
  review: ttl?.review ?? base.review,
  synthesis: ttl?.synthesis ?? base.synthesis,
  qa: ttl?.qa ?? base.qa,
});

/** Those that are made only on demand: required when they are asked for, no part of the stage otherwise. */
const artifactsOf = (
  { artifacts: wanted = [] }: StageOptions,
  builtIn: StageSpec["artifacts"],
): StageSpec["artifacts"] =>
  builtIn.flatMap((one) => {
    if (!one.onDemand) return [one];
    return wanted.some((name) => name === one.name) ? [{ ...one, required: true }] : [];
  });

/** What the options say in so many words: rules don't widen it. */
export const statedIn = (options: StageOptions): Stated => ({
  concurrency: options.concurrency !== undefined,
  timeouts: (["agent", "stall", "review", "synthesis", "qa", "stage"] as const).flatMap((name) =>
    options.timeouts?.[name] === undefined ? [] : [`${name}Ms` as const],
  ),
  cache: options.cache !== undefined || options["cache-ttl"] !== undefined,
});

const timeoutsOf = ({ timeouts }: StageOptions, base: Timeouts): Timeouts => ({
  agentMs: timeouts?.agent ?? base.agentMs,
  stallMs: timeouts?.stall ?? base.stallMs,
  reviewMs: timeouts?.review ?? base.reviewMs,
  synthesisMs: timeouts?.synthesis ?? base.synthesisMs,
  qaMs: timeouts?.qa ?? base.qaMs,
  stageMs: timeouts?.stage ?? base.stageMs,
});

/** The built-in roles with their options, then the user's own in the order of the file. */
function rolesOf(
  options: Readonly<Record<string, RoleOptions>>,
  builtIn: readonly RoleSpec[],
): readonly RoleSpec[] {
  const names = new Set(builtIn.map(({ name }) => name));
  const own = Object.entries(options)
    .filter(([name]) => !names.has(name))
    .map(([name, option]) => withOptions(blankRole(name), option));
  return [...builtIn.map((role) => withOptions(role, options[role.name])), ...own];
}

const blankRole = (name: string): RoleSpec => ({
  name,
  title: name,
  agent: "builtin",
  contract: "requirements_dossier",
  prompt: "",
  needs: [],
  size: "normal",
});

function withOptions(role: RoleSpec, options: RoleOptions | HeadOptions = {}): RoleSpec {
  const { agent, fallback, prompt, size, timeout, stall, memory, budget } = options;
  return {
    ...role,
    ...(agent !== undefined && { agent }),
    ...(fallback !== undefined && { fallback }),
    ...(prompt !== undefined && { prompt }),
    ...(size !== undefined && { size }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(stall !== undefined && { stallMs: stall }),
    ...(memory !== undefined && { memoryMib: memory }),
    ...(budget !== undefined && { budget: budgetOf(budget) }),
    ...("title" in options && options.title !== undefined && { title: options.title }),
    ...("contract" in options && options.contract !== undefined && { contract: options.contract }),
    ...("needs" in options && options.needs !== undefined && { needs: options.needs }),
    ...("concurrency" in options &&
      options.concurrency !== undefined && { concurrency: options.concurrency }),
  };
}
