import { OPENCODE_QUIET } from "../command-presets.ts";
import { NETWORK_ENV } from "../environment-names.ts";

/** How a package of npm is started, as in the registry of the Agent Client Protocol (`distribution.npx`). */
export interface NpxDistribution {
  /** Name and version. */
  readonly package: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The program that is there once the package is installed, by the name that is looked for on PATH. */
export interface InstalledDistribution {
  readonly cmd: string;
  readonly args?: readonly string[];
}

/** How a way of logging in of the protocol is told by a variable of the user's. */
export interface LoginByVariable {
  /** There when this variable is set. */
  readonly variable: string;
  /** Id among the `authMethods` of the agent. */
  readonly method: string;
}

/**
 * A known agent. Up to `distribution` it is in the shape of the registry of the Agent Client Protocol
 * (github.com/agentclientprotocol/registry, FORMAT.md); what comes after says how Wavegate uses it.
 */
export interface AcpPreset {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly license: string;
  readonly distribution: {
    readonly npx: NpxDistribution;
    readonly binary: InstalledDistribution;
  };
  /** The agent's own credentials and settings; no other agent's. */
  readonly passEnv: readonly string[];
  /** No telemetry, no updates, no traffic that is not needed; and to ask before it changes anything. */
  readonly env: Readonly<Record<string, string>>;
  /** Ids of its session modes: for reading only, and for working in a clone. */
  readonly modes: {
    readonly reading?: string;
    readonly working?: string;
    /** In a sandbox of ours, where its own can't be made. Default: as `working`. */
    readonly enclosed?: string;
  };
  /** It reads and writes files itself while it works: through its client it can't make new ones. */
  readonly ownFiles?: boolean;
  /** One session in a process: it knows servers for tools by name in the whole process, so that one session would hand its result in to another's. */
  readonly ownProcess?: boolean;
  readonly logins: readonly LoginByVariable[];
  /** `last-turn`: the tokens it reports are those of the last request to the model alone, which says nothing of the whole. */
  readonly reports: "whole-turn" | "last-turn";
  /** Whose limits its calls count against, where that does not depend on how it is set up. */
  readonly provider?: string;
}

export const ACP_PRESET_NAMES = [
  "claude",
  "codex",
  "gemini",
  "opencode",
  "qwen",
  "copilot",
] as const;

export type AcpPresetName = (typeof ACP_PRESET_NAMES)[number];

/** Versions are those that were tried. An agent of another version is used as it is: what it can do is read from its handshake. */
export const ACP_PRESETS: Readonly<Record<AcpPresetName, AcpPreset>> = {
  claude: {
    id: "claude-acp",
    name: "Claude Code",
    description: "Claude Code through its adapter for the Agent Client Protocol",
    license: "Apache-2.0 (adapter), proprietary (Claude Code)",
    distribution: {
      npx: { package: "@agentclientprotocol/claude-agent-acp@0.100.0" },
      binary: { cmd: "claude-agent-acp" },
    },
    passEnv: [
      "ANTHROPIC_*",
      "CLAUDE_CODE_OAUTH_TOKEN",
      "CLAUDE_CODE_USE_*",
      "CLAUDE_CONFIG_DIR",
      ...NETWORK_ENV,
    ],
    env: {
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      DISABLE_AUTOUPDATER: "1",
      DISABLE_ERROR_REPORTING: "1",
      DISABLE_TELEMETRY: "1",
    },
    modes: { reading: "default", working: "acceptEdits" },
    logins: [],
    reports: "whole-turn",
    provider: "anthropic",
  },
  codex: {
    id: "codex-acp",
    name: "Codex",
    description: "Codex through its adapter for the Agent Client Protocol",
    license: "Apache-2.0",
    distribution: {
      npx: { package: "@agentclientprotocol/codex-acp@2.6.0" },
      binary: { cmd: "codex-acp" },
    },
    passEnv: ["OPENAI_*", "CODEX_*", ...NETWORK_ENV],
    env: {},
    // Its mode `agent` has a model review each call of a tool: another request for each.
    modes: { reading: "read-only", working: "workspace-write", enclosed: "agent-full-access" },
    logins: [
      { variable: "CODEX_API_KEY", method: "api-key" },
      { variable: "OPENAI_API_KEY", method: "api-key" },
    ],
    reports: "whole-turn",
    provider: "openai",
  },
  gemini: {
    id: "gemini",
    name: "Gemini CLI",
    description: "Gemini CLI, which speaks the Agent Client Protocol itself",
    license: "Apache-2.0",
    distribution: {
      npx: { package: "@google/gemini-cli@0.61.0", args: ["--acp"] },
      binary: { cmd: "gemini", args: ["--acp"] },
    },
    passEnv: ["GEMINI_*", "GOOGLE_*", ...NETWORK_ENV],
    // In a folder that it does not trust it starts no MCP server, ours neither. Wavegate works in no project that its user does not trust.
    env: { GEMINI_TELEMETRY_ENABLED: "false", GEMINI_CLI_TRUST_WORKSPACE: "true" },
    modes: { reading: "default", working: "autoEdit" },
    // Version 0.61 takes whatever its client answers of a file that is not there for an error.
    ownFiles: true,
    logins: [{ variable: "GEMINI_API_KEY", method: "gemini-api-key" }],
    reports: "whole-turn",
    provider: "google",
  },
  opencode: {
    id: "opencode",
    name: "OpenCode",
    description: "OpenCode, which speaks the Agent Client Protocol itself",
    license: "MIT",
    distribution: {
      // What npx starts it has to get first.
      npx: {
        package: "opencode-ai@1.18.33",
        args: ["acp"],
        env: { npm_config_offline: "false" },
      },
      binary: { cmd: "opencode", args: ["acp"] },
    },
    passEnv: ["OPENCODE_*", "ANTHROPIC_*", "OPENAI_*", "OPENROUTER_*", ...NETWORK_ENV],
    env: {
      ...OPENCODE_QUIET,
      OPENCODE_DISABLE_SHARE: "1",
      // It asks for nothing unless it is told to.
      OPENCODE_PERMISSION: '{"edit":"ask","bash":"ask","webfetch":"ask"}',
    },
    modes: { reading: "build", working: "build" },
    ownProcess: true,
    logins: [],
    reports: "last-turn",
  },
  qwen: {
    id: "qwen-code",
    name: "Qwen Code",
    description: "Qwen Code, which speaks the Agent Client Protocol itself",
    license: "Apache-2.0",
    distribution: {
      npx: { package: "@qwen-code/qwen-code@0.15.10", args: ["--acp"] },
      binary: { cmd: "qwen", args: ["--acp"] },
    },
    passEnv: ["OPENAI_*", "DASHSCOPE_*", "QWEN_*", ...NETWORK_ENV],
    env: { QWEN_TELEMETRY_ENABLED: "false" },
    modes: { reading: "default", working: "auto-edit" },
    logins: [{ variable: "OPENAI_API_KEY", method: "openai" }],
    reports: "whole-turn",
  },
  copilot: {
    id: "github-copilot-cli",
    name: "GitHub Copilot",
    description: "GitHub Copilot CLI, which speaks the Agent Client Protocol itself",
    license: "GitHub's own",
    distribution: {
      npx: { package: "@github/copilot@1.0.102", args: ["--acp"] },
      binary: { cmd: "copilot", args: ["--acp"] },
    },
    passEnv: ["COPILOT_*", "GH_TOKEN", "GITHUB_TOKEN", ...NETWORK_ENV],
    env: { COPILOT_AUTO_UPDATE: "false" },
    modes: {},
    logins: [],
    reports: "whole-turn",
    provider: "github",
  },
};
