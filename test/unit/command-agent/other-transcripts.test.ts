import { expect, test } from "vitest";
import { claudeFormat } from "../../../src/adapters/agents/command/transcripts/claude.ts";
import { FORMATS } from "../../../src/adapters/agents/command/transcripts/formats.ts";
import { geminiFormat } from "../../../src/adapters/agents/command/transcripts/gemini.ts";
import { opencodeFormat } from "../../../src/adapters/agents/command/transcripts/opencode.ts";
import { qwenFormat } from "../../../src/adapters/agents/command/transcripts/qwen.ts";
import type { TranscriptFormat } from "../../../src/adapters/agents/command/transcripts/transcript.ts";
import { classifyFailure } from "../../../src/adapters/agents/shared/classify-failure.ts";
import type { JsonObject } from "../../../src/adapters/shared/safe-json.ts";

const read = (format: TranscriptFormat, events: readonly JsonObject[]) => {
  const reader = format.reader();
  for (const event of events) reader.take(event);
  return reader.end();
};
const unknown = { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" };
const kindOf = (text: string | undefined) => classifyFailure(text ?? "", 0)?.kind;

test.each(Object.entries(FORMATS))(
  "%s: nothing at all is a failure without figures, and unknown events are passed over",
  (name, format) => {
    const { usage, problem, answer } = read(format, [{ type: "brand-new", part: 1 }, { type: 3 }]);
    expect(usage).toEqual(unknown);
    if (name !== "lines") expect([problem?.kind, answer]).toEqual(["crashed", undefined]);
    expect(format.progress({ type: "brand-new" })).toBeUndefined();
  },
);

const said = (content: string) => ({ type: "message", role: "assistant", content, delta: true });
const stats = {
  total_tokens: 1_057,
  input_tokens: 1_000,
  output_tokens: 50,
  cached: 600,
  input: 400,
};

test("gemini: the parts said since the last tool are the answer; reasoning is what the total has more", () => {
  const events = [
    { type: "init", model: "auto" },
    { type: "message", role: "user", content: '{"not":"mine"}' },
    said("I look first."),
    { type: "tool_use", tool_name: "read_file", tool_id: "1", parameters: {} },
    { type: "tool_result", tool_id: "1", status: "success" },
    said('{"a":'),
    said("1}"),
    { type: "result", status: "success", stats },
  ];
  expect(read(geminiFormat, events)).toEqual({
    usage: { inputTokens: 1_000, outputTokens: 57, costUsd: "unknown", cacheReadTokens: 600 },
    answer: { text: '{"a":1}' },
  });
  expect(geminiFormat.progress(said("one\ntwo"))).toBe("two");
  expect(geminiFormat.progress({ type: "tool_use", tool_name: "glob" })).toBe("uses glob");
  expect(
    read(geminiFormat, [
      { type: "tool_use", tool_name: "write_file", tool_id: "1" },
      { type: "tool_result", tool_id: "1", status: "error" },
      { type: "result", status: "success", stats },
    ]).note,
  ).toBe("its tools failed or were denied: write_file");
});

test("gemini: a failed request is told by its class, and 0 tokens are none that are known", () => {
  const failed = read(geminiFormat, [
    {
      type: "result",
      status: "error",
      error: {
        type: "unknown",
        message: '[API Error: {"error":{"code":401,"status":"UNAUTHENTICATED"}}]',
      },
      stats: { total_tokens: 0, input_tokens: 0, output_tokens: 0 },
    },
  ]);
  expect(failed.usage).toEqual(unknown);
  expect(kindOf(failed.problem?.text)).toBe("auth");
  expect(read(geminiFormat, [said('{"a":1}')]).problem?.text).toMatch(/without a result/);
});

const step = (tokens: JsonObject, cost: number, reason = "stop") => ({
  type: "step_finish",
  part: { type: "step-finish", reason, tokens, cost },
});
const text = (messageID: string, words: string) => ({
  type: "text",
  part: { type: "text", messageID, text: words },
});
const tokens: JsonObject = {
  input: 400,
  output: 43,
  reasoning: 7,
  cache: { read: 600, write: 100 },
};

test("opencode: steps add up, with cache and reasoning; the last message's text is the answer", () => {
  const events = [
    text("m1", "I look first."),
    step(tokens, 0.001, "tool-calls"),
    { type: "tool_use", part: { tool: "read" } },
    text("m2", '{"a":'),
    text("m2", "1}"),
    step(tokens, 0.002),
  ];
  expect(read(opencodeFormat, events)).toEqual({
    usage: {
      inputTokens: 2_200,
      outputTokens: 100,
      costUsd: 0.003,
      cacheReadTokens: 1_200,
      cacheWriteTokens: 200,
    },
    answer: { text: '{"a":1}' },
  });
  expect(read(opencodeFormat, [step(tokens, 0)]).usage.costUsd).toBe("unknown");
  expect(read(opencodeFormat, events.slice(0, 3)).problem?.text).toMatch(/without finishing/);
  expect(opencodeFormat.progress({ type: "tool_use", part: { tool: "read" } })).toBe("uses read");
});

const opencodeProblem = (error: JsonObject) =>
  read(opencodeFormat, [{ type: "error", error }]).problem;

test("opencode: errors are named, with their status", () => {
  const refused = opencodeProblem({
    name: "APIError",
    data: { message: "no such key", statusCode: 401 },
  });
  expect(refused?.text).toBe("APIError (status 401): no such key");
  expect(kindOf(refused?.text)).toBe("auth");
  const long = opencodeProblem({ name: "ContextOverflowError", data: { message: "too much" } });
  expect(long?.called).toBe("context-too-long");
});

const qwenResult = {
  type: "result",
  subtype: "success",
  is_error: false,
  result: '{"a":1}',
  usage: { input_tokens: 2_000, output_tokens: 100, cache_read_input_tokens: 1_200 },
  permission_denials: [],
};

test("qwen: input tokens have the cached ones in them already", () => {
  expect(read(qwenFormat, [qwenResult])).toEqual({
    usage: { inputTokens: 2_000, outputTokens: 100, costUsd: "unknown", cacheReadTokens: 1_200 },
    answer: { text: '{"a":1}' },
  });
});

test("qwen: a failed request that it calls a success is a failure of its class", () => {
  const failed = (words: string) =>
    read(qwenFormat, [
      { ...qwenResult, result: words, usage: { input_tokens: 0, output_tokens: 0 } },
    ]);
  const refused = failed("[API Error: 401 the key is not known here]");
  expect(refused).toEqual({
    usage: unknown,
    problem: { kind: "crashed", text: "API error 401 the key is not known here" },
  });
  expect(kindOf(refused.problem?.text)).toBe("auth");
  expect(
    kindOf(failed("[API Error: 400 This model's maximum context length is 5]").problem?.text),
  ).toBe("context-too-long");
  const broken = { ...qwenResult, is_error: true, error: { message: "plain text instead" } };
  expect(read(qwenFormat, [broken]).problem?.text).toBe("plain text instead");
});

const model = (part: number) => ({
  inputTokens: 300 * part,
  cacheReadInputTokens: 600,
  cacheCreationInputTokens: 100,
  outputTokens: 50,
});

test("claude: all models count, also where the session was ended for its budget", () => {
  const ended = {
    type: "result",
    subtype: "error_max_budget_usd",
    is_error: true,
    total_cost_usd: 0.0028,
    usage: { input_tokens: 0, output_tokens: 0 },
    modelUsage: { large: model(1), small: model(2) },
    errors: ["Reached maximum budget ($0.001)"],
  };
  expect(read(claudeFormat, [ended])).toMatchObject({
    usage: { inputTokens: 2_300, outputTokens: 100, costUsd: 0.0028 },
    problem: { kind: "cost-limit", text: expect.stringContaining("maximum budget") },
  });
  const nothing = { ...ended, modelUsage: {}, total_cost_usd: 0 };
  expect(read(claudeFormat, [nothing]).usage).toEqual(unknown);
});
