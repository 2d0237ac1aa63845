/** implementation_plan.md of the example as people read it (PR-03). After a wanted change: `UPDATE_GOLDEN=1 npx vitest run --project unit test/unit/builtin-preparation`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { planned, prepare } from "./chain.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const SPEC = path.join(ROOT, "examples/tool-library/specs/001-lend-tools/spec.md");
const FOLDER = path.join(ROOT, "test/golden/preparation");

test("implementation_plan.md of the tool library", () => {
  const { artifacts, qa } = prepare(planned(readFileSync(SPEC, "utf8")));
  const written = artifacts["implementation_plan.md"] ?? "";
  const file = path.join(FOLDER, "implementation_plan.md");
  if (process.env["UPDATE_GOLDEN"]) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, written);
  }
  expect(written).toBe(readFileSync(file, "utf8"));
  expect(qa.signed_off).toBe(true);
});
