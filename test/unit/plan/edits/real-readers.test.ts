/** Edits of what the readers read: offsets are theirs, and what was written is read again. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { appendTasks } from "../../../../src/plan/edits/append-tasks.ts";
import { setBoxes } from "../../../../src/plan/edits/set-boxes.ts";
import type { BoxState, Plan } from "../../../../src/plan/model.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";

const SAMPLES = path.resolve(import.meta.dirname, "../../../../../shared/samples");
const samplesIn = (folder: string): readonly string[] =>
  existsSync(path.join(SAMPLES, folder))
    ? readdirSync(path.join(SAMPLES, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => readFileSync(path.join(SAMPLES, folder, name), "utf8"))
    : [];
const tasksFiles = samplesIn("spec-kit");
const samples = [...tasksFiles, ...samplesIn("plans"), ...samplesIn("prd")];

const OWN = [
  "\uFEFF# Tasks\r\n\r\n## Phase 1: Setup\r\n\r\n- [ ] T001 [P] a 😀 in `src/a.ts`\r\n- [X] **T002** b\r\n",
  "# Implementation Plan: X\r\n\r\n## Phase 1: One\r\n- [ ] 1.1 a\r\n  - [ ] 1.1.1 part\r\n* [x] **1.2** b\r\n\r\n**VERIFY Phase 1:**\r\n- [ ] holds",
  "# Tasks\n\n## Phase 3.1: Setup\n- [ ] T001 a\n  - [ ] T001a part\n* [~] T002 b <!-- - [ ] T003 --> \n```\n- [ ] T004 code\n```\n- [-] T005 c",
];

const file = "specs/1/tasks.md";
const read = (text: string): Plan => readPlan([{ file, text }]);
const set = (text: string, plan: Plan, tasks: readonly string[], to: BoxState): string => {
  const result = setBoxes({ file, text }, plan, { tasks, to });
  if (!result.ok) throw result.error;
  return result.value;
};
const boxed = (plan: Plan) => plan.tasks.flatMap(({ key, box }) => (box ? [{ key, box }] : []));

/** Each box by itself: nothing but its mark differs. */
function tickEach(text: string): number {
  const plan = read(text);
  for (const { key, box } of boxed(plan)) {
    const changed = set(text, plan, [key], box.state === "done" ? "open" : "done");
    const end = box.offset + box.mark.length;
    const behind = changed.length - (text.length - end);
    expect([changed.slice(0, box.offset), changed.slice(behind)]).toEqual([
      text.slice(0, box.offset),
      text.slice(end),
    ]);
    expect(changed.slice(box.offset, behind)).not.toBe(box.mark);
  }
  return boxed(plan).length;
}

/** All open ones at once: they are read as done, and unticked give the same text again. */
function tickAll(text: string): void {
  const plan = read(text);
  const open = boxed(plan).flatMap(({ key, box }) => (box.mark === " " ? [key] : []));
  const changed = set(text, plan, open, "done");
  const again = read(changed);
  const states = new Map(boxed(again).map(({ key, box }) => [key, box.state]));
  expect(open.map((key) => states.get(key))).toEqual(open.map(() => "done"));
  expect(again.tasks.map(({ key, text: words, phase }) => [key, words, phase])).toEqual(
    plan.tasks.map(({ key, text: words, phase }) => [key, words, phase]),
  );
  expect(set(changed, again, open, "open")).toBe(text);
}

test("each task of a plan is ticked, read again, and unticked", () => {
  expect(OWN.map(tickEach)).toEqual([2, 3, 4]);
  for (const text of OWN) tickAll(text);
});

test.skipIf(samples.length === 0)(
  "each task of every real plan (skipped where there are none)",
  () => {
    const ticked = samples.map(tickEach).reduce((sum, count) => sum + count, 0);
    for (const text of samples) tickAll(text);
    expect(ticked).toBeGreaterThan(2_000);
  },
  60_000,
);

test("tasks that are appended are read as what they are", () => {
  for (const text of [...OWN, ...tasksFiles.filter((each) => each.length < 60_000)]) {
    const plan = read(text);
    if (plan.dialect !== "spec-kit") continue;
    const result = appendTasks({ file, text }, plan, {
      tasks: [
        { text: "Mend it per FR-003 (missing)" },
        { text: "b", parallel: true, story: "US1" },
      ],
    });
    if (!result.ok) throw result.error;
    const again = read(result.value.text);
    expect(
      again.tasks.slice(0, plan.tasks.length).map(({ key, box, text: words }) => [key, box, words]),
    ).toEqual(plan.tasks.map(({ key, box, text: words }) => [key, box, words]));
    const added = again.tasks.slice(plan.tasks.length);
    expect(added.map(({ id, phase, box }) => [id, phase, box?.state])).toEqual(
      result.value.ids.map((id) => [id, again.phases.at(-1)?.key, "open"]),
    );
    expect(again.phases.at(-1)?.title).toBe("Convergence");
    expect(added[0]?.requirements).toEqual(["FR-003"]);
  }
});

test("tasks that are appended to a phase of S4 are read as its last ones", () => {
  for (const text of [...OWN, ...samplesIn("plans")]) {
    const plan = read(text);
    if (plan.dialect !== "plan-file") continue;
    // Each phase means reading the file again.
    for (const { key } of text.length < 10_000 ? plan.phases : plan.phases.slice(0, 1)) {
      const result = appendTasks({ file, text }, plan, {
        phase: key,
        tasks: [{ text: "One more" }],
      });
      if (!result.ok) throw result.error;
      const again = read(result.value.text);
      const [id] = result.value.ids;
      const added = again.tasks.find((task) => task.id === id);
      expect([added?.text, added?.phase, added?.parent]).toEqual(["One more", key, undefined]);
      const others = again.tasks.filter((task) => task.id !== id);
      expect(others.map((task) => [task.id, task.text])).toEqual(
        plan.tasks.map((task) => [task.id, task.text]),
      );
    }
  }
});
