/** What is written down beside a plan: findings, runs, checklists; and ids that look like something else. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createHarness } from "./harness.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/plans");
const fixture = (name: string) => readFileSync(path.join(FIXTURES, name), "utf8");

const CORE = "docs/plans/core.md";
const STATUS = "docs/plan-outputs/core/status.json";
const FINDINGS = "docs/plan-outputs/core/findings";
const ALBUMS = "specs/001-albums/tasks.md";

function repository(files: Readonly<Record<string, string>> = {}) {
  const harness = createHarness();
  harness.disk.set(CORE, fixture("core.md"));
  for (const [file, text] of Object.entries(files)) harness.disk.set(file, text);
  const plans = (...args: readonly string[]) => harness.run(["plans", ...args]);
  const json = async (...args: readonly string[]): Promise<unknown> =>
    JSON.parse((await plans(...args, "--json")).stdout);
  return { ...harness, plans, json };
}

/** A plan with findings of every kind. */
const written = () =>
  repository({
    [STATUS]: JSON.stringify({
      tasks: [
        { id: "1.1", status: "completed", findings: "In the \u001B[31mrecord\u202E." },
        { id: "1.2", status: "completed", findingsPath: "findings/readers.md" },
        { id: "2.1", status: "completed", findingsPath: "docs/gone.md" },
      ],
    }),
    [`${FINDINGS}/1-1-walk.md`]:
      "# Task 1.1\n\n\tcode \u001B]0;owned\u0007 \u202Eend\r\n| a | b |\n\n",
    [`${FINDINGS}/readers.md`]: "# Readers\n",
    [`${FINDINGS}/1.md`]: "# Phase 1\n",
    [`${FINDINGS}/__proto__.md`]: "# What\n",
  });

describe("findings", () => {
  test("of a plan: every file, and what its name or the status file says it is about", async () => {
    const { plans, json } = written();
    expect(await json("findings", "core")).toMatchObject({
      plan: { name: "core" },
      folder: FINDINGS,
      files: [
        { file: "docs/gone.md", tasks: ["2.1"], phase: null },
        { file: `${FINDINGS}/1-1-walk.md`, tasks: ["1.1"], phase: null },
        { file: `${FINDINGS}/1.md`, tasks: [], phase: "1" },
        { file: `${FINDINGS}/__proto__.md`, tasks: [], phase: null },
        { file: `${FINDINGS}/readers.md`, tasks: ["1.2"], phase: null },
      ],
      task: null,
    });
    const { stdout, code } = await plans("findings", "core");
    expect(code).toBe(0);
    expect(stdout).toContain(`\n${FINDINGS}/1-1-walk.md\n  about 1.1\n`);
    expect(stdout).toContain(`\n${FINDINGS}/1.md\n  about phase 1\n`);
    expect(stdout).toContain("__proto__.md\n  the name fits no task or phase of the plan\n");
  });

  test("of a task: path and text, which can't act on a terminal; in JSON as it is", async () => {
    const { plans, json } = written();
    const { stdout } = await plans("findings", "core", "1.1");
    expect(stdout).toContain(
      `\n${FINDINGS}/1-1-walk.md\n\n# Task 1.1\n\n\tcode  end\n| a | b |\n\nin the status file\n\nIn the record.\n\nabout its phase:\n${FINDINGS}/1.md\n`,
    );
    expect(await json("findings", "core", "1.1")).toMatchObject({
      task: { key: "1.1", texts: [{ text: expect.stringContaining("\u001B]0;owned") }] },
    });
    expect((await plans("findings", "core", "1.2")).stdout).toContain("# Readers");
    expect((await plans("findings", "core", "2.1")).stdout).toContain(
      "not read: docs/gone.md: It is not there.",
    );
  });

  test("of a task without any: where the original tool looks for them", async () => {
    const { plans, json } = written();
    const { stdout, code } = await plans("findings", "core", "2.3");
    expect([code, stdout.includes(`looks in:\n${FINDINGS}/2-3.md\n`)]).toEqual([0, true]);
    expect(await json("findings", "core", "VERIFY 1")).toMatchObject({
      task: { expected: `${FINDINGS}/VERIFY-1.md`, texts: [] },
    });
    expect(await plans("findings", "core", "9.9")).toMatchObject({ code: 1, stdout: "" });
  });

  test("of the current plan; of a plan that can have none; of too much", async () => {
    const { plans, json, disk } = written();
    expect(await json("findings")).toMatchObject({ plan: { foundBy: { rule: "only" } } });
    expect(await json("findings", "1.1")).toMatchObject({ task: { key: "1.1" } });
    disk.set(ALBUMS, fixture("albums-tasks.md"));
    expect(await json("findings", "001")).toMatchObject({ folder: null, files: [] });
    expect((await plans("findings", "001")).stdout).toContain("only those of S4 do");
    expect((await plans("findings", "core", "1.1", "1.2")).stderr).toContain("error USAGE");
    expect((await plans("findings", "nowhere", "1.1")).stderr).toContain("error PLAN_NOT_FOUND");
  });
});

const runOf = (day: number, rest: object) => ({
  runId: `run-${day}`,
  startedAt: `2026-01-0${day}T10:20:30.000Z`,
  tasksCompleted: day,
  tasksFailed: 0,
  ...rest,
});

test("status tells of runs: the last three in text, all in JSON", async () => {
  const { plans, json } = repository({
    [STATUS]: JSON.stringify({
      tasks: [],
      runs: [
        runOf(1, { completedAt: "x" }),
        runOf(2, { completedAt: "x", tasksFailed: 1 }),
        { id: "by hand", startedAt: "\u202Eyesterday" },
        runOf(4, {}),
      ],
    }),
  });
  const { stdout } = await plans("status", "core");
  expect(stdout).toContain(
    " runs        open       2026-01-04 10:20 UTC  4 tasks done, 0 failed\n" +
      "             open       yesterday             0 tasks done, 0 failed\n" +
      "             failed     2026-01-02 10:20 UTC  2 tasks done, 1 failed; 1 earlier\n",
  );
  expect(await json("status", "core")).toMatchObject({
    runs: [
      { id: "run-1", state: "completed", tasksCompleted: 1, place: { file: STATUS } },
      { state: "failed" },
      { id: "by hand", state: "open", completedAt: null, tasksCompleted: null },
      { id: "run-4", state: "open" },
    ],
  });
});

test("list tells how the checklists of a feature stand", async () => {
  const { plans, json } = repository({
    [ALBUMS]: fixture("albums-tasks.md"),
    "specs/001-albums/checklists/ux.md": "# UX\n- [x] CHK001 a\n- [ ] CHK002 b\n",
    "specs/001-albums/checklists/api.md": "# API\n- [ ] CHK001 a\n",
  });
  expect((await plans("list")).stdout).toMatch(
    /^ {3}001-albums .*\n {5}2 checklists: 1 of 3 boxes ticked$/m,
  );
  expect(await json("list")).toMatchObject({
    plans: [
      { name: "core", checklists: [] },
      {
        checklists: [
          { items: 1, open: ["CHK001"] },
          { title: "UX", open: ["CHK002"] },
        ],
      },
    ],
  });
});

describe("ids that look like something else", () => {
  const odd = ["../x", "__proto__", "/etc/passwd", "a\u202Eb", "docs/../../y"];
  const document = JSON.stringify({
    tasks: odd.map((id) => ({ id, title: `do ${id}`, dependencies: [] })),
  });
  const FILE = ".claude/state/odd.json";

  test.each(odd)("%j is a task where a plan has it, by plan and alone", async (id) => {
    const { json, disk } = repository({ [FILE]: document });
    const why = { task: { key: id }, verdict: "ready" };
    expect(await json("why", FILE, id)).toMatchObject(why);
    disk.delete(CORE);
    expect(await json("why", id)).toMatchObject(why);
    expect(await json("findings", FILE, id)).toMatchObject({ task: { key: id } });
  });

  test.each(odd)("%j is an unknown task where no plan has it", async (id) => {
    const { plans } = repository();
    for (const args of [
      ["why", "core", id],
      ["why", id],
      ["findings", "core", id],
      ["tick", "core", id],
      ["start", id],
      ["fail", "core", "1.1", id],
    ])
      expect((await plans(...args)).stderr).toContain("error PLAN_TASK_UNKNOWN: ");
  });

  test("an id is known as it is shown, too: without marks that nobody sees", async () => {
    const { json } = repository({ [FILE]: document });
    expect(await json("why", FILE, "ab")).toMatchObject({ task: { key: "a\u202Eb" } });
  });

  test("a path out of the project before tasks is a path", async () => {
    const { plans } = repository();
    expect((await plans("tick", "../other/plan.md", "1.1")).stderr).toContain("error USAGE: ");
  });
});

test.each([
  [["docs/plans/none.md"], "There is no task in docs/plans/none.md.", "docs/plans/none.md"],
  [
    ["docs/plans/none.md", "docs/plans/nil.md"],
    "None of these 2 plans has a task.",
    "docs/plans/nil.md",
  ],
  [["docs/empty"], "There is no plan to analyse.", "docs/empty"],
  [["."], "There is no plan to analyse.", "."],
])("analysing %j is an error: there is nothing to say", async (paths, message, file) => {
  const { run, disk } = repository({ "docs/empty/read.md": "# Read\n" });
  disk.delete(CORE);
  if (paths[0] !== ".") {
    disk.set("docs/plans/none.md", "# Plan\n\n## Phase 1: A\n");
    disk.set("docs/plans/nil.md", "# Plan\n\n## Phase 1: A\n");
  }
  const { code, stdout } = await run(["analyze", ...paths, "--json"]);
  expect([code, JSON.parse(stdout)]).toMatchObject([
    1,
    {
      error: {
        code: "PLAN_NOT_FOUND",
        message,
        place: { file },
        hint: expect.stringMatching(/\w/),
      },
    },
  ]);
});
