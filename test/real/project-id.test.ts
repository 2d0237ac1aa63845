/** What tells projects apart that share a database. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openProjectId } from "../../src/adapters/artifacts/project-id.ts";

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-id-")));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(home, ...parts);
const open = (project: string) => openProjectId(at(project, ".wavegate"));
const git = (project: string, ...args: string[]) =>
  execFileSync("git", ["-C", at(project), ...args], { encoding: "utf8" });
const clean = (project: string) => git(project, "clean", "-ffdxq");
/** A project whose id is kept. */
async function begun(project: string): Promise<string> {
  mkdirSync(at(project, ".wavegate"), { recursive: true });
  return (await open(project)).id;
}

test("two projects have two ids, and each keeps its own", async () => {
  const [a, b] = [await begun("a"), await begun("b")];
  expect(a).not.toBe(b);
  expect([(await open("a")).id, (await open("b")).id]).toEqual([a, b]);
});

test("looking at a folder that is no project leaves nothing in it; what is begun there is found again", async () => {
  mkdirSync(at("plain"));
  const { id, keep } = await open("plain");
  expect(existsSync(at("plain/.wavegate"))).toBe(false);
  await keep();
  await keep();
  expect((await open("plain")).id).toBe(id);
  expect(readFileSync(at("plain/.wavegate/.gitignore"), "utf8")).toBe("*\n");
});

test("of many that begin a project at once all have the same id", async () => {
  mkdirSync(at("many/.wavegate"), { recursive: true });
  const ids = await Promise.all(Array.from({ length: 8 }, async () => (await open("many")).id));
  expect(new Set(ids).size).toBe(1);
});

test("who was not the first to begin a project is told, and files nothing under an id of its own", async () => {
  mkdirSync(at("two"));
  const [first, second] = [await open("two"), await open("two")];
  await first.keep();
  await expect(second.keep()).rejects.toMatchObject({ code: "PROJECT_NOT_WRITABLE" });
  expect((await open("two")).id).toBe(first.id);
});

test("a project that is moved keeps its id, and is the original from then on", async () => {
  const id = await begun("old");
  renameSync(at("old"), at("new"));
  expect((await open("new")).id).toBe(id);
  cpSync(at("new"), at("copy"), { recursive: true });
  await expect(open("copy")).rejects.toMatchObject({ code: "PROJECT_COPIED" });
});

test("a copy is refused while the original is there, and its own project without the state folder", async () => {
  const id = await begun("original");
  cpSync(at("original"), at("copy"), { recursive: true });
  await expect(open("copy")).rejects.toMatchObject({
    code: "PROJECT_COPIED",
    message: `${at("copy")} is a copy of the project ${at("original")}.`,
  });
  expect((await open("original")).id).toBe(id);
  rmSync(at("copy/.wavegate"), { recursive: true });
  mkdirSync(at("copy/.wavegate"));
  expect((await open("copy")).id).not.toBe(id);
});

test("the same folder by another name is no copy", async () => {
  const id = await begun("real");
  symlinkSync(at("real"), at("link"));
  expect((await open("link")).id).toBe(id);
  // As another container left it that sees the folder at another place, which is here, too.
  const file = at("real/.wavegate/project.json");
  writeFileSync(file, JSON.stringify({ id, root: at("link") }));
  expect((await open("real")).id).toBe(id);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ id, root: at("real") });
});

test.each(["", "{}", '{"id":"x","root":"/"}', "[1"])("a damaged file is told: %s", async (text) => {
  await begun("a");
  writeFileSync(at("a/.wavegate/project.json"), text);
  await expect(open("a")).rejects.toMatchObject({ code: "PROJECT_ID_DAMAGED" });
});

/** A repository with one commit that holds a folder. */
function repository(name: string): void {
  mkdirSync(at(name, "part"), { recursive: true });
  writeFileSync(at(name, "part/file"), "");
  git(name, "init", "-q");
  git(name, "add", "-A");
  git(name, "-c", "user.name=U", "-c", "user.email=u@localhost", "commit", "-qm", "first");
}

describe("in a repository", () => {
  test("the id is found again after git clean, once with a log that begins anew, and told", async () => {
    repository("a");
    const first = await open("a");
    const refs = git("a", "for-each-ref");
    await first.keep();
    clean("a");
    expect(existsSync(at("a/.wavegate"))).toBe(false);
    const told: string[] = [];
    const openings = Array.from({ length: 3 }, () =>
      openProjectId(at("a/.wavegate"), (root) => told.push(root)),
    );
    const again = await Promise.all(openings);
    expect(new Set(again.map(({ id }) => id))).toEqual(new Set([first.id]));
    expect(new Set(again.map(({ log }) => log)).size).toBe(1);
    expect(again[0]?.log).not.toBe(first.log);
    expect(told).toEqual([at("a")]);
    expect(git("a", "for-each-ref")).toBe(refs);
    expect(git("a", "status", "--porcelain")).toBe("");
  });

  test("one that has only the file keeps it in git from the next look on, also where it was moved to", async () => {
    const id = await begun("a");
    repository("a");
    expect((await open("a")).id).toBe(id);
    renameSync(at("a"), at("b"));
    clean("b");
    expect((await open("b")).id).toBe(id);
  });

  test("a project in a folder of it, and one in another working tree, each keep their own", async () => {
    repository("a");
    git("a", "worktree", "add", "-q", "-b", "other", at("tree"));
    const all = ["a", "a/part", "tree"];
    const ids = await Promise.all(all.map(begun));
    expect(new Set(ids).size).toBe(3);
    // Two that wrote down theirs at once: who was overwritten does so again.
    await open("a");
    await open("a/part");
    for (const project of ["a", "tree"]) clean(project);
    expect(await Promise.all(all.map(async (project) => (await open(project)).id))).toEqual(ids);
  });

  test("a copy, a mirror's clone and a copied working tree are projects of their own, also after git clean", async () => {
    repository("a");
    git("a", "worktree", "add", "-q", "-b", "other", at("tree"));
    const id = await begun("a");
    const inTree = await begun("tree");
    for (const [from, to] of [
      ["a", "copy"],
      ["tree", "tree-copy"],
    ] as const) {
      cpSync(at(from), at(to), { recursive: true });
      await expect(open(to)).rejects.toMatchObject({ code: "PROJECT_COPIED" });
      rmSync(at(to, ".wavegate"), { recursive: true });
    }
    git("a", "clone", "-q", "--mirror", ".", at("mirror"));
    execFileSync("git", ["clone", "-q", at("mirror"), at("clone")]);
    const others = await Promise.all(["copy", "tree-copy", "clone"].map(begun));
    expect(new Set([id, inTree, ...others]).size).toBe(5);
    clean("a");
    expect((await open("a")).id).toBe(id);
  });

  test("a copy does not go on with the id while the original's is only cleaned", async () => {
    repository("a");
    const id = await begun("a");
    cpSync(at("a"), at("copy"), { recursive: true });
    clean("a");
    await expect(open("copy")).rejects.toMatchObject({ code: "PROJECT_COPIED" });
    rmSync(at("a/.git/wavegate"), { recursive: true });
    expect((await open("copy")).id).toBe(id);
    expect((await open("a")).id).not.toBe(id);
  });

  test.each(["", "[]", '{"inode":1}'])("a damaged note is none, and mended: %s", async (text) => {
    repository("a");
    const id = await begun("a");
    writeFileSync(at("a/.git/wavegate/projects.json"), text);
    await open("a");
    clean("a");
    expect((await open("a")).id).toBe(id);
  });
});
