/**
 * What plans should not be: given, code, place, hint, exit code. What needs a real disk is in test/real/plan-bad-input.test.ts; the last
 * table names the tests that hold the rest.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkBadPlan, type BadPlan } from "./bad-plans.ts";
import { createHarness } from "./harness.ts";

const FILE = "docs/plans/bad.md";
const STATUS = "docs/plan-outputs/bad/status.json";
const JSON_FILE = ".claude/state/bad.json";
const FEATURE = "specs/001-x/tasks.md";

const plan = (...lines: readonly string[]) => `# Plan\n\n## Phase 1: A\n\n${lines.join("\n")}\n`;
const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Each task waits for the next one, and the last for the first. */
const circle = (size: number) =>
  plan(...many(size, (at) => `- [ ] 1.${at + 1} x (depends: 1.${((at + 1) % size) + 1})`));

/** Phases of these ids, each with words of its own. */
const documentOf = (...ids: readonly string[]) =>
  JSON.stringify({ phases: ids.map((id, at) => ({ id, name: `do ${at}`, dependencies: [] })) });

interface Row extends BadPlan {
  readonly files: () => Readonly<Record<string, string>>;
}

const row = (
  name: string,
  text: () => string,
  said: Omit<Row, "name" | "files" | "args"> & { readonly args?: readonly string[] },
): Row => ({ name, args: ["validate", FILE], files: () => ({ [FILE]: text() }), ...said });

const FIVE = { file: FILE, line: 5 };

const TABLE: readonly Row[] = [
  row("100,000 tasks", () => plan(...many(100_000, (at) => `- [ ] 1.${at + 1} x`)), {
    args: ["next", "2", FILE],
    exit: 0,
    answer: { tally: { tasks: 100_000 }, tasks: [{ key: "1.1" }, { key: "1.2" }] },
  }),
  row(
    "1,000,000 edges",
    () =>
      plan(
        ...many(1_000, (at) => `- [ ] 1.${at + 1} x`),
        "## Phase 2: B",
        ...many(1_000, (at) => `- [ ] 2.${at + 1} y (depends: 1.1-1.1000)`),
      ),
    { args: ["validate", FILE], exit: 0, answer: { dependencies: 1_000_000 } },
  ),
  row("a line of 64 MB", () => plan(`- [ ] 1.1 ${"y ".repeat(32e6)}`, "- [ ] 1.2 z"), {
    exit: 0,
    code: "PLAN_LINE_CUT",
    place: FIVE,
    answer: { tally: { tasks: 2 } },
  }),
  row(
    "5,000 levels of indentation",
    () => plan(...many(5_000, (at) => `${" ".repeat(at)}- [ ] 1.${at + 1} x`)),
    { exit: 0, code: "PLAN_TASK_INDENTED", answer: { tally: { tasks: 5_000 } } },
  ),
  row("a task that waits for itself", () => circle(1), {
    exit: 1,
    code: "PLAN_SELF_DEPENDENCY",
    place: FIVE,
  }),
  row("two tasks that wait for each other", () => circle(2), {
    exit: 1,
    code: "PLAN_CYCLE",
    place: FIVE,
  }),
  row("a circle of 10,000 tasks", () => circle(10_000), {
    exit: 1,
    code: "PLAN_CYCLE",
    place: { file: FILE },
  }),
  row("a dependency on what is not there", () => plan("- [ ] 1.1 x (depends: 9.9)"), {
    exit: 1,
    code: "PLAN_DEPENDENCY_UNKNOWN",
    place: FIVE,
  }),
  ...["__proto__", "constructor", "../x", "a\u202Eb", "\u200F1.1"].map((id): Row => ({
    name: `the id ${JSON.stringify(id)}, twice`,
    args: ["validate", JSON_FILE],
    files: () => ({ [JSON_FILE]: documentOf(id, id, "b") }),
    exit: 0,
    code: "PLAN_DUPLICATE_ID",
    place: { file: JSON_FILE },
  })),
  ...["__proto__", "../x", "1.1\u202E.md", "constructor"].map((id) =>
    row(`${JSON.stringify(id)} named, and not there`, () => plan("- [ ] 1.1 x"), {
      args: ["tick", FILE, id === "1.1\u202E.md" ? "1.2\u202E" : id],
      exit: 1,
      code: "PLAN_TASK_UNKNOWN",
      place: { file: FILE },
      hint: /1\.1/,
    }),
  ),
  {
    name: "[P] and parallel by words, and one after the other by others",
    args: ["validate", FEATURE],
    files: () => ({
      [FEATURE]:
        "# Tasks: X\n\n## Phase 1: Setup\n\n- [ ] T001 [P] a\n- [ ] T002 [P] b (depends on T001)\n\n## Parallel\n\nT001 and T002 can run in parallel.\n",
    }),
    exit: 0,
    code: "PLAN_PARALLEL_CONTRADICTED",
    place: { file: FEATURE, line: 10 },
  },
  {
    name: "words that go against the order of the document",
    args: ["validate", FEATURE],
    files: () => ({
      [FEATURE]:
        "# Tasks: X\n\n## Phase 1: Setup\n\n- [ ] T001 a (depends on T002)\n- [ ] T002 b\n",
    }),
    exit: 0,
    code: "PLAN_ORDER_CONTRADICTED",
    place: { file: FEATURE, line: 5 },
  },
  row(
    "notes that call tasks sequential and parallel",
    () =>
      plan(
        "**Execution Note:** Tasks 1.1-1.3 are [SEQUENTIAL]",
        "**Execution Note:** Tasks 1.1-1.3 are [PARALLEL]",
        "",
        ...many(3, (at) => `- [ ] 1.${at + 1} x`),
      ),
    { exit: 0, code: "PLAN_PARALLEL_CONTRADICTED", place: { file: FILE, line: 6 } },
  ),
  row(
    "a note that calls tasks parallel of which one waits for the other",
    () =>
      plan(
        "**Execution Note:** Tasks 1.1-1.2 are [PARALLEL]",
        "",
        "- [ ] 1.1 x (depends: 1.2)",
        "- [ ] 1.2 y",
      ),
    { exit: 0, code: "PLAN_PARALLEL_CONTRADICTED", place: FIVE },
  ),
  row(
    "one after the other by words, the other way by others",
    () => plan("- [ ] 1.1 a (depends: 1.2)", "- [ ] 1.2 b (depends: 1.1)"),
    { exit: 1, code: "PLAN_CYCLE", place: FIVE },
  ),
  row("no plan at all", () => "", {
    args: ["status", "docs/plans/none.md"],
    exit: 1,
    code: "PLAN_NOT_FOUND",
    place: { file: "docs/plans/none.md" },
  }),
];

describe("what is given: code, place, hint, exit code", () => {
  test.each(TABLE.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { run, disk } = createHarness();
    for (const [file, text] of Object.entries(one.files())) disk.set(file, text);
    const outcome = await run(["plans", ...one.args, "--json"]);
    checkBadPlan(one, outcome);
    expect(outcome.code).toBe(one.exit);
  });

  test("a status file that is cut off at any byte", async () => {
    const { run, disk } = createHarness();
    const whole = '{"planPath":"x","tasks":[{"id":"1.1","status":"completed"}],"runs":[]}\n';
    const text = plan("- [ ] 1.1 x", "- [ ] 1.2 y");
    disk.set(FILE, text);
    for (let length = 0; length < whole.length - 1; length++) {
      disk.set(STATUS, whole.slice(0, length));
      const said = { name: "", args: [], exit: 1, code: "PLAN_STATUS_DAMAGED" } as const;
      for (const args of [
        ["next", FILE],
        ["start", FILE, "1.2"],
        ["validate", FILE],
      ])
        checkBadPlan({ ...said, place: { file: STATUS } }, await run(["plans", ...args, "--json"]));
      expect([disk.get(STATUS), disk.get(FILE)]).toEqual([whole.slice(0, length), text]);
    }
  });
});

/** Rows that other tests hold, with what they need. */
const ELSEWHERE: readonly (readonly [given: string, file: string, title: string])[] = [
  [
    "a file changed between read and write",
    "test/real/plan-files.test.ts",
    "is made anew when an editor saved meanwhile, and given up when that never ends",
  ],
  [
    "a file changed since the caller read it",
    "test/real/plan-files.test.ts",
    "of a file that the caller read before is refused at once when it is another now",
  ],
  [
    "many writers",
    "test/real/plan-files.test.ts",
    "8 processes tick 20 tasks each, in status file and boxes: 160 are kept, each told by who did it",
  ],
  [
    "two writers, by command",
    "test/real/plans.test.ts",
    "list, next, tick from two processes at once, why: on disk, without a database",
  ],
  [
    "a status file that another tool cut off, in every variety",
    "test/unit/plan/status/read-status.test.ts",
    "cut off at every byte",
  ],
  [
    "ids that look like paths, where a plan has them",
    "test/unit/cli/plan-records.test.ts",
    "%j is a task where a plan has it, by plan and alone",
  ],
  [
    "folder, circle of links, pipe, not UTF-8, too large",
    "test/real/plan-bad-input.test.ts",
    "$name",
  ],
];

test.each(ELSEWHERE)("%s is held by %s", (_given, file, title) => {
  const text = readFileSync(path.resolve(import.meta.dirname, "../../..", file), "utf8");
  expect(text).toContain(`"${title}"`);
});
