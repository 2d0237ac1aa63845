/** From a specification to landed commits, with no key: built-in analysts plan, a program of the project's codes, people decide (PR-04). */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCliHarness, gateIn, SPEC, type Outcome } from "./cli-harness.ts";
import { usersTree } from "./users-tree.ts";

/** Makes a file for each task, says what differs from the plan, and takes every criterion for met. */
const CODER = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
const prompt = readFileSync(0, "utf8");
const [, task = "x"] = /^# Task ([^:\\n]+)/m.exec(prompt) ?? [];
if (prompt.includes("criteria_report")) {
  const verdicts = [...prompt.matchAll(/^(\\d+)\\. /gm)].map(([, number]) => ({ criterion: Number(number), met: true, evidence: "seen" }));
  console.log(JSON.stringify({ criteria_report: { verdicts } }));
} else {
  mkdirSync("src", { recursive: true });
  writeFileSync("src/" + task.replaceAll(".", "-") + ".js", "export {};\\n");
  const deviations = task === "1.1" ? ["One file for each task"] : [];
  console.log(JSON.stringify({ task_report: { summary: "did " + task, issues: [], deviations, notes: [] } }));
}
`;
const CONFIG = `
agents:
  coder: { command: [node, tools/coder.mjs] }
sandbox: { mode: "off" }
execution: { agent: coder, workers: 3, test: none }
`;
const FEATURE = "specs/001-money";

let cli: ReturnType<typeof createCliHarness>;
const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: cli.project, encoding: "utf8" }).trim();
const approve = (shown: Outcome) => {
  const { run, digest } = gateIn(shown);
  return cli.run(["approve", run, "--digest", digest]);
};

/** All but the plan, whose boxes are ticked, and our own folder. */
const usersOwn = () => usersTree(cli.project, ["/.wavegate", `/${FEATURE}`]);

beforeAll(() => {
  cli = createCliHarness();
  cli.write(`${FEATURE}/spec.md`, SPEC);
  cli.write("tools/coder.mjs", CODER);
  cli.write("wavegate.config.yaml", CONFIG);
  git("init", "-q", "-b", "main");
  git("config", "user.name", "User");
  git("config", "user.email", "user@localhost");
  git("add", "-A");
  git("commit", "-qm", "by the user");
});
afterAll(() => cli.close());

test("complete plans, carries out in three phases, and lands when a person goes on", async () => {
  const preparation = await approve(await cli.run(["complete", FEATURE]));
  const { run } = gateIn(preparation);
  const [base, before] = [git("rev-parse", "HEAD"), usersOwn()];
  const built = await approve(preparation);
  expect(built.code).toBe(4);
  expect(built.stdout).toContain("The plan is carried out: ");
  // until a person says so, nothing of the user's has moved
  expect([git("rev-parse", "HEAD"), existsSync(path.join(cli.project, "src"))]).toEqual([
    base,
    false,
  ]);
  expect(usersOwn()).toBe(before);
  const plan = readFileSync(path.join(cli.project, FEATURE, "implementation_plan.md"), "utf8");
  expect(plan).not.toContain("- [ ] 1.");
  const folder = path.join(cli.project, ".wavegate/runs", run);
  expect(readdirSync(path.join(folder, "checkpoints"))).toHaveLength(8);
  expect(readFileSync(path.join(folder, "checkpoints/checkpoint_001.md"), "utf8")).toContain(
    "One file for each task",
  );
  const sessions = path.join(folder, "state/projects/implementation_plan/sessions");
  const third = JSON.parse(readFileSync(path.join(sessions, "session_003.json"), "utf8"));
  expect(third).toMatchObject({ state: "archived", phase_name: "Phase 3: Quality and polish" });

  const review = await cli.run(["resume", run]);
  expect([review.code, gateIn(review).run]).toEqual([4, run]);
  const messages = git("log", "--format=%s%n%b", `${base}..HEAD`);
  expect(messages).toContain("Wavegate-Task: 1.1");
  expect(git("rev-parse", "HEAD")).toBe(
    git("rev-parse", `refs/wavegate/landing/${run}/points/checkpoint_004`),
  );
  expect(existsSync(path.join(cli.project, "src/1-1.js"))).toBe(true);
});
