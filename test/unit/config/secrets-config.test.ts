import { expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";

const problems = (text: string) => {
  const read = readConfig(text, "w.yaml");
  return read.ok
    ? []
    : read.error.map(
        ({ code, place, message }) => `${code} ${place.line}:${place.column} ${message}`,
      );
};

test("a secret that a command prints, for agents that list its name or a pattern", () => {
  const read = readConfig(
    `secrets:
  OPENAI_API_KEY: { command: [pass, show, openai] }
  MY_KEY: { command: [op, read, "op://x/y"], pass-env: ["OP_*"], timeout: 5s }
agents:
  codex: { preset: codex }
  mine: { command: [./mine], pass-env: [MY_KEY] }
`,
    "w.yaml",
  );
  expect(read).toMatchObject({
    ok: true,
    value: {
      secrets: [
        {
          name: "OPENAI_API_KEY",
          command: ["pass", "show", "openai"],
          passEnv: [],
          timeoutMs: 60_000,
        },
        {
          name: "MY_KEY",
          command: ["op", "read", "op://x/y"],
          passEnv: ["OP_*"],
          timeoutMs: 5_000,
        },
      ],
    },
  });
});

test("misspelt, reserved and empty ones are told with their place", () => {
  expect(
    problems(`agents: { mine: { command: [./mine], pass-env: [MY_KEY] } }
secrets:
  MY_KEI: { command: [pass, show, x] }
`),
  ).toEqual(["CONFIG_CONTRADICTION 3:3 No agent gets the secret MY_KEI."]);
  expect(problems("secrets: { WAVEGATE_X: { command: [x] } }")).toHaveLength(1);
  expect(problems("secrets: { A_KEY: { command: [] } }")).toEqual([
    expect.stringMatching(/^CONFIG_OUT_OF_RANGE 1:30 /),
  ]);
  const printed = problems(`agents: { mine: { command: [./mine], pass-env: [A_KEY] } }
secrets: { A_KEY: { command: [echo, sk-abcdefghijklmnop1234] } }`);
  expect(printed).toEqual([
    "CONFIG_INLINE_SECRET 2:37 An argument looks like a secret, and this file is usually committed.",
  ]);
  expect(problems("secrets: { A_KEY: sk-abcdefghijklmnop1234 }").join()).not.toContain("abcdefgh");
});
