import { expect, test } from "vitest";
import { claudeFormat } from "../../../src/adapters/agents/command/transcripts/claude.ts";
import { codexFormat } from "../../../src/adapters/agents/command/transcripts/codex.ts";
import { linesFormat } from "../../../src/adapters/agents/command/transcripts/lines.ts";
import type { TranscriptFormat } from "../../../src/adapters/agents/command/transcripts/transcript.ts";
import type { JsonObject } from "../../../src/adapters/shared/safe-json.ts";

const read = (format: TranscriptFormat, events: readonly JsonObject[]) => {
  const reader = format.reader();
  for (const event of events) reader.take(event);
  return reader.end();
};
const unknown = { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" };

const result = {
  type: "result",
  subtype: "success",
  is_error: false,
  duration_ms: 4_100,
  num_turns: 2,
  result: '```json\n{"a":1}\n```',
  session_id: "s",
  total_cost_usd: 0.0123,
  usage: {
    input_tokens: 12,
    cache_creation_input_tokens: 1_000,
    cache_read_input_tokens: 300,
    output_tokens: 45,
  },
  permission_denials: [],
};
const init = { type: "system", subtype: "init", model: "m", tools: ["Read"] };
const saying = (text: string) => ({
  type: "assistant",
  message: { role: "assistant", content: [{ type: "text", text }] },
});

test("claude: the result's text is the answer, all sent tokens count, cost as reported", () => {
  expect(read(claudeFormat, [init, saying("thinking"), result])).toEqual({
    usage: { inputTokens: 1_312, outputTokens: 45, costUsd: 0.0123 },
    answer: { text: result.result },
  });
});

test("claude: structured output is the answer as it stands", () => {
  expect(read(claudeFormat, [{ ...result, structured_output: { b: 2 } }]).answer).toEqual({
    value: { b: 2 },
  });
});

test("claude: what is not reported is unknown", () => {
  expect(read(claudeFormat, [{ type: "result", is_error: false, result: "{}" }]).usage).toEqual(
    unknown,
  );
  expect(
    read(claudeFormat, [
      { ...result, usage: { input_tokens: -1, output_tokens: "9" }, total_cost_usd: null },
    ]).usage,
  ).toEqual(unknown);
});

test.each<[string, JsonObject, object]>([
  [
    "is_error",
    { is_error: true, result: "API Error: 500" },
    { kind: "crashed", text: "API Error: 500" },
  ],
  [
    "an error subtype",
    { subtype: "error_max_turns", result: null },
    { kind: "crashed", text: "error_max_turns" },
  ],
  ["a refusal", { stop_reason: "refusal", result: "No." }, { kind: "refused", text: "No." }],
])("claude: %s is a failure though the exit code says nothing", (_, change, problem) => {
  expect(read(claudeFormat, [{ ...result, ...change }]).problem).toEqual(problem);
});

test("claude: without a result event there is no answer, and a rate limit is named", () => {
  expect(read(claudeFormat, [init, saying('{"a":1}')])).toEqual({
    usage: unknown,
    problem: { kind: "crashed", text: "it ended without a result event" },
  });
  expect(read(claudeFormat, [{ ...saying("limit"), error: "rate_limit" }]).problem?.called).toBe(
    "rate-limited",
  );
});

test("claude: denied tools are named", () => {
  const denied = {
    ...result,
    permission_denials: [{ tool_name: "Write" }, { tool_name: "Write" }, { tool_name: "Bash" }],
  };
  expect(read(claudeFormat, [denied]).note).toBe("it was denied Write, Bash");
});

test("claude: people see what it says and which tools it uses", () => {
  expect(claudeFormat.progress(saying("one\ntwo"))).toBe("two");
  expect(
    claudeFormat.progress({
      type: "assistant",
      message: { content: [{ type: "tool_use", name: "Read", input: {} }] },
    }),
  ).toBe("uses Read");
  expect(claudeFormat.progress(init)).toBeUndefined();
});

const message = (text: string) => ({
  type: "item.completed",
  item: { id: "item_1", type: "agent_message", text },
});
const completed = {
  type: "turn.completed",
  usage: { input_tokens: 100, cached_input_tokens: 80, output_tokens: 7 },
};

test("codex: the last message of a completed turn is the answer, cached tokens count once, cost is unknown", () => {
  expect(
    read(codexFormat, [
      { type: "thread.started", thread_id: "t" },
      { type: "turn.started" },
      message("looking"),
      { type: "error", message: "Reconnecting... 1/5" },
      message('{"a":1}'),
      completed,
      completed,
    ]),
  ).toEqual({
    usage: { inputTokens: 200, outputTokens: 14, costUsd: "unknown", cacheReadTokens: 160 },
    answer: { text: '{"a":1}' },
  });
});

test("codex: a failed turn and a turn that never completes are failures", () => {
  const failed = {
    type: "turn.failed",
    error: { message: "exceeded retry limit, last status: 429 Too Many Requests" },
  };
  expect(read(codexFormat, [message("{}"), failed]).problem?.text).toMatch(/429/);
  expect(read(codexFormat, [message('{"a":1}')]).problem?.text).toMatch(/without completing/);
  expect(read(codexFormat, [{ type: "error", message: "no key" }]).problem?.text).toMatch(
    /^no key/,
  );
});

test("codex: people see messages and commands", () => {
  expect(codexFormat.progress(message("hello"))).toBe("hello");
  expect(
    codexFormat.progress({
      type: "item.started",
      item: { type: "command_execution", command: "ls" },
    }),
  ).toBe("runs ls");
  expect(codexFormat.progress(completed)).toBeUndefined();
});

test("own lines: usage adds up, the answer event wins, else the last plain object", () => {
  expect(
    read(linesFormat, [
      { type: "progress", message: "half" },
      { type: "usage", input_tokens: 1, output_tokens: 2 },
      { type: "usage", input_tokens: 10, cost_usd: 0.5 },
      { type: "answer", value: [1] },
      { other: true },
    ]),
  ).toEqual({
    usage: { inputTokens: 11, outputTokens: 2, costUsd: 0.5 },
    answer: { value: [1] },
  });
  expect(read(linesFormat, [{ a: 1 }, { a: 2 }]).answer).toEqual({ value: { a: 2 } });
  expect(read(linesFormat, [])).toEqual({ usage: unknown });
  expect(
    read(linesFormat, [{ type: "error", message: "busy", retry_after_ms: 5 }]).problem,
  ).toEqual({
    kind: "crashed",
    text: "busy",
    called: "rate-limited",
    retryAfterMs: 5,
  });
});

test("events of any shape are read without throwing", () => {
  const odd: readonly JsonObject[] = [
    { type: 1 },
    { type: "assistant", message: null },
    { type: "assistant", message: { content: [null, 1, {}] } },
    { type: "result", errors: "x", permission_denials: [1], usage: [] },
    { type: "item.completed", item: [] },
    { type: "turn.completed", usage: "x" },
    { type: "turn.failed", error: 7 },
    { type: "answer" },
  ];
  for (const format of [claudeFormat, codexFormat, linesFormat]) {
    expect(() => read(format, odd)).not.toThrow();
    for (const event of odd) expect(() => format.progress(event)).not.toThrow();
  }
});
