import type { AgentDescription } from "../../../ports/agent.ts";
import type { Sandbox } from "../../../ports/sandbox.ts";
import {
  acpInstallHint,
  type ResolvedAcpDefinition,
} from "../../../stage/agents/acp/definition.ts";
import { findProgram } from "../../shared/process/find-program.ts";
import { programIdentity } from "../shared/process/program-identity.ts";
import { programVersion } from "../shared/process/program-version.ts";

/** Where its program is looked for and started. */
export interface Surroundings {
  readonly cwd: string;
  readonly sandbox: Sandbox | undefined;
}

/** Whether the agent's program is there, and its version by `--version`, which gets 3 seconds. No session is begun. */
export async function describeAcp(
  definition: ResolvedAcpDefinition,
  env: Readonly<Record<string, string>>,
  { cwd, sandbox }: Surroundings,
): Promise<AgentDescription> {
  const { name, summary, command, mode, usualMode, model, permissions } = definition;
  const state = await sandbox?.state();
  const base = { name, kind: "acp", summary, ...(state && { sandbox: state }) } as const;
  const program = await findProgram(command[0] ?? "", env["PATH"], cwd);
  if (!program.found)
    return {
      ...base,
      availability: { available: false, reason: program.reason, hint: acpInstallHint(definition) },
    };
  const { file } = program;
  const [version, identity] = await Promise.all([
    versionOf(definition, { file, env, cwd, sandbox }),
    // A program that is replaced in this moment is described anew before it is asked the next time.
    programIdentity(definition, env, { file, cwd }).catch(() => null),
  ]);
  return {
    ...base,
    availability: { available: true, version },
    identity: identity && {
      ...identity,
      protocol: "Agent Client Protocol 1",
      mode: mode ?? usualMode ?? "its own",
      model: model ?? "its own",
      permissions: JSON.stringify(permissions),
      ...(state?.by !== undefined && { sandbox: "inside" }),
    },
  };
}

/** A package that npx starts has the version that is named; npx itself has another. */
async function versionOf(
  { command, preset }: ResolvedAcpDefinition,
  {
    file,
    env,
    cwd,
    sandbox,
  }: Surroundings & { readonly file: string; readonly env: Readonly<Record<string, string>> },
): Promise<string> {
  if (command[0] === "npx" && preset !== undefined)
    return preset.distribution.npx.package.split("@").at(-1) ?? "unknown";
  return programVersion(file, env, cwd, sandbox);
}
