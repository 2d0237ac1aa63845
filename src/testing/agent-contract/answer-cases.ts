import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import type { Usage } from "../../core/event.ts";
import { describeFailure, withRequest } from "./request.ts";
import type { Cases } from "./subject.ts";

/** What an answer is, and what an agent does while it works. */
export const answerCases: Cases = (subject, test) => {
  test("an answer is plain JSON, with usage that is known or said to be unknown", () =>
    withRequest(subject, async (request) => {
      const outcome = await subject.answering().run(request);
      assert.ok(outcome.ok, describeFailure(outcome));
      const { value, usage, outputBytes } = outcome.value;
      assert.deepEqual(JSON.parse(JSON.stringify(value)), value);
      if (subject.expected !== undefined) assert.deepEqual(value, subject.expected);
      assertUsage(usage);
      assert.ok(Number.isSafeInteger(outputBytes) && outputBytes > 0);
    }));

  test("lines of progress are inert, short and single", () =>
    withRequest(subject, async (request) => {
      const lines: string[] = [];
      await subject.answering().run({ ...request, onLine: (line) => lines.push(line) });
      for (const line of lines) assert.match(line, /^[^\p{Cc}\n]{0,200}$/u);
    }));

  test("calls at the same time do not get in each other's way", () =>
    withRequest(subject, (first) =>
      withRequest(subject, async (second) => {
        const agent = subject.answering();
        const outcomes = await Promise.all([agent.run(first), agent.run(second)]);
        assert.deepEqual(
          outcomes.map((outcome) => outcome.ok),
          [true, true],
        );
      }),
    ));

  test("it writes into its output folder and nowhere else", () =>
    withRequest(subject, async (request) => {
      await subject.answering().run(request);
      assert.deepEqual(await readdir(request.cwd), []);
    }));

  test("it can say what it is", async () => {
    const agent = subject.answering();
    const { name, kind, summary, availability } = await agent.describe();
    assert.equal(name, agent.name);
    for (const text of [kind, summary]) assert.notEqual(text, "");
    assert.ok(availability.available ? availability.version !== "" : availability.hint !== "");
  });
};

function assertUsage(usage: Usage): void {
  for (const part of [usage.inputTokens, usage.outputTokens, usage.costUsd])
    assert.ok(part === "unknown" || (Number.isFinite(part) && part >= 0), `usage ${part}`);
}
