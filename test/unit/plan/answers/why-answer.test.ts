import { describe, expect, test } from "vitest";
import type { PlanView } from "../../../../src/plan/answers/plan-view.ts";
import { whyAnswer, type WhyAnswer } from "../../../../src/plan/answers/why-answer.ts";
import { whyMarkers } from "../../../../src/reporters/plans/markers.ts";
import { whyLines } from "../../../../src/reporters/plans/why-lines.ts";
import { viewOfLines } from "./view-of-lines.ts";

const why = (from: PlanView, key: string): WhyAnswer => {
  const answer = whyAnswer(from, key, undefined);
  if (!answer) throw new Error(`no ${key}`);
  return answer;
};

const shown = (answer: WhyAnswer): readonly string[] =>
  whyLines(answer, { color: false, unicode: true, width: 80 });

const STORIES = [
  "# Tasks: Albums",
  "",
  "## Phase 1: Setup",
  "",
  "- [x] T001 Create `src/a.ts`",
  "",
  "## Phase 2: Foundational",
  "",
  "- [x] T002 Create `src/b.ts`",
  "",
  "**Checkpoint**: The foundation is ready.",
  "",
  "## Phase 3: User Story 1 - See albums (Priority: P1)",
  "",
  "- [ ] T003 [US1] List in `src/c.ts`",
  "",
  "## Phase 4: User Story 2 - Share albums (Priority: P2)",
  "",
  "- [ ] T004 [US2] Share in `src/d.ts`",
  "",
  "## Dependencies & Execution Order",
  "",
  "- **US2 (Phase 4)**: Depends on US1 (Phase 3)",
];

describe("what a task waits for", () => {
  test("a checkpoint behind which nothing is left to do is no longer waited for", () => {
    const answer = why(viewOfLines("specs/001-a/tasks.md", STORIES), "T003");
    expect(answer.verdict).toBe("ready");
    expect(answer.edges).toMatchObject([{ dependency: "VERIFY 2", state: "open", passed: true }]);
    expect(shown(answer).join("\n")).toMatch(/waits for 1 task, all done\n ✔ VERIFY 2 /);
    expect(whyMarkers(answer).at(-1)).toContain("passed=yes");
  });

  test("a phase that waits for several is said to where each of them is named", () => {
    const answer = why(viewOfLines("specs/001-a/tasks.md", STORIES), "T004");
    const said = answer.edges.map(({ dependency, origin, place }) => [
      dependency,
      origin,
      place.line,
    ]);
    expect(said).toEqual([
      ["T003", "explicit", 23],
      ["VERIFY 2", "story", 17],
    ]);
    expect(answer.chain).toMatchObject([{ dependency: "T003", origin: "explicit" }]);
    expect(answer.chain[0]?.place.line).toBe(23);
  });

  test("of a long way, the beginning and the end are shown within the width", () => {
    const tasks = Array.from({ length: 60 }, (_, at) =>
      at === 0
        ? "- [ ] 1.1 Begin"
        : `- [ ] 1.${at + 1} Go on with what there is to do (depends: 1.${at})`,
    );
    const answer = why(
      viewOfLines("docs/plans/p.md", ["# Implementation Plan: P", "", "## Phase 1: A", ...tasks]),
      "1.60",
    );
    expect(answer.chain).toHaveLength(59);
    const lines = shown(answer);
    expect(lines.length).toBeLessThan(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.join("\n")).toContain("52 steps between; --json has all");
    expect(lines.join("\n")).toMatch(/→ 1\.1 {2}Begin +can begin now/);
  });
});
