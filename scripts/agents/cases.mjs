/** What each program is asked to be in the test: its configuration, the files in its home, its variables. */

const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

const claude = (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: "scripted-key" });
const openai = (url) => ({
  OPENAI_BASE_URL: `${url}/v1`,
  OPENAI_API_KEY: "scripted-key",
  OPENAI_MODEL: "scripted",
});
const gemini = (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: "scripted-key" });

const codexHome = (url) => ({
  ".codex/config.toml": `model = "scripted"
model_provider = "scripted"
check_for_update_on_startup = false
[analytics]
enabled = false
[feedback]
enabled = false
[features]
plugins = false
[model_providers.scripted]
name = "Scripted"
base_url = "${url}/v1"
env_key = "OPENAI_API_KEY"
wire_api = "responses"
supports_websockets = false
`,
});

/** A base URL makes Gemini CLI look for a gateway unless it is told how to log in. */
const geminiHome = () => ({
  ".gemini/settings.json": json({
    general: { enableAutoUpdate: false, disableAutoUpdate: true },
    privacy: { usageStatisticsEnabled: false },
    security: { auth: { selectedType: "gemini-api-key" } },
  }),
});

const opencodeHome = (url) => ({
  ".config/opencode/opencode.json": json({
    autoupdate: false,
    share: "disabled",
    model: "scripted/scripted",
    small_model: "scripted/scripted",
    provider: {
      scripted: {
        npm: "@ai-sdk/openai-compatible",
        name: "Scripted",
        options: { baseURL: `${url}/v1`, apiKey: "scripted-key" },
        models: {
          scripted: {
            name: "Scripted",
            limit: { context: 128_000, output: 8_192 },
            cost: { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 },
          },
        },
      },
    },
  }),
});

const qwenHome = () => ({
  ".qwen/settings.json": json({
    general: { enableAutoUpdate: false, disableAutoUpdate: true },
    privacy: { usageStatisticsEnabled: false },
    security: { auth: { selectedType: "openai" } },
    memory: { enableManagedAutoMemory: false, enableManagedAutoDream: false },
  }),
});

const none = () => ({});

/** Some make a title for each session by a request without tools, of which their turns tell nothing. */
const withTools = ({ tools }) => tools.length > 0;

/**
 * One entry for each agent that is tried. None may ask for a name. `tells`: whether tokens and cost are told
 * (`sum`: all of them; `no reasoning`: all but that; `unknown`: not), and `counts` which requests are. `acp`: whether it is to want to write a file, for which it must ask (`unasked`: not). `usual`: part of the test that CI runs.
 */
export const CASES = [
  {
    name: "claude",
    programs: ["claude"],
    agent: { preset: "claude" },
    env: claude,
    home: none,
    tells: "sum",
  },
  {
    name: "codex",
    programs: ["codex"],
    agent: { preset: "codex" },
    env: openai,
    home: codexHome,
    tells: "sum",
    usual: true,
  },
  {
    name: "gemini",
    programs: ["gemini"],
    agent: { preset: "gemini" },
    env: gemini,
    home: geminiHome,
    tells: "sum",
  },
  {
    name: "qwen",
    programs: ["qwen"],
    agent: { preset: "qwen" },
    env: openai,
    home: none,
    tells: "sum",
  },
  {
    name: "opencode",
    programs: ["opencode"],
    agent: { preset: "opencode" },
    env: none,
    home: opencodeHome,
    tells: "sum",
  },
  {
    name: "claude-acp",
    programs: ["claude-acp"],
    agent: { acp: "claude" },
    env: claude,
    home: none,
    tells: "sum",
    counts: withTools,
    acp: true,
  },
  {
    name: "codex-acp",
    programs: ["codex-acp"],
    // Two processes that start at once in an empty home are in each other's way while they make their database; opencode's, too.
    agent: { acp: "codex", "sessions-per-process": 2 },
    env: openai,
    home: codexHome,
    tells: "sum",
    counts: withTools,
    acp: true,
    usual: true,
  },
  {
    name: "gemini-acp",
    programs: ["gemini"],
    agent: { acp: "gemini" },
    env: gemini,
    home: geminiHome,
    // It asks a small model first which model is to answer.
    counts: withTools,
    tells: "no reasoning",
    acp: true,
    // It reads a file before it writes it, and goes on with one that is there alone.
    writes: "notes.md",
  },
  {
    name: "qwen-acp",
    programs: ["qwen"],
    agent: { acp: "qwen" },
    env: openai,
    home: qwenHome,
    tells: "unknown",
    acp: true,
  },
  {
    name: "opencode-acp",
    programs: ["opencode"],
    agent: { acp: "opencode" },
    env: none,
    home: opencodeHome,
    tells: "unknown",
    // A permission that is denied ends its turn, without a result.
    acp: "unasked",
  },
];

/** One stage whose roles are played by four kinds of agents. */
export const MIXED = {
  name: "mixed",
  programs: ["claude", "codex", "codex-acp"],
  roles: { requirements: "claude", architecture: "codex", risk: "model", estimation: "acp" },
  leads: "claude",
  agents: (url) => ({
    claude: { preset: "claude" },
    codex: { preset: "codex" },
    acp: { acp: "codex" },
    model: { model: "anthropic/scripted", "base-url": `${url}/v1` },
  }),
  env: (url) => ({ ...openai(url), ...claude(url) }),
  home: codexHome,
  counts: withTools,
  usual: true,
};

/** The same agents once more, each with one task in a clone. `runs`: it may start programs there without a sandbox of ours. */
export const EDITS = CASES.map((each) => ({
  ...each,
  name: `${each.name}-edits`,
  runs: each.programs.some((name) => name.startsWith("codex")),
  usual: each.name === "codex",
}));

/** The shipped plan of 14 tasks (`examples/plan-run`), by the built program and Codex. */
export const PLANS = CASES.filter(({ name }) => name === "codex").map((each) => ({
  ...each,
  name: `${each.name}-plan`,
}));
