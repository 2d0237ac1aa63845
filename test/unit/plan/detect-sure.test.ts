import { expect, test } from "vitest";
import { detectDialect } from "../../../src/plan/detect-dialect.ts";

const FENCE = "```";
const sure = (...lines: string[]) =>
  detectDialect({ file: "docs/plans/page.md", text: lines.join("\n") })?.sure;

test("a page on how to write plans is none for sure: its boxes are examples", () =>
  expect(
    sure(
      "## Phase 3: Rules",
      "- [ ] 3.1 Real",
      FENCE,
      "## Phase 1: X",
      "- [ ] 1.1 a",
      "- [ ] 1.2 b",
      FENCE,
    ),
  ).toBe(false));

test("a folder of outputs that is talked of makes no plan of a checklist", () =>
  expect(sure("Outputs go to `docs/plan-outputs/x/`.", "- [ ] All tasks have paths")).toBe(false));

test("a plan with an example in it is one", () =>
  expect(sure("## Phase 1: X", "- [ ] 1.1 a", "- [ ] 1.2 b", FENCE, "- [ ] 1.1 a", FENCE)).toBe(
    true,
  ));
