import { expect, test } from "vitest";
import { agentTeams } from "../../../../src/app/schedule/default-teams.ts";
import { projectOfPlan } from "../../../../src/app/schedule/project-of-plan.ts";
import { viewOf } from "../../../../src/plan/answers/plan-view.ts";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";
import { readTeamFile } from "../../../../src/schedule/formats/team-file/read-team-file.ts";
import type { TeamFile } from "../../../../src/schedule/formats/team-file/team-file.ts";
import { compile } from "../../../../src/schedule/project/compile/compile.ts";
import { solve } from "../../schedule/project/solve.ts";

interface Options {
  readonly teams?: TeamFile;
  readonly barriers?: boolean;
}

function planned(file: string, text: string, { teams, barriers = true }: Options = {}) {
  const plan = readPlan([{ file, text }]);
  const graph = buildGraph(plan, { barriers: barriers ? "phases" : "declared", inferred: true });
  const view = viewOf({
    head: {
      file,
      name: file,
      dialect: plan.dialect,
      title: plan.title,
      foundBy: { rule: "path", source: null },
    },
    plan,
    graph,
    recorded: new Map(),
    rule: barriers ? "barriers" : "dag",
    errors: new Map(),
    statusFile: null,
    damaged: null,
    diagnostics: [],
  });
  return projectOfPlan({
    view,
    uses: usesOfTasks(plan.tasks.map((task) => [task.key, task] as const)),
    texts: [{ path: file, text }],
    teams: teams ?? agentTeams(3),
    start: "2024-01-01",
  });
}

function teamsOf(text: string): TeamFile {
  const { teamFile, problems } = readTeamFile(text, "teams.yaml");
  if (!teamFile) throw new Error(problems.map(({ message }) => message).join("\n"));
  return teamFile;
}

const PLAN = `# Plan

## Phase 1: Foundations

- [x] 1.1 Write the schema \`db/schema.sql\` (2h)
- [ ] 1.2 Write the migration \`db/migrate.ts\` (30 min)

**VERIFY Phase 1**: migrations run

## Phase 2: Features

**Execution Note:** Tasks 2.1-2.2 are [SEQUENTIAL] - one file

- [ ] 2.1 Add users to \`src/api.ts\` (1-3 h)
- [ ] 2.2 Add orders to \`src/api.ts\`
- [ ] 2.3 Write docs in \`docs/api.md\` (1h)
`;

test("tasks, verifications and ends of phases are activities; edges are links with their origins", () => {
  const { project } = planned("plans/shop.md", PLAN);
  const byId = new Map(project.activities.map((one) => [one.id, one]));
  expect(byId.get("1.1")).toMatchObject({
    progress: { state: "done" },
    work: { likely: 120, basis: "2 h" },
    group: "1",
    place: { line: 5 },
  });
  expect(byId.get("2.1")?.work).toMatchObject({ likely: 120, optimistic: 60, pessimistic: 180 });
  expect(byId.get("2.2")?.work.basis).toBe("no figure: 30 min");
  expect(project.groups.map(({ id, title }) => [id, title])).toStrictEqual([
    ["1", "Foundations"],
    ["2", "Features"],
  ]);
  const milestone = project.activities.find(({ title }) => title === "Foundations done");
  expect(milestone).toMatchObject({ crew: { kind: "nobody" }, work: { likely: 0 } });
  const into = (to: string) =>
    project.links.filter((link) => link.to === to).map(({ from, origin }) => [from, origin]);
  expect(into("2.1")).toStrictEqual([[milestone?.id, "barrier"]]);
  expect(into("2.2")).toContainEqual(["2.1", "sequential"]);
});

test("without barriers only what the text names is waited for", () => {
  const { project } = planned("plans/shop.md", PLAN, { barriers: false });
  expect(project.links.filter(({ origin }) => origin === "barrier")).toStrictEqual([]);
  expect(solve(project).schedule.makespan).toBeLessThan(
    solve(planned("plans/shop.md", PLAN).project).schedule.makespan,
  );
});

test("what two tasks write is exclusive", () => {
  const { project } = planned("plans/shop.md", PLAN);
  const file = project.resources.find(({ id }) => id === "src/api.ts");
  expect(file).toMatchObject({ kind: "file", capacity: 1 });
  const users = project.activities.filter(({ uses }) =>
    uses.some(({ resource }) => resource === "src/api.ts"),
  );
  expect(users.map(({ id }) => id)).toStrictEqual(["2.1", "2.2"]);
});

const JSON_PLAN = JSON.stringify({
  phases: [
    {
      phase_id: "phase-1",
      tasks: [
        {
          task_id: "t1",
          task_name: "Build the form",
          task_type: "frontend",
          duration: "1 day",
          required_skills: ["React"],
        },
        {
          task_id: "t2",
          task_name: "Write the migration",
          task_type: "database",
          duration: "2 days",
          dependencies: ["t1"],
        },
      ],
    },
  ],
});

test("skills of dependency JSON, types that somebody has, resources by their words", () => {
  const teams = teamsOf(`teams:
  core:
    people:
      ann: { skills: { react: 4 } }
      bob: { skills: [Database] }
resources:
  db: { used-by: [migrations] }
  gpu: {}
`);
  const { project, problems } = planned("graph.json", JSON_PLAN, { teams });
  const [t1, t2] = project.activities;
  expect(t1?.crew).toMatchObject({ needs: [{ skills: [{ skill: "React", level: 3 }] }] });
  expect(t2?.crew).toMatchObject({ needs: [{ skills: [{ skill: "database", level: 3 }] }] });
  expect(t2?.uses).toContainEqual({ resource: "db", amount: 1 });
  expect(problems.map(({ code, place }) => `${code} ${place.line}`)).toStrictEqual([
    "SCHEDULE_RESOURCE_UNUSED 8",
  ]);
  expect(
    solve(project)
      .schedule.bookings.slice(0, 2)
      .map(({ people }) => people),
  ).toStrictEqual([["ann"], ["bob"]]);
});

test("a team file for another plan: told as such, and that nobody has the skill", () => {
  const teams = teamsOf("teams: { kitchen: { size: 2, skills: [Cooking] } }");
  const { project, problems } = planned("graph.json", JSON_PLAN, { teams });
  expect(problems.map(({ code }) => code)).toStrictEqual(["SCHEDULE_TEAMS_UNRELATED"]);
  const compiled = compile(project);
  expect(compiled.ok ? [] : compiled.error.map(({ code }) => code)).toContain(
    "SCHEDULE_SKILL_MISSING",
  );
});

test("agents of whom no skill is named can do all of it", () => {
  const { project } = planned("graph.json", JSON_PLAN);
  expect(project.activities[0]?.crew).toMatchObject({ needs: [{ skills: [], count: 1 }] });
});

const PRD = `# PRD

### Phase 1: Core
**Goal**: a core
**Dependencies**: None
**Agent Assignment Strategy**: Single agent for consistency
**Skills**: Node.js, SQL

- [ ] **Task 1.1** (Parallelizable: Yes) - Write \`src/a.ts\`
- [ ] **Task 1.2** (Parallelizable: Yes) - Write \`src/b.ts\`
`;

test("words of a PRD: skills of a phase, and one agent for all of it", () => {
  const { project } = planned("docs/prds/1-core.md", PRD, {
    teams: teamsOf("teams: { core: { size: 2, skills: [node.js, sql] } }"),
  });
  const tasks = project.activities.filter(({ id }) => id.startsWith("1."));
  expect(tasks).toHaveLength(2);
  for (const { crew, uses } of tasks) {
    expect(crew).toMatchObject({ needs: [{ skills: [{ skill: "Node.js" }, { skill: "SQL" }] }] });
    expect(uses).toContainEqual({ resource: "one agent of phase 1", amount: 1 });
  }
  const [one, other] = solve(project).schedule.bookings.filter(({ activity }) =>
    activity.startsWith("1."),
  );
  expect(Math.min(one?.to ?? 0, other?.to ?? 0)).toBeLessThanOrEqual(
    Math.max(one?.from ?? 0, other?.from ?? 0),
  );
});

test("no plan makes a project that can't be compiled by agents, whatever its circles", () => {
  const circle = "# P\n\n## Phase 1: A\n\n- [ ] 1.1 a (depends: 1.2)\n- [ ] 1.2 b (depends: 1.1)\n";
  expect(compile(planned("plans/p.md", circle).project).ok).toBe(true);
});

test("what is done on a day without an hour was done from its first working minute, not at night", () => {
  const teams = teamsOf("start: 2024-01-01\nteams: { a: { size: 1 } }");
  const { project } = planned(
    "p.md",
    "# Implementation Plan: P\n\n## Phase 1: A\n- [x] 1.1 Make `a` (4 h)\n- [ ] 1.2 Make `b` (2 h)\n",
    { teams },
  );
  const { schedule } = solve(project);
  const nine = Date.UTC(2024, 0, 1, 9) / 60_000;
  expect(schedule.start).toBe(nine);
  expect(schedule.bookings[0]).toMatchObject({ start: nine, end: nine, fixed: true });
});
