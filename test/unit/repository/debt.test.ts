/** The score of technical debt (ST-16): nothing is 0, the worst is near 100, and each thing counted moves it the right way. */
import { expect, test } from "vitest";
import { debtFacts } from "../../../src/repository/debt-facts.ts";
import { debtOf } from "../../../src/repository/debt.ts";
import { file } from "./project.ts";

const GOOD = {
  sourceFiles: 10,
  sourceLines: 1_000,
  testFiles: 5,
  testLines: 600,
  markers: 0,
  suppressions: 0,
  linesInLongFiles: 0,
  longFiles: [],
  missing: [],
};

test("nothing there yet is no debt, whatever is missing", () => {
  expect(debtOf(debtFacts([])).value).toBe(0);
  expect(debtOf(debtFacts([file("spec.md", "# x")])).value).toBe(0);
});

test("a project in order has none; the worst comes near 100", () => {
  expect(debtOf(GOOD).value).toBe(0);
  const worst = debtOf({
    ...GOOD,
    testLines: 0,
    markers: 400,
    suppressions: 400,
    linesInLongFiles: 1_000,
    missing: ["lockfile", "CI configuration", "README", "linter or formatter"],
  });
  expect(worst.value).toBeGreaterThanOrEqual(98);
});

test.each([
  { testLines: 100 },
  { markers: 3 },
  { suppressions: 3 },
  { linesInLongFiles: 200 },
  { missing: ["README"] },
])("more debt scores higher: %j", (change) => {
  expect(debtOf({ ...GOOD, ...change }).value).toBeGreaterThan(0);
});

test("what is counted, and what is not", () => {
  const long = "x();\n".repeat(501);
  const facts = debtFacts([
    file("src/a.ts", `${long}// TODO: later\nconst t = "TODO";\n`),
    file("src/b.ts", "// eslint-disable-next-line\n\n\nx();\n// @ts-expect-error\n"),
    file("src/gen.ts", `// @generated\n${long}`),
    file("vendor/v.js", long),
    file("test/a.test.ts", "a();\nb();\n// FIXME\n"),
    file("package.json", '{ "devDependencies": { "prettier": "3" } }'),
    file(".github/workflows/ci.yml", "on: push"),
  ]);
  expect(facts).toEqual({
    sourceFiles: 2,
    sourceLines: 506,
    testFiles: 1,
    testLines: 3,
    markers: 2,
    suppressions: 2,
    linesInLongFiles: 503,
    longFiles: ["src/a.ts (503 lines)"],
    missing: ["lockfile", "README"],
  });
});
