import { describe, expect, test } from "vitest";
import {
  findingsName,
  findingsText,
  resolveFindings,
} from "../../../../src/plan/status/findings.ts";
import { resolveCurrentPlan } from "../../../../src/plan/status/pointers.ts";
import { companionsOf, statusPathsOf } from "../../../../src/plan/places.ts";
import { readAs } from "../edits/read-as.ts";

describe("findings", () => {
  const text =
    "## Phase 1: A\n- [ ] 1.1 a\n- [ ] 1.1.2 b\n## Phase 4: B\n" +
    [1, 2, 3, 4, 5, 12].map((n) => `- [ ] 4.${n} c\n`).join("");
  const base = readAs(text, "plan-file");
  const [task] = base.tasks;
  if (!task) throw new Error("no task");
  const place = task.place;
  const plan = {
    ...base,
    tasks: [...base.tasks, { ...task, id: "V0", key: "V0" }, { ...task, id: "1.1A", key: "1.1A" }],
    verifications: [
      { key: "VERIFY 1", phase: "1", blocking: true, title: "", criteria: [], commands: [], place },
    ],
  };
  const of = (name: string) => {
    const [found] = resolveFindings([name], plan);
    return found?.phase === undefined ? found?.tasks : `phase ${found.phase}`;
  };

  test.each<[string, readonly string[] | string]>([
    ["1-1.md", ["1.1"]],
    ["1.1.md", ["1.1"]],
    ["1-1-some-slug.md", ["1.1"]],
    ["1.1-some-slug.md", ["1.1"]],
    ["1-1-2.md", ["1.1.2"]],
    ["1-1-2-slug.md", ["1.1.2"]],
    ["1.1A-slug.md", ["1.1A"]],
    ["4-12.md", ["4.12"]],
    ["4-1-4-2.md", ["4.1", "4.2"]],
    ["4.1-4.5.md", ["4.1", "4.2", "4.3", "4.4", "4.5"]],
    ["V0-slug.md", ["V0"]],
    ["verify-1.md", ["VERIFY 1"]],
    ["VERIFY_1-slug.MD", ["VERIFY 1"]],
    ["4-slug.md", "phase 4"],
    ["1.md", "phase 1"],
    ["README.md", []],
    ["9-9.md", []],
    [".md", []],
    ["__proto__.md", []],
  ])("%s", (name, expected) => {
    expect(of(name)).toEqual(expected);
  });

  test("are written under the name that S4's tool looks for, which leads nowhere else", () => {
    expect([findingsName("1.1"), findingsName("3.1.2"), findingsName("VERIFY-0")]).toEqual([
      "1-1.md",
      "3-1-2.md",
      "VERIFY-0.md",
    ]);
    expect([findingsName("../x"), findingsName("a/b\\c\u0000"), findingsName(".")]).toEqual([
      "---x.md",
      "a-b-c-.md",
      "-.md",
    ]);
    for (const { id, key } of plan.tasks) expect(of(findingsName(id ?? ""))).toEqual([key]);
  });

  test("have a head, a summary and details", () => {
    const head = {
      id: "1.1",
      description: "do it",
      status: "completed",
      startedAt: "S",
      completedAt: "C",
      durationMs: 61_400,
    };
    expect(findingsText(head, "All well.\n", "- one\n")).toBe(
      "# Task 1.1: do it\n\n**Status:** completed\n**Started:** S\n**Completed:** C\n**Duration:** 61s\n\n## Summary\n\nAll well.\n\n## Details\n\n- one\n",
    );
    expect(findingsText({ id: "1", description: "d", status: "failed" }, "s", "d")).not.toContain(
      "Started",
    );
  });
});

const there = (path: string) => path.startsWith("docs/plans/");

describe("the current plan", () => {
  const files = [
    "w/.claude-context/current-plan.txt",
    ".claude-context/current-plan.txt",
    ".claude/current-plan.txt",
  ];
  const from = (texts: readonly (string | undefined)[], asked?: string) =>
    resolveCurrentPlan(
      asked,
      files.map((file, at) => ({ file, text: texts[at] })),
      there,
    );
  const [A, B, C] = ["docs/plans/a.md", "docs/plans/b.md", "docs/plans/c.md"];

  test.each<
    [string, readonly (string | undefined)[], string | undefined, readonly [string, string]]
  >([
    ["what is asked for", [A, A, A], B, [B, "--plan"]],
    ["the worktree's", [A, B, C], undefined, [A, "w/.claude-context/current-plan.txt"]],
    ["the folder's", [undefined, B, C], undefined, [B, ".claude-context/current-plan.txt"]],
    ["the project's", [undefined, undefined, C], "", [C, ".claude/current-plan.txt"]],
    [
      "one behind an empty one",
      ["", " \r\n\n", `\uFEFF${C}\r\n`],
      undefined,
      [C, ".claude/current-plan.txt"],
    ],
  ])("is %s", (_name, texts, asked, [path, source]) => {
    expect(from(texts, asked)).toEqual({ ok: true, value: { path, from: source } });
  });

  test("nobody names one, the one that counts points nowhere or to two, or what is asked for isn't there", () => {
    const refused = { ok: false, error: { code: "PLAN_NOT_FOUND" } };
    expect(from([undefined, "", "\n"])).toMatchObject(refused);
    expect(from(["gone.md\n", B])).toMatchObject({
      ...refused,
      error: { place: { file: files[0] } },
    });
    expect(from([`\n${A}\n${B}\n`])).toMatchObject({
      ...refused,
      error: { place: { file: files[0], line: 3 } },
    });
    expect(from([A], "gone.md")).toMatchObject(refused);
  });
});

test("where the status of a plan is", () => {
  expect(statusPathsOf("docs/plans/a.md")).toEqual([
    "docs/plan-outputs/a/status.json",
    "docs/plan-outputs/archive/a/status.json",
  ]);
  expect(statusPathsOf("docs/plans/archive/a.md")[0]).toBe(
    "docs/plan-outputs/archive/a/status.json",
  );
  for (const none of ["specs/1/tasks.md", "x.json", ".md", ""])
    expect(statusPathsOf(none)).toEqual([]);
  expect(statusPathsOf("docs/plans/tasks.md")).toHaveLength(2);
});

const beside = (folder: string, ...names: readonly string[]) =>
  names.map((name) => `${folder}/${name}`);

test("which files make one plan", () => {
  expect(
    companionsOf("s/tasks.md", beside("s", "tasks.md", "tasks.execution.yaml", "plan.md")),
  ).toEqual(["s/tasks.execution.yaml"]);
  expect(
    companionsOf("s/tasks.execution.yml", beside("s", "tasks.md", "tasks.execution.yml")),
  ).toEqual(["s/tasks.md"]);
  expect(
    companionsOf(
      "p/phase-1-a.md",
      beside("p", "phase-1-a.md", "phase-2.md", "prd-tracker.md", "notes.md"),
    ),
  ).toEqual(["p/phase-2.md", "p/prd-tracker.md"]);
  const state = ".claude/state/projects/x/architecture";
  expect(companionsOf(`${state}/a.json`, beside(state, "a.json", "b.json", "c.md"))).toEqual([
    `${state}/b.json`,
  ]);
  expect(companionsOf("docs/plans/a.md", beside("docs/plans", "b.md"))).toEqual([]);
});
