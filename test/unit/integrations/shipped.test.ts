/** The folders that the package ships for Claude Code and Spec Kit are those that its templates give. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readTemplates } from "../../../src/adapters/integrations/read-templates.ts";
import { claudePluginFiles } from "../../../src/integrations/claude-plugin.ts";
import { renderCommand } from "../../../src/integrations/render-command.ts";
import { HOOKS, specKitCommand, specKitFiles } from "../../../src/integrations/spec-kit.ts";
import { TARGET_NAMES, type TargetName } from "../../../src/integrations/targets.ts";
import { STAGE_COMMANDS } from "../../../src/integrations/templates.ts";
import { wantedFiles } from "../../../src/integrations/wanted-files.ts";

const SHIPPED = path.resolve(import.meta.dirname, "../../../integrations");
const templates = await readTemplates();

describe.each([
  ["claude-plugin", claudePluginFiles(templates)],
  ["spec-kit", specKitFiles(templates)],
])("integrations/%s", (folder, files) => {
  test.each(Object.entries(files))("%s", async (name, content) => {
    await expect(content).toMatchFileSnapshot(path.join(SHIPPED, folder, name));
  });

  test("holds nothing else", () => {
    const there = readdirSync(path.join(SHIPPED, folder), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) =>
        path.relative(path.join(SHIPPED, folder), path.join(each.parentPath, each.name)),
      );
    expect(there.toSorted()).toEqual([...Object.keys(files), "README.md"].toSorted());
  });
});

/** The front matter of a Markdown file. */
const frontOf = (text: string) =>
  z.record(z.string(), z.string()).parse(load(/^---\n([^]*?)\n---\n/.exec(text)?.[1] ?? ""));

const MANIFEST = z.object({
  schema_version: z.literal("1.0"),
  extension: z.object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: z.string(),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    description: z.string().max(200),
  }),
  requires: z.object({ speckit_version: z.string() }),
  provides: z.object({
    commands: z.array(
      z.object({
        name: z.string().regex(/^speckit\.wavegate\.[a-z0-9-]+$/),
        file: z.string(),
        description: z.string(),
      }),
    ),
  }),
  hooks: z.record(z.string(), z.object({ command: z.string(), optional: z.literal(true) })),
});

test("the skill is named like its folder, and its description is short enough for Agent Skills", () => {
  const { name, description } = frontOf(templates.skill);
  expect(name).toBe("wavegate");
  expect(description?.length).toBeLessThanOrEqual(1024);
});

test("the manifest of the extension is what Spec Kit accepts", () => {
  const files = specKitFiles(templates);
  const manifest = MANIFEST.parse(load(files["extension.yml"] ?? ""));
  for (const { file } of manifest.provides.commands) expect(files).toHaveProperty([file]);
  expect(Object.keys(manifest.hooks)).toEqual(HOOKS.map(({ event }) => event));
  expect(manifest.hooks["before_plan"]?.command).toBe(specKitCommand("plan"));
});

describe("commands", () => {
  test.each(STAGE_COMMANDS)("%s never decides, and says who does", (stage) => {
    const text = renderCommand(templates.commands[stage], { name: stage, stage, form: "claude" });
    expect(text).toContain(`wavegate ${stage} SPEC`);
    expect(text).toContain("a person decides");
    expect(text).toContain("$ARGUMENTS");
    const tools = String(frontOf(text)["allowed-tools"]);
    expect(tools).toContain(`Bash(wavegate ${stage}:*)`);
    expect(tools).not.toMatch(/approve|reject|modify|cancel|resume|Bash\(wavegate:/);
  });

  test.each(["claude", "markdown", "qwen", "prompt", "skill"] as const)("as %s", (form) => {
    const text = renderCommand(templates.commands.plan, { name: "x-plan", stage: "plan", form });
    expect(frontOf(text)["description"]).toBe(
      "Plan a specification with Wavegate's analysts, and stop at the gate",
    );
    expect(text).not.toContain("{{arguments}}");
  });

  test("as TOML: one literal string, with nothing in it that would end it", () => {
    for (const stage of STAGE_COMMANDS) {
      const text = renderCommand(templates.commands[stage], { name: stage, stage, form: "toml" });
      const [, prompt] =
        /^description = "[^"\\]+"\n\nprompt = '''\n([^]*)\n'''\n$/.exec(text) ?? [];
      expect(prompt).toContain("{{args}}");
      expect(prompt).not.toContain("'''");
    }
  });
});

const pathsOf = (targets: readonly TargetName[], there: readonly string[] = []) =>
  wantedFiles(targets, templates, (each) => there.includes(each)).map(({ path: each }) => each);

describe("where files go", () => {
  test("in a project without Spec Kit", () => {
    const agents = TARGET_NAMES.filter((name) => name !== "spec-kit");
    expect(pathsOf(agents).filter((each) => !/prepare|review|complete/.test(each))).toEqual([
      ".claude/skills/wavegate/SKILL.md",
      ".claude/commands/wavegate-plan.md",
      ".agents/skills/wavegate/SKILL.md",
      ".gemini/commands/wavegate-plan.toml",
      ".opencode/commands/wavegate-plan.md",
      ".github/prompts/wavegate-plan.prompt.md",
      ".qwen/commands/wavegate-plan.md",
    ]);
  });

  test("with Spec Kit, beside its own commands", () => {
    expect(pathsOf(TARGET_NAMES).filter((each) => !/prepare|review|complete/.test(each))).toEqual([
      ".claude/skills/wavegate/SKILL.md",
      ".claude/skills/speckit-wavegate-plan/SKILL.md",
      ".agents/skills/wavegate/SKILL.md",
      ".agents/skills/speckit-wavegate-plan/SKILL.md",
      ".gemini/commands/speckit.wavegate.plan.toml",
      ".opencode/commands/speckit.wavegate.plan.md",
      ".github/prompts/speckit.wavegate.plan.prompt.md",
      ".qwen/commands/speckit.wavegate.plan.md",
      ".specify/extensions/wavegate/extension.yml",
      ".specify/extensions/wavegate/commands/speckit.wavegate.plan.md",
    ]);
    expect(pathsOf(["claude", "spec-kit"], [".claude/commands/speckit.plan.md"])).toContain(
      ".claude/commands/speckit.wavegate.plan.md",
    );
  });

  test("a skill of a command is named like its folder", () => {
    const skill = wantedFiles(["codex", "spec-kit"], templates, () => false).find(
      ({ path: each }) => each.includes("speckit-wavegate-review"),
    );
    expect(frontOf(skill?.content ?? "")["name"]).toBe("speckit-wavegate-review");
  });
});
