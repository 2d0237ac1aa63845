/** What it costs to read long plan files, in counted steps. */
import { expect, test } from "vitest";
import { readPlanFile } from "../../../src/plan/plan-file/read-plan-file.ts";
import { stepsOf } from "./steps.ts";

const read = (text: string) => readPlanFile([{ file: "docs/plans/x.md", text }]);

const GROWING: readonly (readonly [string, (size: number) => string])[] = [
  [
    "tasks with dependencies",
    (size) =>
      `## Phase 1: T\n${Array.from({ length: size }, (_, at) => `- [ ] 1.${at + 1} T (depends on 1.${at})`).join("\n")}`,
  ],
  [
    "phases",
    (size) =>
      Array.from(
        { length: size },
        (_, at) => `## Phase ${at}: T\n- [ ] ${at}.1 A\n**VERIFY Phase ${at}:**\n- [ ] c`,
      ).join("\n"),
  ],
  [
    "phases of one number",
    (size) => "## Phase 1: T\n- [ ] 1.1 A (depends on all Phase 1)\n".repeat(size),
  ],
  ["nested tasks without id", (size) => `## Phase 1: T\n${"- [ ] a\n  - [ ] b\n".repeat(size)}`],
  [
    "short ranges",
    (size) =>
      `## Phase 1: T\n${Array.from({ length: size }, (_, at) => `- [ ] 1.${at + 1} T (depends: 1.${Math.max(1, at - 3)}-1.${at})`).join("\n")}`,
  ],
  ["a note of many lines", (size) => `**Execution Note:** a\n${"b\n".repeat(size)}`],
  [
    "parallel phases",
    (size) =>
      `**Execution Note:** Phases 1-${size} are [PARALLEL]\n${Array.from({ length: size }, (_, at) => `## Phase ${at + 1}: T\n- [ ] ${at + 1}.1 A`).join("\n")}`,
  ],
];

test.each(GROWING)("%s are read in steps that grow as their number does", (_, make) => {
  const [small, large] = [make(100), make(400)].map((text) => stepsOf(() => read(text)));
  expect(large).toBeGreaterThan(0);
  // Four times the text: 4 if linear, 16 if quadratic.
  expect((large ?? 0) / (small ?? 1)).toBeLessThan(6);
});
