/** docs/plans-diagnostics.md names every code that a plan's diagnostic can have, sorted, and no other. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const SRC = path.join(ROOT, "src");

/** Readers that are being written: their codes come onto the page with them. */
const UNFINISHED = /^analysis[\\/]/;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

/** Codes of errors, in docs/errors.md, may begin alike. */
const errors = readFileSync(path.join(SRC, "core/error.ts"), "utf8");

const codesIn = (some: readonly string[]): ReadonlySet<string> =>
  new Set(
    some
      .map((file) => readFileSync(path.join(SRC, file), "utf8"))
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
  const known = new Set(onPage);
  const all = codesIn(files);
  const wanted = codesIn(files.filter((file) => !UNFINISHED.test(file)));
  expect([...wanted].filter((code) => !known.has(code))).toStrictEqual([]);
  expect(onPage.filter((code) => !all.has(code))).toStrictEqual([]);
});

test("the page's table is sorted by code, each row with severity, original and what it is", () => {
  expect(onPage).toStrictEqual(onPage.toSorted());
  const wrong = page
    .split("\n")
    .filter((line) => line.startsWith("| `PLAN_"))
    .filter((line) => !ROW.test(line));
  expect(wrong).toStrictEqual([]);
});
