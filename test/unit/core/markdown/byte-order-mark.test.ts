import { expect, test } from "vitest";
import { readLines } from "../../../../src/core/markdown/source-lines.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";

const MARK = "\uFEFF";

test("a byte order mark takes a column of the first line and is no character of it", () => {
  const [first, second] = readLines(`${MARK}# Tasks\n${MARK}x`);
  expect(first).toMatchObject({ text: " # Tasks", start: 0, kind: "text" });
  expect(second).toMatchObject({ text: `${MARK}x`, start: 9 });
});

test.each([
  ["specs/001-a/tasks.md", "# Tasks: Albums", "## Phase 1: Setup", "- [ ] T001 Do it"],
  ["docs/plans/a.md", "# Implementation Plan: Albums", "## Phase 1: A", "- [ ] 1.1 Do it"],
  ["prds/1_a.md", "# Albums", "### Phase 1: A", "- [ ] **Task 1.1** (Parallelizable: No) - Do it"],
])("the title of %s is read behind a byte order mark", (file, ...lines) => {
  const text = lines.join("\n\n");
  const [plain, marked] = [text, MARK + text].map((one) => readPlan([{ file, text: one }]));
  expect(plain?.title).toMatch(/Albums$/);
  expect(marked?.title).toBe(plain?.title);
  expect(marked?.tasks.map(({ key, place }) => [key, place])).toEqual(
    plain?.tasks.map(({ key, place }) => [key, place]),
  );
});
