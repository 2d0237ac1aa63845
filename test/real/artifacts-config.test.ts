/** The configuration of a project on disk, with its prompt files. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "../../src/adapters/config/load-config.ts";
import { readConfig } from "../../src/adapters/config/read-config.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-config-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const put = (name: string, content: string | Uint8Array) => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
};
const withPrompt = (file: string) =>
  put("wavegate.config.yaml", `stages: { planning: { qa: { prompt-file: ${file} } } }`);

test("a project without a configuration has the defaults", () => {
  expect(loadConfig(root)).toMatchObject({ ok: true, value: { agents: [], agentLimit: null } });
});

test.each(["wavegate.config.yaml", "wavegate.config.json"])("%s is found", (name) => {
  put(name, '{"limits": {"agents": 3}}');
  expect(loadConfig(root)).toMatchObject({ ok: true, value: { agentLimit: 3 } });
});

test("two configurations are refused, since one would be ignored", () => {
  put("wavegate.config.yaml", "");
  put("wavegate.config.json", "{}");
  expect(loadConfig(root)).toMatchObject({
    ok: false,
    error: { code: "CONFIG_INVALID", place: { file: "wavegate.config.json" } },
  });
});

test.each([
  ["wavegate.yaml", "Rename it to wavegate.config.yaml."],
  ["wavegate.config.yml", "Rename it to wavegate.config.yaml."],
  ["wavegate.json", "Rename it to wavegate.config.json."],
  ["wavegate.config.mts", "Write it as wavegate.config.ts."],
  ["wavegate.config.toml", "Write it as wavegate.config.yaml."],
])("%s is not ignored: %s", (name, hint) => {
  put(name, "{}");
  expect(loadConfig(root)).toMatchObject({
    ok: false,
    error: { code: "CONFIG_INVALID", hint, place: { file: name } },
  });
  put("wavegate.config.ts", "export default {}");
  expect(loadConfig(root)).toMatchObject({
    ok: false,
    error: {
      message: `There are 2 configurations: wavegate.config.ts, ${name}.`,
      hint: "Keep one of them, and call it wavegate.config.ts.",
    },
  });
});

test("all problems come with the error, and its place is the first one's", () => {
  put("wavegate.config.yaml", "limits: { agents: 0 }\nfoo: 1\n");
  expect(loadConfig(root)).toMatchObject({
    ok: false,
    error: {
      code: "CONFIG_INVALID",
      message: "wavegate.config.yaml has 2 problems.",
      place: { file: "wavegate.config.yaml", line: 1, column: 19 },
      diagnostics: [{ code: "CONFIG_OUT_OF_RANGE" }, { code: "CONFIG_UNKNOWN_KEY" }],
    },
  });
});

test.each([
  ["a folder", () => mkdirSync(path.join(root, "wavegate.config.yaml")), "not a plain file"],
  [
    "bytes that are no UTF-8",
    () => put("wavegate.config.yaml", Uint8Array.from([0x61, 0xff, 0xfe])),
    "not UTF-8",
  ],
  [
    "a file that is far too large",
    () => put("wavegate.config.yaml", "#".repeat(2_000_000)),
    "2000000",
  ],

  [
    "a link to nothing",
    () => symlinkSync("missing", path.join(root, "wavegate.config.yaml")),
    "ENOENT",
  ],
])("%s in its place is told", (_, make, message) => {
  make();
  expect(loadConfig(root)).toMatchObject({
    ok: false,
    error: { code: "CONFIG_INVALID", message: expect.stringContaining(message) },
  });
});

test("a prompt can stand in a file of the project", () => {
  put("qa.md", "Check {feature} well.");
  withPrompt("qa.md");
  expect(loadConfig(root)).toMatchObject({
    ok: true,
    value: { stages: { planning: { qa: { prompt: "Check {feature} well." } } } },
  });
});

test.each([
  ["missing.md", "there is no such file"],
  ["../outside.md", "it lies outside the project"],
  ["/etc/hostname", "it lies outside the project"],
  ["link.md", "it lies outside the project"],
  ["empty.md", "it is empty"],
  ["big.md", "it has 200000 bytes, more than 131072"],
  ["folder", "it is not a plain file"],
  ["latin.md", "it is not UTF-8 text"],
])("the prompt file %s is refused: %s", (file, why) => {
  const outside = path.join(path.dirname(root), "outside.md");
  writeFileSync(outside, "x");
  symlinkSync(outside, path.join(root, "link.md"));
  put("empty.md", " \n");
  put("big.md", "x".repeat(200_000));
  mkdirSync(path.join(root, "folder"));
  put("latin.md", Uint8Array.from([0xe4, 0x20]));
  withPrompt(file);
  const loaded = loadConfig(root);
  rmSync(outside);
  expect(loaded).toMatchObject({
    ok: false,
    error: {
      diagnostics: [
        {
          code: "CONFIG_PROMPT_FILE",
          message: `The prompt file can't be used: ${why}.`,
          place: { line: 1 },
        },
      ],
    },
  });
});

test("prompts lie in a folder of the project, also where there is no configuration", () => {
  put("wavegate/prompts/planning/qa.md", "Check {feature} well.\n");
  put("wavegate/prompts/README.md", "ours");
  put("wavegate/prompts/planning/.risk.md.swp", "x");
  expect(loadConfig(root)).toMatchObject({
    ok: true,
    value: { file: null, stages: { planning: { qa: { prompt: "Check {feature} well." } } } },
  });
  const outside = path.join(path.dirname(root), "outside");
  mkdirSync(outside);
  symlinkSync(outside, path.join(root, "elsewhere"));
  writeFileSync(path.join(outside, "x.md"), "x");
  symlinkSync(path.join(outside, "x.md"), path.join(root, "wavegate/prompts/planning/risk.md"));
  put("wavegate/prompts/planning/estimation.md", Uint8Array.from([0xe4, 0x20]));
  put("wavegate/prompts/a/b/c/d/e.md", "x");
  const bad = loadConfig(root);
  put("wavegate.config.yaml", "prompts: elsewhere\n");
  const led = loadConfig(root);
  rmSync(outside, { recursive: true });
  const told = (loaded: typeof bad) =>
    loaded.ok
      ? []
      : loaded.error.diagnostics.map(({ place, message }) => `${place.file} ${message}`);
  expect(told(bad)).toEqual([
    expect.stringContaining("wavegate/prompts/a/b/c This is no prompt of a role"),
    expect.stringContaining(
      "planning/estimation.md The prompt file can't be used: it is not UTF-8",
    ),
    expect.stringContaining("planning/risk.md The prompt file can't be used: it lies outside"),
  ]);
  expect(told(led)).toEqual([
    "wavegate.config.yaml The folder of prompts can't be used: it lies outside the project.",
  ]);
});

test("the shipped examples are right", () => {
  const folder = path.resolve(import.meta.dirname, "../../examples/config");
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const read = readConfig(readFileSync(path.join(folder, name), "utf8"), name);
    expect(read.ok ? [] : read.error).toEqual([]);
  }
});
