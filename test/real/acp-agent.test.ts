/** The adapter of the Agent Client Protocol, with a scripted agent that speaks it as real ones do. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { processInfo } from "../../src/adapters/shared/process/process-survey.ts";
import type { AgentOutcome } from "../../src/ports/agent.ts";
import { acpFixture, type Note } from "./acp-agent-fixture.ts";

const GOOD = {
  analysis_report: {
    summary: "Fine.",
    findings: [],
    recommendations: [],
    open_questions: [],
    unknowns: [],
  },
};
const SUBMIT = [{ submit: GOOD }];

const failureOf = (outcome: AgentOutcome) => {
  if (outcome.ok) throw new Error("it answered");
  return outcome.error;
};
const started = (notes: readonly Note[]) => notes.flatMap(({ started: pid }) => Number(pid) || []);
const alive = (pids: readonly number[]) =>
  pids.filter((pid) => {
    const info = processInfo(pid);
    return info !== undefined && !info.zombie;
  });

describe("an answer", () => {
  test("is what was handed in with submit_result; all that happened is shown and kept", async () => {
    const { agent, request, notes, transcript, project } = acpFixture();
    const asked = request();
    const outcome = await agent({
      steps: [
        { think: "hm" },
        { say: "Reading the " },
        { say: "spec.\nNext" },
        { tool: { title: "Read spec.md", kind: "read", rawInput: { path: "spec.md" } } },
        { tools: true },
        ...SUBMIT,
        { say: "Done." },
      ],
      end: { usage: { totalTokens: 17, inputTokens: 10, outputTokens: 3, cachedReadTokens: 4 } },
    }).run(asked);
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        value: GOOD,
        usage: { inputTokens: 14, outputTokens: 3, costUsd: "unknown" },
      },
    });
    expect(asked.lines).toEqual([
      "Reading the spec.",
      "Next",
      "Read spec.md",
      "handed in its result",
      "Done.",
    ]);
    expect(transcript(asked).map(({ type }) => type)).toEqual([
      "thought",
      "message",
      "message",
      "tool",
      "submission",
      "message",
    ]);
    const said = notes();
    expect(said.find(({ session }) => session)).toMatchObject({
      cwd: project,
      servers: ["wavegate"],
    });
    expect(said.find(({ tools }) => tools)).toMatchObject({ tools: ["submit_result"] });
    expect(String(said.find(({ prompt }) => prompt)?.["prompt"])).toMatch(
      /^Analyse it\.[^]*submit_result/,
    );
    expect(alive(started(said))).toEqual([]);
    expect(
      JSON.parse(readFileSync(path.join(asked.outputFolder, "attempt.json"), "utf8")),
    ).toHaveProperty("endedAt");
    expect(readdirSync(project)).toEqual([]);
  });

  test("handed in wrong and corrected is an answer: nothing has to be asked again", async () => {
    const { agent, request, notes } = acpFixture();
    const wrong = { analysis_report: { ...GOOD.analysis_report, findings: "none" } };
    const outcome = await agent({ steps: [{ submit: wrong }, ...SUBMIT] }).run(request());
    expect(outcome).toMatchObject({ ok: true, value: { value: GOOD } });
    const replies = notes().filter(({ submitted }) => submitted);
    expect(replies).toMatchObject([
      {
        isError: true,
        submitted: expect.stringMatching(/analysis_report\.findings: .*once more/s),
      },
      { isError: false, submitted: expect.stringMatching(/Accepted/) },
    ]);
  });

  test("handed in wrong twice is a failure, and the session is ended", async () => {
    const { agent, request, notes } = acpFixture();
    const outcome = await agent({
      steps: [{ submit: {} }, { submit: { a: 1 } }, { untilCanceled: true }],
    }).run(request());
    expect(failureOf(outcome)).toMatchObject({
      kind: "invalid-output",
      message: expect.stringMatching(/wrong result twice: analysis_report/),
    });
    expect(notes().some(({ cancel }) => cancel)).toBe(true);
    expect(alive(started(notes()))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["as text", { result: JSON.stringify(GOOD) }],
    ["without the name around it", GOOD],
  ])("is taken where a model gives it %s", async (_, raw) => {
    const { agent, request } = acpFixture();
    const outcome = await agent({ steps: [{ submit: 1, raw }] }).run(request());
    expect(outcome).toMatchObject({ ok: true, value: { value: GOOD } });
  });

  test("counts although the agent does not stop, crashes or ends oddly after it", async () => {
    const { agent, request } = acpFixture();
    const [crashed, odd, timedOut] = await Promise.all([
      agent({ steps: [...SUBMIT, { exit: 3 }] }).run(request()),
      agent({ steps: SUBMIT, end: { stopReason: "refusal" } }).run(request()),
      agent({ steps: [...SUBMIT, { hang: true }] }).run(
        request({ limits: { timeoutMs: 2_500, stallMs: 30_000, maxOutputBytes: 1_000_000 } }),
      ),
    ]);
    for (const outcome of [crashed, odd, timedOut]) expect(outcome).toMatchObject({ ok: true });
  });

  test("is looked for in the last text of an agent that hands nothing in", async () => {
    const { agent, request } = acpFixture();
    const outcome = await agent({
      steps: [
        { say: '{"old":1}' },
        { tool: { title: "x" } },
        { say: "Here:\n```json\n{" },
        { say: '"new":2}\n```' },
      ],
    }).run(request());
    expect(outcome).toMatchObject({ ok: true, value: { value: { new: 2 } } });
  });
});

describe("usage", () => {
  test.each<[string, object, object]>([
    [
      "that is not told is unknown",
      { steps: SUBMIT },
      { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" },
    ],
    [
      "of Gemini",
      {
        steps: SUBMIT,
        end: { _meta: { quota: { token_count: { input_tokens: 5, output_tokens: 6 } } } },
      },
      { inputTokens: 5, outputTokens: 6, costUsd: "unknown" },
    ],
    [
      "with a running cost, the last of which counts",
      {
        steps: [
          {
            update: {
              sessionUpdate: "usage_update",
              used: 1,
              size: 2,
              cost: { amount: 0.1, currency: "USD" },
            },
          },
          {
            update: {
              sessionUpdate: "usage_update",
              used: 1,
              size: 2,
              cost: { amount: 0.3, currency: "USD" },
            },
          },
          ...SUBMIT,
        ],
        end: { usage: { totalTokens: 10, inputTokens: 8, outputTokens: 2, cachedReadTokens: 3 } },
      },
      { inputTokens: 8, outputTokens: 2, costUsd: 0.3, cacheReadTokens: 3 },
    ],
  ])("%s", async (_, script, usage) => {
    const { agent, request } = acpFixture();
    expect(await agent({ ...script }).run(request())).toMatchObject({ ok: true, value: { usage } });
  });
});
