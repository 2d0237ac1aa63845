import { CONFIG_FILES } from "../adapters/config/load-config.ts";

/** The configuration that `wavegate init` writes: every line explained, nothing changed from the defaults. */
export const STARTER = {
  unless: CONFIG_FILES,
  path: "wavegate.yaml",
  content: `# Wavegate's configuration. Everything is optional; what stands here is commented out or the default.
# All options: docs/configuration.md of the wavegate package.

# Programs that can play roles, besides the built-in analysts ("builtin"):
# agents:
#   claude: { preset: claude }
#   codex: { preset: codex }

stages:
  planning:
    # Specialists at once in one run.
    concurrency: 3
    # When the review may start: all three must hold.
    quorum: { minimum: 3, ratio: 0.75, required: [requirements] }
    # Who plays which role; the fallback is asked when the agent's retries are used up.
    # roles:
    #   architecture: { agent: claude, fallback: builtin }
`,
} as const;
