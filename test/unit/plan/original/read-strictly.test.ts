import { describe, expect, test } from "vitest";
import {
  declaredDependencies,
  firstCycle,
} from "../../../../src/plan/original/declared-dependencies.ts";
import { parallelGroups, sequentialGroups } from "../../../../src/plan/original/execution-notes.ts";
import { fileConflicts } from "../../../../src/plan/original/file-conflicts.ts";
import { pipelineStarts } from "../../../../src/plan/original/pipeline-starts.ts";
import { readStrictly } from "../../../../src/plan/original/read-strictly.ts";
import { filled, growthOf, PATIENCE_MS } from "../../linear.ts";
import { LOOK_ALIKE } from "./look-alike.ts";

const ids = (text: string): readonly string[] => readStrictly(text).tasks.map(({ id }) => id);

const groups = (note: string): readonly unknown[] =>
  sequentialGroups(note).map(({ taskRange, taskIds }) => [taskRange, taskIds]);

const graph = (...descriptions: string[]) =>
  declaredDependencies(
    descriptions.map((description, index) => ({
      id: `1.${index + 1}`,
      phase: "Phase 1: One",
      description,
    })),
  );

const files = (description: string): readonly string[] =>
  fileConflicts([
    { id: "1.1", description },
    { id: "1.2", description },
  ]).map(({ file }) => file);

describe("the strict reading", () => {
  test("boxes in fences count, all other shapes of tasks are dropped", () => {
    expect(ids(LOOK_ALIKE)).toEqual([
      "1.1",
      "1.2",
      "1.10",
      "1.9",
      "1.20",
      "2.1",
      "3.1",
      "4.1",
      "4.2",
    ]);
    expect(readStrictly(LOOK_ALIKE).title).toBe("Implementation Plan: Ferry Bookings");
  });

  test("headings of other shapes are no phases: their tasks belong to the phase before", () => {
    const phases = new Map(readStrictly(LOOK_ALIKE).tasks.map(({ id, phase }) => [id, phase]));
    expect(phases.get("2.1")).toBe("Phase 1: Harbour");
    expect(phases.get("3.1")).toBe("Phase 1: Harbour");
    expect(phases.get("4.1")).toBe("Phase 4: Boats (pipeline-start: when 1.1 completes)");
  });

  test("a heading may have white space for a title", () => {
    expect(readStrictly("## Phase 1:  \n- [ ] 1.1 x").tasks[0]?.phase).toBe("Phase 1: ");
    expect(readStrictly("## Phase 1:\n- [ ] 1.1 x").tasks).toEqual([]);
  });

  test("with CRLF nothing is seen", () => {
    expect(readStrictly(LOOK_ALIKE.replaceAll("\n", "\r\n"))).toEqual({
      title: undefined,
      tasks: [],
    });
  });

  test.each([
    ["- [ ] 1.1 ", []],
    ["- [ ] 1.1  ", ["1.1"]],
    ["- [ ] 1.1", []],
    ["-  [ ]   1.1\tTab", ["1.1"]],
    ["-[ ] 1.1 No space", []],
    ["- [] 1.1 Empty box", []],
    ["- [ ] 1 One number", []],
    ["- [ ] 1.2.3.4 Four numbers", []],
    ["- [ ] 1.1 Carriage\rreturn", []],
  ])("%j gives %j", (line, expected) => {
    expect(ids(`## Phase 1: One\n${line}`)).toEqual(expected);
  });
});

describe("notes", () => {
  test.each([
    ["Tasks 3.1-3.3 are [SEQUENTIAL] - x", [["3.1-3.3", ["3.1", "3.2", "3.3"]]]],
    ["Task 3.1 is [sequential] x", [["3.1", ["3.1"]]]],
    [
      "Tasks 3.1, 3.3 are [SEQUENTIAL] – x",
      [
        ["3.1", ["3.1"]],
        ["3.3", ["3.3"]],
      ],
    ],
    ["Tasks 3.1-6.1 are [SEQUENTIAL] - x", [["3.1-6.1", ["3.1", "6.1"]]]],
    ["Tasks 3.4-3.2 are [SEQUENTIAL] - x", [["3.4-3.2", ["3.4", "3.2"]]]],
    ["Tasks 3.1 - 3.3 are [SEQUENTIAL] - x", []],
    ["Tasks 1.1.1-1.1.3 are [SEQUENTIAL] - x", []],
    ["Tasks 1.1 and 1.3 are [SEQUENTIAL] - x", []],
    ["Task 4.1 is [SEQUENTIAL] with Phase 3", [["4.1", ["4.1"]]]],
    ["Tasks 3.1-3.3 are [SEQUENTIAL] - x\r", []],
    ["Tasks 3.1-3.3 are [SEQUENTIAL]", []],
  ])("%s", (note, expected) => {
    expect(groups(`**Execution Note:** ${note}`)).toEqual(expected);
  });

  test("a note without a reason takes the next paragraph for one", () => {
    const text = "**Execution Note:** Tasks 1.1-1.2 are [SEQUENTIAL]\n\n- [ ] 1.1 First\n";
    expect(sequentialGroups(text)[0]?.reason).toBe("[ ] 1.1 First");
  });

  test("what looks like a note inside of a reason is none", () => {
    const note = "**Execution Note:** Tasks 1.1-1.2 are [SEQUENTIAL] - x";
    expect(groups(`${note} ${note}\n${note}`)).toHaveLength(2);
  });

  test("phases that are called parallel, and starts of pipelines", () => {
    expect(parallelGroups("**Execution Note:** Phases 1-3, 5, 9-7 are [PARALLEL] - x")).toEqual([
      { phaseIds: [1, 2, 3, 5], reason: "x" },
    ]);
    const own = "**pipeline-start:** when 1.3 completes\n\n### Phase 2: Two\n";
    expect(pipelineStarts(`## Phase 3: (a) (pipeline-start: when 1.2 completes)\n${own}`)).toEqual([
      { phase: 2, triggerTaskId: "1.3" },
    ]);
    expect(pipelineStarts(LOOK_ALIKE)).toEqual([{ phase: 4, triggerTaskId: "1.1" }]);
  });

  test("a range that would fill the memory is cut", () => {
    const [group] = sequentialGroups(
      "**Execution Note:** Tasks 1.1-1.999999999 are [SEQUENTIAL] - x",
    );
    expect(group?.taskIds).toHaveLength(100_000);
    const [phases] = parallelGroups("**Execution Note:** Phases 1-999999999 are [PARALLEL] - x");
    expect(phases?.phaseIds).toHaveLength(100_000);
  });
});

describe("dependencies", () => {
  test("only (depends: …) with single ids; unknown and repeated ones stay", () => {
    expect(graph("a", "b (depends: 1.1, 9.9,1.1)").get("1.2")).toEqual({
      dependencies: ["1.1", "9.9", "1.1"],
      dependents: [],
      inDegree: 3,
    });
    expect(graph("a", "b (depends: 1.1, 9.9,1.1)").get("1.1")?.dependents).toEqual(["1.2", "1.2"]);
    for (const prose of [
      "(depends on 1.1)",
      "(depends: 1.1-1.3)",
      "(depends: 1.1 and 1.3)",
      "depends: 1.1",
    ])
      expect(graph("a", prose).get("1.2")?.dependencies).toEqual([]);
  });

  test("cycles are named from the first task in them, to it again", () => {
    expect(firstCycle(graph("(depends: 1.2)", "(depends: 1.3)", "(depends: 1.1)"))).toEqual([
      "1.1",
      "1.2",
      "1.3",
      "1.1",
    ]);
    expect(firstCycle(graph("(depends: 1.2)", "(depends: 1.3)", "(depends: 1.2)"))).toEqual([
      "1.2",
      "1.3",
      "1.2",
    ]);
    expect(firstCycle(graph("(depends: 1.1)"))).toEqual(["1.1", "1.1"]);
    expect(firstCycle(graph("(depends: 1.2, 1.3)", "(depends: 1.3)", "(depends: 9.9)"))).toBe(
      undefined,
    );
  });
});

describe("files in descriptions", () => {
  test.each([
    ["Write `src/a.ts`", ["src/a.ts"]],
    ["Write src/a.test.ts.", ["src/a.test.ts"]],
    ["See `app/src/a.ts`", ["app/src/a.ts", "src/a.ts"]],
    ["See .claude/settings.json", []],
    ["See `.claude/settings.json`", [".claude/settings.json"]],
    ["Call `run(a.ts)` and `go a.ts`", []],
    ["Hide `.gitignore`", []],
    ["`a.ts`b.ts`", ["a.ts"]],
    ["`run`b.ts`", ["b.ts"]],
    ["Modify main.go", ["main.go"]],
    ["updating main.test.js", ["main.test"]],
    ["a bug in main.py", ["main.py"]],
    ["a bug in main.go", []],
    ["rewrite app/main.py", []],
  ])("%s", (description, expected) => {
    expect(files(description)).toEqual(expected);
  });

  test("upper and lower case are one file, and a task conflicts with itself by two spellings", () => {
    expect(fileConflicts([{ id: "1.1", description: "`README.md` and `readme.md`" }])).toEqual([
      { file: "README.md", taskIds: ["1.1", "1.1"] },
    ]);
  });
});

test(
  "hostile text is read in linear time",
  () => {
    const hostile = [
      "## Phase 1: ",
      "**Execution Note:** Tasks 1 ",
      "**pipeline-start:** when 1.1 completes ",
      "## Phase 1 ",
      "(pipeline-start: when 1.1 completes) ",
      "- [ ] 1.1 \u2028",
      "   \t",
    ];
    for (const part of hostile)
      expect(
        growthOf(
          (size) => `## Phase 1: One\n${filled(part, size)}\n- [ ] 1.1 ${filled(part, size)}`,
          (text) => {
            readStrictly(text);
            sequentialGroups(text);
            parallelGroups(text);
            pipelineStarts(text);
          },
          20_000,
        ),
      ).toBe("linear");
    for (const part of ["src/", "`a", "a.", "in a", "modify ", "(depends: ", "1.1, "])
      expect(
        growthOf(
          (size) => filled(part, size),
          (description) => {
            fileConflicts([{ id: "1.1", description }]);
            declaredDependencies([{ id: "1.1", phase: "", description }]);
          },
          20_000,
        ),
      ).toBe("linear");
  },
  PATIENCE_MS,
);
