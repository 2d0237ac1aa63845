/** Findings as files, and ticks of what they answer (PX-04). `UPDATE_GOLDEN=1` writes what is expected; read the difference first. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { AnalyzeAnswer } from "../../../src/analysis/answer.ts";
import { FINDINGS } from "../../../src/analysis/model.ts";
import { createHarness } from "../cli/harness.ts";

const TEST = path.resolve(import.meta.dirname, "../..");
const fixture = (name: string) => readFileSync(path.join(TEST, "fixtures/plans", name), "utf8");
const ASKING = "docs/plans/parallel-work.md";
const FOLDER = "docs/plan-outputs/parallel-work/findings";
const STATUS = "docs/plan-outputs/parallel-work/status.json";
const NAMES = FINDINGS.map(({ slug }) => `${slug}.md`);

function project() {
  const harness = createHarness();
  harness.disk.set(ASKING, fixture("parallel-work.md"));
  harness.disk.set("docs/plans/core.md", fixture("core.md"));
  const before = new Map(harness.disk);
  const analyze = async (...args: readonly string[]) => {
    const { stdout, stderr, code } = await harness.run(["analyze", ...args, "--json"]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as AnalyzeAnswer;
  };
  const changed = () =>
    [...harness.disk].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
  return { ...harness, analyze, changed };
}

const outcomes = ({ written }: AnalyzeAnswer) => written.map(({ outcome }) => outcome);
const all = <T>(outcome: T) => NAMES.map(() => outcome);
const keysOf = ({ ticks }: AnalyzeAnswer, outcome: string) =>
  ticks.filter((tick) => tick.outcome === outcome).map(({ key }) => key);

test("the files of two plans are these", async () => {
  const { analyze, disk } = project();
  await analyze("docs/plans", "--output", "out/");
  for (const name of NAMES) {
    const file = path.join(TEST, "golden/analysis", name);
    const made = disk.get(`out/${name}`) ?? "";
    expect(made).not.toBe("");
    mkdirSync(path.dirname(file), { recursive: true });
    if (process.env["UPDATE_GOLDEN"]) writeFileSync(file, made);
    expect(made).toBe(readFileSync(file, "utf8"));
  }
});

describe("--write", () => {
  test("writes beside the status of the plan that asks, then finds the files as they should be", async () => {
    const { analyze, changed } = project();
    expect(outcomes(await analyze("--write"))).toEqual(all("written"));
    expect(changed()).toEqual(NAMES.map((name) => `${FOLDER}/${name}`));
    expect(outcomes(await analyze("--write"))).toEqual(all("unchanged"));
  });

  test("writes anew what differs, and keeps what a person changed or wrote", async () => {
    const { analyze, disk, run } = project();
    disk.set(`${FOLDER}/2-parallel-plans.md`, "# Mine\n");
    await analyze("--write");
    const changed = `${disk.get(`${FOLDER}/6-recommendations.md`)?.replace("# Task 6", "# My task")}`;
    disk.set(`${FOLDER}/6-recommendations.md`, changed);
    disk.set("docs/plans/core.md", fixture("core.md").replace("[2h]", "[5h]"));
    const again = await analyze("--write");
    expect(outcomes(again)).toMatchObject({ 1: "kept", 4: "rewritten", 5: "kept" });
    expect(disk.get(`${FOLDER}/2-parallel-plans.md`)).toBe("# Mine\n");
    expect(disk.get(`${FOLDER}/6-recommendations.md`)).toBe(changed);
    const { stdout } = await run(["analyze", "--write"]);
    expect(stdout).toContain(`Files in ${FOLDER}/`);
    expect(stdout).toContain("6-recommendations.md: kept as it is");
  });

  test.each([
    [["specs", "--write"], "no plan"],
    [["docs/plans/core.md", "docs/plans/other.md", "--write"], "whose folder is meant"],
    [["--output", "../out"], "outside the project"],
    [["docs/plans/core.md", "--tick"], "None of these plans asks"],
    [["docs/plans", "--tick", "--output", "out"], "don't go together"],
    [["docs/plans", "again.md", "--tick"], "Several of these plans"],
  ])("%j is refused, and nothing is written", async (args, words) => {
    const { disk, run } = project();
    disk.set("docs/plans/other.md", fixture("core.md"));
    disk.set("again.md", fixture("parallel-work.md"));
    const before = new Map(disk);
    const { code, stderr } = await run(["analyze", ...args, "--html", "page.html"]);
    expect(code).not.toBe(0);
    expect(stderr).toContain(words);
    expect(disk).toEqual(before);
  });

  test("into a folder that holds a plan is into that folder", async () => {
    const { analyze, disk } = project();
    disk.set("specs/001-albums/tasks.md", fixture("albums-tasks.md"));
    const { written } = await analyze("specs/001-albums", "--output", "specs/001-albums");
    expect(written[0]?.path).toBe("specs/001-albums/1-architecture.md");
  });
});

describe("--tick", () => {
  test("ticks what is answered, tells why the rest is not, and does nothing twice", async () => {
    const { analyze, disk, changed } = project();
    const first = await analyze("--tick");
    expect(keysOf(first, "ticked")).toEqual(["1.4", "3.2", "3.4", "5.5", "VERIFY 5"]);
    expect(keysOf(first, "was")).toEqual(["5.1"]);
    const reasons = first.ticks.flatMap(({ key, missing, outcome }) =>
      outcome === "left" ? [`${key}: ${missing}`] : [],
    );
    expect(reasons).toEqual([
      "1.1: no plan command is among the files",
      "1.2: no file given says it: 1-architecture has no section orchestrate-command",
      "3.1: it needs 3 plans; 2 given",
      "5.6: people have to judge it",
      "VERIFY 1: no plan command is among the files",
      "VERIFY: people have to judge it",
    ]);
    const ticked = disk.get(ASKING);
    const expected = ["1.4", "3.2", "3.4", "5.5", "All 4", "Tradeoff comparison"].reduce(
      (text, words) => text.replace(`- [ ] ${words}`, `- [x] ${words}`),
      fixture("parallel-work.md"),
    );
    expect(ticked).toBe(expected);
    expect(changed()).toEqual([
      ASKING,
      ...NAMES.map((name) => `${FOLDER}/${name}`),
      "docs/plan-outputs/parallel-work/status.json",
    ]);
    const second = await analyze("--tick");
    expect(keysOf(second, "ticked")).toEqual([]);
    expect(keysOf(second, "was")).toHaveLength(6);
    const before = new Map(disk);
    expect(outcomes(await analyze("--tick"))).toEqual(all("unchanged"));
    expect(disk).toEqual(before);
  });

  test("leaves what failed or was skipped, and what is in a file of a person's; notes the file in the status", async () => {
    const { analyze, disk, run } = project();
    await run(["plans", "fail", ASKING, "3.2", "--error", "no time"]);
    await run(["plans", "skip", ASKING, "3.4", "--reason", "not wanted"]);
    disk.set(`${FOLDER}/5-patterns.md`, "# What we think\n");
    const answer = await analyze("--tick");
    expect(keysOf(answer, "ticked")).toEqual(["1.4"]);
    const missing = new Map(answer.ticks.map((tick) => [tick.key, tick.missing]));
    expect(missing.get("3.2")).toBe("it is failed");
    expect(missing.get("3.4")).toBe("it is skipped");
    expect(missing.get("5.5")).toMatch(/was kept/);
    const status = JSON.parse(disk.get(STATUS) ?? "") as {
      readonly tasks: readonly { readonly id: string }[];
    };
    const byId = new Map(status.tasks.map((task) => [task.id, task]));
    expect(byId.get("1.4")).toMatchObject({
      status: "completed",
      notes: `${FOLDER}/1-architecture.md`,
    });
    expect(byId.get("3.2")).toMatchObject({ status: "failed" });
    expect(byId.get("3.4")).toMatchObject({ status: "skipped" });
  });

  test("verdicts that are unknown are no answer; that no file is touched by two plans is one", async () => {
    const { analyze, disk } = project();
    disk.set(
      ASKING,
      `# Analysis Plan\n\n## Phase 2: Plans\n\n- [ ] 2.1 Investigate if multiple plans can run concurrently (check \`current-plan.txt\` constraints)\n- [ ] 2.3 Document potential conflicts (file locks, status tracking, git operations)\n`,
    );
    disk.set("docs/plans/core.md", "# Plan\n\n## Phase 1: A\n\n- [ ] 1.1 Think\n- [ ] 1.2 Talk\n");
    const left = await analyze("--tick");
    expect(left.ticks.map(({ missing }) => missing)).toEqual([
      "no file given says it: 2-parallel-plans has nothing known in its section feasibility",
      null,
    ]);
    disk.set(
      "docs/plans/third.md",
      "# Plan\n\n## Phase 1: A\n\n- [ ] 1.1 Rewrite `src/import/folder.ts`\n",
    );
    expect((await analyze("--tick")).ticks).toMatchObject([
      { missing: null, outcome: "ticked" },
      { missing: null, outcome: "was" },
    ]);
  });

  test("people read what was ticked and why the rest was not", async () => {
    const { stdout } = await project().run(["analyze", "--tick"]);
    const told = stdout.slice(stdout.indexOf("Ticked:"));
    expect(told).toContain("Ticked: 5 of 12; 1 was done before");
    expect(told).toContain("  5-patterns: 5.5, VERIFY 5\n");
    expect(told).toContain("Not ticked: 6");
    expect(told).toContain("  5.6 Ask the team which they like: people have to judge it\n");
    expect(Math.max(...told.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
