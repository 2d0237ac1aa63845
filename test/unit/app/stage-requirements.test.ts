/** What a stage must find beside the specification (PR-02), without a database: the tasks, wherever they are. */
import { expect, test } from "vitest";
import { requirementsOf } from "../../../src/app/stage-requirements.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";

const FOLDER = "specs/001-lend";
const NOBODY_APPROVES = PREPARATION.requires.map((one) => ({ ...one, approvedBy: null }));

async function unmet(disk: Readonly<Record<string, string>>) {
  const memory = createMemoryFiles();
  for (const [name, text] of Object.entries(disk)) memory.disk.set(`${FOLDER}/${name}`, text);
  const engine = createMemoryEngine({ store: createMemoryStore() });
  const { problems, found } = await requirementsOf(
    { ...memory, engine: async () => engine },
    { ...PREPARATION, requires: NOBODY_APPROVES },
    { file: `${FOLDER}/spec.md`, digest: "d", text: "", spec: {} as never, diagnostics: [] },
  );
  return {
    problems: problems.map(({ code, message, hint }) => `${code} ${message} ${hint}`),
    found: found.map(({ path }) => path.slice(FOLDER.length + 1)),
  };
}

const PLAN = { "plan.md": "# Plan\n", "planning-summary.md": "# Summary\n" };

test.each([
  ["plan.md", { "plan.md": "# Plan\n\n- [ ] 1.1 Reserve (FR-001)\n" }],
  ["tasks.md", { "tasks.md": "- [x] T001 Reserve\n" }],
  ["checklist.md", { "checklist.md": "* [ ] Reserve\n" }],
  ["checklists/requirements.md", { "checklists/requirements.md": "- [ ] CHK001 Reserve\n" }],
])("tasks can stand in %s", async (name, texts) => {
  const { problems, found } = await unmet({ ...PLAN, ...texts });
  expect(problems).toEqual([]);
  expect(found).toContain(name);
});

test("without a task anywhere, it is said what is missing and how to get it", async () => {
  expect((await unmet({ ...PLAN, "tasks.md": "# Tasks\n\nNone yet: [ ]\n" })).problems).toEqual([
    "INPUT_MISSING No task is there: none of tasks.md, checklist.md, checklists/requirements.md, plan.md has one. Write the tasks into plan.md (`- [ ] 1.1 …`) and approve it, or add a tasks.md or checklist.md.",
  ]);
});

test("where the plan itself is missing, its tasks are not asked for besides", async () => {
  const { problems } = await unmet({});
  expect(problems.map((problem) => problem.slice(0, 42))).toEqual([
    "INPUT_MISSING plan.md is missing next to t",
    "INPUT_MISSING planning-summary.md is missi",
  ]);
});
