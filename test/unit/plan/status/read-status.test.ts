import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStatus } from "../../../../src/plan/status/read-status.ts";
import { FILE, SAMPLES, statusOf, VARIED } from "./statuses.ts";

const refusal = (text: string) => {
  const read = readStatus({ file: FILE, text });
  if (read.ok) throw new Error("was read");
  return read.error;
};

test("what is on disk is read, in all its forms", () => {
  const status = statusOf(VARIED);
  const shown = status.tasks.map(({ key, state, description, phase }) => [
    key,
    state,
    description,
    phase,
  ]);
  expect(shown).toEqual([
    ["1.1", "completed", 'first "quoted" \\ {', "Phase 1: One"],
    ["1.1A", "failed", "with title", undefined],
    ["VERIFY-0", "in_progress", undefined, "0"],
    ["SC-3", "skipped", "ends", "Success Criteria"],
    ["2.1", "pending", "number as id", "Phase 2: Two"],
  ]);
  expect(status.tasks[0]).toMatchObject({ notes: true, startedAt: undefined, retries: 0 });
  expect(status.tasks[1]).toMatchObject({
    error: "broke",
    durationMs: 9_000,
    place: { line: 17, column: 5 },
  });
  expect(status.tasks[2]).toMatchObject({ findingsPath: undefined, findings: "inline" });
  expect(status.tasks[3]).toMatchObject({ skipReason: "why not" });
  expect(status.runs).toMatchObject([{ id: "run_1", completedAt: undefined }]);
  expect(status.summary).toEqual({
    totalTasks: 5,
    completed: 1,
    pending: 1,
    failed: 1,
    skipped: 1,
    in_progress: undefined,
  });
  expect(status.diagnostics).toEqual([]);
});

test("what can't be used is told with its place, and read past", () => {
  const { tasks, diagnostics } = statusOf(
    '{"tasks": [{"id": "1.1"}, {"id": "1.1", "status": "done"}, {}, 7, null, {"id": "__proto__", "status": "completed"}]}',
  );
  expect(tasks.map(({ key, state }) => [key, state])).toEqual([
    ["1.1", "pending"],
    ["1.1#2", "pending"],
    ["__proto__", "completed"],
  ]);
  expect(diagnostics.map(({ code, place }) => [code, place.column])).toEqual([
    ["PLAN_STATUS_STATE_UNKNOWN", 12],
    ["PLAN_STATUS_TASK_TWICE", 27],
    ["PLAN_STATUS_STATE_UNKNOWN", 51],
    ["PLAN_STATUS_TASK_UNREADABLE", 60],
    ["PLAN_STATUS_TASK_UNREADABLE", 64],
    ["PLAN_STATUS_TASK_UNREADABLE", 67],
  ]);
});

describe("what is no status file is refused with its place", () => {
  test("cut off at every byte", () => {
    for (let length = 0; length < VARIED.length; length++) {
      const error = refusal(VARIED.slice(0, length));
      expect(error.code).toBe("PLAN_STATUS_DAMAGED");
      expect(error.place?.file).toBe(FILE);
      expect(error.place?.line).toBeGreaterThan(0);
      expect(error.place?.column).toBeGreaterThan(0);
      expect(error.hint).toContain("restore");
    }
  });

  test.each([
    ["", 1, 1],
    ["[]", 1, 1],
    ["{}", 1, 1],
    ['{\n "tasks": {} }', 2, 11],
    ['{"tasks": [], // comment\n "a": 1}', 1, 15],
    ['{"tasks": [],}', 1, 13],
    ['{"tasks": [],\n "tasks": []}', 2, 2],
    ["\uFEFF{ä", 1, 3],
    [`{"tasks": ${"[".repeat(100)}`, 1, 74],
  ])("%j", (text, line, column) => {
    expect(refusal(text)).toMatchObject({ code: "PLAN_STATUS_DAMAGED", place: { line, column } });
  });

  test("whatever the text, nothing is thrown", () => {
    let told = 0;
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"tasks"',
      '"id"',
      '"1.1"',
      "1",
      "null",
      "\n",
      '"',
      "\\",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, inside) => {
        const text = inside ? `{"tasks": [${pieces.join("")}]}` : pieces.join("");
        const read = readStatus({ file: FILE, text });
        if (read.ok) return;
        told += 1;
        expect(read.error.place?.line).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
    expect(told).toBeGreaterThan(1_000);
  });
});

test.skipIf(SAMPLES.length === 0)(
  "real files are read without a complaint (skipped where there are none)",
  () => {
    for (const [, text] of SAMPLES) {
      const { tasks, diagnostics } = statusOf(text);
      const records: unknown[] = JSON.parse(text).tasks;
      expect(tasks).toHaveLength(records.length);
      expect(diagnostics).toEqual([]);
    }
  },
);
