/**
 * Plans carried out for real (PX-05 … PX-08): the shipped example by its puppet through the built program, killed in the middle, and a plan
 * whose agents do what they must not.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
// @ts-expect-error -- a script without types
import { EXAMPLE_PLAN, EXAMPLE_SCRIPT, makeExample } from "../../scripts/plan-example.mjs";
import type { PuppetScript } from "../../src/testing/puppet-coder/puppet-coder.ts";
import { createCliHarness } from "./cli-harness.ts";
import {
  countsIn,
  eventsIn,
  gitIn,
  hostileProject,
  notesIn,
  processesWith,
  quickPuppet,
  standing,
} from "./plan-run-fixture.ts";
import { noSandbox } from "./sandbox-fixture.ts";
import { usersTree } from "./users-tree.ts";

const cli = createCliHarness();
const PLAN: string = EXAMPLE_PLAN;
/** What of the user's files the run itself writes (PX-08). */
const OF_PLANS = ["/docs/plans", "/docs/plan-outputs", "/.wavegate"];

afterAll(() => cli.close());

describe("the shipped plan, with kill -9 in the middle", () => {
  const project = path.join(cli.folder, "pennybook");
  const notes = notesIn(cli, "example");
  let [before, head, run] = ["", "", ""];
  let output = "";
  beforeAll(async () => {
    const puppet = path.join(cli.built, "dist/testing/puppet-coder/program.js");
    const script = quickPuppet(EXAMPLE_SCRIPT, path.join(cli.folder, "puppet"));
    makeExample(project, {
      command: [process.execPath, puppet, "--", script, `--log=${notes.log}`],
      // Of all tests this part runs on every landing; the plan's checks run the rest, and all of them at its end.
      test: "node --test test/money.test.js test/journal.test.js",
      more: noSandbox === undefined ? notes.sandbox : [],
    });
    [before, head] = [usersTree(project, OF_PLANS), gitIn(project, "rev-parse", "HEAD")];
    const first = cli.start(["run", PLAN, "--json"], { cwd: project });
    await first.heard('"task":"2.1"');
    first.child.kill("SIGKILL");
    const cut = await first.done;
    [, run = ""] = /"runId":"([^"]+)"/.exec(cut.stdout) ?? [];
    const resumed = await cli.run(["resume", run, "--json"], { cwd: project });
    if (resumed.code !== 0) throw new Error(`ended with ${resumed.code}: ${resumed.stderr}`);
    output = cut.stdout + resumed.stdout;
  });

  test("all of it landed, each task in one commit, and the tests of what landed pass", async () => {
    const branch = `wavegate/${run}`;
    const subjects = gitIn(
      project,
      "log",
      "--format=%(trailers:key=Wavegate-Task,valueonly,separator=%x2C)",
      `${head}..${branch}`,
    );
    expect(subjects.split("\n").toSorted()).toEqual([
      "1.1",
      "1.2",
      "1.3",
      "1.4",
      "2.1",
      "2.2",
      "2.3",
      "2.4",
      "3.1",
      "3.2",
      "4.1",
      "4.2",
      "4.3",
      "4.4",
    ]);
    const landed = path.join(cli.folder, "landed");
    gitIn(cli.folder, "clone", "-q", "--branch", branch, project, landed);
    const { execFileSync } = await import("node:child_process");
    const tests = execFileSync(process.execPath, ["--test"], { cwd: landed, encoding: "utf8" });
    expect(tests).toMatch(/pass 30\b/);
    expect(tests).toMatch(/fail 0\b/);
  });

  test("the plan is ticked, how it stands is written down, and so are the findings", () => {
    const plan = readFileSync(path.join(project, PLAN), "utf8");
    expect(plan).not.toContain("- [ ]");
    const outputs = path.join(project, "docs/plan-outputs/reports");
    const status = readFileSync(path.join(outputs, "status.json"), "utf8");
    for (const task of ["1.1", "4.4"]) expect(status).toContain(`"${task}"`);
    const findings = readdirSync(path.join(outputs, "findings")).map((name) =>
      readFileSync(path.join(outputs, "findings", name), "utf8"),
    );
    expect(findings.join("\n")).toContain("allocate shares an amount by weights");
    expect(findings.join("\n")).toContain("Parts of negative amounts are rounded towards 0.");
  });

  test("of the user's tree, index, HEAD, configuration and refs nothing changed but the plan's files", () => {
    expect(usersTree(project, OF_PLANS)).toBe(before);
    expect(gitIn(project, "rev-parse", "HEAD")).toBe(head);
    const changed = gitIn(project, "status", "--porcelain").split("\n");
    expect(changed.every((line) => line.slice(2).trim().startsWith("docs/plan"))).toBe(true);
  });

  test("no task was done twice but what was at work when it was killed, and nobody is left", () => {
    const done = countsIn(notes.log);
    for (const [task, times] of done) expect([task, times <= 2]).toEqual([task, true]);
    for (const task of ["1.1", "1.2", "1.3", "1.4"])
      expect([task, done.get(task)]).toEqual([task, 1]);
    expect(processesWith(notes.log)).toEqual([]);
    const events = eventsIn(output);
    const checks = events.filter(({ type }) => type === "check-finished");
    expect(checks.length).toBeGreaterThan(4);
    expect(events.at(-1)).toMatchObject({ type: "run-finished" });
  });

  test("a person lands it, although git clean took the state folder", async () => {
    gitIn(project, "clean", "-fdxq");
    expect(existsSync(path.join(project, ".wavegate"))).toBe(false);
    const landed = await cli.run(["land", run, "--onto", "main"], { cwd: project });
    expect([landed.code, landed.stderr]).toEqual([
      0,
      expect.stringMatching(/^The \.wavegate folder of [^\n]+ was gone: [^\n]+\n$/),
    ]);
    const audit = await cli.run(["audit", "verify", "--json"], { cwd: project });
    expect([audit.code, JSON.parse(audit.stdout)]).toMatchObject([0, { entries: 1 }]);
    expect(gitIn(project, "rev-parse", "main")).toBe(
      gitIn(project, "rev-parse", `wavegate/${run}`),
    );
    expect(existsSync(path.join(project, "bin/pennybook.js"))).toBe(true);
  });
});

/** The one file that a task of the hostile plan declares. */
const good = (key: string) => ({ write: `out/${key}.txt`, text: `${key}\n` });

describe("agents that do what they must not", () => {
  const witness = path.join(cli.folder, "witness");
  const outside = path.join(cli.folder, "outside.txt");
  const script: PuppetScript = {
    tasks: {
      "1.1": [good("1.1")],
      "1.2": [good("1.2"), { fault: "commit-elsewhere" }],
      "1.3": [good("1.3"), { fault: "traps", witness }],
      "1.4": [good("1.4"), { fault: "daemon" }],
      "1.5": [good("1.5"), { fault: "tick-plans" }],
      "1.6": [{ fault: "delete-all" }],
      "1.7": [good("1.7"), { fault: "link-out" }],
      "1.8": [{ fault: "ignore-end" }, { hang: true }],
      "1.9": [{ print: "All done!" }, { report: { summary: "Did it." } }],
      "1.10": [good("1.10"), { exit: 7 }],
      "1.11": [good("1.11"), { fault: "rewrite-git" }],
      "1.12": [good("1.12"), { write: "src/file-1.txt", text: "not mine\n" }],
      "1.13": [{ fault: "many-files", count: 5_100 }],
      "1.14": [
        good("1.14"),
        ...(noSandbox === undefined
          ? [
              { fault: "push" } as const,
              { fault: "change-project" } as const,
              { fault: "write-outside", path: outside } as const,
            ]
          : []),
      ],
      "1.15": [good("1.15"), { fault: "submodule" }],
      "1.16": [{ delete: "src" }],
    },
  };
  let [project, before, run] = ["", "", ""];
  let states: ReadonlyMap<string, string> = new Map();
  beforeAll(async () => {
    project = hostileProject(cli, { script, files: 30 });
    before = usersTree(project, OF_PLANS);
    const { stdout } = await cli.run(["run", "docs/plans/hostile.md", "--json"], { cwd: project });
    [, run = ""] = /"runId":"([^"]+)"/.exec(stdout) ?? [];
    states = standing(eventsIn(stdout));
  });

  test("land nothing of it, and keep nobody else from landing", () => {
    expect(Object.fromEntries(states)).toMatchObject({
      "1.1": "done",
      "1.2": "done",
      "1.3": "done",
      // Whether the process that it leaves comes to write anything before it is ended is chance.
      "1.4": expect.stringMatching(/^(?:done|blocked outside-declared)$/),
      "1.5": "failed kept-files-changed",
      "1.6": "failed kept-files-changed",
      "1.7": "blocked protected-change",
      "1.8": expect.stringMatching(/^failed (?:timeout|stalled)/),
      "1.9": "failed nothing-done",
      "1.10": "failed crashed",
      "1.11": "done",
      "1.12": "blocked outside-declared",
      "1.13": "failed output-limit",
      "1.14": "done",
      "1.15": "blocked outside-declared",
      "1.16": "blocked protected-change",
    });
    const files = gitIn(project, "ls-tree", "-r", "--name-only", `wavegate/${run}`).split("\n");
    const made = files.filter((file) => !/^(?:src|docs)\/|^wavegate\.config/.test(file));
    expect(made).toEqual(expect.arrayContaining(["out/1.1.txt", "out/1.2.txt", "out/1.14.txt"]));
    expect(made.every((file) => /^out\/1\.\d+\.txt$/.test(file))).toBe(true);
    expect(gitIn(project, "show", `wavegate/${run}:src/file-1.txt`)).toBe("1");
  });

  test("change nothing of the user's, start nothing outside of their clone, and leave nobody", () => {
    expect(usersTree(project, OF_PLANS)).toBe(before);
    expect(existsSync(witness)).toBe(false);
    expect(existsSync(outside)).toBe(false);
    expect(processesWith("late.txt")).toEqual([]);
    expect(processesWith("hostile-script")).toEqual([]);
  });
});

describe("a run that is canceled while an agent works outside of a sandbox", () => {
  const name = "canceled";
  const script: PuppetScript = { tasks: { "1.1": [good("1.1"), { hang: true }] } };
  const workspaces = path.join(cli.home, "workspaces");
  const clones = () =>
    readdirSync(workspaces, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(`/docs/plans/${name}.md`))
      .map((file) => path.join(workspaces, file, "../../.."));
  const hasWritten = () => clones().some((clone) => existsSync(path.join(clone, "out/1.1.txt")));
  const agents = () => processesWith(`${name}-script`);
  let project = "";
  beforeAll(() => {
    project = hostileProject(cli, { script, files: 1, name, agent: ", sandbox: { mode: off }" });
  });

  /** A run whose agent has written its file, and goes on. */
  async function atWork() {
    const running = cli.start(["run", `docs/plans/${name}.md`, "--json"], { cwd: project });
    let said = "";
    running.child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(hasWritten, { timeout: 20_000 }).toBe(true);
    const [, run = ""] = /"runId":"([^"]+)"/.exec(said) ?? [];
    return { ...running, run };
  }

  const canceled = async (run: string) => {
    const { code, stderr } = await cli.run(["cancel", run], { cwd: project });
    expect([code, stderr]).toEqual([0, ""]);
  };

  /** Nobody is at work, no clone is there, and what the agent had done is kept by a ref. */
  const expectCleared = (run: string) => {
    expect([agents(), clones()]).toEqual([[], []]);
    const refs = ["for-each-ref", "--format=%(refname)", `refs/wavegate/rescue/${run}`];
    expect(gitIn(project, "show", `${gitIn(project, ...refs)}:out/1.1.txt`)).toBe("1.1");
  };

  test("and its process was killed: who cancels ends the agent, and clears its clone away", async () => {
    const { child, done, run } = await atWork();
    child.kill("SIGKILL");
    await done;
    expect(agents()).toHaveLength(1);
    await canceled(run);
    expectCleared(run);
  });

  test("and its process lives: that ends the agent, and clears its clone away", async () => {
    const { done, run } = await atWork();
    await canceled(run);
    expect(await done).toMatchObject({ code: 1 });
    expectCleared(run);
  });
});
