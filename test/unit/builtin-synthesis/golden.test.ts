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
