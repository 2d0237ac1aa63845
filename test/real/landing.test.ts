/** Work is merged by git's plumbing: what fits becomes one commit each, what does not is told with both sides (PX-07, RELIABILITY D5, I-35). */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Gathered, Merged } from "../../src/ports/landing.ts";
import { createLanding } from "../../src/adapters/landing/create-landing.ts";
import { landingFixture } from "./landing-fixture.ts";
import { never, put } from "./workspace-fixture.ts";

const lines = (...marks: readonly string[]) =>
  ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((line, at) => marks[at] || line).join("\n") +
  "\n";

const muchLanded = (clone: string) =>
  put(clone, {
    "a.txt": lines("", "", "", "landed"),
    "CHANGES.md": "# Changes\none\n",
    "gone.txt": "changed\n",
    "added.txt": "landed\n",
    "data.bin": "\0\u0002",
    "lane/x": "x\n",
  });

const inShort = ({ outcomes }: Gathered) =>
  outcomes.map((one) =>
    one.kind === "conflict"
      ? [one.task, one.paths, one.sides.map((side) => [side.kind, side.excerpt])]
      : one,
  );

describe("one repository", () => {
  const fixture = landingFixture();
  const { project, git, landing } = fixture;
  const canary = path.join(fixture.folder, "canary");
  let base = "";
  afterAll(fixture.remove);

  beforeAll(() => {
    base = fixture.commit({
      "a.txt": lines(),
      "gone.txt": "here\n",
      "moved.txt": lines("m"),
      "CHANGES.md": "# Changes\n",
      "data.bin": "\0\u0001",
      "folder/in.txt": "in\n",
      "plain.sh": "#!/bin/sh\n",
      ".gitattributes": "CHANGES.md merge=union\n*.evil merge=evil filter=evil diff=evil\n",
      "x.evil": lines(),
    });
    // All that a repository can make git run, or do otherwise.
    put(fixture.folder, { "hooks/post-merge": `#!/bin/sh\ntouch ${canary}\n` });
    for (const hook of ["reference-transaction", "post-commit", "commit-msg", "post-update"])
      put(fixture.folder, { [`hooks/${hook}`]: `#!/bin/sh\ntouch ${canary}\nexit 1\n` });
    for (const hook of readdirSync(path.join(fixture.folder, "hooks")))
      chmodSync(path.join(fixture.folder, "hooks", hook), 0o755);
    for (const [name, value] of [
      ["core.hooksPath", path.join(fixture.folder, "hooks")],
      ["core.fsmonitor", `touch ${canary}`],
      ["merge.evil.driver", `touch ${canary}`],
      ["filter.evil.clean", `touch ${canary}`],
      ["filter.evil.smudge", `touch ${canary}`],
      ["diff.evil.textconv", `touch ${canary}`],
      ["commit.gpgSign", "true"],
      ["gpg.program", `touch ${canary}`],
      ["merge.renames", "false"],
      ["i18n.commitEncoding", "latin1"],
    ] as const)
      git("config", name, value);
    put(project, { "a.txt": "the user's own\n", "new.txt": "untracked\n" });
  });

  test("what fits becomes one commit each, on top of the other, the same whenever it is made; the tree is the user's", async () => {
    const edit = fixture.work("edit", base, (clone) => put(clone, { "a.txt": lines("one") }));
    const far = fixture.work("far", base, (clone) =>
      put(clone, { "a.txt": lines("", "", "", "", "", "", "", "", "nine"), "x.evil": lines("x") }),
    );
    const rename = fixture.work("rename", base, (clone) =>
      renameSync(path.join(clone, "moved.txt"), path.join(clone, "there.txt")),
    );
    const inMoved = fixture.work("in-moved", base, (clone) => {
      put(clone, { "moved.txt": lines("m", "", "", "five"), "CHANGES.md": "# Changes\none\n" });
      chmodSync(path.join(clone, "plain.sh"), 0o755);
    });
    const union = fixture.work("union", base, (clone) =>
      put(clone, {
        "CHANGES.md": "# Changes\ntwo\n",
        "x.evil": lines("", "", "", "", "", "", "", "y"),
      }),
    );
    const again = { ...edit, task: "again" };
    const items = [edit, far, rename, inMoved, union, again];
    const gathered = await fixture.untouched(() => fixture.gather(base, ...items));
    expect(gathered.outcomes.map(({ kind }) => kind)).toEqual([
      ...Array<string>(5).fill("merged"),
      "nothing",
    ]);
    const at = (file: string) => fixture.textAt(gathered.head, file);
    expect(`${at("a.txt")}\n`).toBe(lines("one", "", "", "", "", "", "", "", "nine"));
    expect(`${at("there.txt")}\n`).toBe(lines("m", "", "", "five"));
    expect(at("CHANGES.md").split("\n").toSorted()).toEqual(["# Changes", "one", "two"]);
    expect(`${at("x.evil")}\n`).toBe(lines("x", "", "", "", "", "", "", "y"));
    const log = git(
      "log",
      "--reverse",
      "--format=%s|%an|%cn|%at|%P|%G?",
      `${base}..${gathered.head}`,
    ).split("\n");
    expect(log.map((line) => line.split("|")[0])).toEqual(
      items.slice(0, 5).map(({ task }) => `${task} done`),
    );
    expect(
      new Set(log.map((line) => line.split("|").toSpliced(0, 1).toSpliced(3, 1).join("|"))),
    ).toEqual(new Set(["Wavegate|Wavegate|1700000000|N"]));
    expect(
      git("log", "-1", "--format=%(trailers:key=Wavegate-Task,valueonly)", gathered.head),
    ).toBe("union");
    // Killed before it was recorded: the same again, in another process.
    expect(await fixture.gather(base, ...items)).toEqual(gathered);
    const merged = gathered.outcomes[3] as Extract<Merged, { kind: "merged" }>;
    expect(merged.changes).toEqual([
      { path: "CHANGES.md", before: "100644", after: "100644", size: 14 },
      { path: "plain.sh", before: "100644", after: "100755", size: 10 },
      { path: "there.txt", before: "100644", after: "100644", size: 21 },
    ]);
    expect(git("rev-parse", "refs/wavegate/landing/run-1/tried")).toBe(gathered.head);
    expect(readdirSync(path.join(fixture.root)).length).toBe(1);
    expect(existsSync(canary)).toBe(false);
  });

  test("what does not fit is left out and told, with both sides; what comes after it is put on", async () => {
    const theirs: Readonly<Record<string, (clone: string) => void>> = {
      landed: (clone) => {
        put(clone, {
          "a.txt": lines("", "", "", "landed"),
          "gone.txt": "changed\n",
          "added.txt": "landed\n",
        });
        put(clone, { "data.bin": "\0\u0002", "lane/x.txt": "x\n" });
        rmSync(path.join(clone, "folder"), { recursive: true });
        put(clone, { folder: "a file\n" });
        renameSync(path.join(clone, "moved.txt"), path.join(clone, "one.txt"));
      },
      content: (clone) => put(clone, { "a.txt": lines("", "", "", "task") }),
      both: (clone) => put(clone, { "added.txt": "task\n" }),
      removed: (clone) => rmSync(path.join(clone, "gone.txt")),
      binary: (clone) => put(clone, { "data.bin": "\0\u0003" }),
      inFolder: (clone) => put(clone, { "folder/in.txt": "task\n" }),
      asFile: (clone) => writeFileSync(path.join(clone, "lane"), "a file\n"),
      elsewhere: (clone) => renameSync(path.join(clone, "moved.txt"), path.join(clone, "two.txt")),
      link: (clone) => {
        rmSync(path.join(clone, "a.txt"));
        symlinkSync("../out", path.join(clone, "a.txt"));
      },
      fits: (clone) => put(clone, { "other.txt": "fits\n" }),
    };
    const items = Object.entries(theirs).map(([task, change]) => fixture.work(task, base, change));
    const { head, outcomes } = await fixture.untouched(() => fixture.gather(base, ...items));
    const told = outcomes.map((one) =>
      one.kind === "conflict"
        ? [one.task, one.paths, one.sides.map(({ kind }) => kind)]
        : [one.task, one.kind],
    );
    expect(told).toEqual([
      ["landed", "merged"],
      ["content", ["a.txt"], ["content"]],
      ["both", ["added.txt"], ["add/add"]],
      ["removed", ["gone.txt"], ["modify/delete"]],
      ["binary", ["data.bin"], ["binary"]],
      ["inFolder", ["folder", "folder/in.txt"], ["modify/delete", "file/directory"]],
      ["asFile", ["lane"], ["file/directory"]],
      ["elsewhere", ["moved.txt", "one.txt", "two.txt"], ["rename/rename", "other", "other"]],
      ["link", ["a.txt"], ["distinct types"]],
      ["fits", "merged"],
    ]);
    const content = outcomes[1] as Extract<Merged, { kind: "conflict" }>;
    expect(content.sides[0]).toEqual({
      path: "a.txt",
      kind: "content",
      message: "Merge conflict in a.txt",
      excerpt:
        "1\n2\n3\n<<<<<<< landed\nlanded\n||||||| both began with\n4\n=======\ntask\n>>>>>>> task\n5\n6\n7\n",
    });
    expect(fixture.textAt(head, "other.txt")).toBe("fits");
    expect(existsSync(canary)).toBe(false);
  });

  test("a git that has no merge of trees merges in an index: the same but for renames", async () => {
    const old = createLanding({ project, root: fixture.root, plumbing: "index" });
    const items = Object.entries<(clone: string) => void>({
      first: muchLanded,
      far: (clone) => {
        put(clone, {
          "a.txt": lines("", "", "", "", "", "", "", "", "nine"),
          "CHANGES.md": "# Changes\ntwo\n",
        });
        chmodSync(path.join(clone, "a.txt"), 0o755);
      },
      content: (clone) => put(clone, { "a.txt": lines("", "", "", "task") }),
      both: (clone) => put(clone, { "added.txt": "task\n" }),
      removed: (clone) => rmSync(path.join(clone, "gone.txt")),
      bytes: (clone) => put(clone, { "data.bin": "\0\u0003" }),
      asFile: (clone) => writeFileSync(path.join(clone, "lane"), "a file\n"),
      link: (clone) => {
        rmSync(path.join(clone, "a.txt"));
        symlinkSync("../out", path.join(clone, "a.txt"));
      },
      last: (clone) => put(clone, { "other.txt": "fits\n" }),
    }).map(([task, change]) => fixture.work(`old-${task}`, base, change));
    const [by, as] = await fixture.untouched(async () => [
      await fixture.gatherBy(old, base, items),
      await fixture.gather(base, ...items),
    ]);
    expect(by.head).toBe(as.head);
    expect(inShort(by)).toEqual(inShort(as));
    expect(inShort(by).filter(Array.isArray)).toHaveLength(6);
    expect(existsSync(canary)).toBe(false);
  });

  test("what would lead out, or is a repository of others, is seen in the changes of what was merged", async () => {
    const bad = fixture.work("bad", base, (clone, inTree) => {
      mkdirSync(path.join(clone, "deep"));
      symlinkSync("../../out", path.join(clone, "deep/link"));
      inTree("update-index", "--add", "--cacheinfo", `160000,${base},sub`);
      mkdirSync(path.join(clone, "sub"));
    });
    const { outcomes } = await fixture.gather(base, bad);
    const merged = outcomes[0] as Extract<Merged, { kind: "merged" }>;
    expect(merged.changes).toContainEqual(
      expect.objectContaining({ path: "deep/link", after: "120000", target: "../../out" }),
    );
    expect(
      merged.changes.some(({ path: name, after }) => name === "sub" && after === "160000"),
    ).toBe(true);
  });

  test("the base is what is told, whatever the history says: work from a base that the head does not lead to", async () => {
    const apart = git("commit-tree", `${base}^{tree}`, "-m", "another beginning");
    const item = fixture.put("apart", apart, { "a.txt": lines("apart") });
    const head = (
      await fixture.gather(base, fixture.put("late", base, { "a.txt": lines("", "", "", "late") }))
    ).head;
    const both = await fixture.gather(head, item);
    expect(`${fixture.textAt(both.head, "a.txt")}\n`).toBe(lines("apart", "", "", "late"));
    // Work of several commits, of which only what it left counts.
    const more = git(
      "commit-tree",
      `${item.work}^{tree}`,
      "-p",
      item.work,
      "-p",
      base,
      "-m",
      "a merge",
    );
    const again = await fixture.gather(head, { ...item, work: more });
    expect(fixture.textAt(again.head, "a.txt")).toBe(fixture.textAt(both.head, "a.txt"));
  });

  test("a git that outlived its worker has the ref for a moment still: it is waited for", async () => {
    const item = fixture.put("held", base, { "held.txt": "held\n" });
    const lock = path.join(fixture.project, ".git/refs/wavegate/landing/run-held/tried.lock");
    put(path.dirname(lock), { "tried.lock": "" });
    setTimeout(() => rmSync(lock), 400);
    const request = { runId: "run-held", head: base, items: [item], at: 1_700_000_000 };
    expect(await landing.gather(request, never)).toMatchObject({ ok: true });
    expect(existsSync(lock)).toBe(false);
  });

  test("ids that are no commits, and a call that is ended, are failures; nothing is left behind", async () => {
    const item = fixture.work("t", base, (clone) => put(clone, { t: "t" }));
    const request = { runId: "run-1", head: base, items: [item], at: 1 };
    for (const head of ["f".repeat(40), git("rev-parse", `${base}^{tree}`), "--all", "main"])
      expect(await landing.gather({ ...request, head }, never)).toMatchObject({
        error: { kind: "unknown-commit" },
      });
    const ended = AbortSignal.abort();
    expect(await landing.gather(request, ended)).toMatchObject({ error: { kind: "canceled" } });
    const [state = ""] = readdirSync(fixture.root);
    expect(readdirSync(path.join(fixture.root, state, "landing"))).toEqual([]);
  });
});
