/** The import rules of ARCHITECTURE.md, held by a test. Reads source text only, so it takes milliseconds. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const SRC = path.resolve(import.meta.dirname, "../../src");

/** Each layer, and the layers it may import. A new folder must be added here before it may exist. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  spec: ["core"],
  plan: ["core"],
  schedule: ["core"],
  execution: ["core", "plan", "schedule"],
  analysis: ["core", "plan", "schedule"],
  repository: ["core", "spec", "plan"],
  stage: ["core", "spec", "execution"],
  integrations: ["core"],
  history: ["core", "stage"],
  ports: [
    "core",
    "spec",
    "plan",
    "schedule",
    "execution",
    "repository",
    "stage",
    "history",
    "integrations",
  ],
  workflows: ["core", "spec", "plan", "execution", "repository", "stage", "ports"],
  app: [
    "core",
    "spec",
    "plan",
    "schedule",
    "execution",
    "analysis",
    "repository",
    "stage",
    "history",
    "integrations",
    "ports",
    "workflows",
  ],
  adapters: [
    "core",
    "spec",
    "plan",
    "schedule",
    "execution",
    "repository",
    "stage",
    "history",
    "integrations",
    "ports",
  ],
  testing: ["core", "spec", "plan", "execution", "stage", "ports"],
  reporters: [
    "core",
    "spec",
    "plan",
    "schedule",
    "execution",
    "analysis",
    "stage",
    "history",
    "ports",
  ],
  bootstrap: ["core", "spec", "plan", "stage", "ports", "workflows", "app", "adapters"],
  cli: [
    "core",
    "spec",
    "plan",
    "schedule",
    "execution",
    "analysis",
    "stage",
    "history",
    "integrations",
    "ports",
    "app",
    "bootstrap",
    "reporters",
  ],
  "index.ts": [
    "core",
    "spec",
    "plan",
    "schedule",
    "execution",
    "analysis",
    "stage",
    "ports",
    "app",
    "bootstrap",
  ],
};

/** Adapters know one outside thing each, and not each other; what they share is in `shared`, what kinds of agents share in `agents/shared`. */
const adapterOf = (file: string) => /^adapters\/(agents\/[^/]+|[^/]+)/.exec(file)?.[1];
const SHARED = "shared";
const AGENTS_SHARED = "agents/shared";

const IMPORT =
  /(?:^(?:import|export)\s[^;]*?\bfrom\s+|\bimport\(\s*|^import\s+)["'](\.[^"']+)["']/gm;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);
const layerOf = (file: string) => file.split("/")[0] ?? "";
const imports = files.flatMap((file) =>
  [...readFileSync(path.join(SRC, file), "utf8").matchAll(IMPORT)].map(([, target]) => ({
    file,
    to: path.join(path.dirname(file), target ?? ""),
  })),
);

test("the reader of imports sees static, dynamic and re-exporting ones", () => {
  const text = `import { a } from "./a.ts";\nexport * from "../b.ts";\nconst c = await import("./c.ts");\nimport "./d.ts";\n`;
  expect([...text.matchAll(IMPORT)].map(([, to]) => to)).toEqual([
    "./a.ts",
    "../b.ts",
    "./c.ts",
    "./d.ts",
  ]);
});

test("every import points to a layer this layer may know", () => {
  const broken = imports
    .filter(({ file, to }) => layerOf(to) !== layerOf(file))
    .filter(({ file, to }) => !MAY_IMPORT[layerOf(file)]?.includes(layerOf(to)))
    .map(({ file, to }) => `${file}: ${layerOf(file)} may not import ${to}`);
  expect(broken).toEqual([]);
});

test("no adapter knows another", () => {
  const broken = imports
    .filter(({ file, to }) => adapterOf(file) && adapterOf(to) && adapterOf(file) !== adapterOf(to))
    .filter(({ to }) => adapterOf(to) !== SHARED)
    .filter(
      ({ file, to }) => !(file.startsWith("adapters/agents/") && adapterOf(to) === AGENTS_SHARED),
    )
    .map(({ file, to }) => `${file} imports ${to}`);
  expect(broken).toEqual([]);
});

test("only the engine adapter knows DBOS", () => {
  const knowing = files.filter((file) =>
    readFileSync(path.join(SRC, file), "utf8").includes("@dbos-inc"),
  );
  expect([...new Set(knowing.map(adapterOf))]).toEqual(knowing.length > 0 ? ["engine"] : []);
});

test("every folder of src is a layer this test knows", () => {
  const known = Object.keys(MAY_IMPORT);
  expect([...new Set(files.map(layerOf))].filter((layer) => !known.includes(layer))).toEqual([]);
});

test("one idea per file: at most 250 lines of code", () => {
  const long = files
    .map((file) => ({
      file,
      lines: readFileSync(path.join(SRC, file), "utf8")
        .split("\n")
        .filter((line) => !/^\s*(?:\/\/|\/?\*|$)/.test(line)).length,
    }))
    .filter(({ lines }) => lines > 250);
  expect(long).toEqual([]);
});

test("nobody switches the import rules off", () => {
  const disabled = /(?:oxlint|eslint)-disable[^\n]*(?:no-restricted|no-cycle|max-lines)/;
  expect(files.filter((file) => disabled.test(readFileSync(path.join(SRC, file), "utf8")))).toEqual(
    [],
  );
});
