import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import type { Agent, AgentRequest } from "../../ports/agent.ts";
import { kindOf, withRequest } from "./request.ts";
import type { AgentSubject, Cases } from "./subject.ts";

/** Cancellation: before a call begins, while it runs, and once its answer has begun. */
export const endCases: Cases = (subject, test) => {
  const { calls, hanging, halting } = subject;
  test("a call that is canceled before it begins does nothing", () =>
    withRequest(subject, async (request) => {
      const before = calls?.();
      const running = subject.answering().run({ ...request, signal: AbortSignal.abort() });
      assert.equal(await kindOf(subject, running), "canceled");
      assert.equal(calls?.(), before);
    }));

  test("no listener is left on the signal", () =>
    withRequest(subject, async (request) => {
      await subject.answering().run(request);
      assert.equal(getEventListeners(request.signal, "abort").length, 0);
    }));

  if (calls !== undefined)
    test("a call asks once", () =>
      withRequest(subject, async (request) => {
        const before = calls();
        await subject.answering().run(request);
        assert.equal(calls() - before, 1);
      }));

  if (hanging !== undefined)
    test("a call that is canceled while it runs ends as canceled", () =>
      withRequest(subject, (request) =>
        assertCancels(subject, hanging(), request, new Promise((soon) => setImmediate(soon))),
      ));

  if (halting !== undefined)
    test("a call that is canceled once its answer has begun ends as canceled", () =>
      withRequest(subject, async (request) => {
        const { agent, begun } = halting();
        let shown: (() => void) | undefined;
        const line = new Promise<void>((resolve) => (shown = resolve));
        const showing = { ...request, onLine: () => shown?.() };
        await assertCancels(subject, agent, showing, begun ?? line);
      }));
};

async function assertCancels(
  subject: AgentSubject,
  agent: Agent,
  request: AgentRequest,
  when: Promise<unknown>,
): Promise<void> {
  const cancel = new AbortController();
  const running = agent.run({ ...request, signal: cancel.signal });
  void when.then(() => cancel.abort());
  assert.equal(await kindOf(subject, running), "canceled");
  assert.equal(getEventListeners(cancel.signal, "abort").length, 0);
}
