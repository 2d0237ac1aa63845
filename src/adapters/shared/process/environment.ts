import { DEFAULT_ENV_NAMES } from "../../../stage/agents/environment-names.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a definition says of the variables its program sees. */
export interface EnvironmentRules {
  /** Variables of the user's environment besides `DEFAULT_ENV_NAMES`; a final `*` stands for any ending. */
  readonly passEnv: readonly string[];
  /** Fixed values; they win over passed ones. */
  readonly env: Readonly<Record<string, string>>;
}

/** Carries the random tags of the attempt and of those around it, `:` between; processes that left the group are found by it. */
export const ATTEMPT_VARIABLE = "WAVEGATE_ATTEMPT";

const allows = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** The listed variables of `env`, then the fixed ones. Nothing else of the user's environment reaches the program (AG-04). */
export function allowedEnvironment(
  definition: EnvironmentRules,
  env: Environment,
): Record<string, string> {
  const patterns = [...DEFAULT_ENV_NAMES, ...definition.passEnv];
  const passed = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !entry[0].startsWith("WAVEGATE_") &&
      patterns.some((pattern) => allows(pattern, entry[0])),
  );
  return { ...Object.fromEntries(passed), ...definition.env };
}

/** Of the allowed variables those that are the definition's own: listed or fixed there, not what every program may see. */
export const ownVariables = (
  { passEnv, env }: EnvironmentRules,
  allowed: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] =>
  Object.entries(allowed).filter(
    ([name]) => name in env || passEnv.some((pattern) => allows(pattern, name)),
  );
