/** What holds of any plan file: no text breaks the reader, boxes are where they are said to be, keys are unique, work grows linearly. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../../../src/plan/model.ts";
import { readPlanFile } from "../../../src/plan/plan-file/read-plan-file.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";

const read = (text: string): Plan => readPlanFile([{ file: "docs/plans/x.md", text }]);

/** Pieces that mean something to the reader, so that random texts reach all of it. */
const PIECES = [
  "## Phase 1: T",
  "### Phase 2 - U",
  "## Phase 3 — V (pipeline-start: when 1.1 completes)",
  "## Success Criteria",
  "## Dependencies",
  "### Upstream",
  "- **other.md** - why",
  "- [ ] 1.1 A",
  "  - [x] 1.1.1 B",
  "* [X] 1.2 C (depends on 1.1)",
  "- [-] **2.1** D (depends: 1.1-1.9)",
  "- [~] VERIFY 2: E",
  "- [ ] no id",
  "\t- [!] 🔍 wide",
  "**VERIFY Phase 1:** (non-blocking)",
  "**VERIFY 1.1:**",
  "**VERIFY:**",
  "- criterion",
  "```",
  "<!--",
  "-->",
  "<!-- 🔍 --> - [x] 3.1 F",
  "**Execution Note:** Tasks 1.1-2.9 are [SEQUENTIAL] - r",
  "**Execution Note:** Phases 1-3 are [PARALLEL]",
  "**Execution Notes:**",
  "**pipeline-start:** when 1.1 completes",
  "**Objective:** O",
  "**Dependencies:** Phase 1, 1.2",
  "text",
  "",
  "---",
  "\uFEFF",
  "{{name}}",
  "1. [ ] 4.1 G",
  "__proto__",
] as const;
const anyPlan = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
        { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
      ),
      { maxLength: 40 },
    ),
    fc.constantFrom("\n", "\r\n", "\r"),
  )
  .map(([lines, end]) => lines.join(end));

function check(text: string, plan: Plan): void {
  const keys = [...plan.tasks.map(({ key }) => key), ...plan.verifications.map(({ key }) => key)];
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(plan.phases.map(({ key }) => key)).size).toBe(plan.phases.length);
  const boxes = [
    ...plan.tasks.map(({ box }) => box),
    ...plan.verifications.flatMap(({ criteria }) => criteria.map(({ box }) => box)),
  ];
  for (const box of boxes) {
    if (box) expect(text.slice(box.offset, box.offset + box.mark.length)).toBe(box.mark);
  }
  const known = new Set(keys);
  const seen = new Set<string>();
  for (const { key, parent } of plan.tasks) {
    if (parent !== undefined) expect(seen.has(parent)).toBe(true);
    seen.add(key);
  }
  for (const { dependency, dependent } of plan.dependencies)
    expect(known.has(dependency) && known.has(dependent)).toBe(true);
  const phases = new Set(plan.phases.map(({ key }) => key));
  for (const { after } of plan.phases)
    for (const { phase } of after) expect(phases.has(phase)).toBe(true);
  for (const { place } of plan.diagnostics)
    expect((place.line ?? 1) >= 1 && (place.column ?? 1) >= 1).toBe(true);
}

test("any text is read: unique keys, boxes where they are said to be, parents first, edges between what exists", () => {
  fc.assert(
    fc.property(anyPlan, (text) => {
      check(text, read(text));
      expect(text).toBeTypeOf("string");
    }),
    { numRuns: 1500 },
  );
});

test("any characters at all are read, whatever the file is called", () => {
  const file = fc.constantFrom(
    "a.md",
    "tasks.md",
    "prd/x.md",
    "x.json",
    "tasks.execution.yaml",
    "phase-1-a.md",
  );
  fc.assert(
    fc.property(file, fc.string({ unit: "binary", maxLength: 200 }), (name, text) => {
      const plan = readPlan([{ file: name, text }]);
      expect(plan.tasks.every(({ key }) => key !== "")).toBe(true);
    }),
    { numRuns: 500 },
  );
});

const written = fc.record({
  bullet: fc.constantFrom("-", "*", "+", "1."),
  mark: fc.constantFrom(" ", "x", "X", "-", "~", "!"),
  dress: fc.constantFrom<(id: string) => string>(
    (id) => id,
    (id) => `**${id}**`,
    (id) => `${id}:`,
    (id) => `**${id}:**`,
    (id) => `\`${id}\``,
  ),
  suffix: fc.constantFrom("", "", "", "A"),
  words: fc.constantFrom("Do it", "🔍 wide", "`code` here", "a (b) c"),
});

test("the ids of a plan that is put together are found again, exactly and in order, with their states and phases", () => {
  const phase = fc.tuple(
    fc.constantFrom(
      "## Phase N: T",
      "### Phase N: T",
      "## Phase N - T",
      "### Implementation Phase N — T",
      "## Fase N: T",
    ),
    fc.array(written, { minLength: 1, maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(phase, { minLength: 1, maxLength: 5 }), (phases) => {
      const wanted: string[] = [];
      const lines = phases.flatMap(([heading, tasks], at) => [
        heading.replace("N", String(at + 1)),
        ...tasks.map(({ bullet, mark, dress, suffix, words }, index) => {
          const id = `${at + 1}.${index + 1}${suffix}`;
          wanted.push(`${at + 1} ${id} ${mark} ${words}`);
          return `${bullet} [${mark}] ${dress(id)} ${words}`;
        }),
      ]);
      const { tasks } = read(lines.join("\n"));
      expect(
        tasks.map((task) => `${task.phase} ${task.key} ${task.box?.mark} ${task.text}`),
      ).toStrictEqual(wanted);
    }),
    { numRuns: 400 },
  );
});

/** Regular expressions run outside of counted steps (plan-file.counted.test.ts): long lines are timed, against themselves. */
test.each([
  "- [ ] 1.1 ",
  "1.1, ",
  "depends on ",
  "(depends: 1.1) ",
  "`",
  "**",
  "[P] ",
  "Tasks 1.1 ",
  "Phase ",
  "<!-- ",
  " ",
  "{{a",
])(
  "a line of %j over and over takes time in proportion",
  (part) => {
    const prefix = ["## Phase 1: ", "- [ ] 1.1 ", "**Execution Note:** ", "**VERIFY", "- [ ] ", ""];
    const make = (size: number): string =>
      `## Phase 1: T\n- [ ] 1.1 A\n${prefix.map((start) => `${start}${filled(part, size)}`).join("\n")}\n`;
    expect(growthOf(make, (text) => void read(text), 2000)).toBe("linear");
  },
  PATIENCE_MS,
);
