/** docs/plans-diagnostics.md names every code that a plan's diagnostic can have, sorted, and no other. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const SRC = path.join(ROOT, "src");

const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(path.join(SRC, file), "utf8"));

/** Codes of errors, in docs/errors.md, may begin alike. */
const errors = readFileSync(path.join(SRC, "core/error.ts"), "utf8");
const inSource = new Set(
  sources
    .flatMap((text) =>
      [...text.matchAll(/["'`](PLAN_[A-Z][A-Z0-9_]+)["'`]/g)].map(([, code = ""]) => code),
    )
    .filter((code) => !errors.includes(`"${code}"`)),
);
const page = readFileSync(path.join(ROOT, "docs/plans-diagnostics.md"), "utf8");
const rows = page
  .split("\n")
  .flatMap((line) => /^\| `(PLAN_[A-Z0-9_]+)`\s*\|(.*)\|$/.exec(line) ?? []);
const onPage = rows.filter((_, index) => index % 3 === 1);

const ROW =
  /^\| `PLAN_[A-Z0-9_]+`\s*\| (?:error|warning|info)(?: or (?:error|warning|info))*\s*\| (?:dropped|misread|dropped or misread|–)\s*\| \S.{10,400}\|$/;

test("every code of a plan's diagnostic is on the page, and no other", () => {
  expect([...onPage].toSorted()).toStrictEqual([...inSource].toSorted());
});

test("the page's table is sorted by code, each row with severity, original and what it is", () => {
  expect(onPage).toStrictEqual(onPage.toSorted());
  const wrong = page
    .split("\n")
    .filter((line) => line.startsWith("| `PLAN_"))
    .filter((line) => !ROW.test(line));
  expect(wrong).toStrictEqual([]);
});
