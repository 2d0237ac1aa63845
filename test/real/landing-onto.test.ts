/** Branches follow a run, and people bring its work over: forward only, and nothing of theirs is ever overwritten (RELIABILITY I-31, I-35). */
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { apartBranches } from "../../src/adapters/landing/apart-branches.ts";
import { createLanding } from "../../src/adapters/landing/create-landing.ts";
import { lookBefore, putBack } from "../../src/adapters/landing/put-back.ts";
import { usersGit } from "../../src/adapters/landing/users-git.ts";
import { workingTrees } from "../../src/adapters/landing/working-trees.ts";
import { findRepository } from "../../src/adapters/shared/git/locate-repository.ts";
import { landingContract } from "../../src/testing/landing-contract.ts";
import { landingFixture } from "./landing-fixture.ts";
import { usersTree } from "./users-tree.ts";
import { gitIn, never, put } from "./workspace-fixture.ts";

describe("the contract, with git", () => {
  landingContract(test, async () => {
    const { landing, git, gitWith, folder, remove } = landingFixture();
    let count = 0;
    return {
      landing,
      async commit(parent, files) {
        const index = { GIT_INDEX_FILE: path.join(folder, `index-${++count}`) };
        gitWith(index, parent === undefined ? ["read-tree", "--empty"] : ["read-tree", parent]);
        for (const [name, text] of Object.entries(files)) {
          writeFileSync(path.join(folder, "blob"), text ?? "");
          const blob = git("hash-object", "-w", path.join(folder, "blob"));
          const change =
            text === null
              ? ["--force-remove", name]
              : ["--add", "--cacheinfo", `100644,${blob},${name}`];
          gitWith(index, ["update-index", ...change]);
        }
        const tree = gitWith(index, ["write-tree"]);
        return git(
          "commit-tree",
          tree,
          ...(parent === undefined ? [] : ["-p", parent]),
          "-m",
          "work",
        );
      },
      textAt: async (commit, name) => `${git("cat-file", "blob", `${commit}:${name}`)}\n`,
      branch: async (name) =>
        git("for-each-ref", "--format=%(objectname)", `refs/heads/${name}`) || undefined,
      setBranch: async (name, commit) => void git("update-ref", `refs/heads/${name}`, commit),
      close: async () => remove(),
    };
  });
});

describe("a run that landed two commits", () => {
  let fixture: ReturnType<typeof landingFixture>;
  let base = "";
  let head = "";
  beforeEach(async () => {
    fixture = landingFixture();
    base = fixture.commit({ "a.txt": "a\n", "b.txt": "b\n", ".gitignore": "*.env\ndeps/\n" });
    const begun = await fixture.landing.begin({ runId: "run-1", base, target: null });
    if (!begun.ok) throw begun.error;
    const one = fixture.put("one", base, { "a.txt": "landed\n", "new/c.txt": "c\n" });
    const two = fixture.put("two", base, { "x.env": "landed\n", deps: "a file\n" });
    ({ head } = await fixture.gather(base, one, two));
    const move = { runId: "run-1", from: base, to: head, branches: begun.value };
    const moved = await fixture.landing.advance(move);
    if (!moved.ok) throw new Error(moved.error.message);
  });
  afterEach(() => fixture.remove());

  const land = (onto?: string) =>
    fixture.landing.landOnto({ runId: "run-1", ...(onto !== undefined && { onto }) });

  test("where git refuses what came to be in the way while it was looked, nothing of it is taken for git's own", async () => {
    const { project, git } = fixture;
    const repository = await findRepository(project);
    const [tree] = await workingTrees(repository);
    if (!tree) throw new Error("there is no working tree");
    const step = { from: base, to: head };
    const before = await lookBefore(tree, step);
    put(project, { "new/c.txt": "the user's own\n", "a.txt": "the user's, too\n" });
    const end = await usersGit(tree, ["merge", "--ff-only", "--quiet", head]);
    expect(end.exitCode).not.toBe(0);
    expect(await putBack(tree, step, { ...before, said: end.said })).toEqual([]);
    expect(readFileSync(path.join(project, "new/c.txt"), "utf8")).toBe("the user's own\n");
    expect(readFileSync(path.join(project, "a.txt"), "utf8")).toBe("the user's, too\n");
    expect(existsSync(path.join(project, ".git/ORIG_HEAD"))).toBe(false);
    expect(git("rev-parse", "main")).toBe(base);
  });

  test("comes into the user's tree, past what they are at, with their configuration and without their hooks", async () => {
    const { project, git, folder } = fixture;
    const canary = path.join(folder, "canary");
    for (const hook of ["post-merge", "post-checkout", "reference-transaction"]) {
      put(project, { [`.git/hooks/${hook}`]: `#!/bin/sh\ntouch ${canary}\n` });
      chmodSync(path.join(project, ".git/hooks", hook), 0o755);
    }
    git("config", "core.autocrlf", "true");
    git("config", "branch.main.mergeOptions", "--squash");
    git("config", "merge.verifySignatures", "true");
    git("config", "merge.ff", "false");
    put(project, { "b.txt": "at work\n", "mine.txt": "untracked\n", "staged.txt": "staged\n" });
    git("add", "staged.txt");
    const before = git("status", "--porcelain");
    expect(await land()).toEqual({
      ok: true,
      value: { branch: "refs/heads/main", from: base, to: head, commits: 2, tree: project },
    });
    expect(git("symbolic-ref", "HEAD")).toBe("refs/heads/main");
    expect(git("rev-parse", "HEAD")).toBe(head);
    expect(git("status", "--porcelain")).toBe(before);
    expect(readFileSync(path.join(project, "new/c.txt"), "utf8")).toBe("c\r\n");
    expect(readFileSync(path.join(project, "b.txt"), "utf8")).toBe("at work\n");
    expect(git("reflog", "-1", "--format=%gs")).toContain("Fast-forward");
    expect(existsSync(canary)).toBe(false);
    expect(await land()).toMatchObject({ value: { commits: 0, tree: null } });
  });

  test("where something there is in the way, nothing is touched, and it is named", async () => {
    const { project, git } = fixture;
    const ways: Readonly<Record<string, () => void>> = {
      "a.txt": () => put(project, { "a.txt": "at work\n" }),
      "new/c.txt": () => put(project, { "new/c.txt": "untracked\n" }),
      "x.env": () => put(project, { "x.env": "ignored, and precious\n" }),
      "a.txt ": () => {
        put(project, { "a.txt": "staged\n" });
        git("add", "a.txt");
      },
      deps: () => put(project, { "deps/x": "in an ignored folder\n" }),
      new: () => put(project, { new: "a file in place of a folder\n" }),
    };
    for (const [name, prepare] of Object.entries(ways)) {
      prepare();
      const before = usersTree(project);
      const told = await land();
      expect([name, told]).toMatchObject([name, { error: { code: "TREE_IN_THE_WAY" } }]);
      expect(!told.ok && told.error.message).toContain(`, ${name.trim()} would be`);
      expect([name, usersTree(project)]).toEqual([name, before]);
      git("reset", "-q", "--hard", base);
      git("clean", "-qfdx");
    }
    expect(await land()).toMatchObject({ ok: true });
  });

  test("what git gives up in the middle is taken back, and the tree is as it was", async () => {
    const { project, git } = fixture;
    // The last of the files can't be written.
    put(project, { ".git/info/attributes": "x.env filter=bad\n", "b.txt": "at work\n" });
    git("config", "filter.bad.smudge", "false");
    git("config", "filter.bad.required", "true");
    const before = usersTree(project);
    const told = await land();
    expect(told).toMatchObject({ error: { code: "BRANCH_IN_USE" } });
    expect(!told.ok && told.error.message).toMatch(/was not changed: git said: .*smudge filter/);
    expect(usersTree(project)).toBe(before);
    git("config", "--unset", "filter.bad.required");
    git("config", "filter.bad.smudge", "cat");
    expect(await land()).toMatchObject({ ok: true, value: { to: head } });
    expect(git("status", "--porcelain")).toBe("M b.txt");
  });

  test("a branch that moved meanwhile, one in use, or one that is none is told with what to do, and nothing is touched", async () => {
    const { project, git } = fixture;
    const refused = async (code: string, onto?: string) => {
      const told = await fixture.untouched(() => land(onto));
      expect(told).toMatchObject({ ok: false, error: { code } });
      return told.ok ? "" : `${told.error.message} ${told.error.hint}`;
    };
    for (const name of ["main~0", "refs/tags/x", "HEAD", "-d", "a b", "no\nbranch", ""])
      await refused("BRANCH_MISSING", name);
    fixture.commit({ "other.txt": "moved on\n" });
    expect(await refused("BRANCH_DIVERGED")).toBe(
      "main has 1 commit that the run does not know; the run landed 2. Nothing was changed. " +
        "Merge them and test: git switch main && git merge wavegate/run-1.",
    );
    git("reset", "-q", "--hard", base);
    writeFileSync(path.join(project, ".git/MERGE_HEAD"), `${base}\n`);
    expect(await refused("BRANCH_IN_USE")).toContain("in the middle of a merge");
    rmSync(path.join(project, ".git/MERGE_HEAD"));
    writeFileSync(path.join(project, ".git/index.lock"), "");
    expect(await refused("BRANCH_IN_USE")).toContain("index.lock");
    rmSync(path.join(project, ".git/index.lock"));
    git("checkout", "-q", "--detach");
    expect(await refused("BRANCH_MISSING")).toContain("--onto BRANCH");
    expect(await land("main")).toMatchObject({ value: { tree: null, commits: 2 } });
    expect(git("reflog", "-1", "--format=%gs", "main")).toBe("wavegate: run-1 landed");
  });

  test("what runs landed on branches of theirs and a commit does not have, however it may have come there", async () => {
    const { project, git } = fixture;
    const repository = await findRepository(project);
    const apart = () => apartBranches(repository, git("rev-parse", "HEAD"));
    const own = { runId: "run-9", task: "1.1" };
    const trailers = "Wavegate-Run: run-9\nWavegate-Task: 1.1";
    git("switch", "-q", "-c", "wavegate/run-9", base);
    put(project, { "mine.txt": "done\n" });
    git("add", "mine.txt");
    git("commit", "-q", "-m", "Do it", "-m", trailers);
    expect(await apart()).toEqual([]);
    git("switch", "-q", "main");
    const branch = "refs/heads/wavegate/run-9";
    expect(await apart()).toEqual([{ branch, missing: [own], there: [] }]);
    git("merge", "-q", "--squash", "wavegate/run-9");
    git("commit", "-q", "-m", "All of it");
    expect(await apart()).toEqual([]);
    git("reset", "-q", "--hard", base);
    put(project, { "mine.txt": "done otherwise\n" });
    git("add", "mine.txt");
    git("commit", "-q", "-m", "Do it", "-m", trailers);
    expect(await apart()).toEqual([{ branch, missing: [own], there: [own] }]);
  });

  test("a name that git makes no branch of follows no run", async () => {
    const { git, landing } = fixture;
    for (const target of ["HEAD", "-x", "@{-1}", "refs/heads/HEAD"])
      expect(await landing.mayFollow({ base, target })).toMatchObject({
        error: { code: "BRANCH_MISSING", message: expect.stringContaining("no name of a branch") },
      });
    expect(await landing.mayFollow({ base, target: "feature/x" })).toMatchObject({ ok: true });
    expect(git("for-each-ref", "refs/heads/HEAD")).toBe("");
  });

  test("a branch of a remote follows no run, and is not made here under that name", async () => {
    const { git, landing } = fixture;
    git("update-ref", "refs/remotes/origin/main", base);
    expect(await landing.mayFollow({ base, target: "origin/main" })).toMatchObject({
      error: { code: "BRANCH_MISSING", hint: "Name one of them: --target main" },
    });
    git("update-ref", "-d", "refs/remotes/origin/main");
  });

  test("what of named files and folders is not committed is known, also of a project that is a part of it", async () => {
    const { project, git } = fixture;
    put(project, {
      "part/plan.md": "- [x] 1\n",
      "part/outputs/status.json": "{}\n",
      "part/outputs/1.env": "ignored\n",
      "part/other.md": "not asked about\n",
      "plan.md": "of another project\n",
    });
    const part = createLanding({ project: path.join(project, "part"), root: fixture.root });
    const asked = ["plan.md", "outputs", "missing.md"];
    const before = usersTree(project);
    expect(await part.uncommitted(asked)).toEqual(["outputs/status.json", "plan.md"]);
    expect(usersTree(project)).toBe(before);
    git("add", "part");
    expect(await part.uncommitted(asked)).toEqual(["outputs/status.json", "plan.md"]);
    git("commit", "-q", "-m", "The plan");
    expect(await part.uncommitted(asked)).toEqual([]);
    put(project, { "part/plan.md": "- [ ] 1\n" });
    expect(await part.uncommitted(asked)).toEqual(["plan.md"]);
  });

  test("linked working trees: theirs is brought along, and a branch that is out in one follows no run", async () => {
    const { project, folder, git, landing } = fixture;
    const linked = path.join(folder, "linked");
    git("worktree", "add", "-q", "-b", "side", linked, base);
    const target = { runId: "run-2", base, target: "side" };
    expect(await landing.begin(target)).toMatchObject({ error: { code: "BRANCH_IN_USE" } });
    const asked = await fixture.untouchedBut("refs/heads/side", () => land("side"));
    expect(asked).toMatchObject({ value: { tree: linked, branch: "refs/heads/side", commits: 2 } });
    expect(gitIn(linked, "status", "--porcelain")).toBe("");
    expect(readFileSync(path.join(linked, "a.txt"), "utf8")).toBe("landed\n");
    // From there, too; and in the middle of a rebase its branch is out although HEAD is not on it.
    const inside = createLanding({ project: linked, root: fixture.root });
    expect(await inside.landOnto({ runId: "run-1", onto: "main" })).toMatchObject({
      value: { tree: project },
    });
    put(folder, { "linked/rebase": "" });
    const gitDir = gitIn(linked, "rev-parse", "--absolute-git-dir");
    gitIn(linked, "checkout", "-q", "--detach");
    put(gitDir, { "rebase-merge/head-name": "refs/heads/side\n" });
    expect(await landing.begin(target)).toMatchObject({ error: { code: "BRANCH_IN_USE" } });
  });

  test("the run's branch is not moved under someone who looks at it, nor where it was moved; its head goes on", async () => {
    const { git, landing, project } = fixture;
    const name = "refs/heads/wavegate/run-1";
    git("checkout", "-q", "wavegate/run-1");
    const more = fixture.put("more", head, { "d.txt": "d\n" });
    const next = (await fixture.gather(head, more)).head;
    const move = {
      runId: "run-1",
      from: head,
      to: next,
      branches: [{ name, at: head, lags: null }],
    };
    const before = usersTree(project);
    const lagging = { name, at: head, lags: `it is checked out in ${project}` };
    expect(await landing.advance(move)).toEqual({ ok: true, value: [lagging] });
    expect(usersTree(project)).toBe(before);
    expect(git("rev-parse", "refs/wavegate/landing/run-1/head")).toBe(next);
    git("checkout", "-q", "main");
    // A lock that somebody left is git's own failure, not another's move.
    const lock = path.join(project, ".git/refs/wavegate/landing/run-1/head.lock");
    writeFileSync(lock, "");
    const stuck = {
      ...move,
      from: next,
      to: (await fixture.gather(next, fixture.put("stuck", next, { s: "s\n" }))).head,
    };
    expect(await landing.advance(stuck)).toMatchObject({ error: { kind: "git-failed" } });
    rmSync(lock);
    expect(await landing.advance({ ...move, branches: [lagging] })).toEqual({
      ok: true,
      value: [{ name, at: next, lags: null }],
    });
    git("branch", "-qD", "wavegate/run-1");
    const last = (await fixture.gather(next, fixture.put("last", next, { e: "e\n" }))).head;
    const gone = { ...move, from: next, to: last, branches: [{ name, at: next, lags: null }] };
    expect(await landing.advance(gone)).toMatchObject({
      value: [{ at: next, lags: "it is not there any more" }],
    });
    // A branch that is called as the folder of ours: the run has none for people, and goes on.
    git("branch", "wavegate", base);
    const begun = await landing.begin({ runId: "run-3", base, target: null });
    expect(begun).toMatchObject({
      value: [{ at: base, lags: expect.stringContaining("wavegate") }],
    });
    expect(git("rev-parse", "refs/wavegate/landing/run-3/head")).toBe(base);
  });
});

test("eight runs land at once in one repository, while the user packs its refs: none fails on a lock", async () => {
  const fixture = landingFixture();
  try {
    const { git, landing } = fixture;
    const base = fixture.commit({ "a.txt": "a\n" });
    const item = fixture.put("one", base, { "b.txt": "b\n" });
    const runs = Array.from({ length: 8 }, async (_, index) => {
      const runId = `run-${index}`;
      const begun = await landing.begin({ runId, base, target: `target-${index}` });
      if (!begun.ok) throw begun.error;
      const request = { runId, head: base, items: [item], at: 1_700_000_000 + index };
      const gathered = await landing.gather(request, never);
      if (!gathered.ok) throw new Error(gathered.error.message);
      const { head } = gathered.value;
      git("pack-refs", "--all");
      return landing.advance({ runId, from: base, to: head, branches: begun.value });
    });
    for (const moved of await Promise.all(runs))
      expect(moved).toMatchObject({ value: [{ lags: null }, { lags: null }] });
  } finally {
    fixture.remove();
  }
});

describe("repositories of every kind", () => {
  const KINDS: Readonly<Record<string, (folder: string, first: string) => string>> = {
    "a shallow clone": (folder, first) => {
      gitIn(folder, "clone", "-q", "--depth=1", `file://${first}`, "shallow");
      return path.join(folder, "shallow");
    },
    "a working tree of a bare one": (folder, first) => {
      gitIn(folder, "clone", "-q", "--bare", first, "bare.git");
      gitIn(
        path.join(folder, "bare.git"),
        "worktree",
        "add",
        "-q",
        path.join(folder, "tree"),
        "main",
      );
      return path.join(folder, "tree");
    },
    "with SHA-256": (folder) => {
      gitIn(folder, "init", "-q", "-b", "main", "--object-format=sha256", "long");
      const project = path.join(folder, "long");
      put(project, { "a.txt": "a\n" });
      gitIn(project, "add", "-A");
      const as = ["-c", "user.name=User", "-c", "user.email=user@localhost"];
      gitIn(project, ...as, "commit", "-q", "-m", "first");
      return project;
    },
  };

  test.each(Object.keys(KINDS))("%s", async (kind) => {
    const fixture = landingFixture();
    try {
      fixture.commit({ "old.txt": "old\n" });
      fixture.commit({ "a.txt": "a\n" });
      const project = KINDS[kind]?.(fixture.folder, fixture.project) ?? "";
      const other = landingFixture({ project, folder: fixture.folder });
      const base = gitIn(project, "rev-parse", "HEAD");
      const begun = await other.landing.begin({ runId: "run-1", base, target: "follows" });
      if (!begun.ok) throw begun.error;
      const items = [
        other.put("one", base, { "a.txt": "one\n" }),
        other.put("two", base, { b: "b\n" }),
      ];
      const { head } = await other.gather(base, ...items);
      const move = { runId: "run-1", from: base, to: head, branches: begun.value };
      expect(await other.landing.advance(move)).toMatchObject({
        value: [{ lags: null }, { lags: null }],
      });
      expect(await other.landing.landOnto({ runId: "run-1" })).toMatchObject({
        value: { commits: 2, tree: project },
      });
      expect(gitIn(project, "status", "--porcelain")).toBe("");
      expect(gitIn(project, "rev-parse", "follows")).toBe(head);
    } finally {
      fixture.remove();
    }
  });
});
