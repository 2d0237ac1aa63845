import { describe, expect, test } from "vitest";
import { agentContract } from "../../../src/testing/agent-contract.ts";
import { autoPuppet, PuppetAgent } from "../../../src/testing/puppet-agent.ts";
import type { AgentRequest } from "../../../src/ports/agent.ts";

agentContract(
  {
    name: "the automatic puppet",
    answering: () => autoPuppet({ requirements: { value: { a: 1 } } }),
    expected: { a: 1 },
    keepsTime: false,
  },
  { describe, test },
);

agentContract(
  {
    name: "the puppet",
    answering() {
      const puppet = new PuppetAgent();
      const answer = async () => {
        for (;;) {
          const invocation = await puppet.nextInvocation();
          invocation.say("working");
          invocation.finish({ a: 1 });
        }
      };
      void answer();
      return puppet;
    },
    expected: { a: 1 },
    hanging: () => new PuppetAgent(),
    halting() {
      const agent = new PuppetAgent();
      return { agent, begun: agent.nextInvocation().then((call) => call.say("working")) };
    },
    keepsTime: false,
  },
  { describe, test },
);

const request = (role: string): AgentRequest => ({
  runId: "r",
  stage: "s",
  role,
  task: "analysis",
  contract: "requirements_dossier",
  prompt: "",
  inputs: {},
  schema: {},
  cwd: "/",
  outputFolder: "/",
  limits: { timeoutMs: 1, stallMs: 1, maxOutputBytes: 1 },
  signal: new AbortController().signal,
  onLine: () => {},
});

test("calls come in the order they were made, and end as the test says", async () => {
  const puppet = new PuppetAgent();
  const [first, second] = [puppet.run(request("a")), puppet.run(request("b"))];
  expect(puppet.unclaimed).toBe(2);
  const a = await puppet.nextInvocation();
  const b = await puppet.nextInvocation();
  expect([a.request.role, b.request.role]).toEqual(["a", "b"]);
  b.fail({ kind: "timeout", message: "slow" });
  a.finish({ done: true });
  a.fail();
  expect(await first).toMatchObject({ ok: true, value: { value: { done: true } } });
  expect(await second).toMatchObject({ ok: false, error: { kind: "timeout", message: "slow" } });
});

test("an automatic puppet answers by role, and names the role it has no answer for", async () => {
  const agent = autoPuppet({
    a: ({ role }) => ({ value: { role } }),
    b: { failure: { kind: "rate-limited", retryAfterMs: 5 } },
  });
  expect(await agent.run(request("a"))).toMatchObject({
    ok: true,
    value: { value: { role: "a" } },
  });
  expect(await agent.run(request("b"))).toMatchObject({
    error: { kind: "rate-limited", retryAfterMs: 5 },
  });
  expect(await agent.run(request("c"))).toMatchObject({
    error: { message: expect.stringContaining("role c") },
  });
});
