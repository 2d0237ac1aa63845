import { expect, test } from "vitest";
import { marksOfState } from "../../../../src/plan/box-states.ts";
import { sameButBoxes } from "../../../../src/plan/edits/same-but-boxes.ts";
import type { BoxState, Dialect } from "../../../../src/plan/model.ts";

const STATES: readonly BoxState[] = ["open", "done", "in-progress", "skipped", "failed"];
const DIALECTS: readonly Dialect[] = ["plan-file", "spec-kit", "prd"];
const written = DIALECTS.flatMap((dialect) =>
  STATES.flatMap((state) => marksOfState(dialect, state)),
);
const textWith = (mark: string) => `# A\r\n\n- [${mark}] 1.1 One\n  1. [${mark}] two\n`;

test.each([...new Set([...written, "✓", "✔", "☑", "✅", "/", ">"])])(
  "a box that becomes [%s] makes no other plan",
  (mark) => {
    expect(sameButBoxes(textWith(" "), textWith(mark))).toBe(true);
    expect(sameButBoxes(textWith(mark), textWith("x"))).toBe(true);
  },
);

test.each([
  ["- [ ] One", "- [x] Two"],
  ["- [ ] One", "- [a] One"],
  ["- [ ] One", "- [] One"],
  ["see [ ] One", "see [x] One"],
  ["- [ ] One", "- [x] One\n- [ ] Two"],
  ["- [x](a.md)", "- [ ](b.md)"],
])("%j and %j are different", (one, other) => {
  expect(sameButBoxes(one, other)).toBe(false);
});
