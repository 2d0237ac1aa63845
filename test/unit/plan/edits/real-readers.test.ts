/** Edits of what the readers read: offsets are theirs, and what was written is read again. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { appendTasks } from "../../../../src/plan/edits/append-tasks.ts";
import { setBoxes } from "../../../../src/plan/edits/set-boxes.ts";
import type { BoxState, Plan } from "../../../../src/plan/model.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const SAMPLES = path.resolve(import.meta.dirname, "../../../../../shared/samples/spec-kit");
const samples = existsSync(SAMPLES)
  ? readdirSync(SAMPLES, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => readFileSync(path.join(SAMPLES, name), "utf8"))
  : [];

const OWN = [
  "\uFEFF# Tasks\r\n\r\n## Phase 1: Setup\r\n\r\n- [ ] T001 [P] a 😀 in `src/a.ts`\r\n- [X] **T002** b\r\n",
  "# Tasks\n\n## Phase 3.1: Setup\n- [ ] T001 a\n  - [ ] T001a part\n* [~] T002 b <!-- - [ ] T003 --> \n```\n- [ ] T004 code\n```\n- [-] T005 c",
];

const file = "specs/1/tasks.md";
const read = (text: string): Plan => readSpecKit([{ file, text }]);
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

test("each task of a tasks.md is ticked, read again, and unticked", () => {
  expect(OWN.map(tickEach)).toEqual([2, 4]);
  for (const text of OWN) tickAll(text);
});

test.skipIf(samples.length === 0)(
  "each task of every real tasks.md (skipped where there are none)",
  () => {
    const ticked = samples.map(tickEach).reduce((sum, count) => sum + count, 0);
    for (const text of samples) tickAll(text);
    expect(ticked).toBeGreaterThan(300);
  },
  60_000,
);

test("tasks that are appended are read as what they are", () => {
  for (const text of [...OWN, ...samples.filter((each) => each.length < 60_000)]) {
    const plan = read(text);
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
