/** What tells projects apart that share a database. */
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
import { afterEach, beforeEach, expect, test } from "vitest";
import { openProjectId } from "../../src/adapters/artifacts/project-id.ts";

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-id-")));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(home, ...parts);
const open = (project: string) => openProjectId(at(project, ".wavegate"));
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
