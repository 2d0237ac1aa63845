/** The built program as people and scripts use it (UX-01): real processes, a real database, a real project. */
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { chainLine } from "../../src/adapters/artifacts/audit-chain.ts";
import { processInfo } from "../../src/adapters/shared/process/process-survey.ts";
import { createCliHarness, gateIn, lastJson, SPEC, type Outcome } from "./cli-harness.ts";
import { pidOf } from "./postgres-processes.ts";

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
});
afterAll(() => cli.close());

const text = (file: string) => readFileSync(path.join(cli.project, file), "utf8");
const has = (file: string) => existsSync(path.join(cli.project, file));

/** A run on a spec of its own that waits at its gate. */
async function atGate(name: string) {
  const file = cli.write(`specs/${name}/spec.md`, SPEC);
  const planned = await cli.run(["plan", file]);
  expect(planned.code).toBe(4);
  return { file, plan: `specs/${name}/plan.md`, planned, ...gateIn(planned) };
}
const stateOf = async (run: string) =>
  (lastJson(await cli.run(["show", run, "--json"])) as { run: { state: string } }).run.state;
/** Decisions on the audit log; what came of an approval is an entry of its own. */
const audited = (run: string) =>
  text(".wavegate/audit.jsonl")
    .split("\n")
    .filter((line) => line.includes(run) && /"action":"(?:approve|reject|modify)"/.test(line))
    .length;

test("plan, look, approve: the files are written after approval, and the audit log is whole", async () => {
  const { run, digest, plan, planned } = await atGate("approve");
  expect(planned.stdout).toContain("coverage        3 of 3 requirements");
  expect(planned.stderr).toMatch(/^\[ +\d+ ms\] run started/m);
  expect(has(plan)).toBe(false);
  expect((await cli.run(["runs"])).stdout).toContain(run);
  expect((await cli.run(["logs", run])).stdout).toContain("answer.json");
  const approved = await cli.run(["approve", run.slice(0, 5), "--digest", digest]);
  expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining(`wrote ${plan}`) });
  expect(text(plan)).toContain("FR-002");
  expect((await cli.run(["audit", "verify"])).stdout).toContain(
    "The audit log is whole: 2 entries",
  );
});

test("two decisions at once: one counts, the other says so, nothing is half done", async () => {
  const { run, digest, plan } = await atGate("two");
  const both = await Promise.all([
    cli.run(["approve", run, "--digest", digest]),
    cli.run(["reject", run, "--digest", digest, "--reason", "no"]),
  ]);
  const loser = both.find(({ code }) => code === 1);
  expect(both.map(({ code }) => code)).toEqual(both[0].code === 0 ? [0, 1] : [1, 3]);
  expect(loser?.stderr).toMatch(/^error (?:GATE_ALREADY_DECIDED|RUN_NOT_WAITING|RUN_FINISHED): /m);
  expect(audited(run)).toBe(1);
  expect(has(plan)).toBe(both[0].code === 0);
});

test("an old digest does not count, and the gate still waits", async () => {
  const { run, digest } = await atGate("stale");
  const modified = await cli.run([
    "modify",
    run,
    "--digest",
    digest,
    "--text",
    "Name the currency",
  ]);
  expect(modified.code).toBe(4);
  const stale = await cli.run(["approve", run, "--digest", digest]);
  expect(stale).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("error GATE_STALE_DIGEST: "),
  });
  expect(await stateOf(run)).toBe("at a gate");
});

test("a spec that changed under the gate: approval does not count, the gate asks again", async () => {
  const { run, digest, file, plan } = await atGate("changed");
  cli.write(file, `${SPEC}- **SC-002**: nobody waits longer than 2 seconds\n`);
  const again = await cli.run(["approve", run, "--digest", digest]);
  expect(again.code).toBe(4);
  expect(again.stdout).toContain("spec.md changed");
  expect(has(plan)).toBe(false);
});

test("an existing plan is shown with its changes, and replaced only by approval", async () => {
  cli.write("specs/existing/plan.md", "# My own plan\n");
  const { run, digest, plan, planned } = await atGate("existing");
  expect(planned.stdout).toContain("changed in specs/existing/");
  expect(planned.stdout).toContain("   -# My own plan\n");
  expect(planned.stdout).toMatch(/more lines?; the whole file: /);
  expect(text(plan)).toBe("# My own plan\n");
  expect(await cli.run(["reject", run, "--digest", digest, "--reason", "keep mine"])).toMatchObject(
    { code: 3 },
  );
  expect(text(plan)).toBe("# My own plan\n");
});

test("an edited file replaces the proposed one, byte for byte", async () => {
  const { run, digest, plan } = await atGate("edited");
  cli.write("mine.md", "# Mine (FR-001)\n");
  const modified = await cli.run([
    "modify",
    run,
    "--digest",
    digest,
    "--file",
    "mine.md",
    "--artifact",
    "plan.md",
  ]);
  expect(modified.code).toBe(4);
  expect(await cli.run(["approve", run, "--digest", gateIn(modified).digest])).toMatchObject({
    code: 0,
  });
  expect(text(plan)).toBe("# Mine (FR-001)\n");
});

test("Ctrl-C stops and says how to go on; the run is resumed to its gate", async () => {
  const file = cli.write("specs/interrupted/spec.md", SPEC);
  const running = cli.start(["plan", file, "--refresh"]);
  await running.saw("planning started");
  running.child.kill("SIGINT");
  const stopped = await running.done;
  expect(stopped.code).toBe(130);
  const run = /wavegate resume (\S+)/.exec(stopped.stderr)?.[1] ?? "";
  const resumed = await cli.run(["resume", run]);
  expect(resumed).toMatchObject({
    code: 4,
    stdout: expect.stringContaining(`wavegate approve ${run}`),
  });
});

test("a second Ctrl-C stops at once", async () => {
  const file = cli.write("specs/twice/spec.md", SPEC);
  const running = cli.start(["plan", file, "--refresh"]);
  await running.saw("planning started");
  running.child.kill("SIGINT");
  await running.saw("Stopping. Ctrl-C again stops at once.");
  running.child.kill("SIGINT");
  expect(await running.done).toMatchObject({ code: 130, signal: null });
});

test("kill -9, then resume: what had been finished is not asked again", async () => {
  const file = cli.write("specs/killed/spec.md", SPEC);
  const running = cli.start(["plan", file, "--refresh"]);
  await running.saw("requirements: succeeded");
  running.child.kill("SIGKILL");
  await running.done;
  const { runs } = lastJson(await cli.run(["runs", "--json"])) as {
    runs: { runId: string; subject: string }[];
  };
  const run = runs.find(({ subject }) => subject === file)?.runId ?? "";
  const resumed = await cli.run(["resume", run, "--json"]);
  expect(resumed.code).toBe(4);
  expect(startsOf(resumed, "requirements")).toBe(1);
});

test.skipIf(process.env["WAVEGATE_DATABASE_URL"])(
  "kill -9 of the embedded server under a run: the run goes on to its gate by itself",
  async () => {
    const file = cli.write("specs/no-server/spec.md", SPEC);
    const running = cli.start(["plan", file, "--refresh", "--json"]);
    await running.heard('"stage-started"');
    process.kill(pidOf(cli.home), "SIGKILL");
    const done = await running.done;
    expect(done.code).toBe(4);
    expect(startsOf(done, "qa")).toBe(1);
  },
);

const startsOf = ({ stdout }: Outcome, role: string) =>
  stdout
    .split("\n")
    .filter((line) => line.includes('"agent-started"') && line.includes(`"role":"${role}"`)).length;

test("a detached run is executed by a worker, watched from elsewhere; SIGTERM ends the worker with 0", async () => {
  const file = cli.write("specs/worker/spec.md", SPEC);
  const worker = cli.start(["worker"]);
  await worker.saw("Working for ");
  const detached = await cli.run(["plan", file, "--detach", "--json"]);
  const { runId } = lastJson(detached) as { runId: string };
  expect(await cli.run(["watch", runId])).toMatchObject({ code: 4 });
  worker.child.kill("SIGTERM");
  expect(await worker.done).toMatchObject({ code: 0 });
});

const NO_RETRY = "stages: { planning: { retry: { retries: 0 }, sequential-second-try: false } }\n";

/** A project of its own whose agent says its process id and then hears nothing, not even SIGTERM. */
function stubbornProject(name: string, hangsAt: "probe" | "work") {
  const cwd = path.join(cli.folder, name);
  const pids = path.join(cwd, "pids");
  cli.writeIn(cwd, "specs/1/spec.md", SPEC);
  cli.writeIn(
    cwd,
    "agent.sh",
    `#!/bin/sh
if [ "$1" = --version ] && [ ${hangsAt} = work ]; then echo 1; exit; fi
trap '' TERM
echo $$ >> ${pids}
while ! [ -e ${cwd}/$WAVEGATE_ROLE-fails ]; do sleep 0.1; done
`,
  );
  chmodSync(path.join(cwd, "agent.sh"), 0o755);
  cli.writeIn(
    cwd,
    "wavegate.config.yaml",
    `agents: { mine: { command: ["./agent.sh"], sandbox: { mode: off } } }\n${NO_RETRY}`,
  );
  // What a failing test left alive must not outlive it.
  onTestFinished(() =>
    started().forEach((pid) => processInfo(Number(pid)) && process.kill(Number(pid), "SIGKILL")),
  );
  const started = () => (existsSync(pids) ? readFileSync(pids, "utf8").trim().split("\n") : []);
  return {
    cwd,
    /** The test's own time limit ends these waits. */
    untilStarted: async () => {
      while (started().length === 0) await wait(10);
    },
    // The kill is sent before the process ends, and takes effect a moment later.
    untilGone: async () => {
      while (started().some((pid) => processInfo(Number(pid))?.zombie === false)) await wait(10);
    },
  };
}

test.skipIf(process.platform !== "linux").each([
  ["takes agents along that hear nothing", "work"],
  ["before there is a run takes along the program that is asked for its version", "probe"],
] as const)(
  "a second Ctrl-C %s",
  async (_, hangsIn) => {
    const { cwd, untilStarted, untilGone } = stubbornProject(`stubborn-${hangsIn}`, hangsIn);
    const running = cli.start(["plan", "specs/1", "--agent", "mine"], { cwd });
    await untilStarted();
    running.child.kill("SIGINT");
    await running.saw("Stopping. Ctrl-C again stops at once.");
    running.child.kill("SIGINT");
    expect(await running.done).toMatchObject({ code: 130, signal: null });
    await untilGone();
  },
  20_000,
);

test.skipIf(process.platform !== "linux")(
  "a reader that stops reading stops the run and its agents, and it can be resumed",
  async () => {
    const { cwd, untilStarted, untilGone } = stubbornProject("unread", "work");
    const running = cli.start(["plan", "specs/1", "--agent", "mine", "--json"], { cwd });
    await untilStarted();
    running.child.stdout?.destroy();
    cli.writeIn(cwd, "requirements-fails", "and so there is something to print");
    const ended = await running.done;
    expect([ended.code, ended.stderr.includes("EPIPE")]).toEqual([141, false]);
    await untilGone();
    const run = /wavegate resume (\S+)/.exec(ended.stderr)?.[1] ?? "";
    cli.writeIn(
      cwd,
      "wavegate.config.yaml",
      `agents: { mine: { command: [cat, /dev/null] } }\n${NO_RETRY}`,
    );
    expect(await cli.run(["resume", run], { cwd })).toMatchObject({ code: 5 });
  },
  60_000,
);

test("a command whose output nobody reads says so by its exit code alone", async () => {
  const running = cli.start(["--help"]);
  running.child.stdout?.destroy();
  expect(await running.done).toMatchObject({ code: 141, stderr: "" });
});

test("cancel ends a waiting run; a canceled run can't be decided on", async () => {
  const { run, digest } = await atGate("canceled");
  expect(await cli.run(["cancel", run])).toMatchObject({ code: 0 });
  expect(await stateOf(run)).toBe("canceled");
  expect(await cli.run(["approve", run, "--digest", digest])).toMatchObject({ code: 1 });
  expect(await cli.run(["cancel", run])).toMatchObject({ code: 1 });
});

test("doctor, agents, db: what there is, for people and programs", async () => {
  expect((await cli.run(["agents"])).stdout).toContain("builtin");
  expect(lastJson(await cli.run(["db", "status", "--json"]))).toMatchObject({
    checks: expect.any(Array),
  });
  expect(lastJson(await cli.run(["doctor", "--json"]))).toMatchObject({
    checks: expect.any(Array),
  });
});

test("a project that was moved keeps its runs, and goes on where it is; a copy of it is refused", async () => {
  const [old, now, copy] = ["before", "after", "copy"].map((name) =>
    path.join(cli.folder, name),
  ) as [string, string, string];
  const file = cli.writeIn(old, "specs/1/spec.md", SPEC);
  cli.writeIn(
    old,
    "wavegate.config.yaml",
    "agents: { mine: { command: [cat, wavegate.config.yaml] } }\n",
  );
  const detached = await cli.run(["plan", file, "--detach", "--json"], { cwd: old });
  const { runId } = lastJson(detached) as { runId: string };
  renameSync(old, now);
  expect(await cli.run(["resume", runId], { cwd: now })).toMatchObject({ code: 4 });
  cpSync(now, copy, { recursive: true });
  expect((await cli.run(["audit", "verify"], { cwd: now })).stdout).toContain("no anchor");
  const refused = await cli.run(["runs"], { cwd: copy });
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("PROJECT_COPIED")]);
});

test("a gate that was opened before the project was moved is passed where it is now", async () => {
  const [old, now] = ["gate-before", "gate-after"].map((name) => path.join(cli.folder, name)) as [
    string,
    string,
  ];
  const file = cli.writeIn(old, "specs/1/spec.md", SPEC);
  cli.writeIn(old, "wavegate.config.yaml", "version: 1\n");
  const { run, digest } = gateIn(await cli.run(["plan", file], { cwd: old }));
  renameSync(old, now);
  const shown = await cli.run(["show", run], { cwd: now });
  expect(shown.stdout).toContain(path.join(now, ".wavegate/runs"));
  const approved = await cli.run(["approve", run, "--digest", digest], { cwd: now });
  expect(approved).toMatchObject({ code: 0 });
  expect(existsSync(path.join(now, "specs/1/plan.md"))).toBe(true);
});

test("looking around in a folder that is no project leaves nothing in it", async () => {
  const cwd = path.join(cli.folder, "elsewhere");
  cli.writeIn(cwd, "notes.txt", "");
  expect(await cli.run(["runs"], { cwd })).toMatchObject({ code: 0 });
  expect(readdirSync(cwd)).toEqual(["notes.txt"]);
});

test("an entry added to the audit log by other means is found, and nothing is added after it", async () => {
  const { run } = await atGate("forged");
  await cli.run(["cancel", run]);
  expect((await cli.run(["audit", "verify"])).stdout).toMatch(
    /^The audit log is whole: \d+ entr.+\n$/,
  );
  const file = path.join(cli.project, ".wavegate/audit.jsonl");
  const last = JSON.parse(text(".wavegate/audit.jsonl").trimEnd().split("\n").at(-1) ?? "");
  const { seq, hash, prev: _, ...entry } = last;
  appendFileSync(file, `${chainLine({ ...entry, id: "mine" }, { entries: seq, head: hash })}\n`);
  const verified = await cli.run(["audit", "verify"]);
  expect([verified.code, verified.stderr]).toEqual([1, expect.stringContaining("AUDIT_BROKEN")]);
});
