/** what-if, replan, risks, strategy, validate, import, and what `schedule` writes (WV-04, WV-06, WV-09, WV-11, WV-12). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test, vi } from "vitest";
import type {
  ReplanAnswer,
  ValidationAnswer,
  WhatIfAnswer,
} from "../../../src/schedule/answers/change-answers.ts";
import type { ScheduleAnswer } from "../../../src/schedule/answers/schedule-answer.ts";
import { S3_SCHEMAS } from "../../../src/schedule/report/s3/write-s3-files.ts";
import { inlineSearch } from "../inline-search.ts";
import { golden } from "../reporters/golden.ts";
import { createHarness } from "./harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const read = (name: string) => readFileSync(path.join(ROOT, name), "utf8");

const PSPLIB = `PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
  1      1     0       0
  2      1     3       1
  3      1     2       1
  4      1     0       0
RESOURCEAVAILABILITIES:
  R 1
  1
`;

const STATUS = {
  planPath: "docs/plans/core.md",
  planName: "core",
  tasks: [
    {
      id: "1.1",
      phase: "Phase 1",
      description: "x",
      status: "completed",
      startedAt: "2024-01-08T09:00:00Z",
      completedAt: "2024-01-08T11:00:00Z",
    },
    {
      id: "1.2",
      phase: "Phase 1",
      description: "y",
      status: "in_progress",
      startedAt: "2024-01-08T10:00:00Z",
    },
  ],
};

/** What each command prints with `--json`. */
interface Answers {
  readonly "what-if": WhatIfAnswer;
  readonly replan: ReplanAnswer;
  readonly schedule: ScheduleAnswer;
  readonly strategy: Readonly<Record<string, unknown>>;
  readonly validate: ValidationAnswer;
  readonly risks: unknown;
  readonly import: { readonly activities: unknown; readonly teams: unknown };
}

function repository() {
  const harness = createHarness();
  harness.disk.set("prd.md", read("examples/schedule/prd.md"));
  harness.disk.set("teams.yaml", read("examples/schedule/teams.yaml"));
  harness.disk.set("docs/plans/core.md", read("test/fixtures/plans/core.md"));
  harness.disk.set("execution-plan.json", read("test/fixtures/plans/ledger-execution.json"));
  harness.disk.set("j4.sm", PSPLIB);
  const json = async <K extends keyof Answers>(command: K, ...args: readonly string[]) => {
    const { stdout, code } = await harness.run([command, ...args, "--json"]);
    return { code, answer: JSON.parse(stdout) as Answers[K] };
  };
  return { ...harness, json };
}

const crewSizes = ({ bookings }: ScheduleAnswer) =>
  bookings.map(({ activity, people }) => [activity, people.length]);

const WITH_TEAMS = ["prd.md", "--teams", "teams.yaml", "--budget", "100"] as const;

describe("what-if", () => {
  test("what shortens it most is tried with as many schedules as are asked for", async () => {
    const { json } = repository();
    const searches = vi.spyOn(inlineSearch, "search");
    const args = [...WITH_TEAMS.slice(0, 3), "--budget", "30"];
    expect((await json("what-if", ...args)).answer.effort.budget).toBe(30);
    const budgets = searches.mock.calls.map(([{ budget }]) => budget);
    searches.mockRestore();
    expect(budgets.length).toBeGreaterThan(5);
    expect(new Set(budgets)).toEqual(new Set([30]));
  });

  test("without anything asked about, what shortens it most, the best first", async () => {
    const { json, run } = repository();
    const { answer } = await json("what-if", ...WITH_TEAMS);
    const saved = (answer.shortenings ?? []).map((each) => each.saved);
    expect(saved.length).toBeGreaterThan(3);
    expect(saved).toEqual(saved.toSorted((a, b) => b - a));
    expect(saved[0]).toBeGreaterThan(0);
    const { stdout } = await run(["what-if", ...WITH_TEAMS]);
    expect(stdout).toBe(golden("what-if.txt", stdout));
  });

  test("what is asked about is compared with what is", async () => {
    const { json } = repository();
    const ask = async (...args: readonly string[]) =>
      (await json("what-if", ...WITH_TEAMS, ...args)).answer.changed;
    const shorter = await ask("--duration", "2A.2=1d", "--drop", "3.2", "--add-person", "pages");
    expect(shorter?.saved.minutes).toBeGreaterThan(0);
    expect(shorter?.moved).toContainEqual(
      expect.objectContaining({ activity: "3.2", kind: "dropped", after: null }),
    );
    expect((await ask("--duration", "2A.2=9d"))?.saved.minutes).toBeLessThan(0);
    const skilled = await ask("--add-person", "backend:PostgreSQL,Node.js");
    expect(skilled?.changes).toEqual(["one more in backend with PostgreSQL, Node.js"]);
    expect((await ask("--split", "database"))?.changes).toEqual(["one more of database"]);
  });

  test("barriers can be left out where there are some", async () => {
    const { json } = repository();
    const core = ["docs/plans/core.md", "--start", "2024-01-08", "--budget", "100"];
    const { answer } = await json("what-if", ...core, "--no-barriers");
    expect(answer.changed?.saved.minutes).toBeGreaterThanOrEqual(0);
    expect((await json("what-if", ...WITH_TEAMS, "--no-barriers")).answer).toMatchObject({
      error: { code: "USAGE" },
    });
  });

  test.each([
    ["--drop", "9.9"],
    ["--add-person", "nobody"],
    ["--split", "nothing"],
    ["--duration", "2A.2"],
    ["--budget", "3s"],
  ])("%s %s can't be tried", async (flag, value) => {
    const { run } = repository();
    const { code } = await run(["what-if", "prd.md", "--teams", "teams.yaml", flag, value]);
    expect(code).toBe(2);
  });
});

test("replan: what happened stays, the rest is scheduled anew, and what it is late for is told", async () => {
  const { json, disk, run } = repository();
  disk.set("docs/plan-outputs/core/status.json", JSON.stringify(STATUS));
  const args = ["docs/plans/core.md", "--now", "2024-01-08T12:00"];
  const { answer } = await json("replan", ...args);
  expect(answer.planned.start).toBe("2024-01-08T09:00");
  expect(answer.counts).toMatchObject({ done: 1, started: 1 });
  expect(answer.later.minutes).toBeGreaterThan(0);
  const by = new Map(answer.schedule.bookings.map((booking) => [booking.activity, booking]));
  expect(by.get("1.1")).toMatchObject({ start: "2024-01-08T09:00", end: "2024-01-08T11:00" });
  expect(by.get("1.2")).toMatchObject({ start: "2024-01-08T10:00", fixed: true });
  for (const { fixed, start } of answer.schedule.bookings)
    if (!fixed) expect(start >= "2024-01-08T12:00").toBe(true);
  expect(answer.changes.find(({ activity }) => activity === "1.2")?.cause).toBe("took-longer");
  const { stdout } = await run(["replan", ...args]);
  expect(stdout).toBe(golden("replan.txt", stdout));
});

test("replan: what is done without a time is counted, told, and taken to have gone as planned", async () => {
  const { json, disk, run } = repository();
  const [first, ...rest] = STATUS.tasks;
  const { completedAt: _, ...untimed } = { completedAt: "", ...first };
  const status = { ...STATUS, tasks: [untimed, ...rest] };
  disk.set("docs/plan-outputs/core/status.json", JSON.stringify(status));
  const args = ["docs/plans/core.md", "--now", "2024-01-12T12:00"];
  const { answer } = await json("replan", ...args);
  expect(answer).toMatchObject({ untimed: 1, counts: { done: 1, started: 1 } });
  expect((await run(["replan", ...args])).stdout).toContain("1 activity was done without a time");
});

test("replan: days on which nothing was done are told, and are no part of what it takes", async () => {
  const { json, disk, run } = repository();
  const [first] = STATUS.tasks;
  const status = { ...STATUS, tasks: [first] };
  disk.set("docs/plan-outputs/core/status.json", JSON.stringify(status));
  const at = async (now: string) =>
    (await json("replan", "docs/plans/core.md", "--budget", "50", "--now", now)).answer;
  const [soon, late] = [await at("2024-01-09T11:00"), await at("2024-03-09T11:00")];
  expect(soon.idle).toEqual([]);
  expect(late.idle).toEqual([{ from: "2024-01-09", to: "2024-03-08" }]);
  expect(late.schedule.finish.slice(0, 10) > "2024-03-08").toBe(true);
  expect(late.schedule.makespan.minutes).toBeLessThanOrEqual(soon.schedule.makespan.minutes);
  expect(late.schedule.efficiency.utilisation).toBeGreaterThanOrEqual(
    soon.schedule.efficiency.utilisation - 1e-9,
  );
  const { stdout } = await run(["replan", "docs/plans/core.md", "--now", "2024-03-09T11:00"]);
  expect(stdout).toContain("2024-01-09 to 2024-03-08: nothing was done");
});

test("risks: each with what it rests on, how it shows, and what is done", async () => {
  const { run } = repository();
  const { stdout, code } = await run(["risks", ...WITH_TEAMS]);
  expect(code).toBe(0);
  expect(stdout).toBe(golden("risks.txt", stdout));
  expect(stdout).toContain("Only one person can do it: ann");
});

test("strategy: the document, and S3's files as their schemas want them", async () => {
  const { run, json } = repository();
  const { stdout } = await run(["strategy", ...WITH_TEAMS]);
  expect(stdout).toMatch(/^# Execution strategy: Rooms to book\n/);
  const { answer } = await json("strategy", ...WITH_TEAMS);
  expect(Object.keys(answer)).toEqual(Object.keys(S3_SCHEMAS));
  for (const [name, schema] of Object.entries(S3_SCHEMAS))
    expect(schema.safeParse(answer[name]).error).toBeUndefined();
});

describe("schedule --output", () => {
  test("writes everything, says which, and leaves alone what is not its own", async () => {
    const { json, disk } = repository();
    disk.set("out/roadmap.md", "mine\n");
    disk.set("other.html", "<p>mine</p>");
    const files = ["--html", "page.html", "--svg", "pictures", "--ics", "team.ics"];
    const write = async (outputs: readonly string[] = ["--output", "out", ...files]) =>
      new Map(
        (await json("schedule", ...WITH_TEAMS, ...outputs)).answer.written.map(
          ({ path: file, outcome }) => [file, outcome],
        ),
      );
    const first = await write();
    expect(first.get("out/roadmap.md")).toBe("kept");
    expect(disk.get("out/roadmap.md")).toBe("mine\n");
    expect(first.get("out/strategy.md")).toBe("written");
    for (const name of ["team.ics", "page.html", "out/strategy.html", "pictures/graph.svg"])
      expect(first.get(name)).toBe("written");
    expect(disk.get("page.html")).toMatch(/^<!doctype html>/i);
    expect(disk.get("pictures/graph.svg")).toContain("<svg");
    expect((await write(["--html", "other.html"])).get("other.html")).toBe("kept");
    expect(disk.get("other.html")).toBe("<p>mine</p>");
    expect(disk.get("team.ics")).toMatch(/^BEGIN:VCALENDAR\r\n/);
    for (const name of [...Object.keys(S3_SCHEMAS), "playbooks/backend.md", "schedule.ics"])
      expect(first.get(`out/${name}`)).toBe("written");
    expect(JSON.parse(disk.get("out/wave-schedules.json") ?? "")).toHaveProperty(
      "wave_execution_plan",
    );
    disk.set("out/strategy.md", `${disk.get("out/strategy.md") ?? ""}by hand\n`);
    disk.set("prd.md", read("examples/schedule/prd.md").replace("(3 d)", "(4 d)"));
    const again = await write();
    expect(again.get("out/strategy.md")).toBe("kept");
    expect(again.get("out/execution-plan.json")).toBe("rewritten");
    expect((await write()).get("out/execution-plan.json")).toBe("unchanged");
  });
});

const edge = (dependent: string, dependency: string, strength: string) => ({
  dependent_phase: dependent,
  dependency_phase: dependency,
  dependency_strength: strength,
});

describe("validate", () => {
  test("S3's execution plan: every claim that contradicts another, with line and column", async () => {
    const { json, run } = repository();
    const { answer, code } = await json("validate", "execution-plan.json");
    expect(code).toBe(1);
    expect(answer).toMatchObject({ kind: "plan", ok: false });
    expect(answer.diagnostics.length).toBeGreaterThan(10);
    for (const { place, hint } of answer.diagnostics) {
      expect(place.file).toBe("execution-plan.json");
      expect(hint).not.toBe("");
    }
    expect(answer.diagnostics.filter(({ place }) => place.column === undefined)).toEqual([]);
    const { stdout } = await run(["validate", "execution-plan.json"]);
    expect(stdout).toBe(golden("validate-s3.txt", stdout));
  });

  test("--corrected puts right what can be computed, and changes no other character", async () => {
    const { run, json, disk } = repository();
    const { stdout } = await run(["validate", "execution-plan.json", "--corrected"]);
    const { answer } = await json("validate", "execution-plan.json");
    expect(answer.corrections.length).toBeGreaterThan(3);
    disk.set("better.json", stdout);
    const better = await json("validate", "better.json");
    expect(better.answer.corrections).toEqual([]);
    expect(better.answer.diagnostics.length).toBeLessThan(answer.diagnostics.length);
    expect((await run(["validate", "prd.md", "--corrected"])).code).toBe(2);
  });

  test.each([
    ["teams.yaml", "teams", 0],
    ["prd.md", "plan", 0],
    ["j4.sm", "benchmark", 0],
  ])("%s is checked as %s", async (file, kind, exit) => {
    const { json } = repository();
    const { code, answer } = await json("validate", file);
    expect([code, answer.kind]).toEqual([exit, kind]);
  });

  test("import --json of S3's execution plan keeps whole teams and the risks that it names", async () => {
    const { json, disk } = repository();
    const phase = { phase_id: "p1", team_assignment: "api", estimated_duration: "1 week" };
    const named = { risk_id: "coord_001", risk_name: "Contracts differ", probability: "high" };
    const plan = {
      resource_analysis: {
        available_teams: [{ team_id: "api", team_size: 2, key_skills: ["Go"] }],
      },
      wave_execution_plan: {
        waves: [{ wave_number: 1, start_date: "2024-03-04", phases: [phase] }],
      },
      risk_management: { risk_assessment: [named] },
    };
    disk.set("plan.json", JSON.stringify(plan));
    const { teams, ...rest } = (await json("import", "plan.json")).answer;
    disk.set("activities.json", JSON.stringify(rest));
    disk.set("own.json", JSON.stringify(teams));
    const before = await json("schedule", "plan.json", "--teams", "plan.json");
    const after = await json("schedule", "activities.json", "--teams", "own.json");
    expect(crewSizes(after.answer)).toEqual(crewSizes(before.answer));
    expect(crewSizes(after.answer).some(([, people]) => Number(people) > 1)).toBe(true);
    const told = await json("risks", "activities.json", "--teams", "own.json");
    expect(JSON.stringify(told.answer)).toContain("Contracts differ");
  });

  test("a circle with a soft edge is broken there; both commands say which", async () => {
    const { json, run, disk } = repository();
    const phases = ["1", "2", "3"].map((id) => ({ phase_id: id, estimated_effort: "1 week" }));
    const edges = [edge("2", "1", "hard"), edge("3", "2", "hard"), edge("1", "3", "soft")];
    disk.set(
      "graph.json",
      JSON.stringify({
        phase_inventory: phases,
        dependency_analysis: { phase_dependencies: edges },
      }),
    );
    const { answer, code: exit } = await json("validate", "graph.json");
    expect([exit, answer.ok]).toEqual([0, true]);
    const told = answer.diagnostics.filter(({ code }) => code === "SCHEDULE_CIRCLE_BROKEN");
    expect(told.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(told[0]?.message).toContain("Left out to go on: 1 → end of 3");
    const { stdout, code } = await run(["schedule", "graph.json", "--workers", "2"]);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain("Left out to go on: 1 → end of 3");
    const scheduled = await json("schedule", "graph.json", "--workers", "2");
    const start = (id: string) =>
      scheduled.answer.bookings.find(({ activity }) => activity === id)?.from ?? -1;
    expect(start("1")).toBe(0);
    expect(start("2")).toBeGreaterThan(start("1"));
    expect(start("3")).toBeGreaterThan(start("2"));
  });

  test("dates that contradict are told beside a skill that nobody has", async () => {
    const { json, disk } = repository();
    disk.set("t.yaml", "teams: { t: { size: 1, skills: [Go] } }\nstart: 2024-01-08\n");
    disk.set("a.csv", "id,duration,skills,deadline\na,2 d,COBOL,\nb,1 d,,2024-01-02\n");
    const { answer } = await json("validate", "a.csv", "--teams", "t.yaml");
    expect(answer.diagnostics.map(({ code, place }) => `${place.line} ${code}`)).toEqual([
      "2 SCHEDULE_SKILL_MISSING",
      "3 SCHEDULE_DATES_CONTRADICT",
    ]);
  });

  test("a table: a circle of one, a duration and an id are told at once", async () => {
    const { json, disk } = repository();
    disk.set("a.csv", "id,duration,predecessors\na,2 d,a\nb,x,\nc,1 d,zz\n");
    const { answer } = await json("validate", "a.csv");
    expect(answer.diagnostics.map(({ code, place }) => `${place.line} ${code}`)).toEqual([
      "2 SCHEDULE_CIRCLE",
      "3 SCHEDULE_DURATION_INVALID",
      "4 SCHEDULE_ACTIVITY_UNKNOWN",
    ]);
  });

  test("a team file for another plan: none of the teams that the plan names", async () => {
    const { json, disk } = repository();
    disk.set("t.yaml", "teams: { bakers: { size: 2 } }");
    const { answer } = await json("validate", "execution-plan.json", "--teams", "t.yaml");
    const told = answer.diagnostics.filter(({ code }) => code === "SCHEDULE_TEAMS_UNRELATED");
    expect(told.map(({ place }) => place.file)).toEqual(["t.yaml"]);
  });

  test("what is in progress is planned whole, and told", async () => {
    const { json, disk } = repository();
    disk.set(
      "p.md",
      "# Implementation Plan: P\n\n## Phase 1: A\n- [x] 1.1 Make `a` (4 h)\n- [~] 1.2 Make `b` (2 h)\n",
    );
    const { answer } = await json("schedule", "p.md", "--workers", "2");
    const own = answer.diagnostics.filter(({ code }) => code.startsWith("SCHEDULE_"));
    expect(own).toMatchObject([
      { code: "SCHEDULE_BEGUN_PLANNED_WHOLE", place: { file: "p.md", line: 5 } },
    ]);
    expect(answer.chain.map(({ id }) => id)).toEqual(["1.2"]);
  });

  test("a plan with teams that can't do it", async () => {
    const { json, disk } = repository();
    disk.set("t.yaml", "teams: { a: { size: 2, skills: [Cobol] } }");
    const { code, answer } = await json("validate", "prd.md", "--teams", "t.yaml");
    expect(code).toBe(1);
    expect(answer.diagnostics.map((each) => each.code)).toContain("SCHEDULE_SKILL_MISSING");
  });
});

describe("import", () => {
  test.each([["--prove"], ["--budget", "5"], ["--seed", "2"]])(
    "%s is refused where nothing is searched",
    async (...flags) => {
      const { run } = repository();
      const { stdout, stderr, code } = await run(["import", "j4.sm", "--json", ...flags]);
      expect(code).toBe(2);
      expect(stdout + stderr).toContain(`${flags[0]} does nothing with import --json`);
    },
  );

  test("a project of PSPLIB: two jobs that share one unit come one after the other", async () => {
    const { run } = repository();
    const { stdout, code } = await run(["import", "j4.sm"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/finish {4}Sat 2000-01-01 05:00 UTC, after 5 h/);
    expect(stdout).toContain("no schedule is shorter");
  });

  test("what --json prints can be scheduled with the same end", async () => {
    const { json, disk } = repository();
    const { answer } = await json("import", "prd.md", "--teams", "teams.yaml");
    disk.set("activities.json", JSON.stringify({ activities: answer.activities }));
    disk.set("t.json", JSON.stringify(answer.teams));
    const budget = ["--budget", "300"];
    const one = await json("schedule", "prd.md", "--teams", "teams.yaml", ...budget);
    const other = await json("schedule", "activities.json", "--teams", "t.json", ...budget);
    expect(other.answer.bound).toEqual(one.answer.bound);
    expect(other.answer.activities).toBe(one.answer.activities);
  });

  test("a table of activities", async () => {
    const { json, disk } = repository();
    disk.set("a.csv", "id,duration,predecessors\na,2h,\nb,1h,a\nc,1h,aSS+30 min\n");
    const { answer } = await json("schedule", "a.csv", "--start", "2024-01-08");
    expect(answer.bookings.map(({ activity, start }) => [activity, start])).toEqual([
      ["a", "2024-01-08T00:00"],
      ["b", "2024-01-08T02:00"],
      ["c", "2024-01-08T00:30"],
    ]);
  });
});
