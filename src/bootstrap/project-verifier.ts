import { createVerifier } from "../adapters/verifier/create-verifier.ts";
import type { Verifier } from "../ports/verifier.ts";
import type { Config } from "../stage/config/config.ts";
import { CHECKS } from "../stage/sandbox/sandbox-settings.ts";
import type { AdapterOptions } from "./cast-agents.ts";

/** Runs the commands that check work, as the configuration says. */
export const projectVerifier = (
  { execution, checksSandbox }: Pick<Config, "execution" | "checksSandbox">,
  { env, sandboxOf, makeFilter }: Pick<AdapterOptions, "env" | "sandboxOf" | "makeFilter">,
): Verifier =>
  createVerifier({
    env,
    passEnv: execution.passEnv,
    sandbox: sandboxOf({ name: CHECKS, sandbox: checksSandbox }, { env }),
    makeFilter,
  });
