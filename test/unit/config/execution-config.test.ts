import { expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { PLAIN_EXECUTION } from "../../../src/execution/execution-settings.ts";
import { PLAIN_RECIPE } from "../../../src/stage/workspace/workspace-settings.ts";

const read = (text: string) => readConfig(text, "w.yaml", { given: ["mine"] });

function executionOf(text: string) {
  const config = read(text);
  if (!config.ok) throw new Error(JSON.stringify(config.error, null, 1));
  return config.value.execution;
}

const problemsOf = (text: string): readonly string[] => {
  const config = read(text);
  return config.ok
    ? []
    : config.error.map(
        ({ code, place, message }) => `${code} ${place?.line}:${place?.column} ${message}`,
      );
};

test("nothing said is as it comes", () => {
  expect(executionOf("")).toEqual(PLAIN_EXECUTION);
  expect(executionOf("execution: {}")).toEqual(PLAIN_EXECUTION);
});

test("every option is read", () => {
  const text = `
agents: { codex: { preset: codex }, judge: { model: anthropic/claude-sonnet-4-5 } }
execution:
  agent: codex
  verifier: judge
  workers: 8
  pattern: pipeline
  failures: continue
  retries: 0
  test: npm run test:ci && npm run lint
  timeout: 2h
  stall: 90s
  check-timeout: 30m
  pass-env: [PGHOST, "DOCKER_*"]
  sandbox: { mode: "off", write: [/var/cache/x] }
  protect: [infra, "db/**/*.sql"]
  gates: proven
  checkpoints: task
  state-folder: .claude/state
workspace:
  copy: [".env*"]
  install: [npm, ci]
  timeout: 1m
  ports: 2
  pass-env: ["NPM_*"]
`;
  expect(executionOf(text)).toEqual({
    agent: "codex",
    verifier: "judge",
    workers: 8,
    pattern: "pipeline",
    failures: "continue",
    attempts: { retries: 0 },
    test: { kind: "command", command: "npm run test:ci && npm run lint" },
    taskTimeoutMs: 7_200_000,
    stallMs: 90_000,
    checkTimeoutMs: 1_800_000,
    passEnv: ["PGHOST", "DOCKER_*"],
    protect: ["infra", "db/**/*.sql"],
    gates: "proven",
    checkpoints: "task",
    stateFolder: ".claude/state",
  });
  const config = read(text);
  expect(config.ok && config.value.checksSandbox).toEqual({ mode: "off", write: ["/var/cache/x"] });
  expect(config.ok && config.value.workspace).toEqual({
    copy: [".env*"],
    install: ["npm", "ci"],
    timeoutMs: 60_000,
    ports: 2,
    passEnv: ["NPM_*"],
  });
  const none = read("");
  expect(none.ok && none.value.workspace).toEqual(PLAIN_RECIPE);
});

test("the state of sessions is written into no folder outside of the project, and not into git's own", () => {
  for (const folder of ["/tmp/x", "a/../../x", "..", ".git/x", "a/.GIT", "C:\\x"])
    expect([folder, read(`execution: { state-folder: ${JSON.stringify(folder)} }`).ok]).toEqual([
      folder,
      false,
    ]);
  expect(executionOf("execution: { state-folder: tools/..state }").stateFolder).toBe(
    "tools/..state",
  );
});

test.each([
  ["none", { kind: "none" }],
  ["detect", { kind: "detect" }],
  ["make test", { kind: "command", command: "make test" }],
])("test: %s", (written, setting) => {
  expect(executionOf(`execution: { test: ${written} }`).test).toEqual(setting);
});

test.each([
  ["execution: { agent: ghost }", 'CONFIG_UNKNOWN_AGENT 1:21 There is no agent "ghost".'],
  ["execution: { verifier: ghost }", 'CONFIG_UNKNOWN_AGENT 1:24 There is no agent "ghost".'],
  [
    "execution: { agent: builtin }",
    "CONFIG_BAD_AGENT 1:21 The built-in analysts can't change files.",
  ],
  [
    "agents: { m: { model: anthropic/claude-sonnet-4-5 } }\nexecution: { agent: m }",
    'CONFIG_BAD_AGENT 2:21 "m" can\'t change files.',
  ],
  [
    "execution: { workers: 0 }",
    "CONFIG_OUT_OF_RANGE 1:23 execution.workers must be a whole number from 1 to 256, not 0.",
  ],
  [
    "execution: { pattern: wave }",
    'CONFIG_UNKNOWN_CHOICE 1:23 execution.pattern must be one of dag, independent, batched, pipeline, not "wave".',
  ],
  [
    "execution: { test: '' }",
    'CONFIG_OUT_OF_RANGE 1:20 execution.test must be text with something in it, not "".',
  ],
  [
    "workspace: { pass-env: ['*X'] }",
    'CONFIG_BAD_NAME 1:25 workspace.pass-env[1] must be the name of a variable; a final * stands for any ending, not "*X".',
  ],
])("%s", (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test("an agent given in code may work on tasks", () => {
  expect(executionOf("execution: { agent: mine }").agent).toBe("mine");
});
