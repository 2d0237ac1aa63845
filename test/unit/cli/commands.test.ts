import {
  generateHelpTextForAllCommands,
  type Application,
  type CommandContext,
} from "@stricli/core";
import { expect, test } from "vitest";
import { createApplication } from "../../../src/cli/run-cli.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import { golden } from "../reporters/golden.ts";
import { createHarness } from "./harness.ts";

const SPEC_PATH = "specs/001/spec.md";
const COMMANDS = generateHelpTextForAllCommands(
  // Help does not use the context.
  createApplication("1.2.3", () => undefined) as unknown as Application<CommandContext>,
);

test("help is as agreed, and needs no app", async () => {
  const { run } = createHarness();
  const root = await run(["--help"]);
  const pages = [root.stdout];
  for (const [route] of COMMANDS) {
    const { stdout } = await run([...route.split(" ").slice(1), "--help"]);
    pages.push(`== ${route}\n${stdout}`);
  }
  const all = pages.join("\n");
  expect(all).toBe(golden("help.txt", all));
  expect(root.code).toBe(0);
  expect((await run([])).stdout).toBe(root.stdout);
  expect(await run(["--version"])).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
});

test.each([
  [["plna"], 'There is no command "plna".', "Did you mean `plan`?"],
  [["db", "stat"], 'There is no command "stat".', "Did you mean `start`?"],
  [["plan"], "SPEC is missing.", "Give SPEC, or see --help."],
  [["plan", "a", "b"], '"b" is one argument too many.', "Quote arguments"],
  [["plan", "--jsn", "a"], "There is no flag --jsn here.", "Did you mean --json?"],
  [["plans", "status", "core", "--rule", "foo"], "There is no flag --rule here.", "See what"],
  [["plans", "deps", "--ruel", "dag"], "There is no flag --ruel here.", "Did you mean --rule?"],
  [["plans", "next", "--like-orginal"], "no flag --like-orginal", "Did you mean --like-original?"],
  [["plans", "deps", "--rule", "foo"], '--rule: "foo" is none of barriers, dag.', "See what"],
  [["plans", "deps", "--rule", "barier"], '"barier" is none of', "Did you mean barriers?"],
  [["xyzzy"], 'There is no command "xyzzy".', "See what"],
  [["score", "a", "--score", "clarity=101"], '"clarity=101" is not NAME=VALUE', "--help"],
  [["score", "a", "--score", "size=1"], "one of complexity, clarity, uncertainty, debt", "--help"],
  [["plan", "--concurrency", "many", "a"], '"many" is not a whole number', "--help"],
  [["plan", "--concurrency", "65", "a"], "is not a whole number from 1 to 64", "--help"],
  [["worker", "--concurrency", "257"], "is not a whole number from 1 to 256", "--help"],
  [["cancel", "latest"], "RUN: `latest` may change meanwhile", "--help"],
  [["plan", "--profile", "fast", "a"], "api", "--help"],
  [["plan", "a", "--agent"], "--agent needs a value.", "Write it behind --agent."],
  [["runs", "--limit", "0"], '"0" is not a whole number', "--help"],
  [["approve", "--digest"], "--digest needs a value.", "behind --digest"],
  [["show"], "RUN is missing.", "Give RUN"],
  [["\u001B[2J"], "There is no command", "--help"],
] as const)("bad usage %j: exit code 2, what is wrong, and a hint", async (args, message, hint) => {
  const { run } = createHarness();
  const { code, stdout, stderr } = await run(args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^error USAGE: /);
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
  expect(stderr).not.toContain("\u001B");
  const asJson = await run([...args.slice(0, 1), "--json", ...args.slice(1)]);
  expect(asJson.stderr).toBe("");
  expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { code: "USAGE" } });
});

test.each([
  [["check", SPEC_PATH], 0, "1 requirement,"],
  [["check", "nowhere.md"], 1, ""],
  [["score", SPEC_PATH], 0, " of 25  1 requirement\n"],
  [
    ["score", SPEC_PATH, "--score=debt=71"],
    0,
    "debt            71  set by the command line; computed 0",
  ],
  [
    ["score", SPEC_PATH, "--json", "--score", "clarity=3"],
    0,
    '"clarity":{"value":3,"source":"command line"',
  ],
  [["score", "nowhere.md"], 1, ""],
  [["runs"], 0, "No runs yet."],
  [["runs", "--json"], 0, '{"runs":[]}\n'],
  [["init"], 0, "created wavegate.config.yaml\n"],
  [["doctor"], 1, "database"],
  [["agents"], 0, "rules (1)"],
  [["db", "status"], 1, "hint: Start it."],
  [["db", "stop"], 0, "stopped\n"],
  [["db", "start", "--json"], 0, '{"message":"started"}\n'],
  [["audit", "verify"], 0, "The audit log is whole: 0 entries"],
  [["audit", "show", "--json"], 0, '{"entries":[]}\n'],
  [["completion", "bash"], 0, "complete -o default -F _wavegate wavegate\n"],
  [["__complete", "d"], 0, "doctor\tCheck what Wavegate needs\ndb\t"],
  [["__complete", "plan", "--ag"], 0, "--agent\t"],
] as const)("%j ends with %i", async (args, code, stdout) => {
  const { run } = createHarness();
  const outcome = await run(args);
  expect(outcome.stdout).toContain(stdout);
  expect(outcome.code).toBe(code);
});

test("init writes nothing beside a configuration of another name", async () => {
  const { run, disk } = createHarness();
  disk.set("wavegate.config.json", "{}");
  expect(await run(["init", "--for", "none"])).toMatchObject({
    code: 0,
    stdout: "Everything is there already.\n",
  });
  expect(disk.has("wavegate.config.yaml")).toBe(false);
});

test("looking at a run: list, show, logs, cancel", async () => {
  const { run } = createHarness();
  await run(["plan", SPEC_PATH]);
  expect((await run(["runs"])).stdout).toMatch(
    /^RUN +STATUS +STAGE +STARTED +SUBJECT\nrun1-albums +at a gate +planning /,
  );
  expect((await run(["show", "run1"])).stdout).toContain("waits for  planning/gate/1\n");
  expect((await run(["logs", "run1"])).stdout).toContain(
    "attempts/planning-risk-r1-a1/answer.json",
  );
  expect((await run(["logs", "run1", "risk"])).stdout).toBe("{}\n");
  expect(await run(["logs", "run1", "nobody"])).toMatchObject({ code: 2 });
  expect(await run(["cancel", "run1"])).toMatchObject({ code: 0 });
  expect(await run(["cancel", "run1"])).toMatchObject({ code: 1 });
  expect((await run(["runs", "--json"])).stdout).toContain('"status":"canceled"');
});

test("runs by what the table says of them, and why a call failed", async () => {
  let fails = true;
  const { run } = createHarness((request) => (fails ? { outputBytes: 0 } : goodAnswer(request)));
  await run(["plan", SPEC_PATH]);
  fails = false;
  await run(["plan", SPEC_PATH]);
  await run(["plan", SPEC_PATH]);
  const digest = /--digest (\w+)/.exec((await run(["show", "run3"])).stdout)?.[1] ?? "";
  await run(["reject", "run3", "--digest", digest, "--reason", "no"]);
  const listed = async (status: string) =>
    (await run(["runs", "--status", status, "--limit", "1"])).stdout.match(/^run\d|^No .*/gm);
  expect(await Promise.all(["gate", "rejected", "held"].map(listed))).toEqual([
    ["run2"],
    ["run3"],
    ["run1"],
  ]);
  expect(await listed("work")).toEqual(["No run is waiting for work. See all with: wavegate runs"]);
  expect((await run(["show", "run1"])).stdout).toMatch(/ failed .*\n {2}crashed: no luck\n/);
});

test("colour: where the terminal shows it and nobody forbids it", async () => {
  const { run } = createHarness();
  const colored = async (
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    tty: boolean,
  ) => (await run(args, { env, tty })).stdout.includes("\u001B[");
  const args = ["agents"];
  expect(await colored(args, {}, true)).toBe(true);
  expect(await colored(args, {}, false)).toBe(false);
  expect(await colored(args, { NO_COLOR: "1" }, true)).toBe(false);
  expect(await colored(args, { TERM: "dumb" }, true)).toBe(false);
  expect(await colored(args, { FORCE_COLOR: "1" }, false)).toBe(true);
  expect(await colored([...args, "--no-color"], { FORCE_COLOR: "1" }, true)).toBe(false);
  expect(await colored([...args, "--color"], { NO_COLOR: "1" }, false)).toBe(true);
});

test.each(["--json", "--json=true", "--json=yes", "--json=1"])(
  "%s: errors are JSON on standard output, of the parser and of commands",
  async (flag) => {
    const { run } = createHarness();
    for (const args of [
      ["show", "nothing", flag],
      ["plna", flag],
    ]) {
      const { stdout, stderr } = await run(args);
      expect([JSON.parse(stdout), stderr]).toMatchObject([
        { error: { code: expect.any(String) } },
        "",
      ]);
    }
  },
);

test("--json=false is as without it", async () => {
  const { stdout, stderr } = await createHarness().run(["show", "nothing", "--json=false"]);
  expect([stdout, stderr]).toEqual(["", expect.stringContaining("error RUN_NOT_FOUND: ")]);
});

test("an agent that is not there, named on the command line, is bad usage", async () => {
  const { code, stderr } = await createHarness().run(["plan", SPEC_PATH, "--agent", "nope"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("error AGENT_UNKNOWN: ")]);
  const known = await createHarness().run(["plan", SPEC_PATH, "--agent", "claude"]);
  expect(known.stderr).toContain("agents: { claude: { preset: claude } }");
});

test("names of files that agents made are inert", async () => {
  const { run } = createHarness();
  await run(["plan", SPEC_PATH]);
  const listed = (await run(["logs", "run1"])).stdout;
  const read = (await run(["logs", "run1", "evil"])).stdout;
  expect(listed).not.toContain("\u001B");
  expect(listed.split("\n")).toHaveLength(5);
  expect(read).toBe(
    "==> attempts/planning-evil-r1-a1/a.json <==\n{}\n==> attempts/planning-evil-r1-a1/b .json <==\n{}\n",
  );
});

test("the name of a spec is inert in what check says", async () => {
  const { run, disk } = createHarness();
  disk.set("a\u001B[2J.md", disk.get(SPEC_PATH) ?? "");
  expect((await run(["check", "a\u001B[2J.md"])).stdout).not.toContain("\u001B");
});

test("what is printed for programs is on standard output", async () => {
  const { run, hooks } = createHarness();
  const { stdout } = await run(["completion", "bash", "--json"]);
  const plain = await run(["completion", "bash"]);
  expect(JSON.parse(stdout)).toEqual({ shell: "bash", script: plain.stdout });
  hooks.interruptWork = true;
  const worked = await run(["worker", "--json"]);
  expect(worked).toEqual({
    code: 0,
    stdout: '{"type":"worker","state":"working"}\n{"type":"worker","state":"stopping"}\n',
    stderr: "",
  });
});

test("db stop says by --force that others may be cut off", async () => {
  const { run } = createHarness();
  expect((await run(["db", "stop"])).stdout).toBe("stopped\n");
  expect((await run(["db", "stop", "--force"])).stdout).toBe("stopped by force\n");
});
