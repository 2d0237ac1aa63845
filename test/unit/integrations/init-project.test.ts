/** What `init` writes it can take away, whatever was there before; what was there before is never touched. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../../src/adapters/shared/digest.ts";
import { readTemplates } from "../../../src/adapters/integrations/read-templates.ts";
import { initAndLook, initProject, type InitRequest } from "../../../src/app/init-project.ts";
import { WavegateError } from "../../../src/core/error.ts";
import { err, ok } from "../../../src/core/result.ts";
import { EMPTY_FILE } from "../../../src/integrations/extensions-file.ts";
import { RECORD_FILE } from "../../../src/integrations/install-record.ts";
import { EXTENSIONS_FILE } from "../../../src/integrations/spec-kit.ts";
import { TARGET_NAMES, type TargetName } from "../../../src/integrations/targets.ts";
import { wantedFiles } from "../../../src/integrations/wanted-files.ts";
import { createMemoryTree } from "./memory-tree.ts";

const templates = await readTemplates();
const starter = {
  path: "wavegate.config.yaml",
  content: "# starter\n",
  unless: ["wavegate.config.yaml", "wavegate.config.json"],
};
const SKILL = ".claude/skills/wavegate/SKILL.md";
const PLAN = ".claude/commands/wavegate-plan.md";

const GIT_HOOKS = `installed:
- git
settings:
  auto_execute_hooks: true
hooks:
  before_plan:
  - extension: git
    command: speckit.git.commit
    enabled: true
    optional: true
    prompt: Commit outstanding changes before planning?
    description: Auto-commit before implementation planning
    condition: null
`;

function project(
  before: Readonly<Record<string, string>> = {},
  {
    folders = [],
    programs = [],
  }: { folders?: readonly string[]; programs?: readonly string[] } = {},
) {
  const memory = createMemoryTree(new Map(Object.entries(before)), new Set(folders));
  const ports = {
    tree: memory.tree,
    starter,
    digestOf,
    settings: async () => ok({}),
    templates: async () => templates,
    hasProgram: (name: string) => programs.includes(name),
  };
  return { ...memory, ports, init: (request: InitRequest = {}) => initProject(ports, request) };
}

describe("what is found", () => {
  test("agents by what is in the project, or on PATH", async () => {
    const { init } = project({ "CLAUDE.md": "" }, { folders: [".specify"], programs: ["codex"] });
    const { targets } = await init({ dryRun: true });
    expect(targets).toEqual([
      { name: "claude", found: "CLAUDE.md" },
      { name: "codex", found: "codex on PATH" },
      { name: "spec-kit", found: ".specify" },
    ]);
  });

  test("nothing is taken for Copilot's that every project has", async () => {
    const { init } = project({ ".github/workflows/ci.yml": "" });
    expect(await init()).toMatchObject({ targets: [], created: ["wavegate.config.yaml"] });
  });

  test("named agents, and those that were named before", async () => {
    const { init } = project({}, { programs: ["claude"] });
    await init({ for: ["codex"] });
    expect((await init({ for: ["gemini"] })).targets).toEqual([
      { name: "codex", found: "installed before" },
      { name: "gemini", found: "asked for" },
    ]);
  });
});

describe("what is there already", () => {
  test("a file of the same name with other content is left alone, and said", async () => {
    const { init, files } = project({ [PLAN]: "mine\n" });
    const { left } = await init({ for: ["claude"] });
    expect(left).toMatchObject([{ path: PLAN, reason: "another file of this name is there" }]);
    await init({ remove: true });
    expect(files.get(PLAN)).toBe("mine\n");
  });

  test("so is a folder, and a file in the place of a folder", async () => {
    const { init } = project({ ".claude/skills": "" }, { folders: [PLAN] });
    const { left } = await init({ for: ["claude"] });
    expect(left.map(({ path }) => path)).toEqual([SKILL, PLAN]);
  });

  test("a file with the very content stays when ours go: it was there before", async () => {
    const [skill] = wantedFiles(["claude"], templates, () => false);
    const { init, files } = project({ [SKILL]: skill?.content ?? "" });
    expect((await init({ for: ["claude"] })).created).not.toContain(SKILL);
    await init({ remove: true });
    expect(files.has(SKILL)).toBe(true);
  });

  test("again, nothing changes", async () => {
    const { init, snapshot } = project({ [EXTENSIONS_FILE]: GIT_HOOKS });
    await init({ for: TARGET_NAMES });
    const first = snapshot();
    expect(await init()).toMatchObject({ created: [], updated: [], removed: [], left: [] });
    expect(snapshot()).toEqual(first);
  });

  test("a dry run changes nothing, and says the same", async () => {
    const { init, snapshot } = project({ [EXTENSIONS_FILE]: GIT_HOOKS, [PLAN]: "mine" });
    const before = snapshot();
    const planned = await init({ for: TARGET_NAMES, dryRun: true });
    expect(snapshot()).toEqual(before);
    expect(await init({ for: TARGET_NAMES })).toEqual(planned);
  });
});

describe("what the user changed", () => {
  test("stays when a new version comes, and on removal; both say so", async () => {
    const { init, files } = project();
    await init({ for: ["claude"] });
    files.set(PLAN, "mine now\n");
    expect((await init()).left).toMatchObject([
      { path: PLAN, reason: "it was changed since it was installed" },
    ]);
    expect(await init({ remove: true })).toMatchObject({ left: [{ path: PLAN }] });
    expect([...files.keys()]).toEqual([PLAN]);
  });

  test("the configuration is the user's to change: nothing is said until it is to be removed", async () => {
    const { init, files } = project();
    await init();
    files.set("wavegate.config.yaml", "stages: {}\n");
    expect((await init()).left).toEqual([]);
    expect((await init({ remove: true })).left).toMatchObject([{ path: "wavegate.config.yaml" }]);
    expect(files.get("wavegate.config.yaml")).toBe("stages: {}\n");
  });

  test("a file that was removed comes back", async () => {
    const { init, files } = project();
    await init({ for: ["claude"] });
    files.delete(SKILL);
    expect((await init()).created).toEqual([SKILL]);
  });
});

describe("a new version", () => {
  test("brings own files up to date, and removes what has no use any more", async () => {
    const old = project();
    const { ports } = old;
    await old.init({ for: ["claude", "spec-kit"] });
    const record = JSON.parse(old.files.get(RECORD_FILE) ?? "");
    old.files.set(".claude/commands/wavegate-gone.md", "gone");
    record.files[".claude/commands/wavegate-gone.md"] = [digestOf("gone")];
    old.files.set(RECORD_FILE, JSON.stringify(record));
    const newer = { ...templates, skill: `${templates.skill}\nMore.\n` };
    const report = await initProject({ ...ports, templates: async () => newer }, {});
    expect(report).toMatchObject({
      created: [],
      updated: [SKILL],
      removed: [".claude/commands/wavegate-gone.md"],
    });
    expect(old.files.get(SKILL)).toContain("More.");
    await old.init({ remove: true });
    expect(old.snapshot()).toEqual({ files: [], folders: [] });
  });
});

describe("a new version on a full disk", () => {
  test("removal takes away the old files and the new ones", async () => {
    for (const changes of [0, 1, 2]) {
      const old = project();
      await old.init({ for: ["claude"] });
      const commands = { ...templates.commands, plan: `${templates.commands.plan}\nMore.\n` };
      const newer = { ...templates, commands, skill: `${templates.skill}\nMore.\n` };
      old.room.changes = changes;
      const update = initProject({ ...old.ports, templates: async () => newer }, {});
      const outcome = await update.then(
        () => "done",
        () => "full",
      );
      expect(outcome).toBe(changes < 2 ? "full" : "done");
      old.room.changes = Number.POSITIVE_INFINITY;
      expect(await old.init({ remove: true })).toMatchObject({ left: [] });
      expect(old.snapshot()).toEqual({ files: [], folders: [] });
    }
  });
});

describe("Spec Kit's file, where others change it meanwhile", () => {
  const JIRA = `  after_tasks:
  - extension: jira
    command: speckit.jira.sync
`;

  test("what they added stays; ours go, also those that came later", async () => {
    const { init, files } = project({ [EXTENSIONS_FILE]: GIT_HOOKS });
    await init({ for: ["spec-kit"] });
    const ours = files.get(EXTENSIONS_FILE) ?? "";
    const at = ours.indexOf("  after_analyze:");
    expect(at).toBeGreaterThan(0);
    files.set(EXTENSIONS_FILE, ours.slice(0, at) + JIRA);
    expect((await init()).updated).toEqual([EXTENSIONS_FILE]);
    expect(files.get(EXTENSIONS_FILE)).toContain("  after_analyze:");
    expect((await init()).updated).toEqual([]);
    await init({ remove: true });
    expect(files.get(EXTENSIONS_FILE)).toBe(GIT_HOOKS + JIRA);
  });

  test("one that was not there before goes when only its beginning is left", async () => {
    const { init, files, snapshot } = project();
    await init({ for: ["spec-kit"] });
    const ours = files.get(EXTENSIONS_FILE) ?? "";
    files.set(EXTENSIONS_FILE, ours.replace("enabled: true", "enabled: false"));
    await init({ remove: true });
    expect(snapshot()).toEqual({ files: [], folders: [] });
  });

  test("and stays for as little as a note", async () => {
    const { init, files } = project();
    await init({ for: ["spec-kit"] });
    files.set(EXTENSIONS_FILE, `# a note\n${files.get(EXTENSIONS_FILE)}`);
    await init({ remove: true });
    expect(files.get(EXTENSIONS_FILE)).toBe(`# a note\n${EMPTY_FILE}`);
  });

  test("and stays, without ours, when there is something else in it", async () => {
    const { init, files } = project();
    await init({ for: ["spec-kit"] });
    files.set(EXTENSIONS_FILE, files.get(EXTENSIONS_FILE) + JIRA);
    await init({ remove: true });
    expect([...files]).toEqual([
      [EXTENSIONS_FILE, `installed: []\nsettings:\n  auto_execute_hooks: true\nhooks:\n${JIRA}`],
    ]);
  });

  test("one that nobody can read any more is left, and named", async () => {
    const { init, files } = project({ [EXTENSIONS_FILE]: GIT_HOOKS });
    await init({ for: ["spec-kit"] });
    files.set(EXTENSIONS_FILE, "hooks: [");
    const reason = "it is not edited: it is not YAML";
    expect((await init()).left).toMatchObject([{ path: EXTENSIONS_FILE, reason }]);
    expect((await init({ remove: true })).left).toMatchObject([{ path: EXTENSIONS_FILE, reason }]);
    expect([...files]).toEqual([[EXTENSIONS_FILE, "hooks: ["]]);
  });
});

test("a configuration that can't be read is no configuration: nothing is written until it is mended", async () => {
  const { ports, snapshot } = project({ "wavegate.config.json": "{" });
  const before = snapshot();
  const error = new WavegateError("CONFIG_INVALID", "no", { hint: "Mend it." });
  const broken = { ...ports, settings: async () => err(error) };
  await expect(initProject(broken, { for: ["claude"] })).rejects.toBe(error);
  expect(snapshot()).toEqual(before);
  expect(await initProject(broken, { remove: true })).toMatchObject({ known: false });
});

describe("removal", () => {
  test("for one agent leaves what others share", async () => {
    const { init, files } = project();
    await init({ for: ["codex", "gemini", "claude"] });
    await init({ remove: true, for: ["codex", "claude"] });
    expect([...files.keys()].filter((path) => path.startsWith(".agents/"))).toEqual([
      ".agents/skills/wavegate/SKILL.md",
    ]);
    expect([...files.keys()].filter((path) => path.startsWith(".claude/"))).toEqual([]);
    expect(files.has("wavegate.config.yaml")).toBe(true);
  });

  test("of nothing leaves no trace", async () => {
    const { init, snapshot } = project();
    expect(await init({ remove: true })).toMatchObject({ known: false, removed: [] });
    expect(snapshot()).toEqual({ files: [], folders: [] });
  });

  test("keeps runs", async () => {
    const { init, files } = project();
    await init();
    files.set(".wavegate/project.json", "{}");
    await init({ remove: true });
    expect([...files.keys()].toSorted()).toEqual([
      ".wavegate/.gitignore",
      ".wavegate/project.json",
    ]);
  });

  test("believes no record that names other files", async () => {
    const { init, files } = project({ "src/main.ts": "code" });
    for (const path of [
      "src/main.ts",
      "../wavegate.config.yaml",
      "/etc/wavegate.md",
      "a/../wavegate-x",
    ]) {
      files.set(
        RECORD_FILE,
        JSON.stringify({
          format: 1,
          targets: [],
          files: { [path]: [digestOf("code")] },
          folders: [],
        }),
      );
      await expect(init({ remove: true })).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
    }
    files.set(RECORD_FILE, "{");
    await expect(init()).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
    expect(files.get("src/main.ts")).toBe("code");
  });
});

/** Paths around those that `init` writes, and contents that matter. */
const all = wantedFiles(TARGET_NAMES, templates, () => false);
const plain = wantedFiles(TARGET_NAMES.slice(0, -1), templates, () => false);
const paths = [...all, ...plain].map(({ path }) => path);
const interesting = [
  ...paths,
  ...paths.map((path) => path.split("/").slice(0, -1).join("/")),
  ".claude/commands/speckit.plan.md",
  ".github/skills/speckit-plan/SKILL.md",
  ".wavegate/project.json",
  "wavegate.config.json",
  "src/a.ts",
];
const contents = ["", "mine\n", ...all.slice(0, 3).map(({ content }) => content)];
const entry = fc.tuple(fc.constantFrom(...interesting), fc.constantFrom("folder", ...contents));
const hooksFile = fc.constantFrom(
  undefined,
  "",
  GIT_HOOKS,
  GIT_HOOKS.trimEnd(),
  GIT_HOOKS.replaceAll("\n", "\r\n"),
  "installed: []\nsettings:\n  auto_execute_hooks: true\nhooks: {}\n",
  "hooks:\n  before_plan: []\n  after_plan:\n    # ours\n    - command: x # why\n\n# end\ninstalled: [git]\n",
  "no: [yaml",
  "installed: null\nhooks:\n# none yet\n",
);
const before = fc.record({ entries: fc.array(entry, { maxLength: 8 }), hooks: hooksFile });
const targets = fc.subarray<TargetName>([...TARGET_NAMES]);

function arrange({
  entries,
  hooks,
}: {
  entries: readonly [string, string][];
  hooks: string | undefined;
}) {
  const made = project();
  const put = (path: string, content: string) => {
    const steps = path.split("/").map((_name, at, names) => names.slice(0, at + 1).join("/"));
    if (steps.some((step) => made.files.has(step)) || made.folders.has(path)) return;
    for (const step of steps.slice(0, -1)) made.folders.add(step);
    if (content === "folder") made.folders.add(path);
    else made.files.set(path, content);
  };
  for (const [path, content] of entries) put(path, content);
  // Whatever is in a state folder, git is told to ignore it.
  if ([...made.files.keys(), ...made.folders].some((path) => path.startsWith(".wavegate/")))
    put(".wavegate/.gitignore", "*\n");
  if (hooks !== undefined) put(EXTENSIONS_FILE, hooks);
  return made;
}

describe("for whatever was there before", () => {
  test("removal after any installations is as if nothing had been", async () => {
    await fc.assert(
      fc.asyncProperty(
        before,
        fc.array(targets, { minLength: 1, maxLength: 3 }),
        async (tree, each) => {
          const { init, snapshot, files } = arrange(tree);
          const original = snapshot();
          const kept = new Map(files);
          for (const names of each) await init({ for: names });
          for (const [path, content] of kept)
            if (path !== EXTENSIONS_FILE) expect(files.get(path)).toBe(content);
          await init({ remove: true });
          expect(snapshot()).toEqual(original);
        },
      ),
      { numRuns: 120 },
    );
  });

  test("also where the disk was full after any number of changes", async () => {
    await fc.assert(
      fc.asyncProperty(before, targets, fc.nat({ max: 30 }), async (tree, names, changes) => {
        const { init, snapshot, room } = arrange(tree);
        const original = snapshot();
        room.changes = changes;
        await init({ for: names }).catch(() => undefined);
        room.changes = Number.POSITIVE_INFINITY;
        await init({ remove: true });
        expect(snapshot()).toEqual(original);
      }),
      { numRuns: 80 },
    );
  });

  test("agent by agent, too", async () => {
    await fc.assert(
      fc.asyncProperty(before, targets, async (tree, names) => {
        const { init, snapshot } = arrange(tree);
        const original = snapshot();
        await init({ for: names });
        for (const name of names) await init({ remove: true, for: [name] });
        await init({ remove: true });
        expect(snapshot()).toEqual(original);
      }),
      { numRuns: 60 },
    );
  });
});

test("what is named as next is a specification that is there", async () => {
  const { ports } = project();
  const look = (names: readonly string[], request: InitRequest = {}) =>
    initAndLook(
      {
        ...ports,
        repository: {
          read: async () => ({
            source: "walk",
            note: null,
            complete: true,
            files: names.map((path) => ({ path, bytes: 1 })),
            leftOut: [],
          }),
        },
      },
      request,
    );
  const there = ["specs/002-b/spec.md", "docs/specs/1/spec.md", "specs/001-a/spec.md"];
  expect((await look(there)).spec).toBe("specs/001-a/spec.md");
  expect((await look([])).spec).toBeUndefined();
  expect((await look(there, { remove: true })).spec).toBeUndefined();
});
