/** `wavegate init` and `init --remove` through the built program, on real files: what was there before is there after, byte for byte. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { canBeNobody, createCliHarness, lastJson } from "./cli-harness.ts";

const cli = createCliHarness({ ordinary: true });
afterAll(cli.close);

/** Each test has a project of its own. */
let count = 0;
let project = "";
beforeEach(() => {
  project = path.join(cli.folder, `project-${(count += 1)}`);
  mkdirSync(project);
  cli.own(project);
});

const put = (file: string, content: string) => cli.writeIn(project, file, content);
const text = (file: string) => readFileSync(path.join(project, file), "utf8");
const init = (...args: readonly string[]) =>
  // No program but those that are named here is found.
  cli.run(["init", ...args], { cwd: project, env: { PATH: path.join(cli.folder, "bin") } });

/** Every file, folder and link with its mode, owner and content. */
const treeOf = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .toSorted()
    .map((name) => {
      const file = path.join(root, name);
      const about = lstatSync(file);
      const content = about.isSymbolicLink()
        ? `-> ${readlinkSync(file)}`
        : about.isFile()
          ? createHash("sha256").update(readFileSync(file)).digest("hex")
          : "";
      return [name, about.mode.toString(8), about.uid, content].join(" ");
    });

const HOOKS = `# Ours
installed:
- git
settings:
  auto_execute_hooks: true # always
hooks:
  before_plan:
  # first of all
  - extension: git
    command: speckit.git.commit
    enabled: true
    condition: null
`;

test("all agents, beside what was there: again nothing, removed without a trace", async () => {
  put("README.md", "# Mine\n");
  put(".claude/commands/speckit.plan.md", "spec kit's\n");
  put(".claude/commands/speckit.wavegate.plan.md", "somebody else's\n");
  put(".claude/settings.json", "{}\n");
  put(".codex/config.toml", "");
  put("GEMINI.md", "");
  put(".specify/extensions.yml", HOOKS);
  chmodSync(path.join(project, ".specify/extensions.yml"), 0o640);
  mkdirSync(path.join(project, ".opencode"));
  cli.own(path.join(project, ".opencode"));
  const before = treeOf(project);

  const planned = lastJson(await init("--dry-run", "--json"));
  expect(treeOf(project)).toEqual(before);

  const outcome = await init();
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  const lines = outcome.stdout.split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(outcome.stdout.slice(0, outcome.stdout.indexOf("created")).replace(/\s+/g, " ")).toBe(
    "For Claude Code (.claude), Codex (.codex), Gemini CLI (GEMINI.md), OpenCode (.opencode), Spec Kit (.specify): ",
  );
  expect(lines).toContain("created .claude/commands/speckit.wavegate.review.md");
  expect(lines).toContain("created .agents/skills/speckit-wavegate-plan/SKILL.md");
  expect(lines).toContain("created .gemini/commands/speckit.wavegate.plan.toml");
  expect(lines).toContain("updated .specify/extensions.yml");
  expect(outcome.stdout).toContain(
    "left .claude/commands/speckit.wavegate.plan.md\n  another file of this name is there.",
  );
  expect(planned).toMatchObject({
    dryRun: true,
    created: lines.filter((line) => line.startsWith("created ")).map((line) => line.slice(8)),
    updated: [".specify/extensions.yml"],
    left: [{ path: ".claude/commands/speckit.wavegate.plan.md" }],
  });
  expect(text(".specify/extensions.yml")).toContain(
    `${HOOKS.slice(HOOKS.indexOf("hooks:"))}  - extension: wavegate\n    command: speckit.wavegate.plan\n`,
  );
  expect(lstatSync(path.join(project, ".specify/extensions.yml")).mode & 0o777).toBe(0o640);

  const installed = treeOf(project);
  const again = await init("--json");
  expect(lastJson(again)).toMatchObject({ created: [], updated: [], removed: [] });
  expect(treeOf(project)).toEqual(installed);

  const removed = await init("--remove");
  expect(removed).toMatchObject({ code: 0, stderr: "" });
  expect(removed.stdout).toContain("removed .claude/skills/wavegate/SKILL.md\n");
  expect(treeOf(project)).toEqual(before);
  expect(await init("--remove")).toMatchObject({
    code: 0,
    stdout: "Nothing that `wavegate init` wrote is here.\n",
  });
  expect(treeOf(project)).toEqual(before);
});

test("an agent on PATH; what the user changed stays, and so do folders that hold it", async () => {
  const bin = path.join(cli.folder, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, "claude"), "#!/bin/sh\n");
  chmodSync(path.join(bin, "claude"), 0o755);
  writeFileSync(path.join(bin, "codex"), "not to be run\n");
  const { stdout } = await init();
  expect(stdout).toContain("For Claude Code (claude on PATH):\ncreated wavegate.config.yaml\n");
  put(".claude/commands/wavegate-plan.md", "mine now\n");
  put(".claude/skills/other/SKILL.md", "mine, too\n");
  const removed = await init("--remove");
  expect(removed.stdout).toContain(
    "left .claude/commands/wavegate-plan.md\n  it was changed since",
  );
  const left = readdirSync(project, { recursive: true, encoding: "utf8" }).toSorted();
  expect(left).toEqual([
    ".claude",
    ".claude/commands",
    ".claude/commands/wavegate-plan.md",
    ".claude/skills",
    ".claude/skills/other",
    ".claude/skills/other/SKILL.md",
  ]);
  rmSync(bin, { recursive: true });
});

test("links: inside the project they are followed, out of it nothing is written", async () => {
  const outside = path.join(cli.folder, "outside");
  mkdirSync(outside);
  cli.own(outside);
  put("shared/skills/x/SKILL.md", "x\n");
  mkdirSync(path.join(project, ".claude"));
  cli.own(path.join(project, ".claude"));
  mkdirSync(path.join(project, ".agents"));
  cli.own(path.join(project, ".agents"));
  symlinkSync("../shared/skills", path.join(project, ".claude/skills"));
  symlinkSync("../shared/skills", path.join(project, ".agents/skills"));
  symlinkSync(outside, path.join(project, ".claude/commands"));
  symlinkSync("nowhere", path.join(project, ".gemini"));
  const before = treeOf(project);

  const { stdout } = await init("--for", "claude,codex,gemini");
  expect(stdout.match(/created .*SKILL\.md/g)).toEqual(["created shared/skills/wavegate/SKILL.md"]);
  expect(stdout.replace(/\s+/g, " ")).toContain(
    ".claude/commands is a link that leads out of the project.",
  );
  expect(stdout.replace(/\s+/g, " ")).toContain(".gemini is a link to something missing.");
  expect(readdirSync(outside)).toEqual([]);
  await init("--remove");
  expect(treeOf(project)).toEqual(before);
});

test.skipIf(process.getuid?.() === 0 && !canBeNobody())(
  "a folder that may not be written: an error that says so, and what was written can be taken back",
  async () => {
    put(".gemini/commands/mine.toml", "");
    put("CLAUDE.md", "");
    chmodSync(path.join(project, ".gemini/commands"), 0o555);
    const before = treeOf(project);
    const failed = await init();
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toContain("PROJECT_NOT_WRITABLE");
    expect(failed.stderr).toContain(".gemini/commands");
    expect(failed.stderr.replace(/\s+/g, " ")).toContain("`wavegate init --remove` takes back");
    expect(await init("--remove")).toMatchObject({ code: 0, stderr: "" });
    expect(treeOf(project)).toEqual(before);

    chmodSync(path.join(project, ".gemini/commands"), 0o755);
    chmodSync(project, 0o555);
    expect(await init()).toMatchObject({ code: 1, stdout: "" });
    chmodSync(project, 0o755);
    expect(readdirSync(project).toSorted()).toEqual([".gemini", "CLAUDE.md"]);
  },
);

test("names that are none, as an error of usage", async () => {
  const outcome = await init("--for", "claude,emacs");
  expect(outcome.code).toBe(2);
  expect(outcome.stderr.replace(/\s+/g, " ")).toContain('"emacs" is none of claude, codex');
  expect(readdirSync(project)).toEqual([]);
});
