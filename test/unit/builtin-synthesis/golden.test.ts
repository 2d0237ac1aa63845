/** The two documents as people read them. After a wanted change: `UPDATE_GOLDEN=1 npx vitest run --project unit test/unit/builtin-synthesis`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { reviewAnalyses } from "../../../src/adapters/agents/builtin/review/review-analyses.ts";
import { synthesizePlan } from "../../../src/adapters/agents/builtin/synthesis/synthesize-plan.ts";
import { synthesis } from "../../../src/stage/contracts/leading.ts";
import { ANALYSES, inputsOf, SPEC } from "./example.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../golden/synthesis");

test.each(["plan.md", "planning-summary.md"])("%s of the garden calendar", (name) => {
  const review = reviewAnalyses(inputsOf(SPEC, ANALYSES));
  const inputs = inputsOf(SPEC, ANALYSES, { "review.json": review });
  const written = synthesis.parse(synthesizePlan(inputs)).artifacts[name] ?? "";
  const file = path.join(FOLDER, name);
  if (process.env["UPDATE_GOLDEN"]) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, written);
  }
  expect(written).toBe(readFileSync(file, "utf8"));
});

test("expected days are the same figure in the plan and in its summary", () => {
  const [plan, summary] = ["plan.md", "planning-summary.md"].map((name) =>
    readFileSync(path.join(FOLDER, name), "utf8"),
  );
  const [, expected, p80] =
    /([\d.]+) person-days expected, ([\d.]+) in four of five cases/.exec(summary ?? "") ?? [];
  expect(p80).toMatch(/^\d+\.\d$/);
  expect(plan).toContain(`Expected: ${expected} person-days`);
  expect(plan).toContain(`${p80} hold in four of five cases`);
});
