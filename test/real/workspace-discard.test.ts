/** Deleting workspaces (RELIABILITY I-31 to I-33, F-19): only what is provably ours, and nothing that no ref holds. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { TEMPORARY_NAME } from "../../src/adapters/shared/write-atomic.ts";
import type { Workspace } from "../../src/ports/workspaces.ts";
import { gitIn, never, put, workspaceFixture } from "./workspace-fixture.ts";

const fixture = workspaceFixture();
const { git, base, project, root } = fixture;
const canary = path.join(fixture.folder, "canary");
beforeAll(() => put(canary, { "of/value.txt": "value" }));
afterAll(fixture.remove);

interface Case {
  readonly name: string;
  readonly prepare: (space: Workspace) => Workspace | undefined;
  readonly kind: "discarded" | "kept" | "absent";
  /** File whose content must be reachable from refs of ours afterwards. */
  readonly saved?: readonly [name: string, text: string];
}

const elsewhere = (space: Workspace, folder: string): Workspace => ({ ...space, folder });

const CASES: readonly Case[] = [
  { name: "clean", prepare: () => undefined, kind: "discarded" },
  {
    name: "changed, not committed",
    prepare({ folder }) {
      put(folder, { "a.txt": "dirty" });
      return undefined;
    },
    kind: "discarded",
    saved: ["a.txt", "dirty"],
  },
  {
    name: "untracked",
    prepare({ folder }) {
      put(folder, { "new/u.txt": "untracked" });
      return undefined;
    },
    kind: "discarded",
    saved: ["new/u.txt", "untracked"],
  },
  {
    name: "committed on another branch, which was left",
    prepare({ folder }) {
      gitIn(folder, "checkout", "-q", "-b", "other");
      put(folder, { "c.txt": "on a branch" });
      gitIn(folder, "add", "-A");
      gitIn(folder, "commit", "-q", "-m", "c");
      gitIn(folder, "checkout", "-q", "wavegate");
      return undefined;
    },
    kind: "discarded",
    saved: ["c.txt", "on a branch"],
  },
  {
    name: "committed, then reset away",
    prepare({ folder }) {
      put(folder, { "r.txt": "reset" });
      gitIn(folder, "add", "-A");
      gitIn(folder, "commit", "-q", "-m", "r");
      gitIn(folder, "reset", "-q", "--hard", "HEAD~1");
      return undefined;
    },
    kind: "discarded",
    saved: ["r.txt", "reset"],
  },
  {
    name: "links to what is of value",
    prepare({ folder }) {
      symlinkSync(canary, path.join(folder, "linked"));
      mkdirSync(path.join(folder, "node_modules"));
      symlinkSync(canary, path.join(folder, "node_modules/linked"));
      return undefined;
    },
    kind: "discarded",
  },
  {
    name: "replaced by a link",
    prepare({ folder }) {
      renameSync(folder, path.join(fixture.folder, "moved-1"));
      symlinkSync(canary, folder);
      return undefined;
    },
    kind: "kept",
  },
  {
    name: "replaced by another folder",
    prepare({ folder }) {
      renameSync(folder, path.join(fixture.folder, "moved-2"));
      renameSync(canary, folder);
      return undefined;
    },
    kind: "kept",
  },
  // Made on another machine: what is here by its name goes, never what is at its path.
  {
    name: "said to be at the user's own tree",
    prepare: (space) => elsewhere(space, project),
    kind: "discarded",
  },
  {
    name: "said to be at any other folder",
    prepare: (space) => elsewhere(space, canary),
    kind: "discarded",
  },
  {
    name: "a folder that is in no registry",
    prepare: (space) => ({ ...elsewhere(space, canary), id: "unknown" }),
    kind: "absent",
  },
  { name: "of another attempt", prepare: (space) => ({ ...space, attempt: 7 }), kind: "kept" },
];

test.each(CASES)("$name: $kind", async ({ prepare, kind, saved }) => {
  const made = await fixture.open();
  const space = prepare(made) ?? made;
  const discarded = await fixture.untouched(() => fixture.workspaces().discard(space));
  expect(discarded.kind).toBe(kind);
  if (!existsSync(canary)) renameSync(made.folder, canary);
  expect(readFileSync(path.join(canary, "of/value.txt"), "utf8")).toBe("value");
  if (kind === "discarded") expect(existsSync(made.folder)).toBe(false);
  if (saved) {
    const [name, text] = saved;
    const rescue = discarded.kind === "discarded" ? discarded.rescue : null;
    expect(git("show", `${rescue}:${name}`)).toBe(text);
  } else if (kind === "discarded" && !rescued(made))
    expect(discarded).toMatchObject({ rescue: null });
});

const rescued = ({ task }: Workspace) =>
  git("for-each-ref", `refs/wavegate/rescue/run-1/${task}`) !== "";

test("what was collected is not saved twice, and afterwards the base is no longer held", async () => {
  git("commit", "-q", "--allow-empty", "-m", "next");
  const next = git("rev-parse", "HEAD");
  const space = await fixture.open({ base: next });
  put(space.folder, { "x.txt": "x" });
  const work = await fixture.collect(space);
  expect(git("rev-parse", `refs/wavegate/bases/${next}`)).toBe(next);
  expect(await fixture.workspaces().discard(space)).toEqual({ kind: "discarded", rescue: null });
  expect(git("for-each-ref", `refs/wavegate/bases/${next}`)).toBe("");
  expect(git("show", `${work.ref}:x.txt`)).toBe("x");
  expect(await fixture.workspaces().discard(space)).toEqual({ kind: "absent" });
  git("reset", "-q", "--hard", base);
});

/** What checks leave in a clone, or whoever looks into it. */
const LATER: readonly (readonly [string, (folder: string) => void, string])[] = [
  ["changed, to as many bytes", (folder) => put(folder, { "x.txt": "z" }), "x.txt"],
  ["added", (folder) => put(folder, { "later.txt": "z" }), "later.txt"],
  [
    "committed, and taken back",
    (folder) => {
      put(folder, { "c.txt": "z" });
      gitIn(folder, "add", "c.txt");
      gitIn(folder, "commit", "-q", "-m", "later");
      gitIn(folder, "reset", "-q", "--hard", "HEAD~1");
      put(folder, { "x.txt": "x" });
    },
    "c.txt",
  ],
];

test.each(LATER)("what was %s after it was collected is saved", async (_, change, name) => {
  const space = await fixture.open();
  put(space.folder, { "x.txt": "x" });
  await fixture.collect(space);
  change(space.folder);
  expect(await fixture.workspaces().discard(space)).toMatchObject({ kind: "discarded" });
  const refs = git(
    "for-each-ref",
    "--format=%(refname)",
    `refs/wavegate/rescue/run-1/${space.task}`,
  );
  const texts = refs.split("\n").flatMap((ref) => {
    const has = git("ls-tree", "--name-only", ref, name) !== "";
    return has ? [git("show", `${ref}:${name}`)] : [];
  });
  expect(texts).toContain("z");
});

test.runIf(process.platform === "linux")("a workspace that a process works in stays", async () => {
  const space = await fixture.open();
  mkdirSync(path.join(space.folder, "deep"));
  const child = spawn("sleep", ["60"], { cwd: path.join(space.folder, "deep") });
  try {
    await once(child, "spawn");
    const kept = await fixture.workspaces().discard(space);
    expect(kept).toMatchObject({ kind: "kept", reason: `process ${child.pid} works in it` });
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  expect(await fixture.workspaces().discard(space)).toMatchObject({ kind: "discarded" });
});

test("objects that only a clone borrowed are safe from the user's git", async () => {
  put(project, { "short-lived.txt": "s" });
  git("add", "short-lived.txt");
  git("commit", "-q", "-m", "short-lived");
  const lost = git("rev-parse", "HEAD");
  const space = await fixture.open({ base: lost });
  git("reset", "-q", "--hard", base);
  git("reflog", "expire", "--expire=now", "--all");
  git("gc", "-q", "--prune=now");
  put(space.folder, { "y.txt": "y" });
  expect((await fixture.collect(space)).changes).toHaveLength(1);
  expect(gitIn(space.folder, "show", "HEAD:short-lived.txt")).toBe("s");
  rmSync(root, { recursive: true });
  writeFileSync(path.join(project, "still-there"), "");
});

test("an agent whose predecessor was killed begins in a clean clone, and what that left is kept by a ref", async () => {
  const space = await fixture.open();
  const spaces = fixture.workspaces();
  await fixture.untouched(async () => {
    expect(await spaces.begin(space, never)).toEqual({ ok: true, value: space });
    put(space.folder, { "a.txt": "half done", "new.txt": "new" });
    expect(await spaces.begin(space, never)).toEqual({ ok: true, value: space });
    expect(gitIn(space.folder, "status", "--porcelain")).toBe("");
    expect(existsSync(path.join(space.folder, "new.txt"))).toBe(false);
    const [rescue = ""] = git(
      "for-each-ref",
      "--format=%(refname)",
      `refs/wavegate/rescue/run-1/${space.task}`,
    ).split("\n");
    expect(git("show", `${rescue}:a.txt`)).toBe("half done");
    // A kill between the two: nothing stands there.
    put(space.folder, { "a.txt": "once more" });
    await spaces.discard(space);
    expect(await spaces.begin(space, never)).toEqual({ ok: true, value: space });
    expect(await fixture.collect(space)).toMatchObject({ changes: [] });
    expect(await spaces.discard(space)).toMatchObject({ kind: "discarded" });
  });
});

/** What there is of clones besides empty folders, and files that are cleared away when they are an hour old. */
const leftIn = (state: string): readonly string[] =>
  readdirSync(state).flatMap((repository) =>
    ["work", "trash", "git", "registry"].flatMap((part) =>
      readdirSync(path.join(state, repository, part))
        .filter((name) => !TEMPORARY_NAME.test(name))
        .map((name) => `${part}/${name}`),
    ),
  );

test("killed at any point: nothing is left of a run that is over, and all that was written is kept by a ref", async () => {
  const own = workspaceFixture();
  const script = path.join(import.meta.dirname, "../fixtures/workspace/killed-at.mjs");
  const module = path.join(inject("builtProgram"), "dist/adapters/workspace/create-workspaces.js");
  const keptOf = (task: string): readonly string[] => {
    const refs = ["for-each-ref", "--format=%(refname)", `refs/wavegate/rescue/run-1/${task}`];
    return own
      .git(...refs)
      .split("\n")
      .flatMap((ref) => own.git("ls-tree", "--name-only", ref).split("\n"));
  };
  const spaces = own.workspaces();
  let points = 0;
  for (let killed = true; killed; points++) {
    const request = own.request();
    const given = { project: own.project, root: own.root, request, at: points + 1 };
    const args = [script, module, JSON.stringify(given)];
    const { signal, status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
    });
    killed = signal === "SIGKILL";
    expect([killed || status === 0, stderr]).toEqual([true, ""]);
    // Some go on with the run, in a clean clone.
    if (points % 4 === 0) {
      const space = await own.open(request);
      expect(await spaces.begin(space, never)).toMatchObject({ ok: true });
      expect(gitIn(space.folder, "status", "--porcelain")).toBe("");
    }
    expect(await spaces.clear(async (run) => run === "run-1")).toEqual([]);
    expect([points, ...leftIn(own.root)]).toEqual([points]);
    expect(own.git("for-each-ref", "refs/wavegate/bases")).toBe("");
    const written = stdout.split("\n").filter(Boolean);
    if (written.length > 0) expect(keptOf(request.task)).toEqual(expect.arrayContaining(written));
  }
  expect(points).toBeGreaterThan(15);
  own.remove();
});
