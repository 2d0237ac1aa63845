import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Result } from "../../../../src/core/result.ts";
import { findTask } from "../../../../src/plan/edits/find-task.ts";
import { setBoxes } from "../../../../src/plan/edits/set-boxes.ts";
import type { BoxState, Dialect, Plan } from "../../../../src/plan/model.ts";
import { growthOf, PATIENCE_MS } from "../../linear.ts";
import { readAs } from "./read-as.ts";

const DIALECTS: readonly Dialect[] = ["plan-file", "spec-kit", "prd"];
const file = "plan.md";

const value = <T>(result: Result<T, Error>): T => {
  if (!result.ok) throw result.error;
  return result.value;
};
const marked = (text: string, dialect: Dialect, tasks: readonly string[], to: BoxState) =>
  setBoxes({ file, text }, readAs(text, dialect), { tasks, to });

/** At which bytes two texts of one length differ. */
function differing(one: string, other: string): readonly number[] {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  expect(a.length).toBe(b.length);
  const places: number[] = [];
  for (const [at, byte] of a.entries()) if (byte !== b[at]) places.push(at);
  return places;
}

const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
const line = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("- ", "  - ", "* ", "\t+ "),
      fc.constantFrom(" ", " ", "x", "X"),
      fc.constantFrom("1.1 ", "1.2 ", "T001 ", "**T7** ", "", "3.1.2 "),
      fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, "")),
      fc.constantFrom("", "  ", "\t"),
    )
    .map(([bullet, mark, id, text, end]) => `${bullet}[${mark}] ${id}${text}${end}`),
  fc.constantFrom(
    "",
    "   ",
    "## Phase 1: One",
    "**VERIFY Phase 1:**",
    "<!-- - [ ] 1.1 hidden -->",
    "```",
    "~~~",
    "text 😀 ä \u0000 [ ]",
    "| a | [ ] |",
  ),
);
/** Files with every kind of line end, mixed, with and without a byte order mark and a final newline. */
const generated = fc
  .tuple(fc.constantFrom("", "\uFEFF"), fc.array(fc.tuple(line, lineEnd), { maxLength: 30 }), line)
  .map(([mark, lines, last]) => mark + lines.map((parts) => parts.join("")).join("") + last);

describe("a box that is ticked and unticked", () => {
  test("one byte differs, then none: in generated files", () => {
    let ticked = 0;
    fc.assert(
      fc.property(generated, fc.constantFrom(...DIALECTS), (text, dialect) => {
        for (const { key, box } of readAs(text, dialect).tasks) {
          if (box?.state !== "open") continue;
          const done = value(marked(text, dialect, [key], "done"));
          const [at, ...more] = differing(text, done);
          expect([at, more]).toEqual([Buffer.byteLength(text.slice(0, box.offset)), []]);
          expect(value(marked(done, dialect, [key], "open"))).toBe(text);
          expect(value(marked(done, dialect, [key], "done"))).toBe(done);
          ticked += 1;
        }
      }),
      { numRuns: 800 },
    );
    expect(ticked).toBeGreaterThan(300);
  });

  test("all at once is the same as one by one, in any order", () => {
    fc.assert(
      fc.property(generated, fc.constantFrom(...DIALECTS), (text, dialect) => {
        const keys = readAs(text, dialect).tasks.map(({ key }) => key);
        const one = keys.reduce((now, key) => value(marked(now, dialect, [key], "open")), text);
        expect(value(marked(text, dialect, keys.toReversed(), "open"))).toBe(one);
      }),
    );
  });
});

const SAMPLES = path.resolve(import.meta.dirname, "../../../../../shared/samples");
const samples = existsSync(SAMPLES)
  ? readdirSync(SAMPLES, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => [name, path.join(SAMPLES, name)] as const)
  : [];

test.skipIf(samples.length === 0)(
  "one byte differs, then none: every task of every sample (skipped where there are none)",
  () => {
    let ticked = 0;
    for (const [name, at] of samples) {
      const text = readFileSync(at, "utf8");
      const dialect = name.startsWith("spec-kit") ? "spec-kit" : "plan-file";
      const plan = readAs(text, dialect, file);
      for (const { key, box } of plan.tasks) {
        if (!box) continue;
        const to = box.state === "open" ? "done" : "open";
        const changed = value(setBoxes({ file, text }, plan, { tasks: [key], to }));
        expect(changed.slice(0, box.offset) + changed.slice(box.offset + 1)).toBe(
          text.slice(0, box.offset) + text.slice(box.offset + 1),
        );
        expect(changed[box.offset]).not.toBe(text[box.offset]);
        const marks: Plan = {
          ...plan,
          tasks: plan.tasks.map((task) =>
            task.key === key
              ? { ...task, box: { ...box, mark: changed[box.offset] ?? "", state: to } }
              : task,
          ),
        };
        const back = setBoxes({ file, text: changed }, marks, { tasks: [key], to: box.state });
        if (box.mark === " ") expect(value(back)).toBe(text);
        ticked += 1;
      }
    }
    expect(ticked).toBeGreaterThan(1_000);
  },
  60_000,
);

describe("marks", () => {
  const text = "## Phase 1: One\n- [ ] 1.1 a\n- [x] 1.2 b\n";
  const tasks = "## Phase 1: One\n- [ ] T001 a\n- [x] T002 b\n- [x] T003 c\n- [X] T004 d\n";

  test("done is written as the plan's other boxes are; where it has none, as is usual", () => {
    expect(value(marked(tasks, "spec-kit", ["T001"], "done"))).toContain("- [x] T001");
    const upper = tasks.replaceAll("[x]", "[X]");
    expect(value(marked(upper, "spec-kit", ["T001"], "done"))).toContain("- [X] T001");
    expect(value(marked("- [ ] T001 a\n", "spec-kit", ["T001"], "done"))).toBe("- [x] T001 a\n");
    expect(value(marked("- [ ] 1.1 a\n- [X] 1.2 b\n", "plan-file", ["1.1"], "done"))).toBe(
      "- [x] 1.1 a\n- [X] 1.2 b\n",
    );
  });

  test.each([
    ["in-progress", "~"],
    ["skipped", "-"],
    ["failed", "!"],
  ] as const)("Spec Kit: %s is [%s], and back", (state, mark) => {
    const changed = value(marked(tasks, "spec-kit", ["T001"], state));
    expect(changed).toBe(tasks.replace("[ ]", `[${mark}]`));
    expect(value(marked(changed, "spec-kit", ["T001"], "open"))).toBe(tasks);
  });

  test("where tasks are numbered, [-] is in progress, and nothing is skipped", () => {
    const numbered = "- [ ] 1.1 a\n- [x] 1.2 b\n";
    expect(value(marked(numbered, "spec-kit", ["1.1"], "in-progress"))).toContain("- [-] 1.1");
    expect(marked(numbered, "spec-kit", ["1.1"], "skipped")).toMatchObject({
      error: { code: "PLAN_EDIT_REFUSED", hint: "Tick or untick the task." },
    });
  });

  test.each(["in-progress", "skipped", "failed"] as const)(
    "a plan of S4 has no mark for %s: the tool it was made for would not see the task",
    (state) => {
      const result = marked(text, "plan-file", ["1.2"], state);
      expect(result.ok ? "" : result.error).toMatchObject({
        code: "PLAN_EDIT_REFUSED",
        place: { file, line: 3 },
        hint: expect.stringContaining("status.json"),
      });
    },
  );

  test("a verification stands for all its criteria", () => {
    const plan: Plan = {
      ...readAs(text, "plan-file"),
      verifications: [
        {
          key: "VERIFY 1",
          blocking: true,
          title: "",
          commands: [],
          place: { file, line: 2 },
          criteria: readAs(text, "plan-file").tasks.map(({ box, place }) => ({
            text: "",
            box,
            place,
          })),
        },
      ],
    };
    expect(value(setBoxes({ file, text }, plan, { tasks: ["VERIFY 1"], to: "done" }))).toBe(
      text.replace("[ ]", "[x]"),
    );
  });
});

describe("refused, with code, place and hint, and nothing changed", () => {
  const text = "- [ ] T001 a\n- [ ] T002 b\n- [ ] T002 c\n- [ ] T003a d\n";
  const plan = readAs(text, "spec-kit");
  const refusal = (tasks: readonly string[], of: Plan = plan, now = text) => {
    const result = setBoxes({ file, text: now }, of, { tasks, to: "done" });
    if (result.ok) throw new Error("was not refused");
    return result.error;
  };

  test("an id that isn't there names the nearest", () => {
    expect(refusal(["T001", "T9"])).toMatchObject({
      code: "PLAN_TASK_UNKNOWN",
      place: { file },
      hint: expect.stringContaining("T001"),
    });
    expect(refusal(["T1"]).hint).toBe("Take one that is there: T001.");
    expect(refusal(["__proto__"]).code).toBe("PLAN_TASK_UNKNOWN");
    expect(refusal([""]).code).toBe("PLAN_TASK_UNKNOWN");
    expect(refusal(["\u202Eevil\u001B[31m"]).message).toBe("The plan has no task evil.");
  });

  test("an id that several tasks have is a key of the first, but a person is asked which is meant", () => {
    const marked2 = (tasks: readonly string[]) =>
      value(setBoxes({ file, text }, plan, { tasks, to: "done" }));
    expect(marked2(["T002#2"])).toContain("[x] T002 c");
    expect(marked2(["T002"])).toContain("[x] T002 b");
    const found = findTask(plan, "T002");
    expect(found.ok ? "" : found.error).toMatchObject({
      code: "PLAN_TASK_UNKNOWN",
      place: { line: 3 },
      hint: expect.stringContaining("T002#1 (line 2), T002#2 (line 3)"),
    });
    expect(value(findTask(plan, "T002#1")).key).toBe("T002");
    expect(value(findTask(plan, "T002#2")).key).toBe("T002#2");
  });

  test("no box, a box in another file, another text than was read", () => {
    const [first] = plan.tasks;
    if (!first) throw new Error("no task");
    const with1 = (task: Partial<Plan["tasks"][number]>): Plan => ({
      ...plan,
      tasks: [{ ...first, ...task }],
    });
    expect(refusal(["T001"], with1({ box: undefined }))).toMatchObject({
      code: "PLAN_EDIT_REFUSED",
      place: { line: 1 },
    });
    expect(refusal(["T001"], with1({ place: { file: "other.md", line: 4 } }))).toMatchObject({
      code: "PLAN_EDIT_REFUSED",
      hint: "Make the change in other.md.",
    });
    expect(refusal(["T001"], plan, `\n${text}`)).toMatchObject({
      code: "PLAN_CHANGED",
      place: { line: 1 },
    });
  });

  test("upper and lower case name one task where only one fits", () => {
    expect(value(findTask(plan, " t003A ")).key).toBe("T003a");
    expect(value(findTask(plan, "t001")).key).toBe("T001");
    expect(findTask(plan, "t002").ok).toBe(false);
    expect(findTask(plan, "").ok).toBe(false);
  });
});

const makeMany = (size: number) => {
  const text = Array.from({ length: size }, (_each, at) => `- [ ] T${at + 1} a`).join("\n");
  const plan = readAs(text, "spec-kit");
  return { text, plan, tasks: plan.tasks.map(({ key }) => key) };
};
const tickMany = ({ text, plan, tasks }: ReturnType<typeof makeMany>) => {
  // A plan of its own each time, as if it had just been read.
  value(setBoxes({ file, text }, { ...plan }, { tasks, to: "done" }));
};

test(
  "linear in the number of tasks",
  () => {
    expect(growthOf(makeMany, tickMany, 1_000)).toBe("linear");
  },
  PATIENCE_MS,
);
