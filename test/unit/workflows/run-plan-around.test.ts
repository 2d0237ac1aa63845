/** What happens around a run of plans while it goes on: plans are edited, budgets end, agents fall silent, people hold points. */
import { expect, test } from "vitest";
import { err } from "../../../src/core/result.ts";
import { usedIn } from "../../../src/stage/budget/ledger.ts";
import type { Engine } from "../../../src/ports/engine.ts";
import type { WatchedWork } from "../../../src/ports/work-watch.ts";
import type { CheckResult } from "../../../src/ports/verifier.ts";
import type { Workspace } from "../../../src/ports/workspaces.ts";
import {
  eventsOf,
  ofType,
  planWorld,
  started,
  USAGE,
  storyOf,
  type World,
  type WorldOptions,
} from "./plan-world.ts";

const FILE = "docs/plans/core.md";

const planOf = (...tasks: readonly string[]): string =>
  `# Implementation Plan: Core\n\n## Phase 1: All\n\n${tasks.map((task) => `- [ ] ${task}\n`).join("")}`;

const worldOf = (plan: string, options: Partial<WorldOptions> = {}): World =>
  planWorld({ plans: { [FILE]: plan }, ...options });

let words = 0;
const tell = (engine: Engine, value: object) =>
  engine.tell("run-1", { key: `more-${++words}`, value: { by: "ann", ...value } });

test("a plan that is edited while it runs: added, taken out, re-worded, put in between and ticked by hand", async () => {
  const world = worldOf(
    planOf("1.1 A", "1.2 B (depends on 1.1)", "1.3 C (depends on 1.1)", "1.4 D (depends on 1.1)"),
    {
      deeds: {
        "1.1": (tree) => {
          tree.set("a.txt", "x");
          world.disk.set(
            FILE,
            planOf(
              "1.1 A",
              "1.2 New (depends on 1.1)",
              "1.3 B (depends on 1.1)",
              "1.4 D, otherwise (depends on 1.1)",
            ).concat("- [x] 1.5 By hand\n"),
          );
        },
      },
    },
  );
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 5 } });
  const events = await eventsOf(engine);
  expect(
    ofType(events, "plan-changed").flatMap(({ edits }) =>
      edits.map(({ task, what, from }) => `${task} ${what} ${from ?? ""}`.trim()),
    ),
  ).toEqual(["1.2 added", "1.3 renamed 1.2", "1.4 reworded", "1.5 added", "1.3 removed"]);
  // Nothing is done twice, what was taken out is not done, and what was ticked by hand isn't, either.
  expect(world.requests.map(({ role }) => role).toSorted()).toEqual(["1.1", "1.2", "1.3", "1.4"]);
  expect(world.requests.find(({ role }) => role === "1.4")?.prompt).toContain("D, otherwise");
  expect(world.disk.get(FILE)).toBe(
    planOf(
      "1.1 A",
      "1.2 New (depends on 1.1)",
      "1.3 B (depends on 1.1)",
      "1.4 D, otherwise (depends on 1.1)",
    )
      .concat("- [x] 1.5 By hand\n")
      .replaceAll("[ ]", "[x]"),
  );
});

test("what is taken out while it is at work is ended, and not landed", async () => {
  const world = worldOf(planOf("1.1 A", "1.2 B", "1.3 C (depends on 1.1)"), {
    deeds: {
      "1.1": (tree) => {
        tree.set("a.txt", "x");
        world.disk.set(FILE, planOf("1.1 A", "1.3 C (depends on 1.1)"));
      },
      "1.2": async (tree, { signal }) => {
        tree.set("b.txt", "x");
        if (!signal.aborted)
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 2 } });
  expect(world.git.treeAt(world.git.heads.at(-1) ?? "").has("b.txt")).toBe(false);
});

test("other words under the key of what is at work, lands or is done are a task of its own; a clause more is not, and lands by the words that were worked by", async () => {
  const after = planOf(
    "1.1 Paint the house",
    "1.2 Write b and sign it (depends on 1.1)",
    "1.3 Sweep the yard",
  );
  const world = worldOf(
    planOf("1.1 Write a", "1.2 Write b (depends on 1.1)", "1.3 Read c (depends on 1.2)"),
    {
      input: { limits: { workers: 1 } },
      deeds: {
        "1.1": (tree, _request, before) => void tree.set(before === 0 ? "a.txt" : "house.txt", "x"),
        "1.2": async (tree) => {
          tree.set("b.txt", "x");
          world.disk.set(FILE, after);
          // What is said is a reason to look at the plan.
          await tell(engine, { kind: "release", point: "none" });
          while (ofType(await eventsOf(engine), "plan-changed").length === 0)
            await new Promise(setImmediate);
        },
      },
    },
  );
  const engine = world.open();
  await engine.start({
    runId: "run-1",
    workflow: "run-plan",
    subject: "",
    input: world.input,
    where: "here",
  });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  const titles = world.git.log(world.git.heads.at(-1) ?? "").join("\n");
  const [events, asked] = [await eventsOf(engine), world.requests.map(({ role }) => role)];
  const edits = ofType(events, "plan-changed").flatMap((event) => event.edits);
  expect(edits.map(({ task, what }) => `${task} ${what}`)).toEqual([
    "1.1 replaced",
    "1.2 reworded",
    "1.3 reworded",
  ]);
  expect(asked.toSorted()).toEqual(["1.1", "1.1", "1.2", "1.3"]);
  expect(world.requests.findLast(({ role }) => role === "1.1")?.prompt).toContain(
    "Paint the house",
  );
  expect(world.disk.get(FILE)).toBe(after.replaceAll("[ ]", "[x]"));
  expect(titles).toContain("Write b");
  expect(titles).not.toContain("sign it");
});

test("a task in whose place another is put while it is at work is ended: its work does not land, nor count for the other", async () => {
  const after = planOf("1.1 A", "1.2 Paint the house");
  const world = worldOf(planOf("1.1 A", "1.2 Write b"), {
    deeds: {
      "1.1": (tree) => (tree.set("a.txt", "x"), void world.disk.set(FILE, after)),
      "1.2": async (tree, { signal }, before) => {
        tree.set(before === 0 ? "b.txt" : "house.txt", "x");
        if (before === 0 && !signal.aborted)
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 2 } });
  const tree = world.git.treeAt(world.git.heads.at(-1) ?? "");
  expect([tree.has("b.txt"), tree.has("house.txt")]).toEqual([false, true]);
  expect(world.disk.get(FILE)).toBe(after.replaceAll("[ ]", "[x]"));
});

test("a plan that is gone meanwhile is told once, and the run goes on with what it was; it is not over before it is back and ticked", async () => {
  const plan = planOf("1.1 A", "1.2 B (depends on 1.1)", "1.3 C (depends on 1.2)");
  const world = worldOf(plan, {
    deeds: { "1.1": (tree) => (tree.set("a.txt", "x"), void world.disk.delete(FILE)) },
  });
  const engine = await started(world);
  const held = await engine.settled("run-1");
  expect(held).toMatchObject({ status: "failed", wait: { info: { code: "PLAN_NOT_FOUND" } } });
  expect(held.wait?.info).toMatchObject({
    hint: expect.stringContaining("`wavegate resume run-1` ticks them"),
  });
  const events = await eventsOf(engine);
  expect(ofType(events, "plan-refused")).toMatchObject([{ plan: FILE, code: "PLAN_NOT_FOUND" }]);
  expect(
    ofType(events, "plan-marked").every(({ problem }) => problem?.startsWith("PLAN_NOT_FOUND")),
  ).toBe(true);
  // Not back yet: it waits on.
  await tell(engine, { kind: "resume" });
  const again = await engine.settled("run-1", { afterWait: held.wait?.name ?? "" });
  expect(again).toMatchObject({ status: "failed", wait: { info: { code: "PLAN_NOT_FOUND" } } });
  world.disk.set(FILE, plan);
  await tell(engine, { kind: "resume" });
  expect(await engine.settled("run-1", { afterWait: again.wait?.name ?? "" })).toMatchObject({
    status: "completed",
    output: { done: 3 },
  });
  expect(world.disk.get(FILE)).toBe(plan.replaceAll("[ ]", "[x]"));
  expect(world.requests).toHaveLength(3);
});

test("a budget that is used up holds the run, with how far to raise it; what is finished stays", async () => {
  const cap = {
    stage: null,
    role: null,
    tokens: 250,
    microUsd: null,
    perCall: { tokens: 100, microUsd: null },
  };
  const world = worldOf(planOf("1.1 A", "1.2 B (depends on 1.1)", "1.3 C (depends on 1.2)"), {
    input: { caps: [cap] },
  });
  const engine = await started(world);
  const held = await engine.settled("run-1");
  expect(held).toMatchObject({ status: "failed", wait: { info: { code: "BUDGET_REACHED" } } });
  expect(await storyOf(engine)).toContain("1.2 landed");
  expect(await storyOf(engine)).toContain("1.3 canceled");
  await tell(engine, {
    kind: "resume",
    raises: [{ stage: null, role: null, unit: "tokens", to: 10_000 }],
  });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  expect(ofType(await eventsOf(engine), "plan-run-resumed")).toMatchObject([
    { by: "ann", raised: [{ to: 10_000 }] },
  ]);
  const ledger = await world.ports.ledgers.read("run-1");
  expect(ledger.calls.every(({ settled }) => settled)).toBe(true);
});

test("who is not logged in is no failure of a task: the run is held, and asks again", async () => {
  let loggedIn = false;
  const world = worldOf(planOf("1.1 A"), {
    deeds: {
      "1.1": (tree) =>
        loggedIn ? void tree.set("a.txt", "x") : { kind: "auth", message: "run /login" },
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({
    status: "failed",
    wait: { info: { code: "AGENT_NOT_LOGGED_IN" } },
  });
  loggedIn = true;
  await tell(engine, { kind: "resume" });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
  expect(await storyOf(engine)).not.toContain("1.1 failed");
});

test("an agent that says nothing three times is not asked a fourth time", async () => {
  const world = worldOf(planOf("1.1 A", "1.2 B", "1.3 C", "1.4 D", "1.5 E"), {
    silent: true,
    input: {
      failures: "continue",
      limits: { workers: 1 },
      attempts: { retries: 0, initialMs: 1, maxMs: 1 },
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({
    status: "failed",
    wait: { info: { code: "AGENT_SILENT" } },
  });
  expect(world.requests.length).toBe(3);
});

const killed = () => ({ kind: "crashed", outputBytes: 0, killed: true }) as const;

test("agents that others end, or that are let into no clone, are not silent: each task has its tries", async () => {
  const keys = ["1.1", "1.2", "1.3", "1.4", "1.5"];
  const world = worldOf(planOf(...keys.map((key) => `${key} A`)), {
    deeds: Object.fromEntries(keys.map((key) => [key, killed])),
    input: {
      failures: "continue",
      limits: { workers: 1 },
      attempts: { retries: 0, initialMs: 1, maxMs: 1 },
    },
  });
  const { workspaces } = world.ports;
  const begin = workspaces.begin.bind(workspaces);
  Object.assign(workspaces, {
    begin: (workspace: Workspace, signal: AbortSignal) =>
      workspace.task === "1.3"
        ? err({ kind: "workspace-gone", message: "it is gone" })
        : begin(workspace, signal),
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({
    wait: { info: { code: "PLAN_TASK_FAILED", failed: keys.map((task) => ({ task })) } },
  });
  expect(world.requests.length).toBe(4);
});

test("a sync point with a gate waits for a person's word", async () => {
  const world = worldOf(planOf("1.1 A", "1.2 B"), {
    input: {
      syncs: [{ id: "S1", after: ["1.1"], before: ["1.2"], reason: "look at it" }],
      gates: ["sync S1"],
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({
    status: "waiting",
    wait: { info: { points: ["sync S1"] } },
  });
  expect(await storyOf(engine)).not.toContain("1.2 started");
  await tell(engine, { kind: "release", point: "sync S1" });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
  const types = (await eventsOf(engine)).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith("sync-point"))).toEqual([
    "sync-point-reached",
    "sync-point-released",
  ]);
});

test("stopped by a person: what is at work ends, nothing new begins, and it goes on when they say so", async () => {
  const world = worldOf(planOf("1.1 A", "1.2 B (depends on 1.1)"), {
    deeds: {
      "1.1": async (tree) => {
        await tell(engine, { kind: "stop", why: "a demo" });
        tree.set("a.txt", "x");
      },
    },
  });
  const engine = world.open();
  await engine.start({
    runId: "run-1",
    workflow: "run-plan",
    subject: "",
    input: world.input,
    where: "here",
  });
  expect(await engine.settled("run-1")).toMatchObject({
    status: "failed",
    wait: { info: { code: "PLAN_RUN_STOPPED", reason: "Stopped by ann: a demo" } },
  });
  expect(await storyOf(engine)).toContain("1.1 landed");
  expect(await storyOf(engine)).not.toContain("1.2 started");
  await tell(engine, { kind: "resume" });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
});

test("two runs of one plan: the second one ends at once, and names the first", async () => {
  const world = worldOf(planOf("1.1 A"), {
    deeds: { "1.1": () => ({ kind: "crashed", message: "no" }) },
  });
  const engine = await started(world);
  await engine.settled("run-1");
  await engine.start({
    runId: "run-2",
    workflow: "run-plan",
    subject: "",
    input: world.input,
    where: "here",
  });
  expect((await engine.settled("run-2")).output).toMatchObject({
    status: "failed",
    message: `PLAN_CLAIMED: the run run-1 carries out plan ${FILE} already. See how it stands: wavegate show run-1`,
  });
});

test("results whose tests fail are tried again with what the tests said; tests that fail on their own hold the landing", async () => {
  let broken = false;
  const world = worldOf(planOf("1.1 A", "1.2 B (depends on 1.1)"), {
    deeds: {
      "1.1": (tree, _request, before) => void tree.set("a.txt", before === 0 ? "bad" : "good"),
      "1.2": (tree) => ((broken = true), void tree.set("b.txt", "x")),
    },
    check: (_request, tree): Partial<CheckResult> =>
      broken || tree.get("a.txt") === "bad"
        ? {
            outcome: "failed",
            reason: "unexpected",
            exit: 1,
            shown: "exit code 1: 1 test failed",
            tail: ["expected good"],
          }
        : {},
    input: { test: "npm test" },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({
    status: "failed",
    wait: { info: { code: "PLAN_TESTS_FAIL" } },
  });
  const story = await storyOf(engine);
  expect(story.filter((each) => each === "1.1 landed" || each === "1.1 failed")).toEqual([
    "1.1 failed",
    "1.1 landed",
  ]);
  expect(world.requests[1]?.prompt).toContain("This is another attempt");
  broken = false;
  await tell(engine, { kind: "resume" });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 2 } });
  // Landed, not worked on again.
  expect(world.requests.filter(({ role }) => role === "1.2").length).toBe(1);
});

test("tests that fail on what the run begins from are told before anybody is asked; a person may go on knowing it", async () => {
  const red = { outcome: "failed", reason: "unexpected", exit: 1, shown: "exit code 1" } as const;
  const world = worldOf(planOf("1.1 A", "1.2 B (depends on 1.1)", "1.3 C (depends on 1.2)"), {
    deeds: {
      "1.2": (tree) => void tree.set("fix.txt", "x"),
      "1.3": (tree, _request, before) =>
        void (before === 0 ? tree.delete("fix.txt") : tree.set("c", "c")),
    },
    check: (_request, tree): Partial<CheckResult> => (tree.has("fix.txt") ? {} : red),
    input: { test: "npm test" },
  });
  const engine = await started(world);
  const held = { status: "failed", wait: { info: { code: "PLAN_TESTS_FAIL" } } };
  const first = await engine.settled("run-1");
  expect(first).toMatchObject(held);
  expect(first.wait?.info).toMatchObject({
    reason: expect.stringContaining(world.git.base.slice(0, 12)),
    hint: expect.stringContaining("wavegate task run-1 failing-tests --allow"),
  });
  await tell(engine, { kind: "resume" });
  await engine.settled("run-1", { afterWait: first.wait?.name ?? "" });
  expect([world.requests.length, world.checks.length]).toEqual([0, 2]);
  await tell(engine, { kind: "release", point: "failing-tests" });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  const events = await eventsOf(engine);
  expect(ofType(events, "base-tested").map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
  // Since they pass, what breaks them does not land.
  expect((await storyOf(engine)).filter((each) => each === "1.3 failed")).toHaveLength(1);
});

test("an attempt that stands still is ended, with what shows it, and tried again", async () => {
  let watched = 0;
  const world = worldOf(planOf("1.1 A"), {
    deeds: {
      "1.1": async (tree, { signal }, before) => {
        tree.set("a.txt", "x");
        if (before === 0 && !signal.aborted)
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    },
  });
  Object.assign(world.ports.workWatch, {
    watch: ({ onStall }: WatchedWork) => {
      const seen = { startedMs: 0, lastOutputMs: 5, lastChangeMs: undefined, outputBytes: 7 };
      if (++watched === 1) setImmediate(() => onStall({ ...seen, nowMs: 120_000 }));
      return () => {};
    },
  });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
  const failed = ofType(await eventsOf(engine), "task-advanced").find(
    ({ event }) => event === "failed",
  );
  expect(failed?.reason).toMatchObject({
    kind: "stalled",
    details: expect.arrayContaining(["no changed file at all"]),
  });
  expect(world.requests[1]?.prompt).toContain("Attempt 1 was not taken (stalled)");
});

test("what the tests passed on when it landed is not verified by the same command again", async () => {
  const plan = [
    planOf("1.1 A"),
    "**VERIFY Phase 1**:",
    "- [ ] `npm test`",
    "- [ ] `npm run lint`",
    "",
  ].join("\n");
  const world = worldOf(plan, { input: { test: "npm test" } });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
  // What the run begins from, and what landed.
  expect(world.checks.map(({ command }) => command)).toEqual([
    "npm test",
    "npm test",
    "npm run lint",
  ]);
  const told = ofType(await eventsOf(engine), "check-finished");
  const head = world.git.heads.at(-1)?.slice(0, 12);
  expect(told.map(({ command, outcome, shown }) => [command, outcome, shown])).toEqual([
    ["npm test", "passed", `already verified when ${head} landed: exit code 0`],
    ["npm run lint", "passed", "exit code 0"],
  ]);
});

test("commands in the clone of one commit run one after the other, of whichever run and worker they are", async () => {
  const plan = `${planOf("1.1 A").replace("[ ]", "[x]")}\n**VERIFY Phase 1**:\n- [ ] \`npm run lint\`\n`;
  let [running, most] = [0, 0];
  const world = planWorld({
    plans: { "docs/a.md": plan, "docs/b.md": plan },
    input: { test: "npm test" },
    async check() {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
      running -= 1;
      return {};
    },
  });
  const runs = world.input.plans.map(async (own, number) => {
    const engine = world.open();
    const runId = `run-${number}`;
    const input = { ...world.input, plans: [own] };
    await engine.start({ runId, workflow: "run-plan", subject: "", input, where: "here" });
    return (await engine.settled(runId)).status;
  });
  expect(await Promise.all(runs)).toEqual(["completed", "completed"]);
  expect([world.checks.length, most]).toEqual([4, 1]);
});

test("the ledger of a long run keeps the last calls, and the sum of all", async () => {
  const tasks = Array.from({ length: 200 }, (_, index) => `1.${index + 1} Task ${index}`);
  const world = worldOf(planOf(...tasks), { input: { limits: { workers: 8 } } });
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ output: { done: 200 } });
  const ledger = await world.files.ledgers.read("run-1");
  expect(ledger.calls.length).toBe(100);
  expect(usedIn(ledger, { stage: null, role: null }).spent.tokens).toBe(
    200 * (USAGE.inputTokens + USAGE.outputTokens),
  );
});

test("that nothing holds those who work is told before the first of them begins", async () => {
  const engine = await started(worldOf(planOf("1.1 A")));
  await engine.settled("run-1");
  const types = (await eventsOf(engine)).filter(
    (event) => event.type === "sandbox-checked" || event.type === "task-advanced",
  );
  expect(types[0]).toEqual({
    type: "sandbox-checked",
    stage: "implementation",
    agents: ["coder"],
    mode: "preferred",
    by: null,
    reason: "there is none",
  });
  expect(types.slice(1).every(({ type }) => type === "task-advanced")).toBe(true);
});
