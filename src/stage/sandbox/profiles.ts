import type { Json } from "../../core/json.ts";
import type { Provider } from "./providers.ts";

/** Where a program keeps the token of who has logged in: a JSON file, and the names that lead to the token in it. */
export interface LoginFile {
  /** Relative to the user's home. */
  readonly file: string;
  readonly token: readonly string[];
  /** Leads to epoch milliseconds after which the token is refused. */
  readonly expires: readonly string[];
  /** The variable by which the program takes the same token. */
  readonly variable: string;
}

/** What a known program needs in a sandbox. Where a text holds `{anthropic}`, `{openai}` or `{google}`, the local address of that provider is meant. */
export interface SandboxProfile {
  /** Whose models it asks, unless endpoints are named. */
  readonly providers: readonly Provider["name"][];
  /** Used where no key is set. Without it, and without a key and named endpoints, the program can't reach its model from inside. */
  readonly login?: LoginFile;
  readonly env?: Readonly<Record<string, string>>;
  /** Variables with JSON, in which this is laid over what the program would be given; providers that it has no endpoint of are left out. */
  readonly json?: Readonly<Record<string, Json>>;
  /** Files with JSON in its fresh home, for reading, by path from there: what it needs and no variable says. */
  readonly home?: Readonly<Record<string, Json>>;
  /** Added to its arguments, unless one of them holds `unless`. */
  readonly args?: { readonly add: readonly string[]; readonly unless: string };
  /** Values of options that are others inside: its own sandbox can't be made in ours. */
  readonly options?: Readonly<Record<string, string>>;
  /** Besides, for carrying out a task in a clone: what it may do is what the sandbox lets it, so that it need not ask before it runs tests. */
  readonly working?: Pick<SandboxProfile, "options" | "json">;
  /** Variables with folders outside of which it can do without; dropped where those aren't shown to it. */
  readonly folders?: readonly string[];
}

/** How Codex is told of a provider on its command line (`-c`, values in TOML): its built-in one takes no other address. */
const CODEX_PROVIDER: readonly string[] = [
  'model_provider="wavegate"',
  'model_providers.wavegate.name="wavegate"',
  'model_providers.wavegate.base_url="{openai}"',
  'model_providers.wavegate.env_key="OPENAI_API_KEY"',
  'model_providers.wavegate.wire_api="responses"',
  "model_providers.wavegate.supports_websockets=false",
].flatMap((setting) => ["-c", setting]);

/** By the name of the preset. */
export const SANDBOX_PROFILES: ReadonlyMap<string, SandboxProfile> = new Map<
  string,
  SandboxProfile
>([
  [
    "claude",
    {
      providers: ["anthropic"],
      login: {
        file: ".claude/.credentials.json",
        token: ["claudeAiOauth", "accessToken"],
        expires: ["claudeAiOauth", "expiresAt"],
        variable: "CLAUDE_CODE_OAUTH_TOKEN",
      },
      env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
      working: { options: { "--permission-mode": "bypassPermissions" } },
      folders: ["CLAUDE_CONFIG_DIR"],
    },
  ],
  [
    "codex",
    {
      providers: ["openai"],
      args: { add: CODEX_PROVIDER, unless: "model_provider" },
      options: { "--sandbox": "danger-full-access" },
      folders: ["CODEX_HOME"],
    },
  ],
  [
    "gemini",
    {
      providers: ["google"],
      working: { options: { "--approval-mode": "yolo" } },
      // With another address it takes no key unless it is told so; and it takes no defaults from a file that is not root's.
      home: {
        ".gemini/settings.json": {
          security: { auth: { selectedType: "gemini-api-key" } },
          privacy: { usageStatisticsEnabled: false },
          telemetry: { enabled: false },
          general: { enableAutoUpdate: false, disableAutoUpdate: true },
        },
      },
    },
  ],
  ["qwen", { providers: ["openai"], working: { options: { "--approval-mode": "yolo" } } }],
  ["copilot", { providers: ["openai"], env: { COPILOT_PROVIDER_BASE_URL: "{openai}" } }],
  [
    "opencode",
    {
      providers: ["anthropic", "openai", "google"],
      working: { json: { OPENCODE_CONFIG_CONTENT: { permission: { bash: "allow" } } } },
      json: {
        OPENCODE_CONFIG_CONTENT: {
          provider: {
            anthropic: { options: { baseURL: "{anthropic}/v1" } },
            openai: { options: { baseURL: "{openai}" } },
            google: { options: { baseURL: "{google}/v1beta" } },
          },
        },
      },
    },
  ],
]);
