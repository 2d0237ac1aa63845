/** How tasks stand is written into the right places of their plans, whatever is done to these meanwhile; or the run does not end (PX-08). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ReadPlans } from "../../../src/app/plans/read-plans.ts";
import { markTogether } from "../../../src/app/execution/mark-together.ts";
import { WavegateError } from "../../../src/core/error.ts";
import { err } from "../../../src/core/result.ts";
import { createMemoryPlanFiles } from "../../../src/testing/memory-plan-files.ts";
import { eventsOf, ofType, planWorld, started, type Deed } from "./plan-world.ts";

const FILE = "docs/plans/core.md";
const STATUS = "docs/plan-outputs/core/status.json";

const planOf = (...tasks: readonly string[]): string =>
  `# Implementation Plan: Core\n\n## Phase 1: All\n\n${tasks.map((task) => `- [ ] ${task}\n`).join("")}`;

/** The word that a task is known by. */
const titleIn = (prompt: string) => /^# Task \S+: (\w+)/m.exec(prompt)?.[1] ?? "?";

const recordsOf = (...descriptions: readonly string[]) => ({
  planPath: FILE,
  planName: "core",
  tasks: descriptions.map((description, index) => ({
    id: `1.${index + 1}`,
    phase: "Phase 1: All",
    description,
    status: "pending",
  })),
});

test.each([
  ["in boxes alone", {}],
  ["in a status file, too", { [STATUS]: JSON.stringify(recordsOf("Read", "Sort", "Draw")) }],
])(
  "a task that is put in before one at work gets neither its tick nor its place: %s",
  async (_where, more) => {
    const disk = new Map<string, string>([
      [FILE, planOf("1.1 Read", "1.2 Sort (depends on 1.1)", "1.3 Draw (depends on 1.2)")],
      ...Object.entries(more),
    ]);
    const done: string[] = [];
    const world = planWorld({
      plans: { [FILE]: disk.get(FILE) ?? "" },
      disk,
      deeds: Object.fromEntries(
        ["1.1", "1.2", "1.3", "1.4"].map((key) => [
          key,
          (tree, { prompt }) => {
            const title = titleIn(prompt);
            done.push(title);
            tree.set(`${title}.txt`, "x");
            const text = disk.get(FILE) ?? "";
            if (title === "Read")
              disk.set(
                FILE,
                text
                  .replace("1.3 Draw (depends on 1.2)", "1.4 Draw (depends on 1.3)")
                  .replace("1.2 Sort (depends on 1.1)", "1.3 Sort (depends on 1.2)")
                  .replace(/- \[.\] 1\.1 Read/, "- [ ] 1.1 Check\n- [ ] 1.2 Read"),
              );
          },
        ]),
      ),
    });
    const engine = await started(world);
    expect(await engine.settled("run-1")).toMatchObject({
      status: "completed",
      output: { done: 4 },
    });
    expect(done.toSorted()).toEqual(["Check", "Draw", "Read", "Sort"]);
    expect(disk.get(FILE)?.match(/- \[.\] \S+ \w+/g)).toEqual([
      "- [x] 1.1 Check",
      "- [x] 1.2 Read",
      "- [x] 1.3 Sort",
      "- [x] 1.4 Draw",
    ]);
  },
);

const full = new WavegateError("DISK_FULL", `No space left to write ${FILE}.`, {
  hint: "Free some space.",
});

test("what can't be written is written when it can; at the end a person is asked to mend what keeps it from that", async () => {
  let isFull = true;
  const text = planOf("1.1 A", "1.2 B (depends on 1.1)", "1.3 C (depends on 1.2)");
  const world = planWorld({
    plans: { [FILE]: text },
    planFiles: (files) => ({
      ...files,
      change: async (change) => (isFull ? err(full) : files.change(change)),
    }),
  });
  const engine = await started(world);
  const held = await engine.settled("run-1");
  expect(held).toMatchObject({
    wait: { kind: "hold", info: { code: "DISK_FULL", hint: expect.stringContaining("resume") } },
  });
  expect(world.disk.get(FILE)).toBe(text);
  isFull = false;
  await engine.tell("run-1", { key: "on", value: { kind: "resume", by: "ann" } });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  expect(world.disk.get(FILE)).toBe(text.replaceAll("[ ]", "[x]"));
  const told = ofType(await eventsOf(engine), "plan-marked").map(({ tasks, problem }) => [
    ...tasks,
    problem?.slice(0, 9) ?? "",
  ]);
  expect(told).toEqual([
    ["1.1", "DISK_FULL"],
    ["1.2", "DISK_FULL"],
    ["1.3", "DISK_FULL"],
    ["1.1", "1.2", "1.3", ""],
  ]);
  expect(world.requests).toHaveLength(3);
});

test("a plan that is away for a while has all its ticks when it is back", async () => {
  const text = planOf("1.1 A", "1.2 B (depends on 1.1)", "1.3 C (depends on 1.2)");
  const world = planWorld({
    plans: { [FILE]: text },
    deeds: {
      "1.1": (tree) => (tree.set("a", "x"), void world.disk.delete(FILE)),
      "1.3": (tree) => (tree.set("c", "x"), void world.disk.set(FILE, text)),
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  expect(world.disk.get(FILE)).toBe(text.replaceAll("[ ]", "[x]"));
});

test("ticks that an editor undoes by saving what it had read are made again; but of what was put in other words", async () => {
  const text = planOf("1.1 A", "1.2 B (depends on 1.1)", "1.3 C (depends on 1.2)");
  const world = planWorld({
    plans: { [FILE]: text },
    deeds: {
      "1.3": (tree) => (
        tree.set("c", "x"),
        void world.disk.set(FILE, text.replace("1.2 B", "1.2 B, well"))
      ),
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  expect(world.disk.get(FILE)?.match(/- \[.\] \S+ \w/g)).toEqual([
    "- [x] 1.1 A",
    "- [ ] 1.2 B",
    "- [x] 1.3 C",
  ]);
});

test("ticks of a verification are made again, too, unless it has other criteria", async () => {
  const text = `${planOf("1.1 A")}\n**VERIFY Phase 1**:\n- [ ] It reads well\n\n## Phase 2: More\n\n- [ ] 2.1 B\n\n**VERIFY Phase 2**:\n- [ ] It is well\n\n## Phase 3: Last\n\n- [ ] 3.1 C\n`;
  const world = planWorld({
    plans: { [FILE]: text },
    deeds: {
      "3.1": (tree) => (
        tree.set("c", "x"),
        void world.disk.set(FILE, text.replace("It is well", "It is good"))
      ),
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 5 } });
  expect(world.disk.get(FILE)?.match(/- \[.\] .*/g)).toEqual([
    "- [x] 1.1 A",
    "- [x] It reads well",
    "- [x] 2.1 B",
    "- [ ] It is good",
    "- [x] 3.1 C",
  ]);
});

/** What a person does to the plan while the task that is begun as the n-th is at work; `at` and `of` choose where and what. */
const anyEdit = fc.record({
  when: fc.integer({ min: 1, max: 8 }),
  what: fc.constantFrom("insert", "remove", "tick", "swap"),
  at: fc.nat(9),
});
type Edit = typeof anyEdit extends fc.Arbitrary<infer E> ? E : never;

const LINE = /^- \[(.)\] \S+ (\w+)$/gm;
const linesOf = (text: string) =>
  [...text.matchAll(LINE)].map(([, box = "", title = ""]) => ({ box, title }));
const numbered = (lines: ReturnType<typeof linesOf>) =>
  `# Implementation Plan: Core\n\n## Phase 1: All\n\n${lines.map(({ box, title }, index) => `- [${box}] 1.${index + 1} ${title}\n`).join("")}`;

function edited(text: string, { what, at }: Edit, ticked: Set<string>, fresh: string): string {
  const lines = linesOf(text);
  const index = at % Math.max(1, lines.length);
  const own = lines[index];
  if (what === "insert" || !own) lines.splice(index, 0, { box: " ", title: fresh });
  else if (what === "remove" && lines.length > 1) lines.splice(index, 1);
  else if (what === "swap") lines.push(...lines.splice(index, 1));
  else if (what === "tick" && own.box === " ") {
    lines[index] = { box: "x", title: own.title };
    ticked.add(own.title);
  }
  return numbered(lines);
}

test("whatever is put in, taken out, moved, renumbered and ticked: all that the plan has in the end is done, once, and ticked", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 6 }), async (edits) => {
      const text = numbered(["A", "B", "C", "D", "E"].map((title) => ({ box: " ", title })));
      const disk = new Map([[FILE, text]]);
      const ticked = new Set<string>();
      const done: string[] = [];
      const deed: Deed = (tree, { prompt }) => {
        const title = titleIn(prompt);
        done.push(title);
        tree.set(`${title}.txt`, "x");
        for (const [index, edit] of edits.entries())
          if (edit.when === done.length)
            disk.set(FILE, edited(disk.get(FILE) ?? "", edit, ticked, `N${index}`));
      };
      const keys = Array.from({ length: 20 }, (_, index) => `1.${index + 1}`);
      const world = planWorld({
        plans: { [FILE]: text },
        disk,
        deeds: Object.fromEntries(keys.map((key) => [key, deed])),
        input: { limits: { workers: 2 } },
      });
      const engine = await started(world);
      expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
      const head = world.git.treeAt(world.git.heads.at(-1) ?? world.git.base);
      expect(new Set(done).size).toBe(done.length);
      for (const { box, title } of linesOf(disk.get(FILE) ?? "")) {
        expect([title, box]).toEqual([title, "x"]);
        if (!ticked.has(title)) expect([title, head.has(`${title}.txt`)]).toEqual([title, true]);
      }
    }),
    { numRuns: 25 },
  );
});

test("a task that can't be marked keeps no other from being marked", async () => {
  const disk = new Map([[FILE, planOf("1.1 A", "1.2 B")]]);
  const planFiles = createMemoryPlanFiles(disk);
  const loaded = await planFiles.load(FILE);
  if (!loaded.ok) throw loaded.error;
  const mark = { file: FILE, tasks: ["1.1", "9.9", "1.2"], state: "completed" } as const;
  const seen = new Map([[FILE, loaded.value.file.digest]]);
  const made = await markTogether(
    { planFiles, clock: { now: () => 0 }, read: new ReadPlans() },
    mark,
    seen,
  );
  expect(made).toMatchObject({ problem: expect.stringContaining("9.9"), refused: ["9.9"] });
  expect(disk.get(FILE)).toBe(planOf("1.1 A", "1.2 B").replaceAll("[ ]", "[x]"));
  // Another plan than the one that was seen: nothing of it is marked.
  disk.set(FILE, planOf("1.1 New", "1.2 A"));
  const late = await markTogether(
    { planFiles, clock: { now: () => 0 }, read: new ReadPlans() },
    mark,
    seen,
  );
  expect(late).toMatchObject({ later: { code: "PLAN_CHANGED" }, after: [] });
  expect(disk.get(FILE)).toBe(planOf("1.1 New", "1.2 A"));
});
