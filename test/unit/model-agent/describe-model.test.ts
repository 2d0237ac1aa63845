/** What a model agent says of itself: whether it can run, and what makes its answers what they are, without its key. */
import { expect, test } from "vitest";
import { createModelAgent } from "../../../src/adapters/agents/model/model-agent.ts";
import { MODEL_KIND } from "../../../src/stage/agents/model.ts";
import type { ModelAgentDefinition } from "../../../src/stage/agents/model-definition.ts";

const describe = (
  change: Partial<ModelAgentDefinition>,
  env: Record<string, string> = {},
  find: (name: string) => string | undefined = () => undefined,
) =>
  createModelAgent(
    { kind: "model", name: "a", model: "anthropic/claude", ...change },
    {
      env,
      cwd: "/p",
      find: (name) =>
        find(name) ?? { ai: "6.1.0", "@ai-sdk/openai-compatible": "2.1.0" }[name] ?? "3.1.0",
    },
  );
const availability = async (...args: Parameters<typeof describe>) =>
  (await describe(...args).describe()).availability;

test("what is missing is told with what to do", async () => {
  expect(await availability({})).toEqual({
    available: false,
    reason: "the variable ANTHROPIC_API_KEY is not set",
    hint: "Set it to a key of console.anthropic.com, or name another variable in key-env.",
  });
  expect(await availability({ model: "google/g" }, { GEMINI_API_KEY: " " })).toMatchObject({
    reason: "the variable GEMINI_API_KEY or GOOGLE_GENERATIVE_AI_API_KEY is not set",
  });
  expect(await availability({ keyEnv: "MINE" }, { ANTHROPIC_API_KEY: "k" })).toMatchObject({
    reason: "the variable MINE is not set",
  });
  expect(await availability({ model: "vllm/x", headerEnv: { "X-A": "A" } })).toEqual({
    available: false,
    reason: "the variable A for the header X-A is not set",
    hint: "Set it, or remove it from header-env.",
  });
  expect(await availability({}, { ANTHROPIC_API_KEY: "a\nb" })).toMatchObject({
    reason: expect.stringContaining("holds a character that no key has"),
  });
  expect(
    await availability({}, { ANTHROPIC_API_KEY: "k" }, (name) =>
      name === "ai" ? "7.0.0" : undefined,
    ),
  ).toMatchObject({
    hint: "Install beside Wavegate: npm install ai@6.0.326",
  });
});

test("a key that is there, one that a keychain will give, and endpoints without one", async () => {
  const available = { available: true, version: "claude" };
  expect(await availability({}, { ANTHROPIC_API_KEY: "k\n" })).toEqual(available);
  expect(await availability({}, { ANTHROPIC_API_KEY: "not read yet" })).toEqual(available);
  expect(
    await availability({ model: "google/g" }, { GOOGLE_GENERATIVE_AI_API_KEY: "k" }),
  ).toMatchObject({ available: true });
  expect(await availability({ model: "ollama/team/qwen3:8b" })).toEqual({
    available: true,
    version: "team/qwen3:8b",
  });
});

test("whatever changes answers is in its identity, and no secret is", async () => {
  const env = { ANTHROPIC_API_KEY: "key-of-mine", OTHER: "key-of-yours", ROUTE: "route-secret" };
  const identity = async (change: Partial<ModelAgentDefinition>) =>
    (await describe(change, env).describe()).identity;
  const changes: readonly Partial<ModelAgentDefinition>[] = [
    {},
    { model: "anthropic/claude-2" },
    { baseUrl: "https://proxy.example.com/v1" },
    { temperature: 0 },
    { maxOutputTokens: 9 },
    { answerAs: "text" },
    { inlineInputs: 9 },
    { headers: { "X-A": "1" } },
  ];
  const all = await Promise.all(changes.map(identity));
  expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(changes.length);
  expect(
    await identity({
      keyEnv: "OTHER",
      headerEnv: { "X-B": "ROUTE" },
      baseUrl: "https://api.anthropic.com/v1/",
    }),
  ).toEqual(all[0]);
  expect(JSON.stringify(all)).not.toMatch(/key-of|route-secret/);
  expect((await describe({}, env).describe()).worksFrom).toBe("inputs");
});

test("agents share the limits of their provider, or of their address, or as they are told to", () => {
  expect(describe({}).provider).toBe("anthropic");
  expect(describe({ baseUrl: "https://proxy.example.com:8443/v1" }).provider).toBe(
    "proxy.example.com:8443",
  );
  expect(describe({ provider: "team" }).provider).toBe("team");
});

const names = (change: Partial<ModelAgentDefinition>) =>
  MODEL_KIND.secretNames({ kind: "model", name: "a", model: "google/g", ...change });

test("the redactor is told of every variable that holds a secret", () => {
  expect(names({})).toEqual(["GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"]);
  expect(names({ keyEnv: "MODE", headerEnv: { a: "X", b: "Y" } })).toEqual(["MODE", "X", "Y"]);
  expect(names({ model: "nonsense" })).toEqual([]);
});
