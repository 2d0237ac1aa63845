/**
 * A run of a plan across machines (PX-09): two clones of one repository with nothing in common but the server of the database. The first is
 * killed in the middle and deleted; the second goes on, and lands.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PuppetScript } from "../../src/testing/puppet-coder/puppet-coder.ts";
import {
  openExternalPostgres,
  type ExternalPostgres,
} from "../fixtures/engine/external-postgres.ts";
import { createCliHarness } from "./cli-harness.ts";
import { countsIn, eventsIn, gitIn, notesIn, processesWith, standing } from "./plan-run-fixture.ts";
import { noSandbox } from "./sandbox-fixture.ts";
import { usersTree } from "./users-tree.ts";

const cli = createCliHarness();
const notes = notesIn(cli, "machines");
const TASKS = ["1.1", "1.2", "2.1", "2.2", "2.3", "3.1"];
const OF_PLANS = ["/docs/plans", "/docs/plan-outputs", "/.wavegate"];
const PLAN = "docs/plans/wander.md";

let server: ExternalPostgres;
beforeAll(async () => {
  server = await openExternalPostgres();
});
afterAll(async () => {
  await cli.close();
  await server?.close();
});

/** A program of its own on each machine: one home, one clone. */
function machine(name: string) {
  const project = path.join(cli.folder, name);
  const home = path.join(cli.folder, `${name}-home`);
  mkdirSync(home);
  return {
    project,
    home,
    at: { cwd: project, env: { WAVEGATE_DATABASE_URL: server.url, WAVEGATE_HOME: home } },
    remove() {
      for (const folder of [project, home]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

const lineOf = (key: string) => `- [ ] ${key} Write ${key}\n  - Creates: out/${key}.txt\n`;

/** A repository with a plan of three phases; only in the second its tasks take time. */
function makeRepository(project: string): void {
  const put = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  };
  const phases = ["1", "2", "3"].map((phase) => {
    const lines = TASKS.filter((key) => key.startsWith(phase)).map(lineOf);
    return `## Phase ${phase}: Part ${phase}\n\n${lines.join("")}`;
  });
  put(PLAN, `# Implementation Plan: Wander\n\n${phases.join("\n")}`);
  const script: PuppetScript = {
    tasks: Object.fromEntries(
      TASKS.map((key) => [
        key,
        [
          ...(key.startsWith("2") ? [{ wait: 1_500 }] : []),
          { write: `out/${key}.txt`, text: `${key}\n` },
        ],
      ]),
    ),
  };
  const scriptFile = path.join(cli.folder, "script/script.json");
  mkdirSync(path.dirname(scriptFile));
  writeFileSync(scriptFile, JSON.stringify(script));
  const puppet = path.join(cli.built, "dist/testing/puppet-coder/program.js");
  const command = [process.execPath, puppet, "--", scriptFile, `--log=${notes.log}`];
  put(
    "wavegate.config.yaml",
    [
      "agents:",
      `  puppet: { command: ${JSON.stringify(command)} }`,
      "execution: { agent: puppet, workers: 3, test: test -f wavegate.config.yaml }",
      "machines: { project: wander }",
      ...(noSandbox === undefined ? notes.sandbox : []),
      "",
    ].join("\n"),
  );
  gitIn(project, "init", "-q", "-b", "main");
  gitIn(project, "add", "-A");
  const user = ["-c", "user.name=U", "-c", "user.email=u@example.invalid"];
  gitIn(project, ...user, "commit", "-qm", "base");
}

test("a run goes on, and lands, on another machine when the first one is gone for good", async () => {
  const [one, two] = [machine("one"), machine("two")];
  mkdirSync(one.project);
  makeRepository(one.project);
  gitIn(cli.folder, "clone", "-q", "--no-local", "one", "two");
  const base = gitIn(two.project, "rev-parse", "HEAD");
  const before = usersTree(two.project, OF_PLANS);

  const first = cli.start(["run", PLAN, "--json"], one.at);
  await first.heard('"task":"2.1"');
  first.child.kill("SIGKILL");
  const cut = await first.done;
  one.remove();
  const [, run = ""] = /"runId":"([^"]+)"/.exec(cut.stdout) ?? [];
  expect(existsSync(path.join(two.project, ".git/refs/wavegate"))).toBe(false);

  const resumed = await cli.run(["resume", run, "--json"], two.at);
  expect([resumed.code, resumed.stderr]).toEqual([0, ""]);
  expect(usersTree(two.project, OF_PLANS)).toBe(before);
  const stands = standing([...eventsIn(cut.stdout), ...eventsIn(resumed.stdout)]);
  expect(stands).toEqual(new Map(TASKS.map((key) => [key, "done"])));
  const branch = `wavegate/${run}`;
  const landed = gitIn(
    two.project,
    "log",
    "--format=%(trailers:key=Wavegate-Task,valueonly,separator=%x2C)",
    `${base}..${branch}`,
  );
  expect(landed.split("\n").toSorted()).toEqual(TASKS);
  expect(readFileSync(path.join(two.project, PLAN), "utf8")).not.toContain("- [ ]");
  const done = countsIn(notes.log);
  expect([done.get("1.1"), done.get("1.2")]).toEqual([1, 1]);

  const brought = await cli.run(["land", run], two.at);
  expect([brought.code, brought.stderr]).toEqual([0, ""]);
  expect(gitIn(two.project, "rev-parse", "main")).toBe(gitIn(two.project, "rev-parse", branch));
  for (const key of TASKS)
    expect(readFileSync(path.join(two.project, `out/${key}.txt`), "utf8")).toBe(`${key}\n`);
  expect(gitIn(two.project, "fsck", "--full")).not.toMatch(/missing|broken/);
  expect(gitIn(two.project, "status", "--porcelain").trim()).toBe(`M ${PLAN}`);
  expect(processesWith(notes.log)).toEqual([]);
  two.remove();
});
