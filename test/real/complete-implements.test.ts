/**
 * From the shipped specification to landed commits, with no key (PR-04): built-in analysts plan, the puppet carries out in the shipped
 * repository, people decide.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
// @ts-expect-error -- a script without types
import { EXAMPLE_SPEC, makeSpecExample } from "../../scripts/plan-example.mjs";
import { createCliHarness, gateIn, type Outcome } from "./cli-harness.ts";
import { gitIn } from "./plan-run-fixture.ts";
import { usersTree } from "./users-tree.ts";

const cli = createCliHarness();
const project = path.join(cli.folder, "pennybook");
const FEATURE: string = EXAMPLE_SPEC;

const git = (...args: readonly string[]) => gitIn(project, ...args);
const run = (...words: readonly string[]) => cli.run(words, { cwd: project });
const approve = (shown: Outcome) => {
  const { run: id, digest } = gateIn(shown);
  return run("approve", id, "--digest", digest);
};
/** All but the documents that are approved, whose boxes are ticked, and our own folder. */
const usersOwn = () => usersTree(project, ["/.wavegate", `/${FEATURE}`]);

beforeAll(() => {
  const program = path.join(cli.built, "dist/testing/puppet-coder/program.js");
  // What lands is tested by its measure; verifications and the end run all of it.
  makeSpecExample(project, { program, test: "node --test test/money.test.js" });
});
afterAll(() => cli.close());

test("complete plans, carries out in three phases, and lands when a person goes on", async () => {
  const preparation = await approve(await run("complete", FEATURE));
  const { run: id } = gateIn(preparation);
  const [base, before] = [git("rev-parse", "HEAD"), usersOwn()];
  const built = await approve(preparation);
  expect(built.code).toBe(4);
  expect(built.stdout).toContain("The plan is carried out: 16 done");
  // until a person says so, nothing of the user's has moved
  expect(git("rev-parse", "HEAD")).toBe(base);
  expect(usersOwn()).toBe(before);
  const plan = readFileSync(path.join(project, FEATURE, "implementation_plan.md"), "utf8");
  expect(plan).not.toContain("- [ ] ");
  const folder = path.join(project, ".wavegate/runs", id);
  // of each of the three phases and of the end, for people and for programs
  expect(readdirSync(path.join(folder, "checkpoints"))).toHaveLength(8);
  const sessions = path.join(folder, "state/projects/implementation_plan/sessions");
  const third = JSON.parse(readFileSync(path.join(sessions, "session_003.json"), "utf8"));
  expect(third).toMatchObject({ state: "archived", phase_name: "Phase 3: Quality and polish" });

  const review = await run("resume", id);
  expect([review.code, gateIn(review).run]).toEqual([4, id]);
  const messages = git("log", "--format=%s%n%b", `${base}..HEAD`);
  const landed = Array.from(messages.matchAll(/Wavegate-Task: (\S+)/g), ([, task = ""]) => task);
  expect(landed.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    "1.1",
    "1.2",
    "1.3",
    "1.4",
    "2.1",
    "2.2",
    "2.3",
    "3.1",
    "3.2",
    "3.3",
    "3.4",
    "3.5",
  ]);
  expect(messages).toContain("List entries in the order of the journal (FR-002)\n");
  expect(existsSync(path.join(project, "src/search/list-entries.js"))).toBe(true);
  const tests = execFileSync(process.execPath, ["--test"], { cwd: project, encoding: "utf8" });
  expect(tests).toMatch(/pass 16\b[^]*fail 0\b/);
});
