/** The command agent against real processes (AG-01, AG-03, AG-04, ST-03): every kind of end, the whole tree gone after each, output kept and bounded. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CommandAgentOptions } from "../../src/adapters/agents/command/command-agent.ts";
import { processInfo } from "../../src/adapters/shared/process/process-survey.ts";
import type { AgentFailure, AgentOutcome, AgentRequest } from "../../src/ports/agent.ts";
import { PRESET_NAMES, type AgentPreset } from "../../src/stage/agents/command-presets.ts";
import { agentContract } from "../../src/testing/agent-contract.ts";
import {
  scriptedCommand,
  type ScriptStep,
} from "../../src/testing/scripted-agent/scripted-agent.ts";
import { agentOf, failureOf, requestIn } from "./command-agent-fixture.ts";

const linux = process.platform === "linux";

let folder = "";
let output = "";
let pidFile = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-command-agent-"));
  output = path.join(folder, "output");
  pidFile = path.join(folder, "pids");
  mkdirSync(output);
  mkdirSync(path.join(folder, "project"));
});
afterEach(() => {
  // What a failing test left alive must not outlive it.
  if (existsSync(pidFile))
    for (const pid of startedPids().filter(alive)) process.kill(pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const request = (change: Partial<AgentRequest> = {}) => requestIn(folder, output, change);
const limits = (change: Partial<AgentRequest["limits"]>) => ({
  limits: { ...request().limits, ...change },
});

const scripted = (steps: readonly ScriptStep[], options: Partial<CommandAgentOptions> = {}) =>
  agentOf({ command: scriptedCommand(steps) }, options);
const events = (steps: readonly ScriptStep[], preset?: AgentPreset) =>
  agentOf({
    command: scriptedCommand(steps),
    answer: "json-lines",
    ...(preset !== undefined && { preset }),
  });

const writing = (steps: readonly ScriptStep[]) =>
  agentOf({ command: scriptedCommand(steps, ["--answer-file={answerFile}"]), answer: "file" });

const valueOf = (outcome: AgentOutcome) => {
  if (!outcome.ok) throw new Error(`${outcome.error.kind}: ${outcome.error.message}`);
  return outcome.value.value;
};
const alive = (pid: number) => {
  const info = processInfo(pid);
  return info !== undefined && !info.zombie;
};
const openFiles = () => readdirSync("/proc/self/fd").length;
const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
const startedPids = () => readFileSync(pidFile, "utf8").trim().split("\n").map(Number);

const callsFile = () => path.join(folder, "calls");

agentContract(
  {
    name: "a command agent",
    answering: () =>
      scripted([
        { append: { file: callsFile(), text: "." } },
        { stderr: "\u001B[31mthinking\u001B[0m" },
        { print: "Here it is:" },
        { print: '{"a":1}' },
      ]),
    expected: { a: 1 },
    calls: () => (existsSync(callsFile()) ? statSync(callsFile()).size : 0),
    hanging: () => scripted([{ forever: true }], { graceMs: 500 }),
    halting: () => ({ agent: scripted([{ print: '{"a":' }, { forever: true }]) }),
    flooding: () => scripted([{ flood: { text: "all work and no play\n", bytes: 2 ** 40 } }]),
    leaking: (secret, makeFilter) =>
      scripted([{ stderr: `key ${secret}` }, { print: JSON.stringify({ secret }) }], {
        makeFilter,
      }),
    unavailable: () => agentOf({ command: ["wavegate-no-such-program"] }),
    keepsTime: true,
  },
  { describe, test },
);

const arrived = (prompt: string) => ({
  bytes: Buffer.byteLength(prompt),
  sha256: createHash("sha256").update(prompt).digest("hex"),
});

describe("the prompt arrives", () => {
  const big = "Größe 😀 ".repeat(80_000);

  test("on stdin, a megabyte as well as nothing", async () => {
    const agent = scripted([{ prompt: true }]);
    for (const prompt of ["hello", big, ""])
      expect(valueOf(await agent.run(request({ prompt })))).toEqual(arrived(prompt));
  });

  test("as a file, a megabyte as well", async () => {
    const agent = agentOf({
      command: scriptedCommand([{ prompt: true }], ["--prompt-file={promptFile}"]),
      prompt: "file",
    });
    expect(valueOf(await agent.run(request({ prompt: big })))).toEqual(arrived(big));
  });

  test("as an argument, as long as the system can carry it; without a shell", async () => {
    const agent = agentOf({
      command: scriptedCommand([{ prompt: true }], ["--prompt={prompt}"]),
      prompt: "argument",
    });
    const prompt = `"; rm -rf / $(id) 'x' {cwd} * \n`;
    expect(valueOf(await agent.run(request({ prompt })))).toEqual(arrived(prompt));
    const failure = failureOf(await agent.run(request({ prompt: big })));
    expect(failure).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("prompt: stdin"),
    });
  });

  test("and a program that does not want it is no failure", async () => {
    const agent = scripted([{ print: '{"a":1}' }]);
    expect(valueOf(await agent.run(request({ prompt: big })))).toEqual({ a: 1 });
  });
});

describe("the answer is read", () => {
  test("from the file it was told to write, not from an older one", async () => {
    const written = await writing([{ print: "chatter" }, { answerFile: '{"a":1}' }]).run(request());
    expect(valueOf(written)).toEqual({ a: 1 });
    expect(written.ok && written.value.outputBytes).toBe("chatter\n".length + 7);
    const none = await writing([{ print: '{"b":1}' }]).run(request());
    expect(failureOf(none)).toMatchObject({
      kind: "invalid-output",
      message: expect.stringContaining("no answer file"),
    });
  });

  test("from JSON lines, with usage and cost where the program reports them", async () => {
    const lines: string[] = [];
    const outcome = await events([
      { print: "starting up" },
      { print: '{"type":"progress","message":"half way"}' },
      { sleep: 20 },
      { print: '{"type":"usage","input_tokens":10,"output_tokens":5,"cost_usd":0.25}' },
      { print: '{"type":"answer","value":{"a":1}}' },
    ]).run(request({ onLine: (line) => lines.push(line) }));
    expect(valueOf(outcome)).toEqual({ a: 1 });
    expect(outcome.ok && outcome.value.usage).toEqual({
      inputTokens: 10,
      outputTokens: 5,
      costUsd: 0.25,
    });
    expect(lines).toContain("half way");
  });

  test("from Claude's events, however long the last one is", async () => {
    const text = "x".repeat(300_000);
    const result = {
      type: "result",
      subtype: "success",
      is_error: false,
      result: JSON.stringify({ text }),
      usage: { input_tokens: 3, output_tokens: 4 },
      total_cost_usd: 0.5,
    };
    writeFileSync(
      path.join(folder, "transcript"),
      `{"type":"system","subtype":"init"}\n${JSON.stringify(result)}\n`,
    );
    const agent = agentOf({
      preset: "claude",
      command: ["/bin/cat", path.join(folder, "transcript")],
    });
    const outcome = await agent.run(request());
    expect(valueOf(outcome)).toEqual({ text });
    expect(outcome.ok && outcome.value.usage).toEqual({
      inputTokens: 3,
      outputTokens: 4,
      costUsd: 0.5,
    });
  });

  test("from Codex's events", async () => {
    const outcome = await events(
      [
        { print: '{"type":"thread.started","thread_id":"t"}' },
        { print: '{"type":"item.completed","item":{"type":"agent_message","text":"{\\"a\\":1}"}}' },
        { print: '{"type":"turn.completed","usage":{"input_tokens":9,"output_tokens":1}}' },
      ],
      "codex",
    ).run(request());
    expect(valueOf(outcome)).toEqual({ a: 1 });
    expect(outcome.ok && outcome.value.usage).toEqual({
      inputTokens: 9,
      outputTokens: 1,
      costUsd: "unknown",
    });
  });

  test("with the files the arguments name", async () => {
    const agent = agentOf({
      command: scriptedCommand([{ surroundings: true }], ["{schemaFile}", "{schema}", "{cwd}"]),
    });
    const value = valueOf(await agent.run(request())) as { args: string[]; cwd: string };
    expect(value.args.slice(-3)).toEqual([
      path.join(output, "schema.json"),
      '{"type":"object"}',
      value.cwd,
    ]);
    expect(JSON.parse(readFileSync(path.join(output, "schema.json"), "utf8"))).toEqual({
      type: "object",
    });
  });
});

describe("a failure has its kind and says why", () => {
  const cases: [string, readonly ScriptStep[], AgentFailure["kind"], RegExp][] = [
    [
      "an exit code",
      [{ stderr: "warming up" }, { stderr: "no key given" }, { exit: 3 }],
      "crashed",
      /exit code 3: no key given/,
    ],
    ["a signal", [{ kill: "SIGKILL" }], "crashed", /signal SIGKILL/],
    ["success claimed, exit 1", [{ print: '{"a":1}' }, { exit: 1 }], "crashed", /exit code 1/],
    ["nothing", [], "invalid-output", /its output is empty/],
    [
      "garbage",
      [{ print: "I would rather talk about cats." }],
      "invalid-output",
      /talk about cats/,
    ],
    ["invalid JSON", [{ print: "{a:1}" }], "invalid-output", /\{a:1\}/],
    ["an answer that breaks off", [{ write: '{"a":[1,2' }], "invalid-output", /broke off/],
    [
      "invalid UTF-8",
      [{ write: '{"a":"' }, { hex: "e282" }, { write: '"}' }],
      "invalid-output",
      /offset 6/,
    ],
    [
      "a rate limit",
      [{ stderr: "HTTP 429 too many requests, retry-after: 12" }, { exit: 1 }],
      "rate-limited",
      /429/,
    ],
  ];
  test.each(cases)("%s", async (_, steps, kind, message) => {
    const failure = failureOf(await scripted(steps).run(request()));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(message);
    expect(failure.usage.inputTokens).toBe("unknown");
  });

  test.each<[string, readonly ScriptStep[], true | undefined]>([
    ["by whoever sends SIGKILL", [{ kill: "SIGKILL" }], true],
    ["in a sandbox or shell, which say so by an exit code", [{ exit: 143 }], true],
    ["not by a fault of its own", [{ kill: "SIGSEGV" }], undefined],
    ["not by itself", [{ exit: 1 }], undefined],
  ])("ended by others: %s", async (_, steps, killed) => {
    expect(failureOf(await scripted(steps).run(request())).killed).toBe(killed);
  });

  test("a rate limit says how long to wait", async () => {
    const steps: ScriptStep[] = [{ stderr: "status 429, Retry-After: 12" }, { exit: 1 }];
    expect(failureOf(await scripted(steps).run(request())).retryAfterMs).toBe(12_000);
  });

  test("exit code 0 proves nothing: Claude's error result, Codex's failed turn, no final event", async () => {
    const claude: ScriptStep[] = [
      {
        print:
          '{"type":"result","subtype":"success","is_error":true,"result":"API Error: 529 overloaded_error","usage":{"input_tokens":7}}',
      },
    ];
    expect(failureOf(await events(claude, "claude").run(request()))).toMatchObject({
      kind: "overloaded",
      usage: { inputTokens: 7, outputTokens: "unknown" },
    });
    const codex: ScriptStep[] = [
      { print: '{"type":"turn.failed","error":{"message":"stream disconnected"}}' },
    ];
    expect(failureOf(await events(codex, "codex").run(request()))).toMatchObject({
      kind: "crashed",
      message: expect.stringContaining("stream disconnected"),
    });
    const none: ScriptStep[] = [{ print: '{"a":1}' }];
    for (const preset of PRESET_NAMES)
      expect(failureOf(await events(none, preset).run(request())).kind).toBe("crashed");
  });

  test("a preset's settings are a file of the attempt, unless the user has one", async () => {
    const variable = "GEMINI_CLI_SYSTEM_DEFAULTS_PATH";
    const seen = async (env: Readonly<Record<string, string>>) => {
      await agentOf(
        {
          command: scriptedCommand([{ surroundings: true }]),
          answer: "json-lines",
          preset: "gemini",
        },
        { env: { PATH: process.env["PATH"] ?? "", ...env } },
      ).run(request());
      const { env: given } = JSON.parse(readFileSync(path.join(output, "stdout.log"), "utf8"));
      return String(given[variable]);
    };
    const file = await seen({});
    expect(path.dirname(file)).toBe(output);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      privacy: { usageStatisticsEnabled: false },
    });
    expect(await seen({ [variable]: "/my/own.json" })).toBe("/my/own.json");
  });

  test("no answer after denied tools is a refusal that names them", async () => {
    const result = {
      type: "result",
      subtype: "success",
      is_error: false,
      result: "I cannot write.",
      permission_denials: [{ tool_name: "Write" }],
    };
    const failure = failureOf(
      await events([{ print: JSON.stringify(result) }], "claude").run(request()),
    );
    expect(failure).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/cannot write.*denied Write/),
    });
  });

  test("a character split over two writes is no invalid UTF-8", async () => {
    const steps: ScriptStep[] = [
      { write: '{"a":"' },
      { hex: "f09f" },
      { sleep: 20 },
      { hex: "9880" },
      { write: '"}' },
    ];
    expect(valueOf(await scripted(steps).run(request()))).toEqual({ a: "😀" });
  });

  test("messages carry no escapes of the program", async () => {
    const steps: ScriptStep[] = [
      { stderr: "\u001B]0;owned\u0007\u001B[31mred\u202E" },
      { exit: 1 },
    ];
    expect(failureOf(await scripted(steps).run(request())).message).toMatch(/: red$/);
  });

  test("a program that is not there, or cannot be executed", async () => {
    writeFileSync(path.join(folder, "plain"), "no program", { mode: 0o644 });
    writeFileSync(path.join(folder, "orphan"), "#!/no/such/interpreter\n", { mode: 0o755 });
    for (const [program, reason] of [
      ["wavegate-no-such-program", /not on PATH/],
      [path.join(folder, "plain"), /not executable/],
      [path.join(folder, "orphan"), /interpreter/],
      [folder, /not a file/],
    ] as const) {
      const agent = agentOf({ command: [program] });
      const failure = failureOf(await agent.run(request()));
      expect(failure.kind).toBe("not-installed");
      expect(failure.message).toMatch(reason);
      expect(failure.message).toMatch(/Install/);
    }
    const { availability } = await agentOf(
      { preset: "claude" },
      { env: { PATH: folder } },
    ).describe();
    expect(availability).toMatchObject({
      available: false,
      hint: expect.stringContaining("Claude Code"),
    });
  });

  test("a folder that is gone is never replaced by another", async () => {
    const failure = failureOf(await scripted([]).run(request({ cwd: path.join(folder, "gone") })));
    expect(failure).toMatchObject({ kind: "crashed", message: expect.stringContaining("is gone") });
  });

  test("limits no timer can keep are refused before anything starts", async () => {
    for (const change of [
      { timeoutMs: Number.NaN },
      { stallMs: 0 },
      { timeoutMs: 2 ** 31 },
      { maxOutputBytes: -1 },
    ])
      await expect(scripted([]).run(request(limits(change)))).rejects.toThrow(RangeError);
  });
});

describe("limits are kept", () => {
  test("a program that prints for ever without an answer is stopped in time, though it ignores SIGTERM", async () => {
    const steps: ScriptStep[] = [
      { ignore: "SIGTERM" },
      ...Array.from({ length: 200 }, (): ScriptStep[] => [{ print: "." }, { sleep: 20 }]).flat(),
    ];
    const started = performance.now();
    const failure = failureOf(await scripted(steps).run(request(limits({ timeoutMs: 400 }))));
    expect(failure).toMatchObject({ kind: "timeout", message: expect.stringContaining("400 ms") });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("SIGTERM comes first, with time to obey", async () => {
    const agent = agentOf(
      {
        command: [
          "/bin/sh",
          "-c",
          "trap 'echo bye >&2; exit 0' TERM; echo ready; while :; do sleep 0.02; done",
        ],
      },
      { graceMs: 5_000 },
    );
    const cancel = new AbortController();
    const failure = failureOf(
      await agent.run(
        request({ signal: cancel.signal, onLine: (line) => line === "ready" && cancel.abort() }),
      ),
    );
    expect(failure.kind).toBe("canceled");
    expect(readFileSync(path.join(output, "stderr.log"), "utf8")).toContain("bye");
  });

  test("silence on both streams counts as a stall, noise on either does not", async () => {
    const quiet = scripted([{ print: "hm" }, { forever: true }]);
    expect(failureOf(await quiet.run(request(limits({ stallMs: 500 })))).kind).toBe("stalled");
    const talking = Array.from({ length: 8 }, (): ScriptStep[] => [
      { stderr: "." },
      { sleep: 150 },
    ]).flat();
    const outcome = await scripted([...talking, { print: '{"a":1}' }]).run(
      request(limits({ stallMs: 800 })),
    );
    expect(valueOf(outcome)).toEqual({ a: 1 });
  });

  test("100 MB without a newline are cut at the limit, on disk too", async () => {
    const lines: string[] = [];
    const maxOutputBytes = 1_000_000;
    const agent = scripted([{ flood: { text: "a", bytes: 100_000_000 } }]);
    const failure = failureOf(
      await agent.run(
        request({ ...limits({ maxOutputBytes }), onLine: (line) => lines.push(line) }),
      ),
    );
    expect(failure).toMatchObject({ kind: "output-limit", outputBytes: maxOutputBytes });
    expect(statSync(path.join(output, "stdout.log")).size).toBe(maxOutputBytes);
    expect(lines).toEqual(["a".repeat(200)]);
  });

  test("100 MB within the limit are kept whole and the answer is found at their end", async () => {
    const agent = scripted([
      { flood: { text: "log line\n", bytes: 99_999_999 } },
      { print: '\n{"a":1}' },
    ]);
    const outcome = await agent.run(request(limits({ maxOutputBytes: 200_000_000 })));
    expect(valueOf(outcome)).toEqual({ a: 1 });
    expect(statSync(path.join(output, "stdout.log")).size).toBe(100_000_008);
  });
});

describe("the environment", () => {
  test("holds what is allowed and who the program is to be, and no secret of the user", async () => {
    const env = {
      ...process.env,
      WAVEGATE_TEST_SECRET: "s3cret",
      AWS_SECRET_ACCESS_KEY: "s3cret",
      MY_TOKEN: "yes",
    };
    const agent = agentOf(
      {
        command: scriptedCommand([{ surroundings: true }]),
        passEnv: ["MY_TOKEN"],
        env: { MODE: "test" },
      },
      { env },
    );
    const { env: seen, cwd } = valueOf(await agent.run(request())) as {
      env: Record<string, string>;
      cwd: string;
    };
    expect(JSON.stringify(seen)).not.toContain("s3cret");
    expect(seen).toMatchObject({
      MY_TOKEN: "yes",
      MODE: "test",
      WAVEGATE_RUN: "run-1",
      WAVEGATE_STAGE: "planning",
      WAVEGATE_ROLE: "requirements",
      WAVEGATE_TASK: "analysis",
    });
    expect(cwd).toBe(path.join(folder, "project"));
  });

  test.skipIf(!linux)(
    "is all a daemon can hide: a secret of the parent is in no process of the attempt",
    async () => {
      const steps: ScriptStep[] = [{ spawn: { steps: [{ surroundings: true }] } }, { sleep: 300 }];
      await scripted(steps, { env: { ...process.env, SECRET_X: "s3cret" } }).run(request());
      const text = readFileSync(path.join(output, "stdout.log"), "utf8");
      expect(text).toContain("WAVEGATE_ATTEMPT");
      expect(text).not.toContain("s3cret");
    },
  );
});

describe.skipIf(!linux)("no process of an attempt is alive when it ends (I-21)", () => {
  const stubborn: readonly ScriptStep[] = [{ ignore: "SIGTERM" }, { forever: true }];
  const family: readonly ScriptStep[] = [
    { spawn: { steps: stubborn, pidFile } },
    { spawn: { steps: stubborn, daemon: true, pidFile } },
    { spawn: { steps: stubborn, daemon: true, quiet: true, pidFile } },
    { spawn: { steps: stubborn, daemon: true, cleanEnv: true, pidFile } },
  ];
  const launched = (): readonly ScriptStep[] =>
    family.map((step) => ("spawn" in step ? { spawn: { ...step.spawn, pidFile } } : step));
  const expectAllGone = () => {
    const pids = startedPids();
    expect(pids).toHaveLength(family.length);
    expect(pids.filter(alive)).toEqual([]);
  };

  test("after success", async () => {
    const outcome = await scripted([...launched(), { print: '{"a":1}' }]).run(request());
    expect(valueOf(outcome)).toEqual({ a: 1 });
    expectAllGone();
  });

  test("after a crash", async () => {
    const outcome = await scripted([...launched(), { kill: "SIGKILL" }]).run(request());
    expect(failureOf(outcome).kind).toBe("crashed");
    expectAllGone();
  });

  test("after a cancellation", async () => {
    const cancel = new AbortController();
    const onLine = (line: string) => line === "ready" && cancel.abort();
    const agent = scripted([
      { ignore: "SIGTERM" },
      ...launched(),
      { print: "ready" },
      { forever: true },
    ]);
    expect(failureOf(await agent.run(request({ signal: cancel.signal, onLine }))).kind).toBe(
      "canceled",
    );
    expectAllGone();
  });

  test("after a timeout", async () => {
    const agent = scripted([...launched(), { forever: true }]);
    expect(failureOf(await agent.run(request(limits({ timeoutMs: 1_500 })))).kind).toBe("timeout");
    expectAllGone();
  });

  test("and 30 attempts leave no open file, no zombie, no timer and no listener", async () => {
    const cancel = new AbortController();
    const agent = scripted([{ print: '{"a":1}' }]);
    await agent.run(request());
    const before = { open: openFiles(), timers: timers() };
    for (let round = 0; round < 30; round += 1) await agent.run(request({ signal: cancel.signal }));
    expect(openFiles()).toBe(before.open);
    expect(timers()).toBeLessThanOrEqual(before.timers);
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8")
      .trim()
      .split(" ")
      .map(Number);
    expect(children.filter((pid) => processInfo(pid)?.zombie)).toEqual([]);
  });
});
