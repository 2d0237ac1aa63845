/** What makes answers of a program different, so that an earlier one is not taken for those of another. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { agentOf, type Definition } from "./command-agent-fixture.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-identity-"));
  mkdirSync(path.join(folder, "project"));
  write("agent", "#!/bin/sh\necho 1.2.3\n");
  chmodSync(path.join(folder, "project/agent"), 0o755);
  write("script.mjs", "answer(1)");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) =>
  writeFileSync(path.join(folder, "project", name), text);

const BASE: Definition = {
  command: ["./agent", "script.mjs", "--model", "one"],
  passEnv: ["MODEL_*"],
};
const ENV = { PATH: process.env["PATH"], MODEL_SIZE: "big", MODEL_API_KEY: "sk-1234567890abcdef" };

async function identity(
  definition: Definition = {},
  env: Readonly<Record<string, string | undefined>> = {},
) {
  const agent = agentOf(
    { ...BASE, ...definition },
    { env: { ...ENV, ...env }, cwd: path.join(folder, "project") },
  );
  return (await agent.describe()).identity ?? {};
}

const changed = async (
  was: Readonly<Record<string, string>>,
  now: Promise<Readonly<Record<string, string>>>,
) => Object.entries(await now).flatMap(([name, value]) => (was[name] === value ? [] : [name]));

test("the same program asked in the same way is the same", async () => {
  expect(await identity()).toEqual(await identity());
});

test("each thing that changes answers changes its part, and only that", async () => {
  const was = await identity();
  expect(await changed(was, identity({ args: ["--fast"] }))).toEqual(["arguments"]);
  expect(await changed(was, identity({}, { MODEL_SIZE: "small" }))).toEqual(["variables"]);
  expect(await changed(was, identity({ env: { TONE: "dry" } }))).toEqual(["variables"]);
  expect(await changed(was, identity({ answer: "json-lines" }))).toEqual(["way of asking"]);
  write("script.mjs", "answer(2)");
  expect(await changed(was, identity())).toEqual(["files of arguments"]);
  write("script.mjs", "answer(1)");
  write("agent", "#!/bin/sh\necho 1.2.3 # edited\n");
  expect(await changed(was, identity())).toEqual(["program file"]);
});

test("who logs in otherwise, and what every program sees, makes no difference", async () => {
  const was = await identity();
  expect(
    await changed(was, identity({}, { MODEL_API_KEY: "sk-abcdef1234567890", TERM: "vt52" })),
  ).toEqual([]);
});

test("neither arguments nor values of variables stand in it", async () => {
  const text = JSON.stringify(
    await identity({ args: ["--say=hush-hush"], env: { TONE: "dry-tone" } }),
  );
  for (const word of ["hush-hush", "dry-tone", "big", "sk-1234567890abcdef"])
    expect(text).not.toContain(word);
});
