/** A plan whose boxes were marked is what would be read of its new text. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { setBoxes } from "../../../src/plan/edits/set-boxes.ts";
import { withBoxes } from "../../../src/plan/edits/with-boxes.ts";
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
      let plan = first;
      for (const { key, to } of edits) {
        const edited = setBoxes(source, plan, { tasks: [key], to });
        if (!edited.ok) continue;
        made++;
        const after = { file, text: edited.value };
        const now = withBoxes(plan, [source], [after]);
        const read = readPlan([after]);
        if (to === "open" || to === "done") expect(now && stateOf(now)).toEqual(stateOf(read));
        if (now) expect(stateOf(now)).toEqual(stateOf(read));
        plan = now ?? read;
        source = after;
      }
    }),
    { numRuns: 40 },
  );
  expect(made).toBeGreaterThan(20);
});

test("other differences are none of boxes: the plan has to be read", () => {
  const text = textOf("core.md");
  const plan = readPlan([{ file: "core.md", text }]);
  const before = [{ file: "core.md", text }];
  const withText = (other: string) => withBoxes(plan, before, [{ file: "core.md", text: other }]);
  expect(withText(text)).toBe(plan);
  expect(withText(`${text}\n`)).toBe(undefined);
  expect(withText(text.replace(/[a-z]{4}/, "Abcd"))).toBe(undefined);
  expect(withText(text.replace("[ ]", "[~]"))).toBe(undefined);
  expect(withBoxes(plan, before, [])).toBe(undefined);
});
