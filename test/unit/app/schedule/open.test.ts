/** What is opened from files: plans, tables, S3's execution plan, team files. Nothing touches a disk. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { holdsActivities, openActivities } from "../../../../src/app/schedule/open-activities.ts";
import { openProject } from "../../../../src/app/schedule/open-project.ts";
import { validateInput } from "../../../../src/app/schedule/validate-input.ts";
import type { PlanPorts } from "../../../../src/app/plans/plan-ports.ts";
import { createMemoryPlanFiles } from "../../../../src/testing/memory-plan-files.ts";
import { solve } from "../../schedule/project/solve.ts";

const NOW = Date.parse("2024-01-10T22:30:00Z");

function portsWith(files: Readonly<Record<string, string>>): PlanPorts {
  const disk = new Map(Object.entries(files));
  return {
    planFiles: createMemoryPlanFiles(disk),
    planContext: {
      variables: {},
      inProject: (path: string) => path,
      branch: async () => undefined,
      localTime: (iso: string) => iso,
    },
    projectPaths: { list: async () => [...disk.keys()].toSorted() },
    commitLog: { changedFiles: async () => ({ ok: false, error: "no git" }) },
    otherRepository: () => undefined,
    fileWatch: { changes: async function* () {} },
    clock: { now: () => NOW },
    digestOf: (text) => createHash("sha256").update(text).digest("hex"),
  };
}

const PLAN = `# Plan

## Phase 1: Build

- [x] 1.1 Schema (2h)
- [ ] 1.2 Server (4h)
- [ ] 1.3 Client (1d)
`;

test("a plan without a team file: agents, from today on", async () => {
  const { project, teams } = await openProject(portsWith({ "docs/plans/a.md": PLAN }), {
    plan: "docs/plans/a.md",
    workers: 2,
  });
  expect(project.start.slice(0, 10)).toMatch(/^2024-01-1[01]$/);
  expect(teams.teams[0]?.people).toHaveLength(2);
  expect(project.activities.find(({ id }) => id === "1.1")?.progress.state).toBe("done");
  expect(solve(project).schedule.makespan).toBe(480);
});

test("a plan with a team file, whose start, zone and buffer count unless others are wished", async () => {
  const ports = portsWith({
    "docs/plans/a.md": PLAN,
    "teams.yaml":
      "zone: Europe/Berlin\nstart: 2024-02-05\nbuffer: 0%\nteams: { core: { size: 1 } }\n",
  });
  const wish = { plan: "docs/plans/a.md", teams: "teams.yaml" };
  const { project } = await openProject(ports, wish);
  expect(project).toMatchObject({ start: "2024-02-05", zone: "Europe/Berlin", buffer: 0 });
  expect(solve(project).schedule.makespan).toBe(720);
  const other = await openProject(ports, { ...wish, start: "2024-03-01", buffer: 0.2 });
  expect(other.project).toMatchObject({ start: "2024-03-01", buffer: 0.2 });
  expect(solve(other.project).schedule.makespan).toBe(900);
});

test("a team file that can't be used: all its errors at once", async () => {
  const ports = portsWith({
    "docs/plans/a.md": PLAN,
    "teams.yaml": "zone: Mars\nteams: { core: { availability: 0% } }\n",
  });
  const wish = { plan: "docs/plans/a.md", teams: "teams.yaml" };
  await expect(openProject(ports, wish)).rejects.toMatchObject({
    code: "SCHEDULE_INVALID",
    place: { file: "teams.yaml", line: 1 },
    diagnostics: [
      { code: "SCHEDULE_ZONE_UNKNOWN" },
      { code: "SCHEDULE_FIELD_MISSING" },
      { code: "SCHEDULE_NUMBER_INVALID" },
    ],
  });
  await expect(openProject(ports, { ...wish, teams: "none.yaml" })).rejects.toMatchObject({
    code: "FILE_UNREADABLE",
  });
  await expect(openProject(ports, { plan: wish.plan, workers: 0.5 })).rejects.toMatchObject({
    code: "USAGE",
  });
});

const holds = (path: string, text: string) => holdsActivities({ path, text });

test("a table of activities", async () => {
  const ports = portsWith({
    "plan.csv": "id,duration,predecessors\na,1d,\nb,2d,aFS+1d\n",
    "bad.csv": "id,duration\na,soon\n",
  });
  expect(holds("plan.csv", "")).toBe(true);
  expect(holds("plan.json", '{ "activities": [] }')).toBe(true);
  expect(holds("plan.json", '[{ "id": "a", "duration": "1d" }]')).toBe(true);
  expect(holds("plan.json", '{ "phases": [{ "duration": "1d" }] }')).toBe(false);
  expect(holds("plan.md", "- [ ] activities")).toBe(false);
  const { project } = await openActivities(ports, { plan: "plan.csv", workers: 1 }, "2024-01-01");
  expect(solve(project).schedule.makespan).toBe(480 * 4);
  await expect(openActivities(ports, { plan: "bad.csv" }, "2024-01-01")).rejects.toMatchObject({
    code: "SCHEDULE_INVALID",
  });
});

const S3 = JSON.stringify(
  {
    project_context: { total_phases: 9 },
    resource_analysis: {
      available_teams: [
        {
          team_id: "api_team",
          team_size: 2,
          key_skills: ["Go"],
          availability: "100%",
          capacity: "20 hours/week",
        },
      ],
    },
    wave_execution_plan: {
      total_waves: 1,
      waves: [
        {
          wave_number: 1,
          duration: "1 week",
          start_date: "2024-03-04",
          phases: [
            {
              phase_id: "p1",
              team_assignment: "api_team",
              estimated_duration: "1 week",
              dependencies: [],
              deliverables: ["API"],
            },
          ],
        },
      ],
    },
  },
  null,
  2,
);

test("S3's execution plan is its own team file; what is wrong in all of it is told, and put right", async () => {
  const ports = portsWith({ "execution-plan.json": S3 });
  const wish = { plan: "execution-plan.json" };
  const { project } = await openProject(ports, wish);
  expect(project).toMatchObject({
    start: "2024-03-04",
    buffer: 0.2,
    groups: [{ deliverables: ["API"] }],
    teams: [{ id: "api_team" }],
  });
  // Half of the time, less a fifth.
  expect(solve(project).schedule.makespan).toBe(2_400 / 0.5 / 0.8);
  const agents = await openProject(ports, { ...wish, workers: 1 });
  expect(solve(agents.project).schedule.makespan).toBe(2_400);
  const { diagnostics, corrected } = await validateInput(ports, wish);
  expect(diagnostics.map(({ code, place }) => `${code} ${place.line}`)).toStrictEqual([
    "PLAN_CLAIM_COUNT 3",
    "SCHEDULE_AVAILABILITY_CONTRADICTS 14",
  ]);
  expect(corrected?.corrections.map(({ from, to }) => [from, to])).toStrictEqual([
    ["9", "1"],
    ['"100%"', '"50%"'],
  ]);
});

test("a team file of other teams than those that an execution plan gives its phases to", async () => {
  const ports = portsWith({
    "execution-plan.json": S3,
    "teams.yaml": "teams: { kitchen: { size: 2 } }\n",
  });
  const { diagnostics } = await validateInput(ports, {
    plan: "execution-plan.json",
    teams: "teams.yaml",
  });
  expect(diagnostics.map(({ code }) => code)).toContain("SCHEDULE_TEAM_UNKNOWN");
});

test("a shared resource of S3's execution plan is used by phases whose deliverables have its words", async () => {
  const plan = JSON.parse(S3);
  plan.resource_analysis.resource_constraints = [{ constraint_type: "shared_database" }];
  plan.wave_execution_plan.waves[0].phases[0].deliverables = ["User database"];
  const ports = portsWith({ "execution-plan.json": JSON.stringify(plan) });
  const { project, problems } = await openProject(ports, { plan: "execution-plan.json" });
  expect(project.activities.find(({ id }) => id === "p1")?.uses).toContainEqual({
    resource: "shared_database",
    amount: 1,
  });
  expect(problems.map(({ code }) => code)).not.toContain("SCHEDULE_RESOURCE_UNUSED");
});

test("agents of whom no skill is named do what a table asks skills and teams for", async () => {
  const csv = "id,duration,skills,team\na,2 h,COBOL: 4,backend\n";
  const ports = portsWith({
    "a.csv": csv,
    "bots.yaml": "teams: { bots: { kind: agents, size: 1 } }",
  });
  for (const who of [{ workers: 2 }, { teams: "bots.yaml" }]) {
    const { project } = await openActivities(ports, { plan: "a.csv", ...who }, "2024-01-08");
    expect(solve(project).schedule.makespan).toBe(120);
    const written = await openActivities(
      ports,
      { plan: "a.csv", ...who, asWritten: true },
      "2024-01-08",
    );
    expect(JSON.stringify(written.project.activities)).toContain("COBOL");
  }
});
