/**
 * A run of a plan across machines (PX-09): two clones of one repository with nothing in common but the server of the database. The first is
 * killed in the middle and deleted, and the second goes on, and lands; or both share its tasks.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
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

/** A repository with a plan of three phases; only in the second its tasks take time. `name`: what its clones share runs under. */
function makeRepository(project: string, name: string): void {
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
  mkdirSync(path.dirname(scriptFile), { recursive: true });
  writeFileSync(scriptFile, JSON.stringify(script));
  const puppet = path.join(cli.built, "dist/testing/puppet-coder/program.js");
  const command = [process.execPath, puppet, "--", scriptFile, `--log=${notes.log}`];
  put(
    "wavegate.config.yaml",
    [
      "agents:",
      `  puppet: { command: ${JSON.stringify(command)} }`,
      "execution: { agent: puppet, workers: 3, test: test -f wavegate.config.yaml }",
      `machines: { project: ${name} }`,
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
  makeRepository(one.project, "wander");
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

/** Workers that take what others offer. */
async function workersThere(): Promise<number> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rows } = await client.query(
      "select from wavegate.workers where project = 'name:share' and seats > 0",
    );
    return rows.length;
  } catch {
    // The first of them makes the tables.
    return 0;
  } finally {
    await client.end();
  }
}

test("tasks of one run are shared by workers in two clones; what one that is killed leaves is cleared away there", async () => {
  const [left, right] = [machine("left"), machine("right")];
  mkdirSync(left.project);
  makeRepository(left.project, "share");
  gitIn(cli.folder, "clone", "-q", "--no-local", "left", "right");
  const worker = cli.start(["worker"], right.at);
  await expect.poll(workersThere, { timeout: 20_000 }).toBe(1);

  const running = cli.start(["run", PLAN, "--json"], left.at);
  await running.heard('"child-taken"');
  await expect.poll(() => clonesIn(right.home), { timeout: 20_000 }).not.toEqual([]);
  worker.child.kill("SIGKILL");
  const { code, stdout, stderr } = await running.done;
  expect([code, stderr]).toEqual([0, ""]);
  expect(standing(eventsIn(stdout))).toEqual(new Map(TASKS.map((key) => [key, "done"])));
  const [, run = ""] = /"runId":"([^"]+)"/.exec(stdout) ?? [];
  const branch = `wavegate/${run}`;
  for (const key of TASKS)
    expect(gitIn(left.project, "show", `${branch}:out/${key}.txt`)).toBe(key);
  expect(gitIn(left.project, "rev-list", "--count", `main..${branch}`)).toBe(`${TASKS.length}`);
  expect(readFileSync(path.join(left.project, PLAN), "utf8")).not.toContain("- [ ]");
  expect(clonesIn(left.home)).toEqual([]);

  const again = cli.start(["worker"], right.at);
  await expect.poll(() => clonesIn(right.home), { timeout: 20_000 }).toEqual([]);
  again.child.kill("SIGINT");
  expect(await again.done).toMatchObject({ code: 0 });
  expect(processesWith(notes.log)).toEqual([]);
});

const clonesIn = (home: string): readonly string[] => {
  const all = path.join(home, "workspaces");
  const repositories = existsSync(all) ? readdirSync(all) : [];
  return repositories.flatMap((name) => {
    const work = path.join(all, name, "work");
    return existsSync(work) ? readdirSync(work) : [];
  });
};
