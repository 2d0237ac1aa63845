import fc from "fast-check";
import { expect, test } from "vitest";
import { projectTests } from "../../../src/app/execution/project-tests.ts";
import { detectTests, READ_FOR_TESTS } from "../../../src/execution/detect-tests.ts";
import type { ProjectTests } from "../../../src/execution/project-tests.ts";
import { testCommandOf } from "../../../src/execution/project-tests.ts";
import { ok } from "../../../src/core/result.ts";
import type { Documents } from "../../../src/ports/documents.ts";

type Files = Readonly<Record<string, string>>;
const filesOf = (files: Files) => ({
  names: new Set(Object.keys(files)),
  texts: new Map(Object.entries(files).filter(([name]) => READ_FOR_TESTS.includes(name))),
});
const pack = (script: string, more: object = {}) =>
  JSON.stringify({ name: "a", scripts: { test: script }, ...more });
const dependencies = { devDependencies: { vitest: "4.0.0" } };

const ROWS: readonly (readonly [Files, ...string[]])[] = [
  [{ "package.json": pack("node --test") }, "npm test"],
  [
    { "package.json": pack("vitest", dependencies), "package-lock.json": "{}" },
    "npm test ← npm ci",
  ],
  [{ "package.json": pack("vitest", dependencies) }, "npm test ← npm install"],
  [
    { "package.json": pack("vitest", dependencies), "pnpm-lock.yaml": "" },
    "pnpm test ← pnpm install --frozen-lockfile",
  ],
  [
    { "package.json": pack("x", { packageManager: "yarn@4.1.0" }), "package-lock.json": "{}" },
    "yarn test",
  ],
  [{ "package.json": pack("bun test"), "bun.lock": "" }, "bun run test"],
  [{ "package.json": `\uFEFF${pack("node --test")}` }, "npm test"],
  // npm's own placeholder, what watches, what is no text, no JSON
  [{ "package.json": pack('echo "Error: no test specified" && exit 1') }],
  [{ "package.json": pack("jest --watch") }],
  [{ "package.json": pack("jest --watch=false") }, "npm test"],
  [{ "package.json": JSON.stringify({ scripts: { test: 1 } }) }],
  [{ "package.json": '{"scripts": ["test"], "__proto__": {"test": "x"}}' }],
  [{ "package.json": "{" }],
  [
    { Makefile: ".PHONY: test\ntest: build\n\tgo test ./...\n", "go.mod": "module a\n" },
    "make test",
    "go test ./...",
  ],
  [{ Makefile: "test := 1\ntests: x\n\ttest: y\n" }],
  [{ justfile: "build:\n  x\ntest *args:\n  cargo test\n" }, "just test"],
  [{ "deno.json": '{ "tasks": { "dev": "x", "test": "deno test" } }' }, "deno task test"],
  [{ "Cargo.toml": "[package]\nname = 'a'\n" }, "cargo test"],
  [{ "Cargo.toml": "[dev-dependencies]\nx = '1'\n" }, "cargo test ← cargo fetch"],
  [{ "go.mod": "module a\n\nrequire (\n\tx v1\n)\n" }, "go test ./... ← go mod download"],
  [{ "pyproject.toml": "[tool.pytest.ini_options]\n" }, "python3 -m pytest"],
  [{ "pyproject.toml": "[project]\ndependencies = ['requests']\n" }],
  [{ "conftest.py": "" }, "python3 -m pytest"],
  [{ "mix.exs": "" }, "mix test ← mix deps.get"],
  [{ "composer.json": '{"scripts":{"test":"phpunit"}}' }, "composer test ← composer install"],
  [{ ".rspec": "" }, "bundle exec rspec ← bundle install"],
  [{ "README.md": "npm test" }],
];

test.each(ROWS.map(([files, ...expected]) => ({ files, expected })))(
  "%j",
  ({ files, expected }) => {
    const found = detectTests(filesOf(files)).map(({ command, install }) =>
      install ? `${command} ← ${install.join(" ")}` : command,
    );
    expect(found).toEqual(expected);
  },
);

test("no file makes it throw", () => {
  const file = fc.tuple(fc.constantFrom(...READ_FOR_TESTS), fc.oneof(fc.string(), fc.json()));
  fc.assert(
    fc.property(fc.array(file), (files) => {
      expect(detectTests(filesOf(Object.fromEntries(files))).length).toBeLessThan(12);
    }),
  );
});

function documents(files: Files): Documents {
  return {
    named: () => Promise.reject(new Error("not asked for")),
    optional: (path) => {
      const text = files[path];
      if (text === undefined) return Promise.resolve(undefined);
      return Promise.resolve(ok({ path, bytes: new TextEncoder().encode(text), digest: "" }));
    },
    list: () => Promise.resolve(Object.keys(files)),
  };
}

const SETTINGS: readonly (readonly [
  string,
  Files,
  readonly string[],
  ProjectTests,
  string | null,
])[] = [
  ["none", { Makefile: "test:\n" }, [], { kind: "off" }, null],
  [
    "npm run ci",
    { Makefile: "test:\n" },
    [],
    { kind: "configured", command: "npm run ci" },
    "npm run ci",
  ],
  ["detect", {}, [], { kind: "none-found" }, null],
  [
    "detect",
    { Makefile: "test:\n", "package.json": pack("x") },
    [],
    {
      kind: "found",
      command: "make test",
      from: "Makefile",
      others: [{ command: "npm test", from: "package.json" }],
    },
    "make test",
  ],
  [
    "detect",
    { "package.json": pack("vitest", dependencies) },
    [],
    {
      kind: "not-installed",
      command: "npm test",
      from: "package.json",
      others: [],
      install: ["npm", "install"],
    },
    null,
  ],
  [
    "detect",
    { "package.json": pack("vitest", dependencies) },
    ["npm", "ci"],
    { kind: "found", command: "npm test", from: "package.json", others: [] },
    "npm test",
  ],
];

test.each(
  SETTINGS.map(([said, files, install, expected, command]) => ({
    said,
    files,
    install,
    expected,
    command,
  })),
)("$said with $files and the install command $install", async (row) => {
  const setting =
    row.said === "none" || row.said === "detect"
      ? ({ kind: row.said } as const)
      : ({ kind: "command", command: row.said } as const);
  const tests = await projectTests(documents(row.files), { test: setting }, row);
  expect(tests).toEqual(row.expected);
  expect(testCommandOf(tests)).toBe(row.command);
});
