import { expect, test } from "vitest";
import { depsAnswer } from "../../../../src/plan/answers/deps-answer.ts";
import { depsLines } from "../../../../src/reporters/plans/deps-lines.ts";
import { conflictLines } from "../../../../src/reporters/plans/conflict-lines.ts";
import { answersWith } from "../../reporters/plan-answers.ts";
import { viewOfLines } from "./view-of-lines.ts";

test("where a plan says nothing of how long tasks take, what they and checks count is said", () => {
  const view = viewOfLines("docs/plans/p.md", [
    "# Implementation Plan: P",
    "",
    "## Phase 1: A",
    "- [ ] 1.1 Write it",
    "",
    "**VERIFY Phase 1:**",
    "- [ ] It works",
  ]);
  const text = depsLines(depsAnswer(view, true), { color: false, unicode: true, width: 80 }).join(
    " ",
  );
  expect(text.replaceAll(/\s+/g, " ")).toContain("so each counts 30 minutes, a check 10");
});

test("one task that names nothing is spoken of as one", () => {
  const { conflicts } = answersWith("x");
  const style = { color: false, unicode: true, width: 80 };
  const text = conflictLines({ ...conflicts, tasks: 2, unknown: 1 }, style).join(" ");
  expect(text.replaceAll(/\s+/g, " ")).toContain(
    "1 of 2 tasks names nothing that it touches: nothing is known of it.",
  );
});
