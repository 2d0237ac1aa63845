import { costArguments } from "../../../src/adapters/agents/command/cost-arguments.ts";
import { PRESET_NAMES } from "../../../src/stage/agents/command-presets.ts";
import { expect, test } from "vitest";
import { allowedEnvironment } from "../../../src/adapters/shared/process/environment.ts";
import { fillArguments } from "../../../src/adapters/agents/command/fill-arguments.ts";
import { createCommandAgent } from "../../../src/adapters/agents/command/command-agent.ts";
import { commandAgentProblems } from "../../../src/stage/agents/command-problems.ts";
import {
  resolveAgentDefinition,
  type CommandAgentDefinition,
} from "../../../src/stage/agents/command-definition.ts";

const MINE = { kind: "command", name: "mine", command: ["mine"] } as const;

const problems = (definition: Partial<CommandAgentDefinition>) =>
  commandAgentProblems({ ...MINE, ...definition }).map(({ message }) => message);

test.each<[string, Partial<CommandAgentDefinition>, RegExp]>([
  ["no name", { name: " " }, /needs a name/],
  ["no command", { command: [] }, /starts with a program/],
  ["an empty program", { command: [""] }, /starts with a program/],
  ["a NUL", { command: ["a", "b\0"] }, /NUL/],
  ["an argument prompt without a place", { prompt: "argument" }, /needs \{prompt\}/],
  ["a file prompt without a place", { prompt: "file" }, /needs \{promptFile\}/],
  ["a place without an argument prompt", { command: ["a", "{prompt}"] }, /is not `argument`/],
  ["a file answer without a place", { answer: "file" }, /needs \{answerFile\}/],
  ["a preset with another answer", { preset: "claude", answer: "stdout" }, /must stay/],
  ["an impossible name in passEnv", { passEnv: ["A B"] }, /"A B" in `pass-env`/],
  ["an impossible name in env", { env: { "A=B": "1" } }, /not a variable name/],
  ["a reserved name in env", { env: { WAVEGATE_ATTEMPT: "1" } }, /reserved/],
  ["a NUL in env", { env: { A: "\0" } }, /NUL/],
])("a definition with %s is refused", (_, definition, message) => {
  expect(problems(definition).join("\n")).toMatch(message);
  expect(() => createCommandAgent({ ...MINE, ...definition }, { env: {} })).toThrow(message);
});

test("presets are complete by themselves, and can be added to", () => {
  expect(problems({ name: "c" })).toEqual([]);
  for (const preset of PRESET_NAMES)
    expect(commandAgentProblems({ kind: "command", name: preset, preset })).toEqual([]);
  const resolved = resolveAgentDefinition({
    kind: "command",
    name: "c",
    preset: "claude",
    args: ["--model", "opus"],
    passEnv: ["MY_KEY"],
  });
  expect(resolved.command.slice(0, 2)).toEqual(["claude", "-p"]);
  expect(resolved.command.slice(-4)).toEqual(["--json-schema", "{schema}", "--model", "opus"]);
  expect(resolved.passEnv).toContain("ANTHROPIC_*");
  expect(resolved.passEnv).toContain("MY_KEY");
});

const working = (preset: (typeof PRESET_NAMES)[number]) =>
  resolveAgentDefinition({ kind: "command", name: "c", preset, args: ["--model", "m"] }).working;

test("presets work in clones by their own flags, without what keeps them from editing", () => {
  expect(working("claude").command.join(" ")).toBe(
    "claude --permission-mode acceptEdits -p --output-format stream-json --verbose --json-schema {schema} --model m",
  );
  expect(working("codex").command.slice(0, 5).join(" ")).toBe(
    "codex exec --json --sandbox workspace-write",
  );
  expect(working("gemini").command.join(" ")).toContain("--approval-mode auto_edit --skip-trust");
  expect(working("qwen").command.join(" ")).toContain("--approval-mode auto-edit");
  expect(JSON.parse(working("opencode").env["OPENCODE_CONFIG_CONTENT"] ?? "")).toMatchObject({
    permission: { edit: "allow", bash: "deny", webfetch: "deny" },
  });
  const own = resolveAgentDefinition({ ...MINE, preset: "claude", command: ["my-claude", "-p"] });
  expect(own.working.command).toEqual(own.command);
});

const USER_ENV = {
  PATH: "/bin",
  HOME: "/home/u",
  LC_ALL: "C.UTF-8",
  AWS_SECRET_ACCESS_KEY: "s",
  OPENAI_API_KEY: "o",
  ANTHROPIC_API_KEY: "a",
  WAVEGATE_DATABASE_URL: "postgresql://secret",
  NODE_OPTIONS: "--require evil",
  EMPTY: undefined,
};
const visible = (definition: Partial<CommandAgentDefinition>) =>
  allowedEnvironment(resolveAgentDefinition({ ...MINE, ...definition }), USER_ENV);

test("a program sees the listed variables and no others; fixed values win", () => {
  expect(visible({})).toEqual({ PATH: "/bin", HOME: "/home/u", LC_ALL: "C.UTF-8" });
  expect(visible({ passEnv: ["OPENAI_API_KEY", "EMPTY"], env: { HOME: "/x", A: "1" } })).toEqual({
    PATH: "/bin",
    HOME: "/x",
    LC_ALL: "C.UTF-8",
    OPENAI_API_KEY: "o",
    A: "1",
  });
  expect(visible({ preset: "codex" })).not.toHaveProperty("ANTHROPIC_API_KEY");
  expect(visible({ passEnv: ["WAVEGATE_*"] })).not.toHaveProperty("WAVEGATE_DATABASE_URL");
});

const VALUES = {
  prompt: "p {cwd}",
  promptFile: "/o/prompt.md",
  answerFile: "/o/answer.json",
  schemaFile: "/o/schema.json",
  schema: '{"a":1}',
  cwd: "/w",
};

test("placeholders are filled once, anywhere in an argument, and nothing else is touched", () => {
  expect(
    fillArguments(
      ["{prompt}", "--in={promptFile}", '{"x":{}}', "{unknown}", "{cwd}/{cwd}"],
      VALUES,
    ),
  ).toEqual({
    ok: true,
    value: ["p {cwd}", "--in=/o/prompt.md", '{"x":{}}', "{unknown}", "/w//w"],
  });
});

test("an argument the system cannot take is refused, with the way out", () => {
  const long = fillArguments(["{prompt}"], { ...VALUES, prompt: "x".repeat(131_072) });
  expect(long).toMatchObject({ ok: false, error: expect.stringContaining("prompt: stdin") });
  expect(fillArguments(["{prompt}"], { ...VALUES, prompt: "x".repeat(131_071) }).ok).toBe(true);
  expect(fillArguments(["{prompt}"], { ...VALUES, prompt: "a\0" }).ok).toBe(false);
});

test("claude is told the most that a call may cost, where anything limits it; who brings a command of their own is not", () => {
  const claude = { kind: "command", name: "c", preset: "claude" } as const;
  const limit = { maxCostUsd: 0.1 + 0.2 };
  expect(costArguments(resolveAgentDefinition(claude), limit)).toEqual(["--max-budget-usd", "0.3"]);
  expect(costArguments(resolveAgentDefinition(claude), {})).toEqual([]);
  const own = resolveAgentDefinition({ ...claude, command: ["mine"] });
  expect(costArguments(own, limit)).toEqual([]);
});
