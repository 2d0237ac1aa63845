/** `wavegate schedule` as people and programs use it (S3, WV-01 … WV-04, WV-12). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { ScheduleAnswer } from "../../../src/schedule/answers/schedule-answer.ts";
import { textWidth } from "../../../src/reporters/text-width.ts";
import { golden } from "../reporters/golden.ts";
import { createHarness } from "./harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const example = (name: string) => readFileSync(path.join(ROOT, "examples/schedule", name), "utf8");
const fixture = (name: string) =>
  readFileSync(path.join(ROOT, "test/fixtures/plans", name), "utf8");

const TEAMS = ["prd.md", "--teams", "teams.yaml", "--budget", "400"] as const;

/** The example of docs/schedule.md, and a plan whose tasks name no people. */
function repository() {
  const harness = createHarness();
  harness.disk.set("prd.md", example("prd.md"));
  harness.disk.set("teams.yaml", example("teams.yaml"));
  harness.disk.set("albums.md", fixture("albums-tasks.md"));
  const json = async (...args: readonly string[]) => {
    const { stdout, ...rest } = await harness.run(["schedule", ...args, "--json"]);
    return { ...rest, stdout, answer: JSON.parse(stdout) as ScheduleAnswer };
  };
  const error = async (...args: readonly string[]) => {
    const { code, stdout } = await harness.run(["schedule", ...args, "--json"]);
    const { error: told } = JSON.parse(stdout) as {
      error: { code: string; message: string; place: unknown; diagnostics: { code: string }[] };
    };
    return { exit: code, ...told, problems: told.diagnostics.map((one) => one.code) };
  };
  return { ...harness, json, error };
}

describe("what it looks like", () => {
  test.each([
    ["schedule-teams.txt", [...TEAMS]],
    ["schedule-agents.txt", ["albums.md", "--workers", "2", "--start", "2024-01-08"]],
  ])("%s", async (name, args) => {
    const { run } = repository();
    const { code, stdout, stderr } = await run(["schedule", ...args]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(golden(name, stdout));
    for (const line of stdout.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(80);
  });

  test("in ASCII and without colour critical and other work still differ", async () => {
    const { run } = repository();
    const { stdout } = await run(["schedule", ...TEAMS], { env: { LANG: "C" } });
    expect(stdout).toMatch(/Ann [#=.]*#[#=.]*/);
    expect(stdout).toMatch(/Cy {2}[#=.]*=/);
    expect(stdout.replace(/[\x20-\x7e\n]/g, "")).toBe("");
  });
});

describe("what it says", () => {
  test("the same seed and budget in schedules give the same bytes, another seed may not", async () => {
    const { json } = repository();
    const [one, other] = [await json(...TEAMS), await json(...TEAMS)];
    expect(one.stdout).toBe(other.stdout);
    const { effort, makespan, bound, gap } = one.answer;
    expect(effort).toMatchObject({ seed: 1, budget: { kind: "schedules", count: 400 } });
    expect(effort).toMatchObject({ repeatable: true, stopped: false });
    expect(makespan.minutes).toBeGreaterThanOrEqual(bound.minutes);
    expect(gap).toBeCloseTo((makespan.minutes / bound.minutes - 1) * 100, 1);
    expect((await json(...TEAMS, "--seed", "7")).answer.effort.seed).toBe(7);
  });

  test("a time to search is said not to be repeatable", async () => {
    const { run, json } = repository();
    // The clock of the harness stands still: what ends it is that nothing can be better.
    const args = ["albums.md", "--budget", "2s"];
    expect((await json(...args)).answer.effort).toMatchObject({
      budget: { kind: "time", ms: 2_000 },
      repeatable: false,
    });
    expect((await run(["schedule", ...args])).stdout).toMatch(/in 2 s; how many that are differs/);
  });

  test("who can does it, at hours at which they work, in order, and nobody twice at once", async () => {
    const { json } = repository();
    const { answer } = await json(...TEAMS);
    const by = new Map(answer.bookings.map((booking) => [booking.activity, booking]));
    expect(by.get("1.3")?.people).toEqual(["ann"]);
    expect(by.get("2A.3")?.people).toEqual(["ann"]);
    for (const task of ["2B.1", "2B.2", "2B.3", "3.1"])
      expect(["cy", "dee"]).toContain(by.get(task)?.people[0]);
    for (const { start, end, people } of answer.bookings.filter((one) => one.people.length > 0)) {
      expect(start).toMatch(/T(?:09|1[0-7]):/);
      expect(start.slice(0, 10)).not.toBe("2024-01-19");
      for (const other of answer.bookings)
        if (other.start !== start && other.people.some((one) => people.includes(one)))
          expect(other.end <= start || other.start >= end).toBe(true);
    }
    const chain = answer.chain.map(({ id }) => id);
    expect(chain.length).toBeGreaterThan(3);
    expect(answer.chain.at(-1)?.end).toBe(answer.finish);
    for (const id of chain) expect(by.get(id)?.critical).toBe(true);
    expect(answer.forecast.p50 <= answer.forecast.p80).toBe(true);
    expect(answer.forecast.p80 <= answer.forecast.p95).toBe(true);
    expect(answer.forecast.deadline).toBe("2024-02-09");
    expect(answer.efficiency.speedUp).toBeGreaterThan(1);
  });

  test("without a start it begins at the next full hour", async () => {
    const { json } = repository();
    expect((await json("albums.md")).answer.start).toBe("2026-01-02T04:00");
    expect((await json("albums.md", "--start", "2026-03-01")).answer.start).toBe(
      "2026-03-01T00:00",
    );
  });

  test("what agents may do at once is what the configuration allows", async () => {
    const { json, disk } = repository();
    const all = await json("albums.md", "--workers", "3");
    disk.set("wavegate.config.yaml", "limits:\n  agents: 1\n");
    const one = await json("albums.md", "--workers", "3");
    expect(one.answer.makespan.minutes).toBeGreaterThan(all.answer.makespan.minutes);
  });

  test("Ctrl-C gives the best so far, with 130", async () => {
    const { run } = repository();
    const { code, stdout } = await run(["schedule", ...TEAMS.slice(0, 3), "--budget", "1h"], {
      onInterrupt: (drain) => {
        const timer = setTimeout(drain, 50);
        return () => clearTimeout(timer);
      },
    });
    expect(code).toBe(130);
    expect(stdout).toContain("stopped: this is the best so far");
    expect(stdout).toContain("Critical chain");
  });

  test("on a terminal it shows how far it is, and leaves nothing of that", async () => {
    const { run } = repository();
    const { stderr, stdout } = await run(["schedule", ...TEAMS], { tty: true });
    expect(stdout).toContain("Rooms to book");
    expect(stderr).toContain("\u001B[?25h");
    const quiet = await run(["schedule", ...TEAMS, "--json"], { tty: true });
    expect(quiet.stderr).toBe("");
  });
});

describe("what can't be", () => {
  test.each([
    ["no plan", ["nothing.md"], { code: "PLAN_NOT_FOUND", exit: 1 }],
    ["no team file", ["prd.md", "--teams", "no.yaml"], { code: "FILE_UNREADABLE", exit: 1 }],
    [
      "both teams and workers",
      ["prd.md", "--teams", "teams.yaml", "--workers", "2"],
      { code: "USAGE", exit: 2 },
    ],
    ["a budget without unit", ["prd.md", "--budget", "1.5"], { code: "USAGE", exit: 2 }],
    ["no budget at all", ["prd.md", "--budget", "0"], { code: "USAGE", exit: 2 }],
    ["a day that does not exist", ["prd.md", "--start", "2024-02-30"], { code: "USAGE", exit: 2 }],
    ["a seed that is none", ["prd.md", "--seed", "-1"], { code: "USAGE", exit: 2 }],
    ["nobody", ["prd.md", "--workers", "0"], { code: "USAGE", exit: 2 }],
    ["two plans", ["prd.md", "albums.md"], { code: "USAGE", exit: 2 }],
  ])("%s", async (_, args, expected) => {
    const { error } = repository();
    expect(await error(...args)).toMatchObject(expected);
  });

  test.each([
    [
      "skills that nobody has",
      "teams: { a: { size: 2, skills: [Cobol] } }",
      "SCHEDULE_SKILL_MISSING",
    ],
    ["a team of nobody", "teams: { a: { size: 0 } }", "SCHEDULE_FIELD_INVALID"],
    [
      "a calendar without working time",
      "calendars: { none: { week: {} } }\nteams: { a: { size: 1 } }",
      "SCHEDULE_CALENDAR_EMPTY",
    ],
    ["a file that ends in the middle", "teams:\n  a: { size: ", "SCHEDULE_FILE_SYNTAX"],
    [
      "a deadline before the start",
      "start: 2024-05-01\ndeadline: 2024-04-01\nteams: { a: { size: 1, skills: [Node.js, React, PostgreSQL] } }",
      "SCHEDULE_DATES_CONTRADICT",
    ],
  ])("%s: told with its place, and nothing is scheduled", async (_, text, code) => {
    const { error, disk } = repository();
    disk.set("t.yaml", text);
    const told = await error("prd.md", "--teams", "t.yaml");
    expect(told).toMatchObject({ code: "SCHEDULE_INVALID", exit: 1 });
    expect(told.problems).toContain(code);
    expect(told.place).toMatchObject({ file: expect.stringMatching(/^(?:t\.yaml|prd\.md)$/) });
  });

  test("a plan without tasks", async () => {
    const { error, disk } = repository();
    disk.set("empty.md", "# Nothing\n");
    expect(await error("empty.md")).toMatchObject({ code: "PLAN_NOT_FOUND", exit: 1 });
  });
});
