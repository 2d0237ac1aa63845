/** Configurations in TypeScript, evaluated in real processes. */
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { evaluateModule } from "../../src/adapters/config/evaluate-module.ts";
import { loadConfig } from "../../src/adapters/config/load-config.ts";
import { openApp } from "../../src/bootstrap/open-app.ts";

const root = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-ts-")));
const FILE = "wavegate.config.ts";
const file = path.join(root, FILE);
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The problems of a module, or what it states. */
function load(text: string) {
  writeFileSync(file, text);
  const loaded = loadConfig(root);
  if (loaded.ok) return loaded.value;
  expect(loaded.error).toMatchObject({ code: "CONFIG_INVALID", hint: expect.stringMatching(/\w/) });
  return loaded.error.diagnostics.map(
    ({ code, place, message }) => `${code} ${place.line ?? "-"}:${place.column ?? "-"} ${message}`,
  );
}

test("types, enums, other files of the project, defineConfig and await are understood", () => {
  writeFileSync(path.join(root, "agents.ts"), "export const at: number = 7;\n");
  const text = `import { defineConfig, type Config } from "wavegate";
import { at } from "./agents.ts";
enum Size { Big = "complex" }
const waited = await Promise.resolve("MY_ID");
console.log("this goes nowhere");
const roles = { risk: { size: Size.Big, timeout: undefined } };
export default defineConfig({
  limits: { agents: at },
  redact: [waited],
  stages: { planning: { roles } },
} satisfies Config);
setInterval(() => {}, 1_000);
`;
  expect(load(text)).toMatchObject({
    file: FILE,
    agentLimit: 7,
    redact: ["MY_ID"],
    stages: { planning: { roles: { risk: { size: "complex" } } } },
  });
});

const NO = "This module gives no configuration:";

test.each([
  ["export default { version: 1,, }", [/^CONFIG_NOT_DATA 1:28 .*Unexpected token/]],
  [
    "\nconst a = 1;\nthrow new Error('boo\\u001b[2J');\n",
    [/^CONFIG_NOT_DATA 3:\d+ .*it failed: boo/],
  ],
  ["import { openApp } from 'wavegate';\nopenApp();", [/^CONFIG_NOT_DATA 2:\d+ .*it failed: /]],
  ["import './missing.ts';\nexport default {};", [/it failed: Cannot find module '.\/missing.ts'/]],
  ["export const a = 1;", [`CONFIG_NOT_DATA -:- ${NO} it has no default export.`]],
  ["", [`CONFIG_NOT_DATA -:- ${NO} it has no default export.`]],
  [
    "process.exit(0); export default {}",
    [`CONFIG_NOT_DATA -:- ${NO} its process ended before it exported anything.`],
  ],
  [
    "await new Promise(() => {}); export default {}",
    [/its process ended before it exported anything/],
  ],
  [
    "setTimeout(() => { throw new Error('late'); }); await new Promise((r) => setTimeout(r, 50)); export default {}",
    [/it failed: late/],
  ],
  [
    "class A {}\nconst loop: { me?: unknown } = {};\nloop.me = loop;\nexport default {\n  agents: () => 1,\n  limits: Promise.resolve(1),\n  redact: [new A(), 1n],\n  worker: loop, version: NaN,\n};",
    [
      "CONFIG_NOT_DATA 5:11 agents is a function.",
      "CONFIG_NOT_DATA 6:11 limits is a promise.",
      "CONFIG_NOT_DATA 7:12 redact[1] is an instance of A.",
      "CONFIG_NOT_DATA 7:21 redact[2] is a bigint.",
      "CONFIG_NOT_DATA 8:3 worker.me is a value that holds itself.",
      "CONFIG_NOT_DATA 8:26 version is NaN.",
    ],
  ],
  ["export default () => ({})", ["CONFIG_NOT_DATA 1:1 The default export is a function."]],
  [
    "export default { redact: new Array(60_000).fill('X') }",
    [/more than 50000 values|at most 200 items/],
  ],
  ["export default 'x'.repeat(5_000_000)", [`CONFIG_NOT_DATA -:- ${NO} its value is too large.`]],
  [
    "import { writeSync } from 'node:fs'; writeSync(3, '{'); export default {}",
    [/it wrote into the channel of its report/],
  ],
  ["export default [1]", [/^CONFIG_WRONG_TYPE 1:16 The configuration must be a group/]],
])("%.60s", (text, expected) => {
  const problems = load(text);
  if (!Array.isArray(problems)) throw new Error("it was taken");
  expect(problems.map((problem) => problem.replaceAll(/[^\u0020-\u007e]/g, "?"))).toEqual(
    expected.map((one) => (typeof one === "string" ? one : expect.stringMatching(one))),
  );
});

test("those of the documentation are right", () => {
  const page = readFileSync(
    path.resolve(import.meta.dirname, "../../docs/configuration.md"),
    "utf8",
  );
  const shown = [...page.matchAll(/^```ts\n([^]*?)^```/gm)];
  expect(shown.length).toBeGreaterThan(0);
  for (const [, text = ""] of shown) expect(load(text)).toMatchObject({ file: FILE });
});

test("one that never ends is ended", () => {
  writeFileSync(file, "for (;;) {}");
  expect(evaluateModule(file, 700)).toMatchObject({
    ok: false,
    error: { message: "it did not end within 0.7 seconds" },
  });
});

test("it sees nothing of the environment, so that it means the same for everyone", () => {
  process.env["WAVEGATE_CANARY"] = "canary";
  const mark = path.join(root, "mark");
  const text = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(mark)}, "");
export default { redact: process.env.WAVEGATE_CANARY ? ["SEEN"] : [] };`;
  const loaded = load(text);
  delete process.env["WAVEGATE_CANARY"];
  expect(loaded).toMatchObject({ redact: [] });
  expect(existsSync(mark)).toBe(true);
});

const NOBODY = 54_321;

test.skipIf(process.getuid?.() !== 0)(
  "the module of a project that belongs to another user is not run, unless it is trusted",
  async () => {
    const mark = path.join(root, "ran");
    writeFileSync(
      file,
      `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(mark)}, "");\nexport default {};`,
    );
    chownSync(file, NOBODY, NOBODY);
    expect(() => openApp({ cwd: root, env: {} })).toThrow("belongs to another user");
    expect(existsSync(mark)).toBe(false);
    const app = openApp({ cwd: root, env: { WAVEGATE_TRUST: root } });
    expect(await app.config.check()).toMatchObject({ file: FILE });
    expect(existsSync(mark)).toBe(true);
    await app.close();
  },
);

test("what init writes is right, and names a schema that is there", async () => {
  const folder = path.join(root, "fresh");
  mkdirSync(path.join(folder, ".git"), { recursive: true });
  await openApp({ cwd: folder, env: {} }).init({ for: [] });
  const text = readFileSync(path.join(folder, "wavegate.config.yaml"), "utf8");
  const schema = /^# yaml-language-server: \$schema=(.+)$/m.exec(text)?.[1] ?? "";
  expect(JSON.parse(readFileSync(path.resolve(folder, schema), "utf8"))).toHaveProperty(
    "properties",
  );
  expect(await openApp({ cwd: folder, env: {} }).config.check()).toMatchObject({
    file: "wavegate.config.yaml",
  });
  // Installed in the project, the schema is named by a path that holds for everyone.
  rmSync(path.join(folder, "wavegate.config.yaml"));
  const installed = path.join(folder, "node_modules/wavegate/schemas");
  mkdirSync(installed, { recursive: true });
  writeFileSync(path.join(installed, "wavegate.schema.json"), "{}");
  await openApp({ cwd: folder, env: {} }).init({ for: [] });
  expect(readFileSync(path.join(folder, "wavegate.config.yaml"), "utf8")).toContain(
    "$schema=./node_modules/wavegate/schemas/wavegate.schema.json\n",
  );
});
