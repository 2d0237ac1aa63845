import type { Json } from "../../core/json.ts";
import type { AnswerMode, PromptMode } from "./command-definition.ts";
import { NETWORK_ENV } from "./environment-names.ts";

/** The known programs. */
export const PRESET_NAMES = ["claude", "codex", "gemini", "opencode", "qwen"] as const;

export type AgentPreset = (typeof PRESET_NAMES)[number];

/** A file of settings that a program is given for one attempt. */
export interface PresetSettings {
  /** The variable that it reads the file's path from; where the user sets it, the file is not written. */
  readonly variable: string;
  readonly content: Json;
}

/** What is another for writing than for reading. */
export interface PresetWork {
  /** Values of options by their names. */
  readonly options?: Readonly<Record<string, string>>;
  /** Options, with their values, that are left out, and what is added in their place. */
  readonly without?: readonly string[];
  readonly with?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What a preset fills in. */
export interface PresetDefaults {
  readonly command: readonly string[];
  readonly prompt: PromptMode;
  readonly answer: AnswerMode;
  readonly passEnv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly settings?: PresetSettings;
  /** How it carries out a task in a clone: it may edit there. What it may besides in a sandbox of ours is in `stage/sandbox/profiles.ts`. */
  readonly working?: PresetWork;
  readonly summary: string;
  /** Empty: all that is known of it is its name. */
  readonly provider: string;
  /** Its flag for the most US dollars that a call may cost. */
  readonly costFlag?: string;
  /** What to do when it is not there. */
  readonly install: string;
}

/**
 * How often a program asks a provider again by itself before it gives up: what it does not tell of, nobody else can
 * wait for, and other agents of the same provider go on asking meanwhile.
 */
const OWN_RETRIES = 3;

/**
 * Gemini CLI and its descendants: their defaults file, which the user's own settings win over. Gemini CLI 0.61 skips one that belongs to
 * anybody but root, or that lies where others can write; in the sandbox it has settings of its own (`stage/sandbox/profiles.ts`).
 */
const GEMINI_QUIET = {
  privacy: { usageStatisticsEnabled: false },
  telemetry: { enabled: false },
  general: { enableAutoUpdate: false, disableAutoUpdate: true },
} as const;

/**
 * Traffic of opencode besides its model's. At each start it installs `@opencode-ai/plugin` from npm into each of its folders of settings that
 * has none (1.18.33: `Npm.install` of its `config.ts`), which no setting of its own stops; it reads npm's, and then takes what npm has kept.
 */
export const OPENCODE_QUIET = {
  OPENCODE_DISABLE_AUTOUPDATE: "1",
  OPENCODE_DISABLE_MODELS_FETCH: "1",
  npm_config_offline: "true",
} as const;

/** What opencode may do is one variable with JSON. */
const opencodeConfig = (edit: "allow" | "deny"): string =>
  JSON.stringify({
    autoupdate: false,
    share: "disabled",
    permission: { edit, bash: "deny", webfetch: "deny" },
  });

/**
 * All run for reading only, and in a clone for editing and nothing else, without telemetry and updates, and see their own provider's credentials and no others. Flags and
 * variables were tried with the versions in docs/agents.md, which says what each is for.
 */
export const AGENT_PRESETS: Readonly<Record<AgentPreset, PresetDefaults>> = {
  claude: {
    command: [
      "claude",
      "-p",
      "--output-format",
      "stream-json",
      "--verbose",
      "--tools",
      "Read,Grep,Glob",
      "--json-schema",
      "{schema}",
    ],
    prompt: "stdin",
    answer: "json-lines",
    passEnv: [
      "ANTHROPIC_*",
      "CLAUDE_CODE_OAUTH_TOKEN",
      "CLAUDE_CODE_USE_*",
      "CLAUDE_CONFIG_DIR",
      ...NETWORK_ENV,
    ],
    env: {
      DISABLE_AUTOUPDATER: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_MAX_RETRIES: String(OWN_RETRIES),
    },
    // Its tools are all there then, but those that start programs are denied to it unless it is allowed them.
    working: { without: ["--tools"], with: ["--permission-mode", "acceptEdits"] },
    summary: "Claude Code, headless, for reading only",
    provider: "anthropic",
    costFlag: "--max-budget-usd",
    install: "Install Claude Code (npm install -g @anthropic-ai/claude-code) and log in once.",
  },
  codex: {
    command: [
      "codex",
      "exec",
      "--json",
      "--sandbox",
      "read-only",
      "--skip-git-repo-check",
      "-c",
      "analytics.enabled=false",
      "-c",
      "feedback.enabled=false",
      "-c",
      "check_for_update_on_startup=false",
      "--disable",
      "plugins",
      "-",
    ],
    prompt: "stdin",
    answer: "json-lines",
    passEnv: ["OPENAI_*", "CODEX_*", ...NETWORK_ENV],
    env: {},
    working: { options: { "--sandbox": "workspace-write" } },
    summary: "Codex CLI, headless, in its read-only sandbox",
    provider: "openai",
    install: "Install the Codex CLI (npm install -g @openai/codex) and log in once.",
  },
  gemini: {
    command: [
      "gemini",
      "-p",
      "",
      "--output-format",
      "stream-json",
      "--approval-mode",
      "plan",
      "--skip-trust",
    ],
    prompt: "stdin",
    answer: "json-lines",
    passEnv: ["GEMINI_*", "GOOGLE_*", ...NETWORK_ENV],
    env: { GEMINI_CLI_NO_RELAUNCH: "true" },
    working: { options: { "--approval-mode": "auto_edit" } },
    settings: {
      variable: "GEMINI_CLI_SYSTEM_DEFAULTS_PATH",
      content: {
        ...GEMINI_QUIET,
        general: { ...GEMINI_QUIET.general, maxAttempts: OWN_RETRIES },
      },
    },
    summary: "Gemini CLI, headless, in its plan mode",
    provider: "google",
    install: "Install the Gemini CLI (npm install -g @google/gemini-cli) and log in once.",
  },
  opencode: {
    command: ["opencode", "run", "--format", "json", "--title", "wavegate"],
    prompt: "stdin",
    answer: "json-lines",
    passEnv: ["OPENCODE_*", ...NETWORK_ENV],
    env: {
      ...OPENCODE_QUIET,
      OPENCODE_DISABLE_LSP_DOWNLOAD: "1",
      OPENCODE_CONFIG_CONTENT: opencodeConfig("deny"),
    },
    working: { env: { OPENCODE_CONFIG_CONTENT: opencodeConfig("allow") } },
    summary: "opencode, headless, without its tools for writing",
    provider: "",
    install: "Install opencode (npm install -g opencode-ai) and log in once.",
  },
  qwen: {
    command: ["qwen", "--output-format", "stream-json", "--approval-mode", "plan"],
    prompt: "stdin",
    answer: "json-lines",
    passEnv: ["QWEN_*", "OPENAI_*", "DASHSCOPE_*", ...NETWORK_ENV],
    env: { QWEN_CODE_NO_RELAUNCH: "true" },
    working: { options: { "--approval-mode": "auto-edit" } },
    settings: {
      variable: "QWEN_CODE_SYSTEM_DEFAULTS_PATH",
      content: {
        ...GEMINI_QUIET,
        memory: { enableManagedAutoMemory: false, enableManagedAutoDream: false },
      },
    },
    summary: "Qwen Code, headless, in its plan mode",
    provider: "",
    install: "Install Qwen Code (npm install -g @qwen-code/qwen-code) and log in once.",
  },
};
