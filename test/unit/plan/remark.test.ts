/** A plan whose boxes were marked is what would be read of its new text. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { setBoxes } from "../../../src/plan/edits/set-boxes.ts";
import { remark } from "../../../src/plan/edits/remark.ts";
import type { BoxState, Plan } from "../../../src/plan/model.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";

const FILES = [
  "core.md",
  "parallel-work.md",
  "groups-and-fans.md",
  "albums-tasks.md",
  "spec-kit-stories.md",
  "spec-kit-waves.md",
  "spec-kit-loose.md",
  "prd-ledger.md",
] as const;
const STATES: readonly BoxState[] = ["open", "done", "in-progress", "skipped", "failed"];

const textOf = (file: string) =>
  readFileSync(new URL(`../../fixtures/plans/${file}`, import.meta.url), "utf8");

const stateOf = ({ tasks, verifications }: Plan) => ({ tasks, verifications });

test.each(FILES)("%s: the same tasks and verifications, whatever is marked", (file) => {
  const text = textOf(file);
  const first = readPlan([{ file, text }]);
  const keys = [...first.tasks, ...first.verifications].map(({ key }) => key);
  const edit = fc.record({ key: fc.constantFrom(...keys), to: fc.constantFrom(...STATES) });
  let made = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let source = { file, text };
      let plan = readPlan([source]);
      for (const { key, to } of edits) {
        const edited = setBoxes(source, plan, { tasks: [key], to });
        if (!edited.ok) continue;
        made++;
        const after = { file, text: edited.value };
        const before = stateOf(plan);
        const was = structuredClone(before);
        const read = readPlan([after]);
        const done = remark(plan, [key], { before: [source], after: [after] });
        if (to === "open" || to === "done") expect(done).toBe(true);
        expect(stateOf(plan)).toEqual(done ? stateOf(read) : was);
        if (!done) plan = read;
        source = after;
      }
    }),
    { numRuns: 40 },
  );
  expect(made).toBeGreaterThan(20);
});

test("other differences are none of these boxes: the plan has to be read, and is as it was", () => {
  const text = textOf("core.md");
  const plan = readPlan([{ file: "core.md", text }]);
  const was = structuredClone(plan);
  const before = [{ file: "core.md", text }];
  const keys = plan.tasks.map(({ key }) => key);
  const marked = (other: string, of = keys) =>
    remark(plan, of, { before, after: [{ file: "core.md", text: other }] });
  expect(marked(text)).toBe(true);
  expect(marked(`${text}\n`)).toBe(false);
  expect(marked(text.replace(/[a-z]{4}/, "Abcd"))).toBe(false);
  expect(marked(text.replace("[ ]", "[~]"))).toBe(false);
  expect(marked(text.replace("[ ]", "[x]"), [])).toBe(false);
  expect(marked(text.replace("[ ]", "[x]").replace("# ", "#  "))).toBe(false);
  expect(remark(plan, keys, { before, after: [] })).toBe(false);
  expect(plan).toEqual(was);
});
