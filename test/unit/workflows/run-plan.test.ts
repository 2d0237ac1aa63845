/** Whole runs of plans in memory: what lands, what is asked, what is tried again, and that a kill changes none of it. */
import { EventEmitter, once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Engine } from "../../../src/ports/engine.ts";
import { planRunLine } from "../../../src/reporters/plan-run-line.ts";
import {
  eventsOf,
  ofType,
  planWorld,
  started,
  storyOf,
  type World,
  type WorldOptions,
} from "./plan-world.ts";

const HOUR_MS = 3_600_000;
const FILE = "docs/plans/core.md";

/** A plan of S4 with these lines under phases. */
const planOf = (...phases: readonly (readonly string[])[]): string =>
  `# Implementation Plan: Core\n${phases
    .map(
      (tasks, index) =>
        `\n## Phase ${index + 1}: Part ${index + 1}\n\n${tasks.map((task) => `- [ ] ${task}\n`).join("")}`,
    )
    .join("")}`;

const worldOf = (plan: string, options: Partial<WorldOptions> = {}): World =>
  planWorld({ plans: { [FILE]: plan }, ...options });

let words = 0;
const tell = (engine: Engine, value: object) =>
  engine.tell("run-1", { key: `word-${++words}`, value: { by: "ann", ...value } });

const say = (engine: Engine, task: string, what: string, more: object = {}) =>
  tell(engine, { kind: "task", task, says: { what, ...more } });

/** Attempts at work at the same time, at most. */
function mostAtOnce(story: readonly string[]): number {
  let [now, most] = [0, 0];
  for (const each of story) {
    if (each.endsWith(" started")) most = Math.max(most, ++now);
    if (/ (?:worked|failed|canceled)$/.test(each)) now--;
  }
  return most;
}

const subjects = (world: World): readonly string[] =>
  world.git
    .log(world.git.heads.at(-1) ?? world.git.base)
    .map((message) => message.split("\n")[0] ?? "");

const CORE = `# Implementation Plan: Core

## Phase 1: Base

- [x] 1.1 Lay the ground
- [ ] 1.2 Write the reader
  - Files: \`reader.txt\`
- [ ] 1.3 Write the writer (depends on 1.2)

**VERIFY Phase 1**:
- [ ] The reader reads

## Phase 2: More

- [ ] 2.1 Join them
`;

test("a worker is kept for the more urgent task that waits for nothing but a quick landing", async () => {
  let hours = 0;
  const begun = new EventEmitter();
  const isBegun = once(begun, "1.3");
  const world = worldOf(
    planOf([
      "1.1 Lay the ground [1h]",
      "1.2 Go on (depends on 1.1) [10m]",
      "1.3 Take long (depends on 1.2) [60m]",
      "1.4 Beside it (depends on 1.1) [40m]",
      "1.5 Besides (depends on 1.1) [40m]",
    ]),
    {
      input: { limits: { workers: 2 } },
      now: () => Date.now() + 3_600_000 * hours,
      deeds: {
        "1.1": (tree) => {
          tree.set("1.1.txt", "done");
          hours++;
        },
        "1.3": (tree) => {
          tree.set("1.3.txt", "done");
          begun.emit("1.3");
        },
        "1.4": async (tree) => {
          await isBegun;
          tree.set("1.4.txt", "done");
        },
      },
    },
  );
  const engine = await started(world);
  await engine.settled("run-1");
  const story = (await storyOf(engine)).filter((each) => / (?:started|landed)$/.test(each));
  expect(story.slice(0, 6)).toEqual([
    "1.1 started",
    "1.1 landed",
    "1.2 started",
    "1.4 started",
    "1.2 landed",
    "1.3 started",
  ]);
});

test("runs to its end: commits, boxes, evidence", async () => {
  const world = planWorld({
    plans: { "docs/plans/core.md": CORE },
    deeds: { "1.2": (tree) => void tree.set("reader.txt", "x") },
  });
  const engine = await started(world);
  const record = await engine.settled("run-1");
  expect(record).toMatchObject({ status: "completed", output: { done: 5, failed: 0 } });
  expect((await storyOf(engine)).join(", ")).toBe(
    "1.2 started, 1.2 worked, 1.2 accepted, 1.2 landed, 1.3 started, 1.3 worked, 1.3 accepted, 1.3 landed, " +
      "VERIFY 1 started, VERIFY 1 worked, VERIFY 1 completed, 2.1 started, 2.1 worked, 2.1 accepted, 2.1 landed",
  );
  const head = world.git.heads.at(-1) ?? "";
  expect(world.git.log(head).map((message) => message.split("\n")[0])).toEqual([
    "Join them",
    "Write the writer",
    "Write the reader",
  ]);
  expect(world.disk.get("docs/plans/core.md")).toBe(CORE.replaceAll("[ ]", "[x]"));
  const events = await eventsOf(engine);
  for (const { evidence } of ofType(events, "task-advanced").filter(
    ({ event }) => event === "accepted",
  ))
    expect(await world.files.artifacts.get(evidence ?? "")).toMatchObject({ ok: true });
  expect(ofType(events, "plan-run-finished")).toMatchObject([{ done: 5, head }]);
  // No clone is left: what they held is reachable.
  expect([...world.git.clones.keys()]).toEqual([]);
});

test("four patterns and three levels: everything is done once, and no more at once than was said", async () => {
  const other = "docs/plans/more.md";
  const plan = planOf(["1.1 A", "1.2 B", "1.3 C (depends on 1.1)"], ["2.1 D", "2.2 E"]);
  for (const pattern of ["independent", "dag", "batched", "pipeline"] as const) {
    const world = planWorld({
      plans: { [FILE]: plan, [other]: plan },
      input: { pattern, limits: { workers: 2, plans: 1, phases: 1 } },
    });
    const engine = await started(world);
    expect((await engine.settled("run-1")).output).toMatchObject({ status: "completed", done: 10 });
    expect(
      [...world.git.treeAt(world.git.heads.at(-1) ?? "").keys()].filter((path) =>
        path.endsWith(".txt"),
      ).length,
    ).toBe(10);
    expect(world.requests.length).toBe(10);
    const most = mostAtOnce(await storyOf(engine));
    expect(most).toBeLessThanOrEqual(2);
    expect(world.disk.get(other)).toBe(plan.replaceAll("[ ]", "[x]"));
    if (pattern !== "batched") expect(most).toBe(2);
  }
});

test("an attempt that came to nothing is tried again, and told why; then for good", async () => {
  const world = worldOf(planOf(["1.1 A", "1.2 B (depends on 1.1)"]), {
    deeds: {
      "1.1": (tree, _request, before) => {
        if (before === 0) return { kind: "crashed", message: "segfault" };
        if (before === 1) return undefined;
        tree.set("a.txt", "x");
        return undefined;
      },
    },
  });
  const engine = await started(world);
  expect((await engine.settled("run-1")).status).toBe("completed");
  const [, second, third] = world.requests.filter(({ role }) => role === "1.1");
  expect(second?.prompt).toContain("Attempt 1 was not taken (crashed): segfault");
  expect(third?.prompt).toContain("Attempt 2 was not taken (nothing-done)");
  const failed = ofType(await eventsOf(engine), "task-advanced").filter(
    ({ event }) => event === "failed",
  );
  expect(failed).toMatchObject([{ waitMs: expect.any(Number), final: false }, { final: false }]);
});

test("a clock that is put back makes no retry late, and none early", async () => {
  const real = Date.now;
  vi.spyOn(Date, "now").mockImplementation(() => real() + shift);
  onTestFinished(() => void vi.restoreAllMocks());
  let shift = 0;
  const begun: number[] = [];
  const failed = new AbortController();
  const world = worldOf(planOf(["1.1 Fail first", "1.2 Put the clock back"]), {
    deeds: {
      "1.1": (tree, _, before) => {
        begun.push(performance.now());
        if (before === 1) shift -= HOUR_MS;
        return before < 2 ? { message: "not yet" } : void tree.set("1.1.txt", "done");
      },
      "1.2": async (tree) => {
        await once(failed.signal, "abort");
        shift -= HOUR_MS;
        tree.set("1.2.txt", "done");
      },
    },
    input: { attempts: { retries: 2, initialMs: 100, maxMs: 100 } },
  });
  const engine = await started(world);
  const signal = AbortSignal.timeout(10_000);
  const waits: number[] = [];
  for await (const { event } of engine.events("run-1", 0, signal)) {
    if (event.type === "run-finished") break;
    if (event.type !== "task-advanced" || event.event !== "failed") continue;
    waits.push(event.waitMs ?? 0);
    failed.abort();
  }
  expect(waits).toHaveLength(2);
  const gaps = begun.slice(1).map((at, index) => at - (begun[index] ?? 0));
  for (const [index, gap] of gaps.entries())
    expect(gap).toBeGreaterThanOrEqual((waits[index] ?? 0) - 2);
  expect((await engine.settled("run-1", { signal })).status).toBe("completed");
});

test.each([
  ["no-new", ["1.1 failed", "1.2 landed"], "1.3 started"],
  ["continue", ["1.1 failed", "1.2 landed", "1.3 landed"], "1.4 started"],
  ["kill", ["1.1 failed", "1.2 canceled"], "1.3 started"],
] as const)("failure mode %s: then a person has it tried again", async (failures, seen, unseen) => {
  let fails = true;
  const world = worldOf(
    planOf(["1.1 A", "1.2 B", "1.3 C (depends on 1.2)", "1.4 D (depends on 1.1)"]),
    {
      deeds: {
        "1.1": (tree) => (fails ? { kind: "crashed", message: "no" } : void tree.set("a.txt", "x")),
        "1.2": async (tree, { signal }) => {
          if (fails && failures === "kill")
            await new Promise((resolve) => signal.addEventListener("abort", resolve));
          tree.set("b.txt", "x");
        },
      },
      input: { failures, attempts: { retries: 0, initialMs: 1, maxMs: 1 } },
    },
  );
  const engine = await started(world);
  const held = await engine.settled("run-1");
  expect(held).toMatchObject({ status: "failed", wait: { info: { code: "PLAN_TASK_FAILED" } } });
  const story = await storyOf(engine);
  for (const each of seen) expect(story).toContain(each);
  expect(story).not.toContain(unseen);
  // What ended attempts used is counted, too.
  expect((await world.ports.ledgers.read("run-1")).calls.every(({ settled }) => settled)).toBe(
    true,
  );
  fails = false;
  await tell(engine, { kind: "resume", note: "mended the cause" });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 4 } });
  expect(world.requests.findLast(({ role }) => role === "1.1")?.prompt).toContain(
    "ann: mended the cause",
  );
});

test("a change outside of what is declared is asked about before anything of it is run", async () => {
  const plan =
    "# Tasks: Core\n\n## Phase 1: All\n\n- [ ] T001 A\n  - Files: a.txt (modify)\n  - **Verify**: `npm test`\n- [ ] T002 [P] B\n";
  const world = planWorld({
    plans: { "specs/001-core/tasks.md": plan },
    deeds: { T001: (tree) => void tree.set("a.txt", "x").set("b/c.txt", "y") },
  });
  const engine = await started(world);
  const held = await engine.settled("run-1");
  expect(held).toMatchObject({
    status: "waiting",
    wait: {
      info: {
        code: "PLAN_TASK_ASKS",
        questions: [{ task: "T001", kind: "outside-declared", paths: ["b/c.txt"] }],
      },
    },
  });
  // A result that a person must see first is not run before.
  expect(world.checks).toEqual([]);
  await say(engine, "T001", "allow");
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
  expect(world.checks.map(({ command }) => command)).toEqual(["npm test"]);
  expect(subjects(world).toSorted()).toEqual(["A", "B"]);
  expect(world.git.treeAt(world.git.heads.at(-1) ?? "").get("b/c.txt")).toBe("y");
  expect(world.requests.filter(({ role }) => role === "T001").length).toBe(1);
});

test("refused, skipped, ticked and senseless words", async () => {
  const world = worldOf(planOf(["1.1 A", "1.2 B (depends on 1.1)"]), {
    deeds: { "1.1": (tree) => void tree.set(".github/workflows/ci.yml", "y") },
  });
  const engine = await started(world);
  await engine.settled("run-1");
  await say(engine, "1.1", "refuse", { why: "not there" });
  expect((await engine.settled("run-1")).wait?.info).toMatchObject({
    failed: [{ kind: "refused", message: "not there" }],
  });
  await say(engine, "9.9", "retry");
  await say(engine, "1.2", "allow");
  await tell(engine, { kind: "nonsense" });
  await say(engine, "1.1", "skip", { why: "not wanted" });
  expect((await engine.settled("run-1")).status).toBe("completed");
  const events = await eventsOf(engine);
  expect(ofType(events, "word-refused").map(({ task, reason }) => `${task}: ${reason}`)).toEqual([
    "9.9: there is no task 9.9",
    '1.2: "allow" can\'t be said of what is open',
    "null: what was told is no message to a run of plans",
  ]);
  expect(ofType(events, "plan-run-finished")).toMatchObject([{ done: 1, skipped: 1 }]);
});

test("what does not fit goes back to its agent with both sides, on what landed", async () => {
  let first = true;
  const world = worldOf(planOf(["1.1 A", "1.2 B"]), {
    files: { "shared.txt": "old" },
    deeds: {
      "1.1": (tree) => void tree.set("shared.txt", "of A"),
      "1.2": (tree) => {
        tree.set("shared.txt", first ? "of B" : `${tree.get("shared.txt")} and B`);
        first = false;
      },
    },
  });
  const engine = await started(world);
  expect((await engine.settled("run-1")).status).toBe("completed");
  const twice = world.requests.filter(
    ({ role }) => role === (world.requests.length > 2 ? world.requests[2]?.role : ""),
  );
  expect(twice.length).toBe(2);
  expect(twice[1]?.prompt).toMatch(
    /was not taken \(conflict\)[^]*BEGIN DATA \S+ conflict-in shared\.txt[^]*<<<<<<</,
  );
  expect((await storyOf(engine)).filter((each) => each.endsWith("conflicted")).length).toBe(1);
});

test("verifications: commands by us, prose by an agent; one that fails holds what comes after", async () => {
  let met = false;
  const plan = `${planOf(["1.1 A"])}\n**VERIFY Phase 1**:\n- [ ] It reads well\n\n## Phase 2: More\n\n- [ ] 2.1 B\n`;
  const world = worldOf(plan, {
    judge: ({ work }) => ({
      criteria_report: {
        verdicts: [
          { criterion: 1, met, evidence: met ? "read it" : `${work?.folder}/a.md:3 is empty` },
        ],
      },
    }),
    input: { attempts: { retries: 0, initialMs: 1, maxMs: 1 } },
  });
  const engine = await started(world);
  const held = await engine.settled("run-1");
  expect(held.wait?.info).toMatchObject({
    hint: expect.stringContaining("wavegate task run-1 'VERIFY 1' --retry"),
    failed: [
      { task: "VERIFY 1", kind: "not-verified", details: ["It reads well: a.md:3 is empty"] },
    ],
  });
  expect(await storyOf(engine)).not.toContain("2.1 started");
  met = true;
  await say(engine, "VERIFY 1", "retry");
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  const checks = ofType(await eventsOf(engine), "check-finished");
  expect(checks.map(({ by, outcome }) => `${by} ${outcome}`)).toEqual([
    "judged failed",
    "judged passed",
  ]);
  // Who judges sees what landed, and can't change it.
  expect(
    world.requests.find(({ contract }) => contract === "criteria_report")?.work?.readOnly,
  ).toBe(true);
});

test("declared files that nobody made are told of the task, and to the agent that verifies", async () => {
  const tasks = "- [ ] 1.1 A\n  - Creates: a.txt, a2.txt, a3.txt\n- [ ] 1.2 B (depends on 1.1)\n";
  const plan = `# Implementation Plan: Core\n\n## Phase 1: All\n\n${tasks}\n**VERIFY Phase 1**:\n- [ ] It reads well\n`;
  const world = worldOf(plan, {
    judge: () => ({
      criteria_report: { verdicts: [{ criterion: 1, met: true, evidence: "read it" }] },
    }),
    deeds: {
      "1.1": (tree) => void tree.set("a.txt", "a"),
      "1.2": (tree) => void tree.set("a3.txt", "a"),
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  const told = ofType(await eventsOf(engine), "task-advanced").filter(({ missing }) => missing);
  expect(told.map(planRunLine)).toEqual([
    expect.stringMatching(/^1\.1: accepted, .*, declared, not there: a2\.txt, a3\.txt$/),
  ]);
  const { prompt } = world.requests.find(({ contract }) => contract === "criteria_report") ?? {};
  expect(prompt).toContain("that are not there\n\n- a2.txt\n\n");
});

test("a task that asks for a check is done without a change, if its command shows what it asks for", async () => {
  const plan = planOf([
    "1.1 Verify no leftovers: `grep -rn TODO src` returns no matches",
    "1.2 Run `npm test` and confirm that all tests pass",
    "1.3 Write it down (depends on 1.2)",
  ]);
  const world = worldOf(plan, {
    deeds: { "1.1": () => {}, "1.2": () => {} },
    check: ({ command }) => (command === "npm test" ? { outcome: "failed" } : {}),
    input: { attempts: { retries: 0, initialMs: 1, maxMs: 1 }, failures: "continue" },
  });
  const engine = await started(world);
  await engine.settled("run-1");
  expect(await storyOf(engine)).toEqual(expect.arrayContaining(["1.1 completed", "1.2 failed"]));
  expect(world.checks.map(({ command, expects }) => [command, expects?.kind])).toEqual([
    ["npm test", "success"],
    ["grep -rn TODO src", "empty"],
  ]);
  expect(world.requests.find(({ role }) => role === "1.1")?.prompt).toContain(
    "run `grep -rn TODO src`: it must print nothing",
  );
});
