/** docs/schedule-diagnostics.md names every code that a schedule's diagnostic can have, sorted, and no other. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { REPORTS } from "../../../src/schedule/project/report.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const SRC = path.join(ROOT, "src");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

/** Codes of errors, in docs/errors.md, begin alike. */
const errors = readFileSync(path.join(SRC, "core/error.ts"), "utf8");

/** Codes that something reports. */
const inSource = new Set(
  files
    .map((file) => readFileSync(path.join(SRC, file), "utf8"))
    .flatMap((text) =>
      [...text.matchAll(/"(SCHEDULE_[A-Z][A-Z_]+)"/g)].map(([, code = ""]) => code),
    )
    .filter((code) => !errors.includes(`"${code}"`)),
);

const rows = readFileSync(path.join(ROOT, "docs/schedule-diagnostics.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `SCHEDULE_"));
const onPage = rows.map((row) => /`(SCHEDULE_[A-Z_]+)`/.exec(row)?.[1] ?? "");

test("every code has a severity and a hint, and something reports it", () => {
  expect(Object.keys(REPORTS).toSorted()).toStrictEqual([...inSource].toSorted());
});

test("every code of a schedule's diagnostic is on the page, and no other", () => {
  const known = new Set(onPage);
  expect([...inSource].filter((code) => !known.has(code))).toStrictEqual([]);
  expect(onPage.filter((code) => !inSource.has(code))).toStrictEqual([]);
});

test("the page's table is sorted by code, each row with severity and what it is", () => {
  expect(onPage).toStrictEqual(onPage.toSorted());
  const form =
    /^\| `SCHEDULE_[A-Z_]+`\s*\| (?:error|warning|info)(?: or (?:error|warning|info))*\s*\| \S.{10,400}\|$/;
  expect(rows.filter((row) => !form.test(row))).toStrictEqual([]);
});
