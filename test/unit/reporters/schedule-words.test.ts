import { expect, test } from "vitest";
import { chainLines } from "../../../src/reporters/schedule/chain-lines.ts";
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

test("an id as long as its column keeps a space behind it", () => {
  const style = { color: false, unicode: true, width: 80 };
  const move = {
    activity: "VERIFY 2B#2",
    title: "Gates",
    kind: "moved" as const,
    before: "2024-01-18T16:30",
    after: "2024-01-16T16:36",
    by: { minutes: -13, days: -0.03 },
    people: [],
  };
  expect(movedLines([move], style)[0]).toMatch(/^ VERIFY 2B… 13 min sooner/);
  const [line] = chainLines(
    [
      {
        id: "api_contract_review",
        kind: "sync",
        title: "Review",
        start: "2024-01-18T16:30",
        end: "2024-01-18T17:30",
        why: { kind: "start" },
      },
    ],
    style,
  );
  expect(line).toMatch(/^ api_contr… 01-18 16:30/);
});
