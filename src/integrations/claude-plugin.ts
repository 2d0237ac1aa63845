import { renderCommand } from "./render-command.ts";
import { STAGE_COMMANDS, type Templates } from "./templates.ts";

/**
 * The files of the Claude Code plugin by path in its folder: manifest, a marketplace of this one plugin so that it can
 * be added from the folder, commands (`/wavegate:plan`) and the skill. Format: `.claude-plugin/plugin.json` of Claude
 * Code 2.1.
 */
export function claudePluginFiles(templates: Templates): Readonly<Record<string, string>> {
  const { version, skill, commands } = templates;
  const name = "wavegate";
  const description =
    "Plan, prepare and review a specification with agents in parallel and a gate that a person decides";
  const owner = { name: "Wavegate contributors" };
  return {
    ".claude-plugin/plugin.json": json({
      name,
      version,
      description,
      author: owner,
      license: "MIT",
      keywords: ["spec-kit", "planning", "review"],
    }),
    ".claude-plugin/marketplace.json": json({
      name,
      owner,
      metadata: { description, version },
      plugins: [{ name, source: "./", description }],
    }),
    "skills/wavegate/SKILL.md": skill,
    ...Object.fromEntries(
      STAGE_COMMANDS.map((stage) => [
        `commands/${stage}.md`,
        renderCommand(commands[stage], { name: stage, stage, form: "claude" }),
      ]),
    ),
  };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
