import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { checkExecutionPlan } from "../../../../src/schedule/formats/s3-plan/check-execution-plan.ts";
import { correctExecutionPlan } from "../../../../src/schedule/formats/s3-plan/correct-execution-plan.ts";
import { readExecutionPlan } from "../../../../src/schedule/formats/s3-plan/execution-plan.ts";
import { withExecutionPlan } from "../../../../src/schedule/formats/s3-plan/with-execution-plan.ts";
import { readTeamFile } from "../../../../src/schedule/formats/team-file/read-team-file.ts";
import { activity, link, office, project } from "../project/samples.ts";
import { solve } from "../project/solve.ts";

const FILE = "execution-plan.json";

/** A small plan of S3's form that contradicts itself in as many ways as can be. */
const PLAN = `{
  "project_context": {
    "total_phases": 5,
    "total_estimated_duration": "9 weeks",
    "parallel_estimated_duration": "3 weeks",
    "time_savings_percentage": "10%"
  },
  "resource_analysis": {
    "available_teams": [
      { "team_id": "api_team_1", "team_size": 2, "key_skills": ["Go"], "availability": "100%", "capacity": "20 hours/week per person" },
      { "team_id": "web_team_1", "team_size": 1, "key_skills": ["CSS"], "availability": "50%", "capacity": "20 hours/week per person" }
    ]
  },
  "wave_execution_plan": {
    "total_waves": 4,
    "parallel_efficiency": "80%",
    "coordination_overhead": "1%",
    "waves": [
      {
        "wave_number": 1,
        "duration": "1 week",
        "start_date": "2024-03-04",
        "end_date": "2024-03-11",
        "max_concurrent_sessions": 3,
        "phases": [
          { "phase_id": "base", "session_id": "session_001", "team_assignment": "api_team_1", "estimated_duration": "1 week", "dependencies": [], "deliverables": ["Schema"] }
        ],
        "blocking_factors": ["Blocks 7 dependent phases"]
      },
      {
        "wave_number": 2,
        "duration": "2 weeks",
        "start_date": "2024-03-11",
        "end_date": "2024-03-25",
        "phases": [
          { "phase_id": "api", "session_id": "session_002", "team_assignment": "api_team_1", "estimated_duration": "2 weeks", "dependencies": ["base"] },
          { "phase_id": "web", "session_id": "session_002", "team_assignment": "web_team_1", "estimated_duration": "1 week", "dependencies": ["base"] }
        ],
        "synchronization_points": [
          { "name": "Contract", "trigger": "Week 1 of wave 2", "participants": ["session_002", "session_009"], "duration": "1 day", "success_criteria": ["agreed"] }
        ]
      }
    ]
  },
  "session_coordination": { "session_management": { "session_id_format": "session_[3_digit_number]" } },
  "coordination_protocols": {
    "synchronization_points": [
      { "sync_point_id": "review", "name": "Review", "participants": ["api_teams", "mobile_teams", "architect"], "duration": "4 hours" }
    ],
    "communication_schedule": [
      { "frequency": "daily", "duration": "30 minutes", "participants": ["all_teams"] }
    ],
    "decision_making": { "decision_hierarchy": ["architect"], "decision_types": { "resource_decisions": "project_manager" } }
  }
}
`;

const plan = () => {
  const found = readExecutionPlan(PLAN, FILE);
  if (!found) throw new Error("not read");
  return found;
};

test("what contradicts itself in teams, sessions and coordination, each at its place", () => {
  expect(
    checkExecutionPlan(plan()).map(
      ({ code, place, message }) => `${code} ${place.line}:${place.column} ${message}`,
    ),
  ).toStrictEqual([
    'SCHEDULE_PARTICIPANT_UNKNOWN 48:71 "api_teams" takes part, but is no team of the plan',
    'SCHEDULE_PARTICIPANT_UNKNOWN 48:84 "mobile_teams" takes part, but is no team of the plan',
    "SCHEDULE_SESSIONS_COUNT 24:36 Wave 1 counts 3 sessions at once, but has 1",
    'SCHEDULE_SESSION_TWICE 37:46 Phases "api" and "web" have the session "session_002"',
    'SCHEDULE_WAVES_TOUCH 23:21 Wave 1 ends on 2024-03-11, the day on which wave 2 starts: team "api_team_1" has both that day',
    'SCHEDULE_TEAM_SLOWER 37:116 Phase "web" is 1 w of work for team "web_team_1", which is there 50 % of the time: 2 w',
    "SCHEDULE_OVERHEAD_DIFFERS 17:30 coordination_overhead says 1%, but who takes part in all that is scheduled spends 2 d 3 h of 3 w on it, 16%",
    'SCHEDULE_ROLE_UNKNOWN 53:105 "project_manager" decides or approves, but is not in decision_hierarchy',
  ]);
});

test("what can be computed is put right, and nothing else is touched", () => {
  const corrected = correctExecutionPlan(PLAN, FILE);
  expect(
    corrected?.corrections.map(({ place, from, to }) => `${place.line} ${from} ${to}`),
  ).toStrictEqual([
    "3 5 3",
    '4 "9 weeks" "4 weeks"',
    '6 "10%" "25%"',
    '10 "100%" "50%"',
    "15 4 2",
    '16 "80%" "25%"',
    '17 "1%" "16%"',
    '23 "2024-03-11" "2024-03-08"',
    "24 3 1",
    '28 "Blocks 7 dependent phases" "Blocks 2 dependent phases"',
    '34 "2024-03-25" "2024-03-22"',
    '48 "api_teams" "api_team_1"',
  ]);
  const text = corrected?.text ?? "";
  expect(text.split("\n")).toHaveLength(PLAN.split("\n").length);
  expect(correctExecutionPlan(text, FILE)?.corrections).toStrictEqual([]);
  const codes = (some: string) =>
    readPlan([{ file: FILE, text: some }])
      .diagnostics.map(({ code }) => code)
      .filter((code) => code.startsWith("PLAN_CLAIM"));
  expect(codes(PLAN).length).toBeGreaterThanOrEqual(6);
  expect(codes(text)).toStrictEqual([]);
});

test("phases go to their whole teams, sync points keep who takes part", () => {
  const { teamFile } = readTeamFile(PLAN, FILE);
  const made = withExecutionPlan(
    project({
      buffer: 0,
      calendars: teamFile?.calendars ?? [],
      teams: teamFile?.teams ?? [],
      zone: "UTC",
      activities: [activity("base", 2_400), activity("api", 4_800), activity("web", 2_400)],
      links: [link("base", "api"), link("base", "web")],
    }),
    plan(),
  );
  expect(made.start).toBe("2024-03-04");
  expect(made.activities[0]?.crew).toStrictEqual({
    kind: "team",
    skills: [],
    only: { teams: ["api_team_1"], people: [] },
  });
  expect(made.syncPoints).toMatchObject([
    {
      id: "Contract",
      after: ["base"],
      before: ["api", "web"],
      participants: ["web_team_1"],
      minutes: 480,
      triggers: ["Week 1 of wave 2"],
      criteria: ["agreed"],
    },
    {
      id: "review",
      after: ["base"],
      before: ["api", "web"],
      participants: ["api_team_1"],
      minutes: 240,
    },
  ]);
  const { schedule } = solve(made);
  expect(schedule.bookings.map(({ people }) => people)).toStrictEqual([
    ["api_team_1/1", "api_team_1/2"],
    ["api_team_1/1", "api_team_1/2"],
    ["web_team_1/1"],
  ]);
  // Half of the time: 2 weeks, half a day of review, a day of the contract by who is not in it, 4 weeks.
  expect(schedule.makespan).toBe(4_800 + 480 + 9_600);
});

test("an execution plan in a block of a Markdown file is found, with its lines", () => {
  const found = readExecutionPlan(`# Title\n\n\`\`\`json\n${PLAN}\`\`\`\n\nMore.\n`, "seed.md");
  expect(found?.waves.map(({ phases }) => phases.length)).toStrictEqual([1, 2]);
  const [first] = found ? checkExecutionPlan(found) : [];
  expect(first?.place).toStrictEqual({ file: "seed.md", line: 51, column: 71 });
});

test.each([
  ["nothing", ""],
  ["half", "{"],
  ["a number", '{"wave_execution_plan": 3}'],
  ["waves of any kind", '{"wave_execution_plan": {"waves": [1, null, {"phases": {}}]}}'],
  ["depth", `{"wave_execution_plan": ${"[".repeat(5_000)}`],
])("%s in place of a plan is no reason to stop", (_, text) => {
  const found = readExecutionPlan(text, FILE);
  if (found) withExecutionPlan(project({ calendars: [office("Europe/Berlin")] }), found);
  expect(found ? checkExecutionPlan(found) : []).toStrictEqual([]);
  expect(correctExecutionPlan(text, FILE)?.corrections ?? []).toStrictEqual([]);
});

const SEEDS = path.resolve(import.meta.dirname, "../../../../../shared/seeds");
const seed = existsSync(SEEDS)
  ? readdirSync(SEEDS).find((name) => name.startsWith("003"))
  : undefined;

test.skipIf(seed === undefined)(
  "S3's own example: loads, every inconsistency is named, corrected it holds (skipped without ../shared)",
  () => {
    const text = readFileSync(path.join(SEEDS, seed ?? ""), "utf8");
    const found = readExecutionPlan(text, "S3.md");
    const codes = (some: typeof found) =>
      new Set(some ? checkExecutionPlan(some).map(({ code }) => code) : []);
    expect(codes(found)).toStrictEqual(
      new Set([
        "SCHEDULE_PARTICIPANT_UNKNOWN",
        "SCHEDULE_WAVES_TOUCH",
        "SCHEDULE_TEAM_SLOWER",
        "SCHEDULE_OVERHEAD_DIFFERS",
        "SCHEDULE_ROLE_UNKNOWN",
      ]),
    );
    const corrected = correctExecutionPlan(text, "S3.md");
    expect(corrected?.corrections).toHaveLength(12);
    expect(codes(readExecutionPlan(corrected?.text ?? "", "S3.md"))).toStrictEqual(
      new Set(["SCHEDULE_TEAM_SLOWER", "SCHEDULE_ROLE_UNKNOWN"]),
    );
  },
);

test.each([
  ["Week 1 of wave 2", ["base"], ["api", "web"]],
  ["Week 2 of wave 2", ["base", "api", "web"], []],
  ["when all APIs are complete", ["base", "api", "web"], []],
  ["as agreed", ["base"], ["api", "web"]],
])("a sync point of a wave, %s", (trigger, after, before) => {
  const text = PLAN.replace("Week 1 of wave 2", trigger);
  const execution = readExecutionPlan(text, FILE);
  const activities = ["base", "api", "web"].map((id) => activity(id, 60));
  const made = execution && withExecutionPlan(project({ activities }), execution);
  expect(made?.syncPoints[0]).toMatchObject({ after, before });
});
