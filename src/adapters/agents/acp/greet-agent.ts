import type { AgentGreeting } from "../../../ports/agent.ts";
import { acpInstallHint } from "../../../stage/agents/acp/definition.ts";
import { ATTEMPT_VARIABLE } from "../../shared/process/environment.ts";
import { findProgram } from "../../shared/process/find-program.ts";
import type { AcpSettings } from "./acp-settings.ts";
import { ConversationEnd } from "./conversation.ts";
import { greet } from "./converse.ts";
import type { AcpCapabilities, Handshake } from "./handshake.ts";
import { startAgent } from "./start-agent.ts";

const GRACE_MS = 500;

/** Start the agent, shake hands, end it: no session is begun, and no model asked. */
export async function greetAgent(
  settings: AcpSettings,
  cwd: string,
  withinMs: number,
): Promise<AgentGreeting> {
  const [name = "", ...args] = settings.definition.command;
  const program = await findProgram(name, settings.env["PATH"], cwd);
  if (!program.found) return { greeted: false, reason: program.reason };
  const began = performance.now();
  const started = await startAgent({
    file: program.file,
    args,
    cwd,
    env: (tags) => ({ ...settings.env, [ATTEMPT_VARIABLE]: tags }),
    outerTags: settings.outerTags,
    maxMemoryBytes: undefined,
    sandbox: settings.sandbox,
    writable: [],
    readable: [],
    install: acpInstallHint(settings.definition),
    before: async () => {},
  });
  if (!started.ok) return { greeted: false, reason: `it ${started.error.message}` };
  try {
    const handshake = await greet(started.value, withinMs);
    return { ...told(handshake), tookMs: Math.round(performance.now() - began) };
  } catch (error) {
    const reason =
      error instanceof ConversationEnd ? error.failed.message : "ended before it was greeted";
    return { greeted: false, reason: `it ${reason}` };
  } finally {
    await started.value.end(GRACE_MS);
  }
}

/** Capabilities in words, in the order in which they are told. */
const WORDS: Readonly<Record<keyof AcpCapabilities, string>> = {
  load: "takes sessions up again",
  resume: "resumes sessions",
  list: "lists sessions",
  close: "closes sessions",
  images: "reads images",
  audio: "reads audio",
  embeddedContext: "takes embedded files",
  mcpHttp: "MCP over HTTP",
  mcpSse: "MCP over SSE",
};

const isCapability = (name: string): name is keyof AcpCapabilities => Object.hasOwn(WORDS, name);

function told({ agent, capabilities, logins, protocolVersion }: Handshake) {
  const names = Object.keys(WORDS).filter(isCapability);
  return {
    greeted: true,
    calls: agent === undefined ? null : `${agent.name} ${agent.version}`,
    protocol: `Agent Client Protocol ${protocolVersion}`,
    can: names.filter((name) => capabilities[name]).map((name) => WORDS[name]),
    logins,
  } as const;
}
