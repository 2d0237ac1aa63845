import { expect, test } from "vitest";
import { judgeQa } from "../../../src/adapters/agents/builtin/qa/judge-qa.ts";
import { qaReport } from "../../../src/stage/contracts/leading.ts";
import { SPEC } from "./example.ts";

const check = (passed: boolean, blocking: boolean, findings: readonly string[] = []) => ({
  id: "x",
  title: "Something holds",
  passed,
  blocking,
  findings,
});
const conflict = (fate: string, severity = "critical") => ({
  id: "C-1",
  topic: "Requirements that wait for each other",
  severity,
  fate,
  statements: [
    { source: "a", statement: "1" },
    { source: "b", statement: "2" },
  ],
});
const judge = (checks: readonly object[], review: object = {}) =>
  qaReport.parse(
    judgeQa({
      "spec.md": SPEC,
      "artifacts/plan.md": "text",
      "checks.json": JSON.stringify(checks),
      "review.json": JSON.stringify({ review_summary: { quality_score: 80, ...review } }),
    }),
  ).qa_report;

test("signs off when no blocking check failed", () => {
  const report = judge([check(true, true), check(false, false, ["a remark"])]);
  expect(report).toMatchObject({ signed_off: true, rework: [] });
  expect(report.notes).toBe(
    "1 of 2 checks passed. Not met, but not blocking: Something holds (1).",
  );
});

test("a failed blocking check is rework, in the check's own words", () => {
  const report = judge([check(false, true, ["FR-001 is lost."]), check(false, true)]);
  expect(report).toMatchObject({
    signed_off: false,
    rework: ["FR-001 is lost.", "Failed: Something holds."],
  });
});

test.each([
  ["escalated", "critical", false],
  ["noted", "critical", false],
  ["reconciled", "critical", true],
  ["escalated", "high", true],
])("a conflict that is %s and %s: signed off %s", (fate, severity, signed) => {
  expect(judge([check(true, true)], { conflicts: [conflict(fate, severity)] }).signed_off).toBe(
    signed,
  );
});

test("questions that the spec's clarifications answer are resolved, the others remain", () => {
  const asked = [
    { question: "How long are past waterings kept?" },
    { question: "Who pays for the water?" },
  ];
  const report = judge([check(true, true)], { open_questions: asked });
  expect(report.resolved_questions).toEqual([
    {
      question: "How long are past waterings kept?",
      answer: "12 months, then they are deleted. (clarified in the spec, line 10)",
    },
  ]);
  expect(report.remaining_questions).toEqual(["Who pays for the water?"]);
});

test("without check results or artifacts there is no sign-off", () => {
  const report = qaReport.parse(judgeQa({ "spec.md": SPEC })).qa_report;
  expect(report.signed_off).toBe(false);
  expect(report.rework).toHaveLength(2);
});
