import { err, ok, type Result } from "../../../core/result.ts";
import type { ResolvedModelDefinition } from "../../../stage/agents/model-definition.ts";
import type { Access } from "./provider-model.ts";
import { missingPackages, type FindPackage } from "./sdk-packages.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What an agent cannot run without, as people can mend it. */
export interface Missing {
  readonly reason: string;
  readonly hint: string;
}

export interface Surroundings {
  readonly env: Environment;
  readonly cwd: string;
  readonly find: FindPackage;
}

/** The key and the headers of secrets, from the user's environment, or what is missing. Nothing is loaded or asked. */
export function accessOf(
  definition: ResolvedModelDefinition,
  { env, cwd, find }: Surroundings,
): Result<Access, Missing> {
  const { keyNames, headers, headerEnv, facts } = definition;
  const missing = missingPackages(facts.form, find, cwd);
  if (missing !== undefined) return err(missing);
  const valueOf = (name: string) => env[name]?.trim() || undefined;
  const key = keyNames.map(valueOf).find((value) => value !== undefined);
  if (key === undefined && keyNames.length > 0)
    return err({
      reason: `the variable ${keyNames.join(" or ")} is not set`,
      hint: `Set it to a key${facts.keyAt === undefined ? "" : ` of ${facts.keyAt}`}, or name another variable in key-env.`,
    });
  const secret = Object.entries(headerEnv).map(([name, variable]) => ({
    name,
    variable,
    value: valueOf(variable),
  }));
  const unset = secret.find(({ value }) => value === undefined);
  if (unset !== undefined)
    return err({
      reason: `the variable ${unset.variable} for the header ${unset.name} is not set`,
      hint: "Set it, or remove it from header-env.",
    });
  if (/[^\x20-\x7E]/.test(key ?? ""))
    return err({
      reason: `the value of ${keyNames.join(" or ")} holds a character that no key has`,
      hint: "Set it anew, without line breaks.",
    });
  return ok({
    key,
    headers: {
      ...headers,
      ...Object.fromEntries(secret.map(({ name, value }) => [name, value ?? ""])),
    },
  });
}
