import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appendTasks, type Addition } from "../../../../src/plan/edits/append-tasks.ts";
import type { Dialect } from "../../../../src/plan/model.ts";
import { readAs } from "./read-as.ts";

const file = "plan.md";
const append = (text: string, dialect: Dialect, addition: Addition) =>
  appendTasks({ file, text }, readAs(text, dialect), addition);
const appended = (text: string, dialect: Dialect, addition: Addition) => {
  const result = append(text, dialect, addition);
  if (!result.ok) throw result.error;
  return result.value;
};
const refusal = (text: string, dialect: Dialect, addition: Addition) => {
  const result = append(text, dialect, addition);
  if (result.ok) throw new Error("was not refused");
  return result.error;
};

describe("Spec Kit: a phase of their own at the end, as /speckit.converge writes it", () => {
  const tasks: Addition["tasks"] = [
    { text: "Add the guard per FR-003 (missing)" },
    { text: "Say so per US1/AC2 (partial)", parallel: true, story: "US1" },
  ];

  test("ids go on behind the highest, phases too", () => {
    const text =
      "# Tasks\n\n## Phase 1: Setup\n\n- [X] T001 a\n- [ ] T012a b\n\n## Phase 3b: More\n\n- [ ] T007 c\n";
    expect(appended(text, "spec-kit", { tasks })).toEqual({
      ids: ["T013", "T014"],
      text: `${text}\n## Phase 4: Convergence\n\n- [ ] T013 Add the guard per FR-003 (missing)\n- [ ] T014 [P] [US1] Say so per US1/AC2 (partial)\n`,
    });
  });

  test("an earlier one is left alone, and the next stands below it", () => {
    const first = appended("- [X] T001 a\n", "spec-kit", { tasks });
    const second = appended(first.text, "spec-kit", { tasks: [{ text: "b" }], title: "More" });
    expect(second.text.startsWith(first.text)).toBe(true);
    expect(second.text.slice(first.text.length)).toBe("\n## Phase 2: More\n\n- [ ] T004 b\n");
  });

  test("ids with more digits stay so", () => {
    expect(appended("- [ ] T0999 a\n", "spec-kit", { tasks: [{ text: "b" }] }).ids).toEqual([
      "T1000",
    ]);
    expect(appended("- [ ] T0009 a\n", "spec-kit", { tasks: [{ text: "b" }] }).ids).toEqual([
      "T0010",
    ]);
  });

  test("all that was there is there, with its line ends; those that are added are of one kind with the last", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("", "\uFEFF"),
        fc.array(
          fc.tuple(
            fc.constantFrom("", "  ", "text", "- [ ] T001 a", "## Phase 1: One", "😀"),
            fc.constantFrom("\n", "\r\n", "\r"),
          ),
          { maxLength: 8 },
        ),
        fc.constantFrom("", "last", "- [ ] T002 b  "),
        (mark, lines, last) => {
          const text = mark + lines.flat().join("") + last;
          const { text: after, ids } = appended(text, "spec-kit", { tasks });
          expect(after.startsWith(text)).toBe(true);
          const added = after.slice(text.length);
          const eol = text.match(/\r\n|\n|\r/g)?.at(-1) ?? "\n";
          const ends = added.match(/\r\n|\n|\r/g) ?? [];
          expect(new Set(ends)).toEqual(new Set([eol]));
          const ended = last === "";
          expect(/[\r\n]$/.test(after)).toBe(ended);
          const read = readAs(after, "spec-kit");
          expect(read.tasks.slice(-2).map(({ id }) => id)).toEqual(ids);
        },
      ),
    );
  });

  test("where it would stand in code or in a comment it is refused", () => {
    for (const text of [
      "- [ ] T001 a\n```\ncode\n",
      "```\nx",
      "a\n<!-- never closed\n- [ ] T001 a\n",
    ])
      expect(refusal(text, "spec-kit", { tasks })).toMatchObject({
        code: "PLAN_EDIT_REFUSED",
        place: { file },
      });
    expect(append("```\nx\n```\n", "spec-kit", { tasks }).ok).toBe(true);
    expect(append("```\nx\n```", "spec-kit", { tasks }).ok).toBe(true);
  });
});

describe("S4: at the end of a phase", () => {
  const text = [
    "# Implementation Plan: X",
    "",
    "## Phase 1: One",
    "- [x] 1.1 a",
    "- [ ] 1.9 b",
    "  - [ ] 1.9.1 part",
    "",
    "  more of it",
    "",
    "**VERIFY Phase 1:**",
    "- [ ] VERIFY all holds",
    "",
    "## Phase 2: Two",
    "**Objective:** none yet",
    "",
    "## Success Criteria",
    "- [ ] fine",
    "",
  ].join("\n");

  test("behind all that belongs to the last task, before its verification", () => {
    const { text: after, ids } = appended(text, "plan-file", {
      phase: "1",
      tasks: [{ text: "c" }, { text: "d" }],
    });
    expect(ids).toEqual(["1.10", "1.11"]);
    expect(after).toBe(
      text.replace("  more of it\n", "  more of it\n- [ ] 1.10 c\n- [ ] 1.11 d\n"),
    );
  });

  test("in a phase without tasks, below its head", () => {
    const { text: after } = appended(text, "plan-file", { phase: "2", tasks: [{ text: "c" }] });
    expect(after).toBe(text.replace("none yet\n", "none yet\n\n- [ ] 2.1 c\n"));
  });

  test("with the line ends of the place, and at the end of a file without one", () => {
    const small = "## Phase 1: One\r\n- [ ] 1.1 a";
    expect(appended(small, "plan-file", { phase: "1", tasks: [{ text: "b" }] }).text).toBe(
      `${small}\r\n- [ ] 1.2 b`,
    );
  });

  test("refused without a phase, in one that isn't there, and where the text is another", () => {
    expect(refusal(text, "plan-file", { tasks: [{ text: "c" }] }).code).toBe("PLAN_EDIT_REFUSED");
    expect(refusal(text, "plan-file", { phase: "7", tasks: [{ text: "c" }] })).toMatchObject({
      code: "PLAN_TASK_UNKNOWN",
      hint: "Take one that is there: 1, 2.",
    });
    const other = appendTasks({ file, text: "" }, readAs(text, "plan-file"), {
      phase: "2",
      tasks: [{ text: "c" }],
    });
    expect(other.ok ? "" : other.error.code).toBe("PLAN_CHANGED");
  });
});

test("no tasks, no change; a text of several lines, with controls or without words is refused; other dialects are not edited", () => {
  expect(appended("- [ ] T001 a", "spec-kit", { tasks: [] }).text).toBe("- [ ] T001 a");
  for (const bad of ["", "  ", "a\nb", "a\r- [x] T009 b", "\u202Ea", "a\u001B[2J"])
    expect(refusal("- [ ] T001 a\n", "spec-kit", { tasks: [{ text: bad }] }).code).toBe(
      "PLAN_EDIT_REFUSED",
    );
  for (const dialect of ["prd", "dependency-json"] as const)
    expect(refusal("x", dialect, { tasks: [{ text: "a" }] }).hint).not.toBe("");
});

test("without a phase, those of the plan are named", () => {
  const text = "# P\n\n## Phase 1: A\n\n- [ ] 1.1 a\n\n## Phase 2: B\n\n- [ ] 2.1 b\n";
  const { message, hint } = refusal(text, "plan-file", { tasks: [{ text: "c" }] });
  expect(message).toBe("It is not said to which phase the tasks belong.");
  expect(hint).toBe("Give one of its phases with --phase: 1, 2.");
  expect(refusal("# P\n", "prd", { tasks: [{ text: "c" }] }).message).toBe(
    "Tasks are not added to a PRD.",
  );
});
