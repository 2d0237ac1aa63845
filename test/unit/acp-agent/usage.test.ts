import { expect, test } from "vitest";
import { usageOf } from "../../../src/adapters/agents/acp/usage.ts";

const tokens = { inputTokens: 400, outputTokens: 50, cachedReadTokens: 600, thoughtTokens: 7 };

test.each([
  ["neither within (Claude Code)", 1_057, 1_000, 57],
  ["thought within, cached apart (Codex)", 1_050, 1_000, 50],
  ["cached within, thought apart", 457, 400, 57],
  ["both within", 450, 400, 50],
  ["a sum that fits nothing", 5, 1_000, 57],
  ["no sum", undefined, 1_000, 57],
])("tokens of a turn, %s", (_, totalTokens, inputTokens, outputTokens) => {
  const usage = { ...tokens, ...(totalTokens !== undefined && { totalTokens }) };
  expect(usageOf({ usage }, 0.5, "whole-turn")).toMatchObject({
    inputTokens,
    outputTokens,
    costUsd: 0.5,
  });
});

test("tokens of the last request alone say nothing of the whole", () => {
  expect(usageOf({ usage: tokens }, "unknown", "last-turn")).toMatchObject({
    inputTokens: "unknown",
    outputTokens: "unknown",
  });
});
