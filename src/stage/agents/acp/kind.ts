import { z } from "zod";
import { listOf, oneOf, text, whole, yesOrNo } from "../../config/fields.ts";
import { sandboxOptions } from "../../sandbox/sandbox-options.ts";
import type { AgentKind } from "../agent-kind.ts";
import { inlineSecrets } from "../inline-secrets.ts";
import { PROGRAM_FIELDS } from "../program-fields.ts";
import { resolveAcpDefinition, type AcpAgentDefinition } from "./definition.ts";
import { PERMISSIONS, TOOL_KINDS } from "./permissions.ts";
import { ACP_PRESET_NAMES } from "./presets.ts";
import { ACP_USE, UNKNOWN_AGENT_USE } from "./use.ts";
import { acpAgentProblems } from "./problems.ts";

const NOT_ACP = `must be one of ${ACP_PRESET_NAMES.join(", ")}, or a list: a program and its arguments`;

const FIELDS = {
  acp: z
    .union([oneOf(ACP_PRESET_NAMES), listOf(z.string(), "texts").min(1)], { error: NOT_ACP })
    .optional()
    .describe(
      "Makes it an agent that speaks the Agent Client Protocol: a known one by its name, or the program and arguments of another as a list.",
    ),
  npx: yesOrNo()
    .optional()
    .describe(
      "Start a known agent from its npm package, at the version that was tried, instead of the program on PATH.",
    ),
  "session-mode": text()
    .optional()
    .describe("Id of the session mode. The agent must offer it. Default: the preset's."),
  "session-model": text()
    .optional()
    .describe("Id of the model. The agent must offer it. Default: the one it starts with."),
  "sessions-per-process": whole(1, 32)
    .optional()
    .describe(
      "Most sessions at once in one process. 1: each attempt has a process of its own, and a crash concerns it alone.",
    ),
  permissions: z
    .partialRecord(z.enum(TOOL_KINDS), oneOf(PERMISSIONS), {
      error: `must be a group of kinds of tools (${TOOL_KINDS.join(", ")}) with allow, inside or deny`,
    })
    .optional()
    .describe(
      "What it may do when it asks, by kind of tool. `inside`: where each file it names lies in the project (to read) or in a folder of the attempt (to write).",
    ),
  ...PROGRAM_FIELDS,
};

/** What stands under a name of `agents` that speaks the protocol. */
export type AcpInput = z.input<z.ZodObject<typeof FIELDS>> & {
  readonly summary?: string | undefined;
  readonly provider?: string | undefined;
};

type Options = z.infer<z.ZodObject<typeof FIELDS>> & Pick<AcpInput, "summary" | "provider">;

/** Agents that speak the Agent Client Protocol: `adapters/agents/acp`. */
export const ACP_KIND: AgentKind<Options, AcpAgentDefinition> = {
  kind: "acp",
  fields: FIELDS,
  marks: ["acp"],
  privateFields: ["acp", "args", "env"],
  define: (name, options) => ({
    kind: "acp",
    name,
    acp: options.acp ?? [],
    ...(options.npx !== undefined && { npx: options.npx }),
    ...(options["session-mode"] && { mode: options["session-mode"] }),
    ...(options["session-model"] && { sessionModel: options["session-model"] }),
    ...(options["sessions-per-process"] && { sessionsPerProcess: options["sessions-per-process"] }),
    ...(options.permissions && { permissions: options.permissions }),
    ...(options.args && { args: options.args }),
    ...(options["pass-env"] && { passEnv: options["pass-env"] }),
    ...(options.env && { env: options.env }),
    ...(options.sandbox && { sandbox: sandboxOptions(options.sandbox) }),
    ...(options.summary && { summary: options.summary }),
    ...(options.provider && { provider: options.provider }),
  }),
  problems: (definition) => [
    ...inlineSecrets(definition, wordsOf(definition)),
    ...acpAgentProblems(definition),
  ],
  use: ({ acp }) => (typeof acp === "string" ? ACP_USE[acp] : UNKNOWN_AGENT_USE),
  // What programs may see is named by the user; the redactor knows secrets among it by their names, and by `redact`.
  secretNames: () => [],
  variables: (definition) => resolveAcpDefinition(definition).passEnv,
};

const wordsOf = ({ acp, args = [] }: AcpAgentDefinition) => [
  ...(typeof acp === "string" ? [] : acp).map((word, item) => ({ key: "acp", item, word })),
  ...args.map((word, item) => ({ key: "args", item, word })),
];
