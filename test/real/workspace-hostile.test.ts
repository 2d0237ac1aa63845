/** Attacks through git's own files (RELIABILITY F-21, R9): each tries to make a canary, or to hide or steal; and git goes on without it. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { gitIn, put, workspaceFixture } from "./workspace-fixture.ts";

const fixture = workspaceFixture();
const { git, base, folder: top } = fixture;
const canary = path.join(top, "canary");
const touch = path.join(top, "touch.sh");
writeFileSync(touch, `#!/bin/sh\ntouch ${canary}\n`);
chmodSync(touch, 0o755);
afterAll(fixture.remove);

const HOSTILE_CONFIG = `
[core]
	fsmonitor = ${touch}
	hooksPath = ${top}/hooks
	pager = ${touch}
	sshCommand = ${touch}
	alternateRefsCommand = ${touch}
	attributesFile = ${top}/attributes
[uploadpack]
	packObjectsHook = ${touch}
[filter "evil"]
	clean = ${touch}
	smudge = ${touch}
	process = ${touch}
	required = true
[diff "evil"]
	command = ${touch}
	textconv = ${touch}
[remote "origin"]
	url = ${top}/none
	promisor = true
	uploadpack = ${touch}
[extensions]
	partialClone = origin
[gc]
	auto = 1
`;

function arm(gitFolder: string): void {
  appendFileSync(path.join(gitFolder, "config"), HOSTILE_CONFIG);
  for (const hook of ["post-checkout", "pre-commit", "reference-transaction", "fsmonitor-watchman"])
    put(gitFolder, { [`hooks/${hook}`]: readFileSync(touch, "utf8") });
}

/** The attack, and what of the clone's git folder is told to be not as it was made. */
const ATTACKS: readonly (readonly [string, (folder: string) => void, RegExp | undefined])[] = [
  ["nothing: the table is right", () => {}, undefined],
  [
    "hostile configuration, hooks and filters in its own clone",
    (folder) => {
      arm(path.join(folder, ".git"));
      put(folder, { ".gitattributes": "* filter=evil diff=evil merge=evil\n" });
      rmSync(path.join(folder, ".gitattributes"));
    },
    undefined,
  ],
  [
    ".git replaced by a pointer to a folder of its own",
    (folder) => {
      gitIn(top, "init", "-q", "--bare", "evil.git");
      arm(path.join(top, "evil.git"));
      rmSync(path.join(folder, ".git"), { recursive: true });
      writeFileSync(path.join(folder, ".git"), `gitdir: ${top}/evil.git\n`);
    },
    /no folder/,
  ],
  [
    ".git replaced by a link to the user's own",
    (folder) => {
      rmSync(path.join(folder, ".git"), { recursive: true });
      symlinkSync(path.join(fixture.project, ".git"), path.join(folder, ".git"));
    },
    /no folder/,
  ],
  [
    "objects from elsewhere",
    (folder) => {
      gitIn(top, "init", "-q", "private");
      gitIn(
        path.join(top, "private"),
        "-c",
        "user.name=p",
        "-c",
        "user.email=p",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "secret",
      );
      appendFileSync(
        path.join(folder, ".git/objects/info/alternates"),
        `${top}/private/.git/objects\n`,
      );
      const secret = gitIn(path.join(top, "private"), "rev-parse", "HEAD");
      writeFileSync(path.join(folder, ".git/refs/heads/wavegate"), `${secret}\n`);
    },
    /alternates/,
  ],
  [
    "another repository by commondir",
    (folder) => put(folder, { ".git/commondir": `${fixture.project}/.git\n` }),
    /commondir/,
  ],
  [
    "HEAD that is a pipe",
    (folder) => {
      rmSync(path.join(folder, ".git/HEAD"));
      execFileSync("mkfifo", [path.join(folder, ".git/HEAD")]);
    },
    undefined,
  ],
  [
    "a branch that names what is not there",
    (folder) => put(folder, { ".git/refs/heads/wavegate": `${"1".repeat(40)}\n` }),
    undefined,
  ],
  [
    "a nested repository with its own monitor",
    (folder) => {
      gitIn(folder, "init", "-q", "sub");
      put(folder, { "sub/file": "s" });
      gitIn(path.join(folder, "sub"), "add", "-A");
      gitIn(
        path.join(folder, "sub"),
        "-c",
        "user.name=s",
        "-c",
        "user.email=s",
        "commit",
        "-q",
        "-m",
        "s",
      );
      arm(path.join(folder, "sub/.git"));
    },
    undefined,
  ],
  [
    "a nested repository that is a pointer",
    (folder) => {
      gitIn(top, "init", "-q", "--bare", "evil-sub.git");
      arm(path.join(top, "evil-sub.git"));
      put(folder, { "sub/file": "s", "sub/.git": `gitdir: ${top}/evil-sub.git\n` });
    },
    undefined,
  ],
];

test.each(ATTACKS)("%s", async (_name, attack, tampered) => {
  const space = await fixture.open();
  put(space.folder, { "real.txt": "work\n" });
  attack(space.folder);
  await fixture.untouched(async () => {
    const work = await fixture.collect(space);
    expect(work.changes).toContainEqual({
      path: "real.txt",
      before: null,
      after: "100644",
      size: 5,
    });
    expect(git("show", `${work.ref}:real.txt`)).toBe("work");
    expect(git("rev-parse", `${work.ref}^`)).toBe(base);
    expect(work.tampered.join()).toMatch(tampered ?? /^$/);
    const discarded = await fixture.workspaces().discard(space);
    expect(discarded.kind).toBe(tampered ? "kept" : "discarded");
  });
  git("fsck", "--no-dangling");
  expect(existsSync(canary)).toBe(false);
});

test("the attacks work on whoever runs git in the clone", async () => {
  const space = await fixture.open();
  arm(path.join(space.folder, ".git"));
  execFileSync("git", ["status"], { cwd: space.folder, stdio: "ignore" });
  expect(existsSync(canary)).toBe(true);
  rmSync(canary);
});

test("filters that a task names run nowhere, and paths into .git are not taken in", async () => {
  const space = await fixture.open();
  arm(path.join(space.folder, ".git"));
  put(space.folder, {
    ".gitattributes": "* filter=evil\n",
    "x.txt": "x\n",
    "sub/.git/config": "[core]\n",
  });
  symlinkSync(path.join(fixture.project), path.join(space.folder, "linked"));
  const work = await fixture.untouched(() => fixture.collect(space));
  expect(work.changes.map(({ path: name }) => name)).toEqual([".gitattributes", "linked", "x.txt"]);
  expect(existsSync(canary)).toBe(false);
});
