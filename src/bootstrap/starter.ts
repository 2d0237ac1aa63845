import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CLAIMING_NAMES } from "../adapters/config/config-names.ts";

const SCHEMA = "schemas/wavegate.schema.json";

/** The schema for editors: of the wavegate that the project has installed, else of this one. */
function schemaOf(project: string): string {
  const installed = `node_modules/wavegate/${SCHEMA}`;
  return existsSync(path.join(project, installed))
    ? `./${installed}`
    : fileURLToPath(new URL(`../../${SCHEMA}`, import.meta.url));
}

/** The configuration that `wavegate init` writes: every line explained, nothing changed from the defaults. */
export const starterFor = (project: string) => ({
  unless: CLAIMING_NAMES,
  path: "wavegate.config.yaml",
  content: `# yaml-language-server: $schema=${schemaOf(project)}
# Wavegate's configuration. Everything is optional; what stands here is commented out or the default.
# All options: wavegate config explain, and docs/configuration.md of the wavegate package.

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
});
