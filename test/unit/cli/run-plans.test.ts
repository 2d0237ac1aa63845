/** `wavegate run`, `task` and `land` as people and programs use them: whole runs over a repository in memory (PX-05, PX-10). */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { ok } from "../../../src/core/result.ts";
import type { ApartBranch } from "../../../src/ports/landing.ts";
import type { RunPreview } from "../../../src/execution/preview/run-preview.ts";
import type { Deed, WorldOptions } from "../workflows/plan-world.ts";
import { planWorld } from "../workflows/plan-world.ts";
import { createHarness, type Surroundings } from "./harness.ts";

const FILE = "docs/plans/core.md";
const CORE = `# Implementation Plan: Core

## Phase 1: Base

- [x] 1.1 Lay the ground
- [ ] 1.2 Write the reader
  - Files: reader.txt (create)
- [ ] 1.3 Write the writer (depends on 1.2)

## Phase 2: More

- [ ] 2.1 Join them
`;

/** A project with a plan, and an agent that does what is said of a task. */
function project(
  deeds: Readonly<Record<string, Deed>> = {},
  plan = CORE,
  check: WorldOptions["check"] = () => ({}),
  {
    apart = [],
    detached = false,
  }: Pick<Surroundings, "apart"> & { readonly detached?: boolean } = {},
) {
  const world = planWorld({ plans: { [FILE]: plan }, deeds: { "1.2": reader, ...deeds }, check });
  const harness = createHarness(undefined, {
    variables: {},
    branch: undefined,
    changes: async function* () {},
    world,
    apart,
    ...(detached && { git: ok({ commit: world.git.base, branch: null }) }),
    landing: {
      landOnto: async () => {
        const to = world.git.heads.at(-1) ?? world.git.base;
        const commits = world.git.log(to).length;
        return ok({ branch: "refs/heads/main", from: world.git.base, to, commits, tree: null });
      },
    },
  });
  harness.disk.set(FILE, plan);
  harness.disk.set("wavegate.config.yaml", "execution:\n  retries: 0\n");
  const run = (...args: readonly string[]) => harness.run(args);
  return { ...harness, world, run };
}

const reader: Deed = (tree) => void tree.set("reader.txt", "x");

test("runs to its end, ticks the plan, and lands when a person says so", async () => {
  const { run, disk, world } = project();
  const ran = await run("run", "core", "--agent", "coder");
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain("4 done");
  expect(ran.stdout).toContain("wavegate land run1-");
  expect(disk.get(FILE)).toBe(CORE.replaceAll("[ ]", "[x]"));
  expect((await run("runs")).stdout).toMatch(/run1-albums .*completed/);
  expect((await run("show", "latest")).stdout).toContain("docs/plans/core.md");
  const landed = await run("land", "latest", "--json");
  expect(JSON.parse(landed.stdout)).toMatchObject({
    to: world.git.heads.at(-1),
    uncommitted: [FILE],
  });
  expect((await run("land", "latest")).stdout).toContain(
    `git add -- ${FILE} && git commit -m 'How the plan stands after run run1-albums' -- ${FILE}\n`,
  );
  const again = await run("run", "core", "--agent", "coder");
  expect(again).toMatchObject({ code: 0, stderr: "" });
  expect(again.stdout).toContain("Nothing is left to do in docs/plans/core.md.");
});

test("what is done on another run's branch only is landed before more of the plan is done", async () => {
  const apart: ApartBranch[] = [];
  const { run } = project({}, CORE, undefined, { apart });
  await run("run", "core", "--agent", "coder");
  const runId = "run1-albums";
  const branch = "refs/heads/wavegate/run1-albums";
  const missing = ["1.3", "1.2"].map((task) => ({ runId, task }));
  apart.push({ branch, missing, there: [] });
  for (const flags of [[], ["--dry-run"]]) {
    const done = await run("run", "core", "--agent", "coder", ...flags);
    expect(done.stdout).toContain("Nothing is left to do");
    expect(done.stdout).toContain("wavegate land run1-albums\n");
  }
  await run("plans", "reset", "core", "1.3");
  for (const flags of [[], ["--dry-run"]]) {
    const refused = await run("run", "core", "--agent", "coder", ...flags);
    expect(refused).toMatchObject({ stdout: "" });
    expect(refused.stderr).toBe(
      "error WORK_NOT_LANDED: 1.2 is done on wavegate/run1-albums, and not in HEAD.\n" +
        "  hint: Bring that over first: wavegate land run1-albums\n",
    );
  }
  // Done again since, and landed; or of a run that nobody knows.
  for (const known of [
    { branch, missing, there: [{ runId, task: "1.2" }] },
    { branch, missing: [{ runId: "other", task: "1.2" }], there: [] },
  ]) {
    apart.splice(0, 1, known);
    expect((await run("run", "core", "--dry-run")).code).toBe(0);
  }
});

test("the end says where the work is, and how it comes to a branch", async () => {
  const detached = project({}, CORE, undefined, { detached: true });
  const there = await detached.run("run", "core", "--agent", "coder");
  expect(there.stdout).toContain("wavegate land run1-albums --onto BRANCH\n");
  const { run } = project();
  const followed = await run("run", "core", "--agent", "coder", "--target", "feature/x");
  expect(followed.stdout).toContain("done; on refs/heads/feature/x at ");
  expect(followed.stdout).not.toContain("wavegate land");
});

test("who cancels is told what to do with what has landed", async () => {
  const missing = [{ runId: "run1-albums", task: "1.2" }];
  const apart = [{ branch: "refs/heads/wavegate/run1-albums", missing, there: [] }];
  const { run } = project({ "1.3": () => ({ kind: "crashed" as const }) }, CORE, undefined, {
    apart,
  });
  await run("run", "core", "--agent", "coder");
  const canceled = await run("cancel", "run1");
  expect(canceled.stdout).toContain("is canceled.\nBring what landed to a branch of yours with: ");
  expect(canceled.stdout).toContain("wavegate land run1-albums\n");
});

test("what is outside of what a task declares is asked about, and goes on when it is allowed", async () => {
  const { run, world } = project({
    "1.2": (tree) => {
      tree.set("reader.txt", "x");
      tree.set("other.txt", "y");
    },
  });
  const asked = await run("run", "core", "--agent", "coder");
  expect(asked.code).toBe(4);
  expect(asked.stdout.replace(/\s+/g, " ")).toContain("wavegate task run1-");
  expect((await run("show", "latest")).stdout).toContain("other.txt");
  const held = await run("run", "core", "--agent", "coder");
  expect(held).toMatchObject({ code: 1, stdout: "" });
  expect(held.stderr).toContain(
    `error PLAN_CLAIMED: Run run1-albums carries out ${FILE} already, and is held`,
  );
  expect(held.stderr).toContain("  hint: See what it waits for: wavegate show run1-albums\n");
  expect((await run("task", "run1", "1.9", "--allow")).stderr).toMatch(
    /^error PLAN_TASK_UNKNOWN: /,
  );
  for (const flags of [[], ["--allow", "--skip"], ["--sip"]])
    expect(await run("task", "run1", "1.2", ...flags)).toMatchObject({ code: 2 });
  const allowed = await run("task", "run1", "1.2", "--allow");
  expect(allowed.code).toBe(0);
  expect(allowed.stderr).toMatch(/^Run run1-\S+ goes on: 1 of 4 done, 1 asking, 2 open\. /);
  expect(allowed.stderr).not.toContain("plans started");
  expect(allowed.stderr).toContain("1.2: landed");
  expect(world.git.treeAt(world.git.heads.at(-1) ?? "").get("other.txt")).toBe("y");
});

test("what failed for good is told, and resume tries it again", async () => {
  let works = false;
  const { run } = project({
    "1.2": (tree, ...given) => (works ? reader(tree, ...given) : { kind: "crashed" as const }),
  });
  const failed = await run("run", "core", "--agent", "coder");
  expect(failed.code).toBe(1);
  expect(failed.stdout).toMatch(/1\.2 .* failed/);
  expect((await run("show", "latest")).stdout).toContain("PLAN_TASK_FAILED");
  expect((await run("runs", "--status", "held")).stdout).toContain("run1-");
  works = true;
  const resumed = await run("resume", "latest", "--json");
  expect(resumed.code).toBe(0);
  expect(JSON.parse(resumed.stdout.split("\n")[0] ?? "")).toMatchObject({ seq: 1 });
});

test("a task is skipped by a person's word, with the reason", async () => {
  const { run, disk } = project({ "1.2": () => ({ kind: "crashed" as const }) });
  await run("run", "core", "--agent", "coder");
  const skipped = await run("task", "run1", "1.2", "--skip", "--reason", "not needed");
  expect(skipped.code).toBe(0);
  expect(disk.get(FILE)).toContain("- [x] 2.1");
  expect((await run("cancel", "run1")).stderr).toMatch(/^error RUN_FINISHED: /);
});

test("a word that can't be said of a task as it stands is refused at once, with what can be", async () => {
  const { run } = project({ "2.1": () => ({ kind: "crashed" as const }) });
  expect((await run("run", "core", "--agent", "coder")).code).toBe(1);
  const before = (await run("logs", "run1", "--events")).stdout;
  const said = async (...words: readonly string[]) => {
    const { code, stderr } = await run("task", "run1", ...words, "--detach");
    expect(code).toBe(2);
    return stderr.replace(/\s+/g, " ");
  };
  for (const word of ["--skip", "--retry", "--allow"])
    expect(await said("1.2", word)).toBe(
      `error USAGE: 1.2 is done: ${word} can't be said of it. hint: What is done stays done in this run. Open it again for another run with: wavegate plans reset ${FILE} 1.2 `,
    );
  for (const word of ["--allow", "--refuse"])
    expect(await said("2.1", word)).toBe(
      `error USAGE: 2.1 failed: ${word} can't be said of it. hint: What can be: --retry, --skip, --done. `,
    );
  expect((await run("logs", "run1", "--events")).stdout).toBe(before);
  expect((await run("task", "run1", "2.1", "--done")).code).toBe(0);
});

test("what a run needs is looked at before it begins", async () => {
  const { run } = project();
  expect((await run("run", "core")).stderr).toMatch(/^error USAGE: No agent is named/);
  expect((await run("run", "core", "--agent", "nobody")).stderr).toMatch(/^error AGENT_UNKNOWN: /);
  expect((await run("run", "core", "--dry-run", "--detach")).code).toBe(2);
  expect((await run("land", "latest")).stderr).toMatch(/^error RUN_NOT_FOUND: /);
  const left = await run("run", "core", "--agent", "coder", "--detach", "--json");
  expect(left.code).toBe(0);
  expect(JSON.parse(left.stdout)).toEqual({ runId: "run1-albums" });
});

test("a branch that can't follow is told before anything is begun, and one that is made in the dry run", async () => {
  const { run, world } = project();
  const words = ["run", "core", "--agent", "coder", "--target", "release"];
  const made = await run(...words, "--dry-run");
  expect(made.stdout.replace(/\s+/g, " ")).toContain(
    "moved to release, which is made, as they land",
  );
  const why = { hint: "Name another." };
  world.git.refusals.push(new WavegateError("BRANCH_IN_USE", "release is checked out.", why));
  for (const more of [["--dry-run"], []]) {
    const refused = await run(...words, ...more);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/^error BRANCH_IN_USE: /),
    ]);
  }
  expect((await run("runs", "--json")).stdout).not.toContain("run1-");
});

test.each([
  ["--batch 2", "no batches"],
  ["--batch 2 --pattern pipeline", "no batches"],
  ["--incremental --gates none", "has no gates"],
  ["--review --target main", "wavegate land RUN --onto main"],
  ["--detach --progress", "wavegate watch RUN --progress"],
  ["--json --progress", "--json"],
])(
  "flags of which one would go unheard are refused before anything is begun: %s",
  async (words, said) => {
    const { run } = project();
    for (const more of [[], ["--dry-run"]]) {
      const refused = await run("run", "core", "--agent", "coder", ...words.split(" "), ...more);
      const told = `${refused.stdout}${refused.stderr}`.replace(/\s+/g, " ");
      expect([refused.code, told]).toEqual([2, expect.stringContaining("USAGE")]);
      if (more.length === 0) expect(told).toContain(said);
    }
    expect((await run("runs", "--json")).stdout).not.toContain("run1-");
  },
);

test("batches that the configuration asks for have the size that is said", async () => {
  const { run, disk } = project();
  disk.set("wavegate.config.yaml", "execution: { retries: 0, pattern: batched }\n");
  const shown = await run("run", "core", "--batch", "2", "--dry-run", "--json");
  expect(JSON.parse(shown.stdout)).toMatchObject({ rules: { pattern: "batched", batch: 2 } });
});

test("a dry run knows that the tests failed on this very commit, and a person goes on knowing it", async () => {
  const red = { outcome: "failed", reason: "unexpected", exit: 1, shown: "exit code 1" } as const;
  const { run, disk, world } = project({}, CORE, (_request, tree) =>
    tree.has("reader.txt") ? {} : red,
  );
  disk.set(".wavegate/project.json", "{}");
  disk.set("wavegate.config.yaml", "execution: { retries: 0, test: npm test }\n");
  const shown = async () => (await run("run", "core", "--dry-run")).stdout.replace(/\s+/g, " ");
  expect(await shown()).not.toContain("tests failed on this commit");
  const held = await run("run", "core", "--agent", "coder");
  expect([held.code, world.requests.length]).toEqual([1, 0]);
  expect(held.stdout.replace(/\s+/g, " ")).toContain(
    "wavegate task run1-albums failing-tests --allow",
  );
  expect(await shown()).toContain("tests failed on this commit in run run1-albums");
  expect(await run("task", "run1", "failing-tests", "--skip")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("hint: What can be: --allow."),
  });
  expect((await run("task", "run1", "failing-tests", "--allow")).code).toBe(0);
  expect(disk.get(FILE)).toBe(CORE.replaceAll("[ ]", "[x]"));
});

test("a dry run knows what earlier calls on tasks cost", async () => {
  const { run, disk } = project();
  disk.set(".wavegate/project.json", "{}");
  disk.set("docs/plans/other.md", CORE.replaceAll("[x]", "[ ]"));
  const costOf = async () => {
    const { stdout } = await run("run", "other", "--dry-run", "--agent", "coder", "--json");
    return (JSON.parse(stdout) as RunPreview).cost;
  };
  expect(await costOf()).toMatchObject({ usd: null, calls: { least: 4, most: 4 } });
  await run("run", "core", "--agent", "coder");
  const { usd, basis } = await costOf();
  expect(usd?.low).toBeCloseTo(0.04, 6);
  expect(usd?.high).toBeCloseTo(0.04, 6);
  expect(basis).toContain("3 earlier calls");
});

interface Advanced {
  readonly event: { readonly type: string; readonly task?: string; readonly status?: string };
}

/** How many plans, and phases of one plan, had something at work at once, at most; `core:1.2` is of phase 1 of core. */
function mostAtOnce(events: readonly Advanced["event"][]) {
  const active = new Set<string>();
  const most = { plans: 0, phases: 0, tasks: 0 };
  for (const { type, task = "", status = "" } of events) {
    if (type !== "task-advanced") continue;
    if (["running", "verifying", "landing"].includes(status)) active.add(task);
    else active.delete(task);
    const phases = new Set([...active].map((key) => key.replace(/\.\d+$/, "")));
    const plans = new Map<string, number>();
    for (const phase of phases) {
      const [plan = ""] = phase.split(":");
      plans.set(plan, (plans.get(plan) ?? 0) + 1);
    }
    most.tasks = Math.max(most.tasks, active.size);
    most.plans = Math.max(most.plans, plans.size);
    most.phases = Math.max(most.phases, ...plans.values());
  }
  return most;
}

const WIDE = `# Implementation Plan: Wide

## Phase 1: One

- [ ] 1.1 Write one
- [ ] 1.2 Write two

## Phase 2: Two

- [ ] 2.1 Write three (depends: 1.1)
- [ ] 2.2 Write four
`;

const DONE = WIDE.replaceAll("[ ]", "[x]");

/** Both plans by a command with these words: what came of it, and what was at work at once. */
async function carriedOut(...words: readonly string[]) {
  const other = "docs/plans/other.md";
  const { run, disk } = project({}, WIDE);
  disk.set(other, WIDE);
  const { code, stdout } = await run(
    "run",
    "core",
    "other",
    "--agent",
    "coder",
    ...words,
    "--json",
  );
  const events = stdout
    .trim()
    .split("\n")
    .flatMap((line) => {
      const { event } = JSON.parse(line) as Partial<Advanced>;
      return event ? [event] : [];
    });
  return { code, most: mostAtOnce(events), plans: [disk.get(FILE), disk.get(other)] };
}

test("without limits, plans and in a pipeline their phases are at work at once", async () => {
  const { code, most } = await carriedOut("--pattern", "pipeline", "--workers", "8");
  expect({ code, most }).toMatchObject({ code: 0, most: { plans: 2, phases: 2 } });
});

test.each(["dag", "independent", "batched", "pipeline"])(
  "--pattern %s carries out two plans, and keeps the limits of all three levels",
  async (pattern) => {
    const limits = ["--workers", "3", "--plans", "1", "--phases", "1"];
    const { code, most, plans } = await carriedOut("--pattern", pattern, ...limits);
    expect({ code, most }).toMatchObject({ code: 0, most: { plans: 1, phases: 1 } });
    expect(most.tasks).toBeLessThanOrEqual(3);
    expect(plans).toEqual([DONE, DONE]);
  },
);
