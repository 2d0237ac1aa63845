import type { AgentDescription } from "../../../ports/agent.ts";
import type { Sandbox } from "../../../ports/sandbox.ts";
import type { ResolvedAgentDefinition } from "../../../stage/agents/command-definition.ts";
import { tooOld } from "../../../stage/agents/least-versions.ts";
import { findProgram } from "../../shared/process/find-program.ts";
import { programIdentity } from "../shared/process/program-identity.ts";
import { programVersion } from "../shared/process/program-version.ts";

/** What to do when it is too old. */
const updateHint = ({ command }: ResolvedAgentDefinition): string =>
  `Update ${command[0] ?? "the program"} the way it was installed, then look again with: wavegate agents`;

/** Whether the agent's program is there, and its version by `--version`, which gets 3 seconds. Nothing else is started. */
export async function describeProgram(
  definition: ResolvedAgentDefinition,
  env: Readonly<Record<string, string>>,
  { cwd, sandbox }: { readonly cwd: string; readonly sandbox: Sandbox | undefined },
): Promise<AgentDescription> {
  const { name, summary, command, preset, prompt, answer } = definition;
  const state = await sandbox?.state();
  const base = { name, kind: "command", summary, ...(state && { sandbox: state }) } as const;
  const program = await findProgram(command[0] ?? "", env["PATH"], cwd);
  if (!program.found)
    return {
      ...base,
      availability: { available: false, reason: program.reason, hint: definition.install },
    };
  const { file } = program;
  const [version, identity] = await Promise.all([
    programVersion(file, env, cwd, sandbox),
    // A program that is replaced in this moment is described anew before it is asked the next time.
    programIdentity(definition, env, { file, cwd }).catch(() => null),
  ]);
  const reason = tooOld(preset, version);
  if (reason !== undefined)
    return { ...base, availability: { available: false, reason, hint: updateHint(definition) } };
  return {
    ...base,
    availability: { available: true, version },
    identity: identity && {
      ...identity,
      ...(preset && { preset }),
      ...(state?.by !== undefined && { sandbox: "inside" }),
      "way of asking": `prompt by ${prompt}, answer by ${answer}`,
    },
  };
}
