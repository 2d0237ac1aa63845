import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addRecords, moveTasks } from "../../../../src/plan/status/change-status.ts";
import { TASK_STATES, type TaskState } from "../../../../src/plan/status/model.ts";
import { wayTo } from "../../../../src/plan/status/transitions.ts";
import { SAMPLES, statusOf, VARIED } from "./statuses.ts";

const NOW = Date.parse("2026-02-03T04:05:06.789Z");
const TIME = "2026-02-03T04:05:06.789Z";

const moved = (text: string, tasks: readonly string[], to: TaskState, words?: string): string => {
  const result = moveTasks(statusOf(text), {
    tasks,
    to,
    now: NOW,
    ...(words !== undefined && { words }),
  });
  if (!result.ok) throw result.error;
  return result.value;
};

/** Lines of one text that the other has not, in their order. */
const onlyIn = (one: string, other: string) => {
  const there = other.split("\n");
  return one.split("\n").filter((line) => {
    const at = there.indexOf(line);
    if (at >= 0) there.splice(at, 1);
    return at < 0;
  });
};

describe("the ways that S4 documents", () => {
  const ways: Readonly<Record<TaskState, readonly TaskState[]>> = {
    pending: ["pending", "in_progress", "skipped", "completed", "failed"],
    in_progress: ["in_progress", "completed", "failed", "skipped"],
    completed: ["completed"],
    failed: ["failed", "pending"],
    skipped: ["skipped"],
  };

  test.each(TASK_STATES.flatMap((from) => TASK_STATES.map((to) => [from, to] as const)))(
    "%s → %s",
    (from, to) => {
      const text = `{"tasks":[{"id":"1.1","status":"${from}"}]}`;
      const result = moveTasks(statusOf(text), { tasks: ["1.1"], to, now: NOW });
      expect(wayTo(from, to) !== undefined).toBe(ways[from].includes(to));
      if (!ways[from].includes(to))
        expect(result.ok ? "" : result.error).toMatchObject({
          code: "PLAN_EDIT_REFUSED",
          message: `Task 1.1 is ${from}, so it can't become ${to}.`,
          place: { line: 1, column: 11 },
        });
      else if (from === to) expect(result).toEqual({ ok: true, value: text });
      else expect(statusOf(result.ok ? result.value : "").tasks[0]?.state).toBe(to);
    },
  );

  test("a pending task can't be reset, and is completed only as one that was begun", () => {
    expect(wayTo("pending", "completed")).toEqual(["in_progress", "completed"]);
    expect(wayTo("in_progress", "pending")).toBeUndefined();
  });
});

describe("a change touches what must differ", () => {
  test("completed: state, times, duration, words, counts, phase, time of the change", () => {
    const after = moved(VARIED, ["VERIFY-0"], "completed", 'went "well"');
    expect(onlyIn(VARIED, after)).toEqual([
      '  "lastUpdatedAt": "2026-01-02T00:00:00.000Z",',
      '      "status": "in_progress",',
      '      "findings": "inline"',
      '    "completed": 1,',
    ]);
    // The first task that is left has no phase, so currentPhase stays.
    expect(onlyIn(after, VARIED)).toEqual([
      `  "lastUpdatedAt": "${TIME}",`,
      '      "status": "completed",',
      '      "findings": "inline",',
      `      "completedAt": "${TIME}",`,
      `      "duration": ${NOW - Date.parse("2026-01-01T12:00:00Z")},`,
      '      "notes": "went \\"well\\""',
      '    "completed": 2,',
    ]);
  });

  test("records on one line stay on one line", () => {
    const after = moved(VARIED, ["1.1A"], "pending");
    expect(after).toContain(
      '    { "id": "1.1A", "title": "with title", "phaseName": "One", "priority": "high", "line": 12, "status": "pending", "retryCount": 1, "lastError": "broke", "lastErrorAt": "2026-01-01T11:00:09.000Z" },',
    );
    const again = moved(moved(after, ["1.1A"], "failed", "again"), ["1.1A"], "pending");
    expect(again).toContain('"status": "pending", "retryCount": 2, "lastError": "again"');
  });

  test("started, failed, skipped; the phase of the first that is in progress", () => {
    const started = moved(VARIED, ["2.1"], "in_progress");
    expect(statusOf(started)).toMatchObject({ currentPhase: "0" });
    const failed = statusOf(moved(started, ["2.1"], "failed", "no"));
    expect(failed.tasks[4]).toMatchObject({
      state: "failed",
      startedAt: TIME,
      completedAt: TIME,
      durationMs: 0,
      error: "no",
    });
    for (const end of ["completed", "failed", "skipped"] as const) {
      const unstarted = moved(VARIED, ["2.1"], end);
      expect(onlyIn(unstarted, VARIED).join("\n")).not.toMatch(/startedAt|duration/);
      expect(statusOf(unstarted).tasks[4]).toMatchObject({
        state: end,
        startedAt: undefined,
        completedAt: TIME,
        durationMs: undefined,
      });
    }
    const skipped = statusOf(moved(VARIED, ["2.1"], "skipped", "not needed"));
    expect(skipped.tasks[4]).toMatchObject({
      state: "skipped",
      startedAt: undefined,
      durationMs: undefined,
      skipReason: "not needed",
    });
  });

  test("a count that is missing is written where it is not 0; one in quotes that is right stays", () => {
    const after = moved(VARIED, ["2.1"], "in_progress");
    expect(after).toContain('"totalTasks": "5"');
    expect(after).toContain('    "extra": 7,\n    "in_progress": 2\n  }');
    expect(moved('{"tasks":[{"id":"a","status":"pending"}]}', ["a"], "in_progress")).toBe(
      `{"tasks":[{"id":"a","status":"in_progress","startedAt":"${TIME}"}],"summary":{"totalTasks":1,"completed":0,"pending":0,"in_progress":1,"failed":0,"skipped":0},"lastUpdatedAt":"${TIME}"}`,
    );
  });

  test("all or none", () => {
    const refused = moveTasks(statusOf(VARIED), { tasks: ["2.1", "1.1"], to: "skipped", now: NOW });
    expect(refused.ok ? "" : refused.error.code).toBe("PLAN_EDIT_REFUSED");
    const unknown = moveTasks(statusOf(VARIED), { tasks: ["2.1", "9.9"], to: "skipped", now: NOW });
    expect(unknown.ok ? "" : unknown.error.code).toBe("PLAN_TASK_UNKNOWN");
  });
});

/** Status files in any style, with whatever else stands in them. */
const anyStatus = fc
  .record({
    before: fc.dictionary(
      fc.constantFrom("planPath", "x", "__proto__", "ä"),
      fc.jsonValue({ maxDepth: 2 }),
    ),
    tasks: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom("1.1", "1.2", "2.1", "V1", "__proto__"),
        status: fc.constantFrom(...TASK_STATES),
        phase: fc.constantFrom("Phase 1: One", "Phase 2: Two"),
        more: fc.dictionary(
          fc.constantFrom("a", "notes", "startedAt", "error", "duration"),
          fc.constantFrom("x", 1, true, null),
          { maxKeys: 3 },
        ),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 5 },
    ),
    after: fc.dictionary(fc.constantFrom("runs", "mergedAt", "y"), fc.jsonValue({ maxDepth: 2 })),
  })
  .map(({ before, tasks, after }) => ({
    ...before,
    tasks: tasks.map(({ more, ...rest }) => ({ ...rest, ...more })),
    ...after,
  }));
const style = fc.record({
  indent: fc.constantFrom(undefined, 1, 2, 4, "\t"),
  eol: fc.constantFrom("\n", "\r\n"),
  end: fc.constantFrom("", "\n"),
  mark: fc.constantFrom("", "\uFEFF"),
});

test("whatever a file holds and however it is written: what is not of the change stays, and the style", () => {
  let changes = 0;
  fc.assert(
    fc.property(
      anyStatus,
      style,
      fc.constantFrom(...TASK_STATES),
      fc.nat(),
      (value, { indent, eol, end, mark }, to, pick) => {
        const write = (json: unknown) =>
          mark + JSON.stringify(json, null, indent).replaceAll("\n", eol) + end;
        const text = write(value);
        const task = value.tasks[pick % value.tasks.length];
        const result = moveTasks(statusOf(text), { tasks: [task?.id ?? ""], to, now: NOW });
        if (!result.ok) return;
        if (task?.status === to) {
          expect(result.value).toBe(text);
          return;
        }
        changes += 1;
        const after = JSON.parse(result.value.replace(/^\uFEFF/, ""));
        // The style is the one of the whole file.
        expect(result.value).toBe(write(after));
        const own = new Set(["tasks", "summary", "currentPhase", "lastUpdatedAt"]);
        const rest = (json: object) =>
          JSON.stringify(Object.entries(json).filter(([key]) => !own.has(key)));
        expect(rest(after)).toBe(rest(value));
        const others = (tasks: readonly { readonly id: string }[]) =>
          tasks.filter(({ id }) => id !== task?.id);
        expect(JSON.stringify(others(after.tasks))).toBe(JSON.stringify(others(value.tasks)));
        expect(statusOf(result.value).summary).toMatchObject({ totalTasks: value.tasks.length });
      },
    ),
    { numRuns: 1_500 },
  );
  expect(changes).toBeGreaterThan(300);
});

test.skipIf(SAMPLES.length === 0)(
  "real files: nothing changed is byte for byte; one change differs where it must (skipped where there are none)",
  () => {
    for (const [, text] of SAMPLES) {
      const status = statusOf(text);
      const completed = status.tasks
        .filter(({ state }) => state === "completed")
        .map(({ key }) => key);
      expect(moved(text, completed, "completed")).toBe(text);
      const pending = status.tasks.find(({ state }) => state === "pending");
      if (!pending) continue;
      const after = moved(text, [pending.key], "in_progress");
      expect(after).toBe(JSON.stringify(JSON.parse(after), null, 2));
      expect(onlyIn(text, after).length).toBeLessThanOrEqual(10);
      const reset = JSON.parse(after);
      expect(Object.keys(reset)).toEqual(Object.keys(JSON.parse(text)));
    }
  },
);

test("records are added behind the others, pending", () => {
  const after = addRecords(
    statusOf('{\n  "tasks": []\n}'),
    [{ id: "1.1", phase: "Phase 1", description: "a" }],
    NOW,
  );
  expect(statusOf(after)).toMatchObject({
    tasks: [{ id: "1.1", phase: "Phase 1", description: "a", state: "pending" }],
    summary: { totalTasks: 1, pending: 1 },
  });
  expect(after).toBe(JSON.stringify(JSON.parse(after), null, 2));
  for (const text of ['{"tasks":[]}', '{\n\t"tasks": []\n}', VARIED]) {
    const two = ["a", "b"].map((id) => ({ id, phase: undefined, description: id }));
    const added = addRecords(statusOf(text), two, NOW);
    expect(
      statusOf(added)
        .tasks.slice(-2)
        .map(({ id }) => id),
    ).toEqual(["a", "b"]);
  }
  expect(addRecords(statusOf(VARIED), [], NOW)).toBe(VARIED);
});
