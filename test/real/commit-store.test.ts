/** Commits from one clone of a repository to another by what machines share (PX-09), and what must not come in that way. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCommitStore } from "../../src/adapters/commits/create-commit-store.ts";
import { createLanding } from "../../src/adapters/landing/create-landing.ts";
import { digestOf } from "../../src/adapters/shared/digest.ts";
import { createWorkspaces } from "../../src/adapters/workspace/create-workspaces.ts";
import {
  createMemorySharedStore,
  type MemorySharedStore,
} from "../../src/testing/memory-shared-store.ts";
import { landingAcross, workspacesAcross } from "../../src/workflows/across-machines.ts";
import { usersTree } from "./users-tree.ts";
import { gitIn, never, put } from "./workspace-fixture.ts";

const MIB = 2 ** 20;
let folder: string;
let store: MemorySharedStore;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-commits-")));
  store = createMemorySharedStore();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A clone as a machine has it. */
function machine(
  name: string,
  options: { readonly remote?: string; readonly maxBytes?: number } = {},
) {
  const project = path.join(folder, name);
  const root = path.join(folder, `${name}-state`);
  const { remote = null, maxBytes = MIB } = options;
  const commits = createCommitStore({
    project,
    root,
    store: async () => store,
    remote,
    maxBytes,
  });
  const shared = { commits, store: async () => store };
  return {
    project,
    commits,
    git: (...args: string[]) => gitIn(project, ...args),
    workspaces: workspacesAcross(createWorkspaces({ project, root, env: {} }), shared),
    landing: landingAcross(createLanding({ project, root }), shared),
  };
}

/** Two clones of one repository of one commit; the first can commit. */
function twoMachines(options: Parameters<typeof machine>[1] = {}) {
  const one = machine("one", options);
  gitIn(folder, "init", "-q", "-b", "main", "one");
  one.git("config", "user.name", "User");
  one.git("config", "user.email", "user@localhost");
  put(one.project, { "a.txt": "a\n", "src/b.txt": "b\n" });
  one.git("add", "-A");
  one.git("commit", "-qm", "first");
  gitIn(folder, "clone", "-q", "one", "two");
  const two = machine("two", options);
  return { one, two, base: one.git("rev-parse", "HEAD") };
}

/** A commit on another one, which no branch has. */
function commitOn(one: ReturnType<typeof machine>, parent: string, text: string): string {
  const blob = path.join(folder, "blob");
  writeFileSync(blob, text);
  const id = one.git("hash-object", "-w", blob);
  const index = { GIT_INDEX_FILE: path.join(folder, "index") };
  Object.assign(process.env, index);
  try {
    one.git("read-tree", parent);
    one.git("update-index", "--add", "--cacheinfo", `100644,${id},made.txt`);
    return one.git("commit-tree", one.git("write-tree"), "-p", parent, "-m", text.slice(0, 20));
  } finally {
    delete process.env["GIT_INDEX_FILE"];
  }
}

const kept = (commit: string, base: string, kind: "head" | "result" = "head") => ({
  runId: "run-1",
  commit,
  base,
  kind,
});
const has = (one: ReturnType<typeof machine>, commit: string) =>
  one.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").includes(commit);
const refs = (one: ReturnType<typeof machine>) =>
  one.git("for-each-ref", "--format=%(refname)").split("\n");

describe("a commit that another machine made", () => {
  test("comes whole, held by a ref of ours, through few bundles, and nothing else changes", async () => {
    const { one, two, base } = twoMachines();
    const before = usersTree(two.project);
    let head = base;
    for (let at = 1; at <= 10; at++) {
      const next = commitOn(one, head, `text ${at}\n`);
      await one.commits.put(kept(next, head));
      await one.commits.put(kept(next, head));
      head = next;
    }
    const leaf = commitOn(one, head, "leaf\n");
    await one.commits.put(kept(leaf, head, "result"));
    // What its base leads to comes with that.
    await one.commits.put(kept(base, leaf, "result"));
    expect(store.commits.has(base)).toBe(false);
    expect(has(two, leaf)).toBe(false);
    let takes = 0;
    const plain = { ...store };
    store.take = (...args) => {
      takes += 1;
      return plain.take(...args);
    };
    await two.commits.get(leaf);
    expect(takes).toBeLessThanOrEqual(6);
    expect(two.git("rev-list", "--count", `${base}..${leaf}`)).toBe("11");
    expect(two.git("show", `${leaf}:made.txt`)).toBe("leaf");
    expect(two.git("fsck", "--full", "--strict", leaf)).not.toContain("missing");
    expect(refs(two).filter((ref) => ref.startsWith("refs/wavegate/"))).toEqual([
      `refs/wavegate/kept/${leaf}`,
    ]);
    expect(usersTree(two.project)).toBe(before);
  });

  test("that was changed on its way, or is not what it is called, does not come in", async () => {
    const { one, two, base } = twoMachines();
    const good = commitOn(one, base, "good\n");
    await one.commits.put(kept(good, base));
    const row = store.commits.get(good);
    const content = row && store.contents.get(row.digest);
    if (!row || !content) throw new Error("it was not kept");
    const damaged = Uint8Array.from(content);
    damaged.set([(damaged.at(-30) ?? 0) ^ 1], damaged.length - 30);
    const refuse = async (commit: string, bytes: Uint8Array, digest = digestOf(bytes)) => {
      store.contents.set(digest, bytes);
      store.commits.set(commit, { ...row, commit, digest, bytes: bytes.length });
      await expect(two.commits.get(commit)).rejects.toMatchObject({ code: "COMMIT_MISSING" });
      expect(has(two, commit)).toBe(false);
    };
    await refuse(good, damaged, row.digest);
    await refuse(good, damaged);
    await refuse(good, Buffer.from("no bundle\n"));
    await refuse("1".repeat(40), content);
    store.contents.set(row.digest, Buffer.concat([content, content]));
    store.commits.set(good, row);
    await expect(two.commits.get(good)).rejects.toMatchObject({ code: "COMMIT_MISSING" });
    expect(refs(two).filter((ref) => ref.startsWith("refs/wavegate/"))).toEqual([]);
  });

  test("with an object that git warns of does not come in", async () => {
    const { one, two, base } = twoMachines();
    const blob = one.git("rev-parse", `${base}:a.txt`);
    const tree = path.join(folder, "tree");
    writeFileSync(tree, Buffer.concat([Buffer.from("100644 .git\0"), Buffer.from(blob, "hex")]));
    const made = one.git("hash-object", "-t", "tree", "-w", "--literally", tree);
    const bad = one.git("commit-tree", made, "-p", base, "-m", "trap");
    await one.commits.put(kept(bad, base));
    await expect(two.commits.get(bad)).rejects.toMatchObject({
      code: "COMMIT_MISSING",
      message: expect.stringMatching(/hasDotgit/),
    });
    expect(has(two, bad)).toBe(false);
  });

  test("is refused where it is too large, and said to be missing where nobody kept what it begins with", async () => {
    const { one, two, base } = twoMachines();
    const small = machine("one", { maxBytes: 100 });
    const next = commitOn(one, base, "next\n");
    await expect(small.commits.put(kept(next, base))).rejects.toMatchObject({
      code: "COMMIT_TOO_LARGE",
    });
    const after = commitOn(one, next, "after\n");
    await one.commits.put(kept(after, next));
    await expect(two.commits.get(after)).rejects.toMatchObject({ code: "COMMIT_MISSING" });
    one.git("branch", "pushed", next);
    const asking = machine("two", { remote: "origin" });
    const before = refs(two);
    await asking.commits.get(after);
    expect(two.git("show", `${after}:made.txt`)).toBe("after");
    expect(refs(two).filter((ref) => !ref.startsWith("refs/wavegate/kept/"))).toEqual(before);
    const wrong = machine("two", { remote: "nowhere" });
    await expect(wrong.commits.get("2".repeat(40))).rejects.toThrow(/nowhere/);
  });
});

const ask = (task: string, base: string) => ({
  runId: "run-1",
  task,
  attempt: 1,
  base,
  mode: "write" as const,
});

function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

const item = ({ commit }: { readonly commit: string }, task: string, base: string) => ({
  task,
  work: commit,
  base,
  message: `${task}\n\nWavegate-Task: ${task}\n`,
});

test("a task goes on, and all lands, in another clone than the one it was begun in", async () => {
  const { one, two, base } = twoMachines();
  const branches = valueOf(await one.landing.begin({ runId: "run-1", base, target: null }));
  const work = async (on: typeof one, task: string, from: string) => {
    const opened = valueOf(await on.workspaces.open(ask(task, from), never));
    const there = valueOf(await on.workspaces.begin(opened, never));
    put(there.project, { [`${task}.txt`]: `${task}\n` });
    return valueOf(await on.workspaces.collect(there));
  };
  const first = await work(one, "t1", base);
  const request = {
    runId: "run-1",
    head: base,
    at: 1_700_000_000,
    items: [item(first, "t1", base)],
  };
  const { head } = valueOf(await one.landing.gather(request, never));
  const moved = valueOf(
    await one.landing.advance({ runId: "run-1", from: base, to: head, branches }),
  );
  // The journal knows a workspace of a machine that is gone, and the agent had been in it.
  const lost = valueOf(await one.workspaces.open(ask("t2", head), never));
  put(lost.project, { "half.txt": "half\n" });
  const third = await work(one, "t3", head);
  rmSync(path.join(folder, "one"), { recursive: true });
  rmSync(path.join(folder, "one-state"), { recursive: true });

  const gone = await two.workspaces.check(lost);
  expect(gone).toMatchObject({ ok: false, error: { kind: "workspace-gone" } });
  const again = valueOf(await two.workspaces.begin(lost, never));
  expect(again.folder.startsWith(path.join(folder, "two-state"))).toBe(true);
  put(again.project, { "t2.txt": "t2\n" });
  expect(valueOf(await two.workspaces.check(lost))).toEqual(again);
  const second = valueOf(await two.workspaces.collect(lost));
  expect(second.changes.map(({ path: file }) => file)).toEqual(["t2.txt"]);
  expect(await two.workspaces.discard(lost)).toMatchObject({ kind: "discarded" });

  const items = [item(second, "t2", head), item(third, "t3", head)];
  const rest = valueOf(await two.landing.gather({ ...request, head, items }, never));
  const ended = await two.landing.advance({
    runId: "run-1",
    from: head,
    to: rest.head,
    branches: moved,
  });
  expect(valueOf(ended)).toEqual([
    { name: "refs/heads/wavegate/run-1", at: rest.head, lags: null },
  ]);
  expect(two.git("rev-parse", "wavegate/run-1")).toBe(rest.head);
  const point = { runId: "run-1", name: "p", commit: head };
  valueOf(await two.landing.keepPoint(point));
  gitIn(folder, "clone", "-q", "--no-local", "--single-branch", "-b", "main", "two", "three");
  const three = machine("three");
  valueOf(await three.landing.landOnto({ runId: "run-1", head: rest.head, point: "p" }));
  expect(three.git("log", "--format=%s", `${base}..HEAD`)).toBe("t1");
  valueOf(await three.landing.landOnto({ runId: "run-1", head: rest.head }));
  expect(three.git("log", "--format=%s", `${base}..HEAD`).split("\n")).toEqual(["t3", "t2", "t1"]);
  expect(three.git("status", "--porcelain")).toBe("");
});
