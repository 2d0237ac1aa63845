/** `wavegate plans` as people and programs use it (PX-01, PX-02, PX-03, WV-02). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { err, ok } from "../../../src/core/result.ts";
import { golden } from "../reporters/golden.ts";
import { createHarness } from "./harness.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/plans");
const fixture = (name: string) => readFileSync(path.join(FIXTURES, name), "utf8");

const CORE = "docs/plans/core.md";
const ALBUMS = "specs/001-albums/tasks.md";
const STATUS = "docs/plan-outputs/core/status.json";

type Surroundings = Parameters<typeof createHarness>[1];

/** A repository with a plan of S4 and a tasks.md of Spec Kit. */
function repository(surroundings?: Surroundings) {
  const harness = createHarness(undefined, surroundings);
  harness.disk.set(CORE, fixture("core.md"));
  harness.disk.set(ALBUMS, fixture("albums-tasks.md"));
  const plans = (...args: readonly string[]) => harness.run(["plans", ...args]);
  const json = async (...args: readonly string[]) =>
    JSON.parse((await plans(...args, "--json")).stdout) as Record<string, never>;
  return { ...harness, plans, json };
}

/** Keys of the tasks of an answer. */
const keys = (answer: { readonly tasks?: readonly { readonly key: string }[] }) =>
  (answer.tasks ?? []).map(({ key }) => key);

const tasks = (...lines: readonly string[]) =>
  `# Tasks: X\n\n## Phase 1: Setup\n\n${lines.join("\n")}\n`;

/** Each task waits for the one of this number. */
const waiting = (...ids: readonly number[]) =>
  tasks(...ids.map((id, index) => `- [ ] 1.${index + 1} x (depends: 1.${id})`));

describe("what it looks like", () => {
  test.each([
    [["list"]],
    [["status", "core"]],
    [["status", "albums"]],
    [["next", "5", "albums"]],
    [["phases", "core"]],
    [["deps", "core"]],
    [["deps", "albums", "--mermaid"]],
    [["deps", "core", "--dot"]],
    [["why", "core", "2.3"]],
    [["validate", "core"]],
    [["conflicts", "albums"]],
    [["progress", "albums"]],
    [["progress", "albums", "--format", "markers"]],
  ])("plans %j", async (args) => {
    const { plans } = repository();
    const { stdout, stderr } = await plans(...args.map((arg) => (arg === "albums" ? ALBUMS : arg)));
    expect(stderr).toBe("");
    expect(stdout).toBe(golden(`plans-${args.join("-").replace(/-+/g, "-")}.txt`, stdout));
  });

  test.each(["status", "next", "phases", "deps", "validate", "conflicts", "progress"])(
    "plans %s --json is one object, as documented",
    async (command) => {
      const { plans } = repository();
      const { stdout, code } = await plans(command, "core", "--json");
      expect(code).toBe(0);
      const shown = JSON.stringify(JSON.parse(stdout), null, 1);
      expect(`${shown}\n`).toBe(golden(`plans-${command}.json`, `${shown}\n`));
    },
  );
});

describe("which plan is meant", () => {
  test.each([
    [["docs/plans/core.md"], "path", null],
    [["core"], "name", null],
    [["001"], "name", null],
    [["specs/001-albums"], "path", null],
  ] as const)("%j is found by its %s", async (given, rule, source) => {
    const found = (await repository().json("status", ...given)) as unknown;
    expect(found).toMatchObject({ plan: { foundBy: { rule, source } } });
  });

  test("without a name: S4's pointer, else Spec Kit's feature, else the only plan", async () => {
    const pointed = repository();
    pointed.disk.set(".claude/current-plan.txt", `${CORE}\n`);
    expect(await pointed.json("status")).toMatchObject({
      plan: { name: "core", foundBy: { rule: "current-plan", source: ".claude/current-plan.txt" } },
    });
    expect((await pointed.plans("status")).stdout).toContain(
      "the current plan by .claude/current-plan.txt",
    );

    const noted = repository();
    noted.disk.set(".specify/feature.json", '{"feature_directory":"specs/001-albums"}');
    expect(await noted.json("status")).toMatchObject({
      plan: { name: "001-albums", foundBy: { rule: "feature", source: ".specify/feature.json" } },
    });

    const around = { variables: {}, branch: "001-albums", changes: async function* () {} };
    expect(await repository(around).json("status")).toMatchObject({
      plan: { foundBy: { rule: "feature", source: "the branch" } },
    });

    const lone = repository();
    lone.disk.delete(ALBUMS);
    expect(await lone.json("status")).toMatchObject({ plan: { foundBy: { rule: "only" } } });
  });

  test.each([
    [[], {}, "PLAN_NOT_FOUND", "nothing says which is current", "core, 001-albums"],
    [["nowhere"], {}, "PLAN_NOT_FOUND", "There is no plan nowhere", "core, 001-albums"],
    [[], { ".claude/current-plan.txt": "docs/plans/gone.md" }, "PLAN_NOT_FOUND", "gone.md", "anew"],
    [[], { ".specify/feature.json": "{}" }, "PLAN_NOT_FOUND", "leads to no tasks", "anew"],
    [
      ["core"],
      { "docs/plans/archive/core.md": "# x" },
      "PLAN_AMBIGUOUS",
      "core",
      "docs/plans/archive",
    ],
  ])("%j with %j: %s", async (args, files, code, ...said) => {
    const { plans, disk } = repository();
    for (const [file, text] of Object.entries(files)) disk.set(file, text);
    const { code: exit, stderr } = await plans("status", ...args);
    expect(exit).toBe(1);
    expect(stderr).toContain(`error ${code}: `);
    for (const words of said) expect(stderr.replace(/\s+/g, " ")).toContain(words);
  });
});

describe("edits", () => {
  test("a tick changes one character of a tasks.md, and twice is as once", async () => {
    const { plans, disk } = repository();
    const before = disk.get(ALBUMS) ?? "";
    const ticked = await plans("tick", "001", "T002", "T003");
    expect(ticked).toMatchObject({ code: 0, stderr: "" });
    expect(ticked.stdout).toContain(`${ALBUMS}:8\n  - - [ ] T002`);
    expect(ticked.stdout).toContain("  + - [x] T002");
    const after = disk.get(ALBUMS) ?? "";
    expect(after).toBe(before.replace("[ ] T002", "[x] T002").replace("[ ] T003", "[x] T003"));
    expect((await plans("tick", "001", "T003")).stdout).toContain("already done");
    expect(disk.get(ALBUMS)).toBe(after);
  });

  test("all or nothing: one unknown task, and no byte changes", async () => {
    const { plans, disk } = repository();
    const before = new Map(disk);
    const refused = await plans("tick", "core", "1.1", "9.9");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("error PLAN_TASK_UNKNOWN: The plan has no task 9.9.");
    expect(disk).toEqual(before);
  });

  test("what a plan of S4 has no mark for, goes into its status file, with what was said of it", async () => {
    const { plans, disk, json } = repository();
    await plans("start", "core", "0.1");
    expect(disk.get(CORE)).toBe(fixture("core.md"));
    expect((await plans("fail", "core", "0.1", "--error", "no disk")).stdout).toContain(STATUS);
    expect(JSON.parse(disk.get(STATUS) ?? "")).toMatchObject({
      planPath: CORE,
      tasks: expect.arrayContaining([
        expect.objectContaining({ id: "0.1", status: "failed", error: "no disk" }),
      ]),
      summary: { failed: 1 },
    });
    expect(await json("status", "core")).toMatchObject({
      statusFile: STATUS,
      failed: [{ key: "0.1", error: "no disk" }],
    });
    const refused = await plans("tick", "core", "0.1");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("error PLAN_EDIT_REFUSED: ");
    expect((await plans("reset", "core", "0.1")).code).toBe(0);
    expect((await plans("skip", "core", "0.1", "--reason", "later")).stdout).toContain("skipped");
    expect((await json("next", "core")) as unknown).toMatchObject({
      verifications: [{ key: "VERIFY 0" }],
    });
  });

  test("without a plan, tasks are of the current one", async () => {
    const { plans, disk } = repository();
    disk.set(".claude/current-plan.txt", CORE);
    expect((await plans("tick", "0.1", "VERIFY 0")).code).toBe(0);
    expect(disk.get(CORE)).toContain("- [x] 0.1");
    expect(disk.get(CORE)).toContain("- [x] The schema loads");
    expect((await plans("tick", "core")).stderr).toContain("No task was named.");
  });
});

describe("tasks that are added", () => {
  test("to Spec Kit's in a phase of their own, to S4's at the end of a phase; no other byte changes", async () => {
    const { plans, disk, json } = repository();
    const [albums, core] = [disk.get(ALBUMS) ?? "", disk.get(CORE) ?? ""];
    const added = await plans("append", "001", "[P] Test sharing in `test/share.test.ts`", "Undo");
    expect(added).toMatchObject({ code: 0, stderr: "" });
    expect(added.stdout).toBe(
      `${ALBUMS}:25\n  + ## Phase 5: Convergence\n` +
        "  + - [ ] T009 [P] Test sharing in `test/share.test.ts`\n  + - [ ] T010 Undo\n",
    );
    const more =
      "\n## Phase 5: Convergence\n\n- [ ] T009 [P] Test sharing in `test/share.test.ts`\n- [ ] T010 Undo\n";
    expect(disk.get(ALBUMS)).toBe(albums + more);
    const answer = (await json("append", "core", "Read GIF headers", "--phase", "1")) as unknown;
    expect(answer).toMatchObject({
      plan: { file: CORE },
      tasks: [{ key: "1.5", text: "Read GIF headers", state: "open", phase: "1" }],
      lines: [{ file: CORE, line: 25, text: "- [ ] 1.5 Read GIF headers" }],
    });
    const last = "its progress [30m]\n";
    expect(disk.get(CORE)).toBe(core.replace(last, `${last}- [ ] 1.5 Read GIF headers\n`));
    expect(keys(await json("progress", "core"))).toContain("1.5");
  });

  test.each([
    [["core", "x"], "PLAN_EDIT_REFUSED", "to which phase"],
    [["core", "x", "--phase", "9"], "PLAN_TASK_UNKNOWN", "no phase 9"],
    [["001", "x", "--phase", "1"], "PLAN_EDIT_REFUSED", "Name no phase"],
    [["001", "x", "two\nlines"], "PLAN_EDIT_REFUSED", "one line"],
    [["core", "see <!-- what", "--phase", "1"], "PLAN_EDIT_REFUSED", "read otherwise"],
    [["nowhere", "x"], "PLAN_NOT_FOUND", "no plan nowhere"],
  ])("%j is refused, and no byte changes: %s", async (args, code, words) => {
    const { plans, disk } = repository();
    disk.set(CORE, `${fixture("core.md")}\n<!-- a comment -->\n`);
    const before = new Map(disk);
    const refused = await plans("append", ...args);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(`error ${code}: `);
    expect(refused.stderr.replace(/\s+/g, " ")).toContain(words);
    expect(disk).toEqual(before);
  });

  test("to the tasks.md beside the tasks.execution.yaml that was named", async () => {
    const { plans, disk } = repository();
    const yaml = "specs/001-albums/tasks.execution.yaml";
    const text = "phases:\n  - id: phase-1\n    tasks:\n      - id: T001\n";
    disk.set(yaml, text);
    expect(await plans("append", yaml, "Undo")).toMatchObject({ code: 0, stderr: "" });
    expect(disk.get(ALBUMS)).toContain("- [ ] T009 Undo");
    expect(disk.get(yaml)).toBe(text);
    disk.delete(ALBUMS);
    expect((await plans("append", yaml, "Undo")).stderr).toContain("is no Markdown");
  });
});

const boxes = (...marks: readonly string[]) =>
  marks.map((mark, at) => `- [${mark}] CHK00${at + 1} Is ${at} said? [Gap]`).join("\n");

describe("checklists of a feature", () => {
  const folder = "specs/001-albums/checklists";
  const listed = (ux: string) => {
    const made = repository();
    made.disk.set(`${folder}/ux.md`, `# UX Checklist: Albums\n\n${ux}\n`);
    made.disk.set(`${folder}/api.md`, `# API\n\n${boxes("X")}\n`);
    made.disk.set(`${folder}/old/x.md`, boxes(" "));
    made.disk.set("specs/002-other/checklists/x.md", boxes(" "));
    return made;
  };

  test("open boxes are counted by status and next, and named with their places by validate", async () => {
    const { plans, json } = listed(boxes(" ", "x", " "));
    const open = "2 of 3 boxes open in ux.md";
    expect((await plans("status", "001")).stdout).toContain(` checklists  ${open}\n`);
    const next = (await plans("next", "001")).stdout;
    expect(next).toContain(` checklists: ${open}; /speckit.implement asks first\n`);
    const found = [
      { file: `${folder}/api.md`, items: 1, open: [] },
      {
        file: `${folder}/ux.md`,
        title: "UX checklist: Albums",
        items: 3,
        open: ["CHK001", "CHK003"],
      },
    ];
    for (const command of ["status", "next"])
      expect((await json(command, "001")) as unknown).toMatchObject({ checklists: found });
    const { stdout, code } = await plans("validate", "001");
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      `note PLAN_CHECKLIST_OPEN ×2 The box of CHK001 is open: Is 0 said? [Gap] at ${folder}/ux.md:3:1, ${folder}/ux.md:5:1`,
    );
    expect((await json("status", "core")) as unknown).toMatchObject({ checklists: [] });
  });

  test("what is ticked off holds nothing up", async () => {
    const { plans } = listed(boxes("x"));
    expect((await plans("status", "001")).stdout).toContain(" checklists  all boxes ticked\n");
    expect((await plans("next", "001")).stdout).not.toContain("checklists");
    expect((await plans("validate", "001")).stdout).not.toContain("CHECKLIST");
  });
});

const phaseFile = (number: number) => `prd-workspace/shop/phase-${number}-x.md`;
const phaseText = (number: number, ...criteria: readonly string[]) =>
  [
    `# Phase ${number}: Part ${number}\n`,
    `- [ ] **Task ${number}.1**: Write \`a${number}.ts\``,
    `- [ ] **Task ${number}.2**: Write \`b${number}.ts\`\n`,
    "## Success Criteria\n",
    ...criteria.map((words) => `- [ ] ${words}`),
    "",
  ].join("\n");

describe("conflicts by history", () => {
  const together = [
    ...Array.from({ length: 9 }, () => ["src/store.ts", "src/mail.ts"]),
    ["src/store.ts"],
    ["docs/a.md", "src/mail.ts"],
  ];
  const around = { variables: {}, branch: undefined, async *changes() {} };
  /** Nothing orders the two; each names one of the files. */
  const plan = tasks(
    "- [ ] T001 [P] Change `src/store.ts`",
    "- [ ] T002 [P] Change `src/mail.ts`",
    "- [ ] T003 [P] Change `src/other.ts`",
  );

  test("tasks that change files which change together are guesses, with the figures", async () => {
    const { plans, json, disk } = repository({ ...around, commits: ok(together) });
    disk.set(ALBUMS, plan);
    const { stdout } = await plans("conflicts", ALBUMS, "--history");
    expect(stdout).toBe(golden("plans-conflicts-history.txt", stdout));
    const answer = (await json("conflicts", ALBUMS, "--history")) as unknown;
    expect(answer).toMatchObject({
      conflicts: { writeWrite: 0, readWrite: 0, contentions: [] },
      history: {
        commits: 11,
        problem: null,
        likely: [
          {
            task: "T001",
            writer: "T002",
            rule: { from: "src/store.ts", to: "src/mail.ts", together: 9, changes: 10 },
          },
        ],
      },
    });
    expect((await json("conflicts", ALBUMS)) as unknown).toMatchObject({ history: null });
    expect((await plans("conflicts", ALBUMS, "--history", "--format=markers")).stdout).toBe(
      "[HISTORY] tasks=T001,T002 changes=src/store.ts mostly_with=src/mail.ts together=9 of=10\n" +
        "[CONFLICTS] write_write=0 read_write=0 complete=true\n",
    );
  });

  test("without commits it says why, and the rest all the same", async () => {
    const { plans } = repository({ ...around, commits: err("git is not installed") });
    const { stdout, code } = await plans("conflicts", ALBUMS, "--history");
    expect(code).toBe(0);
    expect(stdout).toContain("The history can't be asked: git is not installed.");
    expect(stdout).toContain("T005 × T006");
  });
});

test("patterns that hold more than is followed: it says that there may be more conflicts", async () => {
  const { plans, disk } = repository();
  const lines = Array.from(
    { length: 1_500 },
    (_, index) =>
      `- [ ] T${index + 1000} [P] Change \`src/**/*${index}.ts\` and \`src/a${index}.ts\``,
  );
  disk.set(ALBUMS, tasks(...lines));
  expect((await plans("conflicts", ALBUMS)).stdout).toContain("there may be further conflicts");
  expect((await plans("conflicts", ALBUMS, "--format=markers")).stdout).toContain("complete=false");
});

describe("plans of several files", () => {
  test("boxes are marked in whichever file they are, all or none", async () => {
    const { plans, disk } = repository();
    disk.set(phaseFile(1), phaseText(1, "One holds"));
    disk.set(phaseFile(2), phaseText(2, "Two holds"));
    const marked = await plans("tick", phaseFile(1), "1.1", "2.2", "VERIFY 2");
    expect(marked).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^(?:Warning: \S.* is ticked before .*\n)*$/),
    });
    expect(marked.stdout).toContain("Write `b2.ts`");
    expect(disk.get(phaseFile(1))).toBe(
      phaseText(1, "One holds").replace("[ ] **Task 1.1", "[x] **Task 1.1"),
    );
    const second = phaseText(2, "Two holds").replace("[ ] **Task 2.2", "[x] **Task 2.2");
    expect(disk.get(phaseFile(2))).toBe(second.replace("[ ] Two", "[x] Two"));
    const refused = await plans("tick", phaseFile(1), "2.1", "3.1");
    expect(refused.stderr).toContain("PLAN_TASK_UNKNOWN");
    expect(disk.get(phaseFile(2))).not.toContain("[x] **Task 2.1");
  });

  test("a phase that a tracker and its own file tell of has its boxes in both", async () => {
    const { plans, disk } = repository();
    const tracker = "prd-workspace/shop/prd-tracker.md";
    const text = "# PRD\n\n## Phase 1: Part 1\n\n### Success Criteria\n\n- [ ] All hold\n";
    disk.set(tracker, text);
    disk.set(phaseFile(1), phaseText(1, "One holds"));
    const ticked = await plans("tick", tracker, "1.2", "VERIFY 1", "VERIFY 1#2");
    expect(ticked).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^(?:Warning: \S.* is ticked before .*\n)*$/),
    });
    expect(disk.get(tracker)).toBe(text.replace("[ ]", "[x]"));
    const own = phaseText(1, "One holds").replace("[ ] **Task 1.2", "[x] **Task 1.2");
    expect(disk.get(phaseFile(1))).toBe(own.replace("[ ] One", "[x] One"));
    expect((await plans("why", tracker, "1.1")).stdout).toContain(`${phaseFile(1)}:3`);
  });

  test("a tasks.execution.yaml has the boxes of the tasks.md beside it", async () => {
    const { plans, disk } = repository();
    const yaml = "specs/001-albums/tasks.execution.yaml";
    const text = "phases:\n  - id: phase-1\n    tasks:\n      - id: T001\n";
    disk.set(yaml, text);
    expect(await plans("tick", yaml, "T004")).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^(?:Warning: \S.* is ticked before .*\n)*$/),
    });
    expect(disk.get(ALBUMS)).toMatch(/^- \[x\] T004/m);
    expect(disk.get(yaml)).toBe(text);
  });
});

describe("next", () => {
  test("gives no two that write one file or belong to one group, and says what was passed over", async () => {
    const { plans, json } = repository();
    await plans("tick", "core", "0.1", "VERIFY 0");
    const answer = await json("next", "9", "core");
    expect(keys(answer).toSorted()).toEqual(["1.1", "1.2"]);
    expect(answer).toMatchObject({
      passedOver: expect.arrayContaining([
        expect.objectContaining({
          key: "1.4",
          because: "conflict",
          beside: "1.1",
          over: "src/import/folder.ts",
        }),
      ]),
    });
  });

  test("by dag, phases in order are no edges: not for ranks, the critical path, what is done, nor for deps and why", async () => {
    const { json } = repository();
    const answer = async <T>(...args: readonly string[]) => (await json(...args)) as unknown as T;
    interface Next {
      readonly tasks: readonly { readonly after: readonly string[] }[];
    }
    interface Deps {
      readonly dependencies: {
        readonly total: number;
        readonly phases: readonly { readonly origin: string }[];
      };
      readonly criticalMinutes: number;
    }
    const { tasks: ready } = await answer<Next>("next", "9", "core", "--rule", "dag");
    expect(ready.length).toBeGreaterThan(2);
    expect(ready.flatMap(({ after }) => after)).toEqual([]);
    const all = await answer<Deps>("deps", "core");
    const dag = await answer<Deps>("deps", "core", "--rule", "dag");
    expect(all.dependencies.phases).toEqual([{ origin: "barrier", count: 2 }]);
    expect(dag).toMatchObject({ rule: "dag", dependencies: { phases: [] } });
    expect(dag.dependencies.total).toBe(all.dependencies.total);
    expect(await json("validate", "core")).toMatchObject({ dependencies: all.dependencies.total });
    expect(dag.criticalMinutes).toBeLessThan(all.criticalMinutes);
    expect(await json("why", "core", "2.2")).toMatchObject({ rule: "barriers", verdict: "waits" });
    expect(await json("why", "core", "2.2", "--rule", "dag")).toMatchObject({
      rule: "dag",
      verdict: "ready",
      edges: [],
    });
  });

  test("a rule opens phases; a running task keeps others back", async () => {
    const { plans, json } = repository();
    await plans("tick", "core", "0.1", "VERIFY 0");
    expect(keys(await json("next", "9", "core", "--rule", "dag"))).toContain("2.2");
    await plans("start", "core", "1.1");
    expect(keys(await json("next", "9", "core"))).not.toContain("1.4");
    expect((await plans("why", "core", "1.4")).stdout).toContain(
      "1.1 changes src/import/folder.ts",
    );
  });
});

test("deps --inferred shows the guessed edges alone, in every form, also those that others imply", async () => {
  const { plans, disk } = repository();
  disk.set(
    ALBUMS,
    tasks(
      "- [ ] T001 Define the types",
      "- [ ] T002 Write albums (depends on T001)",
      "- [ ] T003 Show albums (depends on T002)",
      "- [ ] T004 Not joined",
      "",
      "## Notes",
      "",
      "- T003 after types complete",
    ),
  );
  const shown = async (...args: readonly string[]) =>
    (await plans("deps", ALBUMS, "--inferred", ...args)).stdout;
  expect(await shown()).toMatch(/^ T001 +\S+ T003 +inferred +\S+:12:8 .+\n$/);
  const { edges } = JSON.parse(await shown("--json")) as { readonly edges: readonly unknown[] };
  expect(edges).toMatchObject([{ dependency: "T001", dependent: "T003", redundant: true }]);
  expect((await shown("--format", "markers")).match(/^\[EDGE\].*$/gm)).toEqual([
    expect.stringMatching(/from=T001 to=T003 origin=inferred/),
  ]);
  for (const [form, arrow] of [
    ["--mermaid", /n1 -\.-> n2/g],
    ["--dot", /n1 -> n2 \[.*style=dashed/g],
  ] as const) {
    const drawn = await shown(form);
    expect(drawn.match(/-.?-?>/g)).toHaveLength(1);
    expect(drawn).toMatch(arrow);
    expect(drawn).not.toMatch(/Write albums|T004/);
  }
});

test("what the original tool prints, to the byte", async () => {
  const { plans } = repository();
  const { stdout } = await plans("next", "2", "core", "--like-original=seed");
  expect(JSON.parse(stdout)).toMatchObject({ count: 1, tasks: [{ id: "0.1", phase: 0 }] });
  expect((await plans("status", "--like-original", "core")).stdout).toContain('"planName"');
  expect((await plans("status", "core", "--like-original", "--watch")).code).toBe(2);
});

test("watching shows what is new, and ends when nothing is left to do", async () => {
  const rest = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3"];
  const around = {
    variables: {},
    branch: undefined,
    async *changes(disk: Map<string, string>) {
      const tick = (id: string) =>
        disk.set(CORE, (disk.get(CORE) ?? "").replace(`- [ ] ${id}`, `- [x] ${id}`));
      tick("0.1");
      yield;
      yield;
      disk.delete(CORE);
      yield;
      disk.set(CORE, fixture("core.md"));
      for (const id of ["0.1", ...rest]) tick(id);
      yield;
    },
  };
  const { code, stdout, stderr } = await repository(around).plans(
    "progress",
    CORE,
    "--watch",
    "--format=markers",
  );
  expect(code).toBe(0);
  expect(stderr).toBe(`PLAN_NOT_FOUND: There is no plan ${CORE}.\n`);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.filter((line) => line.includes("task=0.1"))).toEqual([
    "[PROGRESS] task=0.1 status=completed",
  ]);
  expect(lines).toContain("[PROGRESS] plan status=completed percent=100");
});

test("watching on a terminal draws over the last picture", async () => {
  const around = {
    variables: {},
    branch: undefined,
    async *changes(disk: Map<string, string>) {
      disk.set(ALBUMS, (disk.get(ALBUMS) ?? "").replace(/\[[ !]\] T/g, "[x] T"));
      yield;
    },
  };
  const { run, disk } = createHarness(undefined, around);
  disk.set(ALBUMS, fixture("albums-tasks.md"));
  const { code, stdout } = await run(["plans", "progress", "--watch"], { tty: true });
  expect(code).toBe(0);
  expect(stdout).toContain("\u001B[2A\r");
  expect(stdout).toContain("8 of 8 done (100 %)");
  expect(stdout.endsWith("\u001B[?25h")).toBe(true);
});

describe("hostile and broken plans", () => {
  test.each([
    ["one in a circle", waiting(1), "PLAN_SELF_DEPENDENCY"],
    ["two in a circle", waiting(2, 1), "PLAN_CYCLE"],
    [
      "a long circle",
      waiting(...Array.from({ length: 2_000 }, (_, index) => ((index + 1) % 2_000) + 1)),
      "PLAN_CYCLE",
    ],
    ["no plan at all", "just words\n", "PLAN_NOT_A_PLAN"],
  ])("%s: an error with its place, and exit code 1", async (_, text, code) => {
    const { run, disk } = createHarness();
    disk.set(CORE, text);
    const { code: exit, stdout } = await run(["plans", "validate", CORE]);
    expect(exit).toBe(1);
    expect(stdout).toContain(`error ${code}`);
    expect(stdout).toContain(`at ${CORE}:`);
    expect(stdout).toContain("hint: ");
  });

  test("ids like __proto__ and ../x, marks that turn text, escapes: nothing of it acts", async () => {
    const { run, disk } = createHarness();
    const text = tasks(
      "- [ ] T001 a\u202Egnp.exe\u001B[2J `src/__proto__.ts`",
      "- [ ] __proto__ b",
      "- [ ] ../x c",
    );
    disk.set(ALBUMS, text);
    for (const command of [
      "status",
      "next",
      "phases",
      "deps",
      "validate",
      "conflicts",
      "progress",
    ]) {
      const { stdout } = await run(["plans", command, ALBUMS]);
      for (const mark of ["\u202E", "\u001B"]) expect(stdout).not.toContain(mark);
    }
    expect((await run(["plans", "tick", ALBUMS, "__proto__"])).code).toBe(1);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(disk.get(ALBUMS)).toBe(text);
  });

  test("a status file that ends too early is an error of its own, and is never written over, and nothing is offered again", async () => {
    const { plans, disk, json } = repository();
    await plans("start", "core", "0.1");
    const half = (disk.get(STATUS) ?? "").slice(0, 200);
    disk.set(STATUS, half);
    const status = await plans("status", "core");
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringContaining("error PLAN_STATUS_DAMAGED"),
    ]);
    expect((await json("status", "core"))["next"]).toEqual([]);
    expect((await plans("why", "core", "0.1")).stdout).toContain("error PLAN_STATUS_DAMAGED");
    const next = await plans("next", "2", "core");
    expect([next.code, next.stdout]).toEqual([1, ""]);
    expect(next.stderr).toMatch(/error PLAN_STATUS_DAMAGED[^]*hint: /);
    const { code, stdout } = await plans("validate", "core");
    expect([code, stdout]).toEqual([1, expect.stringContaining("error PLAN_STATUS_DAMAGED")]);
    expect((await plans("fail", "core", "0.1")).stderr).toContain("PLAN_STATUS_DAMAGED");
    expect(disk.get(STATUS)).toBe(half);
  });

  test("circles and ids that are not there hold nothing back, and why and next say so", async () => {
    const { plans, disk, json } = repository();
    disk.set(
      CORE,
      tasks(
        "- [ ] 1.6 x (depends: 1.7)",
        "- [ ] 1.7 x (depends: 1.6)",
        "- [ ] 1.8 x (depends: 9.9)",
      ).replace("# Tasks", "# Implementation Plan"),
    );
    const { stdout } = await plans("why", "core", "1.6");
    expect(stdout).toMatch(/1\.6 is part of a circle: it is said to wait for 1\.7[^]*core\.md:5:/);
    expect(stdout).toContain("It waits for nothing else.");
    const unknown = await plans("why", "core", "1.8");
    expect(unknown.stdout).toMatch(/1\.8 waits for 9\.9, which is not in the plan[^]*core\.md:7:/);
    const next: readonly { readonly key: string; readonly doubts: readonly object[] }[] =
      (await json("next", "9", "core"))["tasks"] ?? [];
    expect(next.map(({ key, doubts }) => [key, doubts])).toEqual([
      ["1.6", [expect.objectContaining({ kind: "circle" })]],
      ["1.8", [expect.objectContaining({ kind: "unknown" })]],
    ]);
    const said = (await plans("next", "9", "core")).stdout;
    expect(said).toContain("part of a circle");
    expect(said).toContain("which is not in the plan");
    expect((await plans("next", "9", "core", "--format", "markers")).stdout).toContain("DOUBT");
  });

  test("many problems of one kind are one line with their count; --all shows each", async () => {
    const { plans, disk } = repository();
    disk.set(
      CORE,
      `# Implementation Plan: X\n\n## Phase 1: A\n\n${Array.from({ length: 30 }, (_, i) => `- [ ] 1.${i + 1} x (depends: 9.${i + 1})`).join("\n")}\n`,
    );
    const { stdout } = await plans("validate", "core");
    expect(stdout).toMatch(/ ×30\n/);
    expect(stdout).toContain("and 27 more");
    const all = await plans("validate", "core", "--all");
    expect(all.stdout).toContain(`${CORE}:34:`);
  });
});

const record = (id: string, description: string) => ({ id, description, status: "completed" });
const withRecords = (...records: readonly object[]) => {
  const made = repository();
  made.disk.set(
    CORE,
    "# Core\n\n## Phase 1: A\n\n- [ ] 1.1 Read the folder\n- [ ] 1.2 Write the index\n- [ ] **VERIFY 1**: It is there\n",
  );
  made.disk.set(STATUS, JSON.stringify({ planPath: CORE, tasks: records }));
  return made;
};

describe("a status file that went apart from its plan", () => {
  test("a check recorded as a task is done: a finished plan shows finished", async () => {
    const { json } = withRecords(
      record("1.1", "1.1 Read the folder"),
      record("1.2", "1.2 Write the index"),
      record("1.3", "**VERIFY 1**: It is there"),
    );
    expect(await json("status", "core")).toMatchObject({
      tally: { tasks: 3, done: 3, percent: 100 },
      problems: { errors: 0, warnings: 0 },
    });
  });

  test("states of another version of the plan are shown, and said to be", async () => {
    const { json, plans } = withRecords(record("1.1", "Bake bread"), record("1.2", "Buy flour"));
    expect(await json("status", "core")).toMatchObject({
      plan: { statusDiffers: { records: 2, differing: 2 } },
      tally: { done: 2 },
      problems: { errors: 1 },
    });
    for (const command of ["status", "next", "progress"])
      expect((await plans(command, "core")).stdout).toContain("another version of this plan");
    const validated = await plans("validate", "core");
    expect(validated.code).toBe(1);
    expect(validated.stdout).toContain("PLAN_STATUS_OTHER_VERSION");
  });
});

test("a share counts what is skipped, and says so; no tasks are no share", async () => {
  const { disk, plans } = repository();
  disk.set(CORE, `# C\n\n## Phase 1: A\n\n- [x] 1.1 a\n- [-] 1.2 b\n- [ ] 1.3 c\n`);
  expect((await plans("status", "core")).stdout).toContain(" 1 done, 1 skipped of 3 (66 %)");
  disk.set(CORE, "# Implementation Plan: C\n\n## Phase 1: A\n\nNothing yet.\n");
  const { stdout } = await plans("status", CORE);
  expect(stdout).toContain("no tasks");
  expect(stdout).not.toContain("100 %");
});

describe("what is done all the same, and warned of", () => {
  test("a task ahead of what it waits for", async () => {
    const { plans, json } = repository();
    const started = await plans("start", "core", "1.1");
    expect(started).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Warning: 1\.1 is started before .*VERIFY 0/),
    });
    expect((await json("tick", "core", "2.3"))["warnings"]).toEqual([
      expect.stringMatching(/2\.3 is ticked before .*2\.1/),
    ]);
    // What is ticked together, or already was so, is no mistake.
    expect((await plans("tick", "core", "2.3")).stderr).toBe("");
    const together = repository();
    expect((await together.plans("tick", "core", "0.1", "VERIFY 0", "1.1")).stderr).toBe("");
  });

  test("words that are kept nowhere; a plan of S4 gets a status file for them", async () => {
    const { plans, disk } = repository();
    expect((await plans("fail", ALBUMS, "T002", "--error", "no disk")).stderr).toMatch(
      /--error says is kept nowhere for T002/,
    );
    expect((await plans("tick", "core", "0.1", "--notes", "by hand")).stderr).toBe("");
    expect(disk.get(STATUS)).toContain('"by hand"');
    expect((await plans("tick", "core", "0.1", "--notes", "again")).stderr).toContain("--notes");
  });
});

test("the original is not asked about files that it can't read", async () => {
  const { plans } = repository();
  const asked = await plans("status", ALBUMS, "--like-original");
  expect(asked).toMatchObject({ code: 2, stdout: "" });
  expect(asked.stderr).toContain("leave out --like-original");
});

test("a plan that is called by a number is named by its path", async () => {
  const { plans } = repository();
  const asked = await plans("next", "8", "12");
  expect(asked.code).toBe(2);
  expect(asked.stderr.replaceAll(/\s+/g, " ")).toMatch(/by its path: .*next 8 docs\/plans\/12\.md/);
});

const finishedBut = (mark: string) =>
  `# Implementation Plan: C\n\n## Phase 1: A\n\n- [x] 1.1 a\n\n## Success Criteria\n\n- [${mark}] It works\n`;

test("when all tasks are done, what is still to be verified is said", async () => {
  const { disk, plans } = repository();
  disk.set(CORE, finishedBut(" "));
  const { stdout } = await plans("next", "core");
  expect(stdout).toContain("All tasks are done; what is left is to be verified.");
  expect(stdout).not.toContain("Nothing is left");
  disk.set(CORE, finishedBut("x"));
  expect((await plans("next", "core")).stdout).toContain("Nothing is left to do.");
});

test("boxes with ids under a verification are its boxes", async () => {
  const { disk, plans } = repository();
  disk.set(
    CORE,
    "# Implementation Plan: C\n\n## Phase 3: A\n\n- [x] 3.1 a\n\n**VERIFY Phase 3:**\n- [x] 3.2 It holds\n- [ ] 3.3 All of it\n\n## Phase 4: B\n\n- [ ] 4.1 b\n",
  );
  const { stdout } = await plans("phases", "core");
  expect(stdout).toContain("VERIFY 3: 1 of 2 criteria ticked");
  expect(stdout).not.toContain("no boxes");
});
