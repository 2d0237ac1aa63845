/** `wavegate run --dry-run` as people and programs use it (PX-05, PX-07). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { err, ok } from "../../../src/core/result.ts";
import type { RunPreview } from "../../../src/execution/preview/run-preview.ts";
import { golden } from "../reporters/golden.ts";
import { createHarness } from "./harness.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/plans");
const fixture = (name: string) => readFileSync(path.join(FIXTURES, name), "utf8");

type Surroundings = Parameters<typeof createHarness>[1];

/** A repository with a plan of S4 and a tasks.md of Spec Kit. */
function repository(surroundings?: Surroundings) {
  const harness = createHarness(undefined, surroundings);
  harness.disk.set("docs/plans/core.md", fixture("core.md"));
  harness.disk.set("specs/001-albums/tasks.md", fixture("albums-tasks.md"));
  const run = (...args: readonly string[]) => harness.run(["run", "--dry-run", ...args]);
  const json = async (...args: readonly string[]) =>
    JSON.parse((await run(...args, "--json")).stdout) as RunPreview;
  return { ...harness, run, json };
}

describe("what it looks like", () => {
  test.each([[["core"]], [["core", "specs/001-albums", "--workers", "2", "--plans", "1"]]])(
    "run --dry-run %j",
    async (args) => {
      const { stdout, stderr, code } = await repository().run(...args);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(stdout).toBe(golden(`run-dry-run-${args.length}.txt`, stdout));
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    },
  );
});

const CORE_DONE = fixture("core.md").replaceAll("- [ ]", "- [x]");

/** When each row begins, by key. */
const startsOf = ({ phases }: RunPreview) =>
  Object.fromEntries(phases.flatMap(({ rows }) => rows.map(({ key, start }) => [key, start])));

/** Pairs of phases of one plan that have something at work at one time. */
function overlapping({ phases }: RunPreview): ReadonlySet<string> {
  const spans = phases.flatMap(({ plan, key, rows }) =>
    rows.flatMap(({ start, end }) =>
      start === null || end === null ? [] : [{ plan, phase: key, start, end }],
    ),
  );
  return new Set(
    spans.flatMap((one) =>
      spans
        .filter((other) => other.plan === one.plan && other.phase !== one.phase)
        .filter((other) => other.start < one.end && one.start < other.end)
        .map((other) => `${one.plan} ${one.phase} ${other.phase}`),
    ),
  );
}

describe("patterns and levels", () => {
  test.each(["dag", "independent", "batched", "pipeline"] as const)(
    "--pattern %s ends with all of it, not before the bound",
    async (pattern) => {
      const { rules, estimate, phases } = await repository().json("core", "--pattern", pattern);
      expect(rules.pattern).toBe(pattern);
      expect(estimate.expected).toBeGreaterThanOrEqual(estimate.bound);
      expect(estimate.spread?.p80).toBeGreaterThan(estimate.spread?.p50 ?? Infinity);
      const open = phases.flatMap(({ rows }) => rows).filter(({ end }) => end !== null);
      expect(Math.max(...open.map(({ end }) => end ?? 0))).toBe(estimate.expected);
    },
  );

  test("each pattern starts something else first", async () => {
    const { json } = repository();
    const of = async (...args: readonly string[]) =>
      startsOf(await json("core", "--workers", "3", ...args));
    const dag = await of("--pattern", "dag");
    const batched = await of("--pattern", "batched", "--batch", "2");
    const pipeline = await of("--pattern", "pipeline");
    // a batch is waited for whole; phases overlap only in a pipeline
    expect(batched["1.3"]).toBeGreaterThan(dag["1.3"] ?? Infinity);
    expect(pipeline["2.2"]).toBeLessThan(dag["2.2"] ?? 0);
  });

  test("--plans and --phases hold levels back", async () => {
    const { json } = repository();
    const both = ["core", "specs/001-albums", "--workers", "9"];
    const free = await json(...both);
    const one = await json(...both, "--plans", "1");
    expect(free.estimate.expected).toBeLessThan(one.estimate.expected);
    expect(one.rules).toMatchObject({ plans: 1, phases: null, workers: 9 });
    const phase = await json(...both, "--phases", "1");
    // two of Spec Kit's stories could run beside each other
    expect(overlapping(free).size).toBeGreaterThan(0);
    expect(overlapping(phase).size).toBe(0);
  });
});

describe("cost", () => {
  test("the built-in agent uses no tokens; of another that is told which has no price", async () => {
    const { json, run } = repository();
    expect((await json("core", "--agent", "builtin")).cost).toMatchObject({
      agent: "builtin",
      usd: { low: 0, high: 0 },
      calls: { least: 11, most: 33 },
    });
    const { cost } = await json("core", "--agent", "mine", "--max-cost", "5");
    expect(cost).toMatchObject({ usd: null, limit: { usd: 5, tokens: null } });
    expect(cost.basis).toMatch(/^Not known/);
    expect((await run("core", "--agent", "nobody")).stderr).toContain("AGENT_UNKNOWN");
  });
});

describe("what git says", () => {
  test("what agents will not see is told", async () => {
    const git = ok({ branch: null, dirty: true, shallow: true, lfs: true, submodules: ["lib/x"] });
    const { stdout } = await repository({
      variables: {},
      branch: undefined,
      changes: never,
      git,
    }).run("core");
    for (const words of ["on no branch", "not committed", "shallow", "LFS", "lib/x"])
      expect(stdout.replace(/\s+/g, " ")).toContain(words);
  });

  test("a repository that tasks can't work from is refused", async () => {
    const git = err(new WavegateError("REPOSITORY_UNFIT", "It is bare.", { hint: "Clone it." }));
    const { code, stderr } = await repository({
      variables: {},
      branch: undefined,
      changes: never,
      git,
    }).run("core");
    expect(code).toBe(1);
    expect(stderr).toBe("error REPOSITORY_UNFIT: It is bare.\n  hint: Clone it.\n");
  });
});

async function* never(): AsyncGenerator<void> {}

const plan = (text: string) => `# Implementation Plan: X\n\n## Phase 1: A\n\n${text}\n`;

test("a checkpoint that nobody ticked is behind with its phase, and is not drawn", async () => {
  const { disk, run } = repository();
  const tasks = [
    "# Tasks: Albums",
    "## Phase 1: Setup",
    "- [x] T001 Make src/a.ts",
    "**Checkpoint**: it builds",
    "## Phase 2: More",
    "- [x] T002 Make src/b.ts",
    "- [ ] T003 Extend src/b.ts",
    "",
  ];
  disk.set("specs/002-more/tasks.md", tasks.join("\n\n"));
  const { stdout } = await run("specs/002-more");
  expect(stdout).toMatch(/^ 1 Setup +done$/m);
  expect(stdout).not.toContain("VERIFY 1");
});

describe("bad input is one line with a code and a hint", () => {
  test.each([
    [["nowhere"], "PLAN_NOT_FOUND", 1],
    [["../outside.md"], "USAGE", 2],
    [["empty"], "PLAN_NOT_FOUND", 1],
    [["circle"], "PLAN_CYCLIC", 1],
    [["self"], "PLAN_CYCLIC", 1],
    [["core", "--pattern", "waves"], "USAGE", 2],
    [["core", "--workers", "0"], "USAGE", 2],
    [["core", "--phases", "-1"], "USAGE", 2],
    [["core", "--max-cost", "free"], "USAGE", 2],
    [[""], "USAGE", 2],
  ] as const)("%j: %s", async (args, code, exit) => {
    const { disk, run } = repository();
    disk.set("docs/plans/empty.md", "# Implementation Plan: X\n\nNothing yet.\n");
    disk.set(
      "docs/plans/circle.md",
      plan("- [ ] 1.1 A (depends: 1.2)\n- [ ] 1.2 B (depends: 1.1)"),
    );
    disk.set("docs/plans/self.md", plan("- [ ] 1.1 A (depends: 1.1)"));
    const { code: ended, stderr, stdout } = await run(...args);
    expect({ ended, stdout }).toEqual({ ended: exit, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error ${code}: `));
    expect(stderr).toMatch(/\n {2}hint: \S/);
  });

  test("a status file that can't be read: what was done would be done again", async () => {
    const { disk, run } = repository();
    disk.set("docs/plan-outputs/core/status.json", "{ not json");
    expect((await run("core")).stderr).toMatch(/^error PLAN_STATUS_DAMAGED: /);
  });

  test("where all is done there is nothing to begin, and that is no error", async () => {
    const { disk, run } = repository();
    disk.set("docs/plans/core.md", CORE_DONE);
    const { code, stdout } = await run("core");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        "Nothing is left to do in docs/plans/core.md: 8 of 8 done (100 %).\nhint: Open a task again with: wavegate plans reset core TASK\n",
    });
  });
});

test("words of a plan can't reach the terminal as more than words", async () => {
  const { disk, run } = repository();
  disk.set(
    "docs/plans/evil.md",
    "# Implementation Plan: \u001B[2Jx\n\n## Phase 1: \u202Eevil\n\n- [ ] 1.1 \u001B]0;x\u0007 write `src/\u202Ea.ts` and __proto__\n",
  );
  const { stdout } = await run("evil");
  const hidden = Array.from(stdout).filter(
    (point) => point !== "\n" && isHidden(point.codePointAt(0) ?? 0),
  );
  expect(hidden).toEqual([]);
});

/** A control character, or one that turns the direction of text. */
const isHidden = (code: number): boolean => code < 0x20 || (code >= 0x202a && code <= 0x202e);
