/** `wavegate schedule` and what goes with it on a disk, searched in a thread of its own (S3, WV-01 … WV-12). */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp } from "../../src/bootstrap/open-app.ts";
import type { ScheduleAnswer } from "../../src/schedule/answers/schedule-answer.ts";
import { S3_SCHEMAS } from "../../src/schedule/report/s3/write-s3-files.ts";
import { runInProcess } from "../unit/cli/harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const DATA = path.resolve(ROOT, "../shared/data");
const WITH_TEAMS = ["prd.md", "--teams", "teams.yaml"] as const;

/** Few tasks: for what barriers cost, and the like, each is scheduled again and again. */
const SMALL = `# Implementation Plan: Small

## Phase 1: First
- [ ] 1.1 Make \`a.ts\` (4 h)
- [ ] 1.2 Make \`b.ts\` (2 h)
`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-schedule-"));
  mkdirSync(path.join(root, ".git"));
  for (const name of ["prd.md", "teams.yaml"])
    writeFileSync(
      path.join(root, name),
      readFileSync(path.join(ROOT, "examples/schedule", name), "utf8"),
    );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (args: readonly string[], options: Parameters<typeof runInProcess>[2] = {}) =>
  runInProcess(args, async () => openApp({ cwd: root, env: {} }), { cwd: root, ...options });
const textOf = (name: string) => readFileSync(path.join(root, name), "utf8");

test("everything is written once, and what is somebody's own stays", async () => {
  mkdirSync(path.join(root, "out"));
  writeFileSync(path.join(root, "out/roadmap.md"), "mine\n");
  writeFileSync(path.join(root, "small.md"), SMALL);
  const args = ["schedule", "small.md", "--teams", "teams.yaml", "--output", "out", "--json"];
  const first = await run(args);
  expect([first.code, first.stderr]).toEqual([0, ""]);
  const answer = JSON.parse(first.stdout) as ScheduleAnswer;
  expect(answer.effort.repeatable).toBe(true);
  expect(textOf("out/roadmap.md")).toBe("mine\n");
  for (const [name, schema] of Object.entries(S3_SCHEMAS))
    expect(schema.safeParse(JSON.parse(textOf(`out/${name}`))).error).toBeUndefined();
  for (const name of ["strategy.md", "strategy.html", "schedule.ics", "playbooks/backend.md"])
    expect(statSync(path.join(root, "out", name)).size).toBeGreaterThan(500);
  const again = JSON.parse((await run(args)).stdout) as ScheduleAnswer;
  expect(again.bookings).toEqual(answer.bookings);
  expect(again.written.find((one) => one.path === "out/roadmap.md")?.outcome).toBe("kept");
}, 120_000);

test("seconds are kept to, and Ctrl-C gives the best so far", async () => {
  const timed = JSON.parse(
    (await run(["schedule", ...WITH_TEAMS, "--budget", "1s", "--json"])).stdout,
  ) as ScheduleAnswer;
  expect(timed.effort).toMatchObject({ repeatable: false, stopped: false });
  const stopped = await run(["schedule", ...WITH_TEAMS, "--budget", "1h"], {
    onInterrupt: (drain) => {
      const timer = setTimeout(drain, 2_000);
      return () => clearTimeout(timer);
    },
  });
  expect(stopped.code).toBe(130);
  expect(stopped.stdout).toContain("stopped: this is the best so far");
}, 60_000);

test("validate shows the line of each problem", async () => {
  writeFileSync(path.join(root, "self.csv"), "id,duration,predecessors\na,2 d,a\n");
  const { stdout, code } = await run(["validate", "self.csv"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/ 2 . a,2 d,a\n +. {7}\^/u);
});

test.each([
  ["a folder as team file", ["schedule", "prd.md", "--teams", "out"]],
  ["a team file that is not there", ["schedule", "prd.md", "--teams", "no.yaml"]],
  ["a team file out of the project", ["schedule", "prd.md", "--teams", "../t.yaml"]],
  ["a plan that is cut off", ["schedule", "cut.json"]],
  ["a table that is cut off", ["schedule", "cut.csv"]],
  ["outputs out of the project", ["schedule", "prd.md", "--output", "../out"]],
  ["a file that is no benchmark", ["import", "no.sm"]],
])(
  "%s is told with code and hint",
  async (_, args) => {
    writeFileSync(path.join(root, "cut.json"), '{"wave_execution_plan": {"waves": [');
    writeFileSync(path.join(root, "cut.csv"), 'id,duration\na,"2');
    writeFileSync(path.join(root, "no.sm"), "nothing\n");
    const { code, stdout } = await run([...args, "--json"]);
    const { error } = JSON.parse(stdout) as { error: { code: string; hint: string } };
    expect(code).toBeGreaterThan(0);
    expect(error.code).toMatch(/^(?:PLAN|SCHEDULE|FILE|USAGE)/);
    expect(error.hint).not.toBe("");
  },
  60_000,
);

test.skipIf(!existsSync(DATA))(
  "files of the field's benchmarks are scheduled, none below what is known to be the best",
  async () => {
    const file = path.join(DATA, "imopse/100_5_22_15.def");
    writeFileSync(path.join(root, "a.def"), readFileSync(file, "utf8"));
    const { stdout } = await run(["schedule", "a.def", "--budget", "500", "--json"]);
    const { activities, makespan, bound } = JSON.parse(stdout) as ScheduleAnswer;
    expect(activities).toBe(100);
    expect(makespan.minutes).toBeGreaterThanOrEqual(bound.minutes);
  },
  60_000,
);
