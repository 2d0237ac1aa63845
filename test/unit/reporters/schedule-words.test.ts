import { expect, test } from "vitest";
import { movedLines } from "../../../src/reporters/schedule/moved-lines.ts";
import { reasonText } from "../../../src/reporters/schedule/reason-words.ts";

test("what a sync point waits for, and what waits for it, are told apart", () => {
  expect(reasonText({ kind: "sync", sync: "review", after: "phase-1" })).toBe("after phase-1");
  expect(reasonText({ kind: "sync", sync: "review", after: "review" })).toBe(
    "after sync point review",
  );
});

test("the longest difference keeps a space before the date", () => {
  const [line] = movedLines(
    [
      {
        activity: "2A.2",
        title: "Book and cancel",
        kind: "moved",
        before: "2024-01-18T16:30",
        after: "2024-01-16T16:36",
        by: { minutes: -954, days: -1.9875 },
        people: [],
      },
    ],
    { color: false, unicode: true, width: 80 },
  );
  expect(line).toMatch(/ 15 h 54 min sooner +01-16 16:36 +Book/);
});
