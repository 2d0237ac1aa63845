import { randomBytes } from "node:crypto";
import { oneLine } from "../../../core/text.ts";
import type { AgentDescription } from "../../../ports/agent.ts";
import type { ResolvedAgentDefinition } from "../../../stage/agents/command-definition.ts";
import { ATTEMPT_VARIABLE } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { identityOf } from "./identity.ts";
import { runProcess } from "./run-process.ts";

const VERSION_LIMITS = { timeoutMs: 3_000, stallMs: 3_000, maxOutputBytes: 64 * 1024 };

/** What to do when a program is not there. */
export const installHint = ({ preset, command, name }: ResolvedAgentDefinition): string =>
  ({
    claude: "Install Claude Code (npm install -g @anthropic-ai/claude-code) and log in once.",
    codex: "Install the Codex CLI (npm install -g @openai/codex) and log in once.",
    other: `Install ${command[0] ?? "the program"}, or correct \`command\` of agent ${name}.`,
  })[preset ?? "other"];

/** Whether the agent's program is there, and its version by `--version`, which gets 3 seconds. Nothing else is started. */
export async function describeProgram(
  definition: ResolvedAgentDefinition,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<AgentDescription> {
  const { name, summary, command } = definition;
  const base = { name, kind: "command", summary } as const;
  const program = await findProgram(command[0] ?? "", env["PATH"], cwd);
  if (!program.found)
    return {
      ...base,
      availability: { available: false, reason: program.reason, hint: installHint(definition) },
    };
  const { file } = program;
  const [version, identity] = await Promise.all([
    versionOf(file, env, cwd),
    // A program that is replaced in this moment is described anew before it is asked the next time.
    identityOf(definition, env, { file, cwd }).catch(() => null),
  ]);
  return { ...base, availability: { available: true, version }, identity };
}

async function versionOf(
  file: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<string> {
  const tag = randomBytes(16).toString("hex");
  const chunks: Uint8Array[] = [];
  const end = await runProcess(
    {
      file,
      args: ["--version"],
      cwd,
      env: { ...env, [ATTEMPT_VARIABLE]: tag },
      tag,
      input: "",
      limits: VERSION_LIMITS,
      signal: new AbortController().signal,
      graceMs: 100,
    },
    {
      started: async () => {},
      stdout: async (chunk) => void chunks.push(chunk),
      stderr: async () => {},
    },
  );
  const text = Buffer.concat(chunks).toString("utf8");
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  return end.exitCode === 0 && end.stopped === undefined && first !== ""
    ? oneLine(first, 80)
    : "unknown";
}
