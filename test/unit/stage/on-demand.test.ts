/** What a review makes and asks only on demand: by the configuration, by a flag, and not otherwise. */
import { expect, test } from "vitest";
import { QUALITY_REVIEW } from "../../../src/stage/built-in/quality-review.ts";
import { stageFor } from "../../../src/stage/config/resolve-stage.ts";

const made = (...given: Parameters<typeof stageFor>) =>
  stageFor(...given).artifacts.map(({ name, required }) => `${name} ${required}`);

test("optional artifacts are part of the stage only where they are asked for, and then required", () => {
  expect(made({}, QUALITY_REVIEW, {})).toEqual(["quality_report.md true"]);
  const configured = { artifacts: ["security_scan.json" as const] };
  expect(made(configured, QUALITY_REVIEW, {})).toEqual([
    "quality_report.md true",
    "security_scan.json true",
  ]);
  expect(made(configured, QUALITY_REVIEW, { artifacts: ["coverage_report.html"] })).toEqual([
    "quality_report.md true",
    "coverage_report.html true",
    "security_scan.json true",
  ]);
});

test("nothing is asked outside unless the configuration or a flag says so", () => {
  expect(stageFor({}, QUALITY_REVIEW, {}).audit).toBeUndefined();
  expect(stageFor({ audit: true }, QUALITY_REVIEW, {}).audit).toBe(true);
  expect(stageFor({}, QUALITY_REVIEW, { audit: true }).audit).toBe(true);
});
