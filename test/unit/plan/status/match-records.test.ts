/** Which task each record of a status file is of, when ids and texts of both went apart. */
import { describe, expect, test } from "vitest";
import { markTasks } from "../../../../src/plan/edits/mark-tasks.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { statusDrift } from "../../../../src/plan/status/drift.ts";
import { matchRecords } from "../../../../src/plan/status/match-records.ts";
import type { TaskState } from "../../../../src/plan/status/model.ts";
import { isAlike, recordText } from "../../../../src/plan/status/record-text.ts";
import { verifiedInStatus, withoutRecorded } from "../../../../src/plan/status/told-by-status.ts";
import { FILE, statusOf } from "./statuses.ts";

const TEXT = `# Implementation Plan: A

## Phase 1: One
- [ ] 1.1 Scan \`src/\` for commands
- [x] 1.2 Write down what they are called
- [ ] **VERIFY 1**: Findings are in \`findings/01.md\`

## Phase 2: Two
- [ ] 2.1 Same words
- [ ] Same words

## Success Criteria
- [ ] Everybody agrees
- [ ] Nothing is lost
`;
const plan = readPlan([{ file: "docs/plans/a.md", text: TEXT }]);

type Entry = readonly [id: string, description: string, status?: string];

const status = (...records: readonly Entry[]) =>
  statusOf(
    JSON.stringify({
      tasks: records.map(([id, description, state = "completed"]) => ({
        id,
        description,
        status: state,
        startedAt: "2026-01-01T00:00:00.000Z",
      })),
    }),
  );

const matched = (...records: readonly Entry[]) => {
  const { tasks, gone } = matchRecords(status(...records), plan);
  return { keys: tasks.map(({ key }) => key), gone: gone.map(({ id }) => id) };
};

const gone = (...records: readonly Entry[]) => matched(...records).gone;

const verified = (state: string) => {
  const all = matchRecords(
    status(["3.1", "Everybody agrees"], ["3.2", "Nothing is lost", state]),
    plan,
  );
  expect(all.gone).toEqual([]);
  return verifiedInStatus(all, plan);
};

const agree = (state: string): Entry => ["3.1", "Everybody agrees", state];

const codes = (...records: readonly Entry[]) =>
  withoutRecorded(plan, matchRecords(status(...records), plan)).map(({ code }) => code);

const drift = (...records: readonly Entry[]) =>
  statusDrift(status(...records), plan).map(
    ({ code, severity, message }) => `${severity} ${code} ${message}`,
  );

describe("a record without a task of its id", () => {
  test("is of the check of its text, however it is marked up", () => {
    expect(
      matched(
        ["1.1", "1.1 Scan `src/` for commands"],
        ["1.7", "**VERIFY 1**: Findings are in `findings/01.md`"],
      ),
    ).toEqual({ keys: ["1.1", "VERIFY 1"], gone: [] });
    expect(matched(["V1", "what else"])).toEqual({ keys: ["VERIFY 1"], gone: [] });
  });

  test("is of nothing where its text is none, another's, or that of several", () => {
    expect(gone(["9.1", ""])).toEqual(["9.1"]);
    expect(gone(["9.1", "Findings are in findings/02.md"])).toEqual(["9.1"]);
    // In the plan twice; in the file twice; of a task that has a record.
    expect(gone(["9.1", "Same words"])).toEqual(["9.1"]);
    const findings = "Findings are in findings/01.md";
    expect(gone(["9.1", findings], ["9.2", findings])).toEqual(["9.1", "9.2"]);
    expect(gone(["VERIFY 1", "x"], ["9.1", findings])).toEqual(["9.1"]);
  });

  test("is of the criterion of its text; all of them together verify", () => {
    expect(verified("completed")).toEqual(["VERIFY"]);
    expect(verified("pending")).toEqual([]);
  });

  test("is changed when its task is", () => {
    const text = JSON.stringify({
      tasks: [{ id: "1.7", description: "**VERIFY 1**: Findings are in findings/01.md" }],
    });
    const made = markTasks({
      source: { file: "docs/plans/a.md", text: TEXT },
      plan,
      status: { file: FILE, text },
      tasks: ["VERIFY 1"],
      to: "completed",
      now: 0,
    });
    if (!made.ok) throw made.error;
    const [written, source] = made.value;
    expect(JSON.parse(written?.text ?? "")).toMatchObject({
      tasks: [{ id: "1.7", status: "completed" }],
    });
    expect(source?.text).toContain("- [x] **VERIFY 1**");
  });

  test("is changed when the verification is, whose criterion it is of or whose name it has", () => {
    const marked = (to: TaskState, ...records: readonly Entry[]) => {
      const { text } = status(...records);
      const made = markTasks({
        source: { file: "docs/plans/a.md", text: TEXT },
        plan,
        status: { file: FILE, text },
        tasks: ["VERIFY"],
        to,
        now: 0,
      });
      if (!made.ok) return made.error.code;
      const [written, source] = made.value;
      const { tasks }: { tasks: { status: string }[] } = JSON.parse(written?.text ?? "");
      return [
        ...tasks.map((task) => task.status),
        ...(source?.text.match(/\[.\] (?=Everybody|Nothing)/g) ?? []),
      ];
    };
    const lost: Entry = ["3.2", "Nothing is lost", "pending"];
    expect(marked("completed", agree("skipped"), lost)).toEqual([
      "skipped",
      "completed",
      "[x] ",
      "[x] ",
    ]);
    expect(marked("failed", agree("pending"), lost)).toEqual(["failed", "failed", "[ ] ", "[ ] "]);
    expect(marked("pending", agree("failed"), lost)).toEqual([
      "pending",
      "pending",
      "[ ] ",
      "[ ] ",
    ]);
    expect(marked("completed", ["VERIFY", "All of it", "pending"])).toEqual([
      "completed",
      "[x] ",
      "[x] ",
    ]);
    // a box alone would say another thing than the record, which counts
    expect(marked("pending", agree("completed"), lost)).toBe("PLAN_EDIT_REFUSED");
    expect(marked("completed", agree("failed"), lost)).toBe("PLAN_EDIT_REFUSED");
  });
});

describe("texts", () => {
  test("of other tasks under the ids of these are told with both, as an error where most are", () => {
    const [first, ...rest] = drift(["1.1", "Bake bread"], ["1.2", "Buy flour"]).filter((line) =>
      /TEXT|VERSION/.test(line),
    );
    expect(first).toMatch(
      /^error PLAN_STATUS_OTHER_VERSION .*2 of 2 .*1\.1 is "Bake bread" .* "Scan `src\/` for commands"/,
    );
    expect(rest).toEqual([]);
    expect(
      drift(
        ["1.1", "Bake bread"],
        ["1.2", "Write down what they are called"],
        ["2.1", "Same words"],
      ),
    ).toContainEqual(
      expect.stringMatching(/^warning PLAN_STATUS_TEXT_DIFFERS 1 of 3 .*"Bake bread"/),
    );
  });

  test("in other words are of the same task, and said", () => {
    expect(drift(["1.1", "Scan `src/` for all commands"])).toContainEqual(
      expect.stringMatching(/^info PLAN_STATUS_TEXT_DIFFERS 1 of 1 /),
    );
    expect(drift(["1.1", "**1.1** Scan src/ for  commands."]).join()).not.toMatch(/TEXT|VERSION/);
  });

  test.each([
    ["1.2 **Do** it: ", "Do it"],
    ["**VERIFY 1.2**: it holds", "it holds"],
    ["VERIFY Phase 3: it holds", "it holds"],
    ["3 apples", "3 apples"],
    ["VERIFY that it holds", "VERIFY that it holds"],
  ])("%s", (text, words) => {
    expect(recordText(text)).toBe(words);
  });

  test("are compared in linear time", () => {
    const long = "VERIFY ".repeat(200_000);
    const started = performance.now();
    isAlike(recordText(long), recordText(`${" ".repeat(1_000_000)}a`));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test("a ticked box is no difference for the original where the task has a record", () => {
  expect(codes(["1.1", "Scan"])).toContain("PLAN_BOX_TICKED");
  expect(codes(["1.2", "Write down what they are called"])).not.toContain("PLAN_BOX_TICKED");
});
