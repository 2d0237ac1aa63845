/** The contract suite itself: an agent that breaks every rule fails every case, and does so soon. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Agent, AgentRequest } from "../../../src/ports/agent.ts";
import { agentContract } from "../../../src/testing/agent-contract.ts";
import { autoPuppet } from "../../../src/testing/puppet-agent.ts";

const asked = { times: 0 };

/** Ignores limits and cancellation, writes into the project and keeps everything it says. */
const careless = (end: (request: AgentRequest) => Promise<unknown>): Agent => ({
  name: "careless",
  async run(request) {
    asked.times += 2;
    writeFileSync(path.join(request.cwd, "mine"), "x");
    request.onLine("two\nlines");
    request.signal.addEventListener("abort", () => {});
    await end(request);
    const usage = { inputTokens: -1, outputTokens: "unknown", costUsd: "unknown" } as const;
    return { ok: true, value: { value: {}, usage, outputBytes: 0 } };
  },
  describe: () => autoPuppet({}, "somebody").describe(),
});
const never = () => new Promise(() => {});
const atOnce = () => Promise.resolve();

test("an agent that breaks every rule fails every case, and one that hangs fails soon", async () => {
  const bodies: (readonly [name: string, body: () => Promise<void>])[] = [];
  agentContract(
    {
      name: "careless",
      answering: () => careless(atOnce),
      calls: () => asked.times,
      hanging: () => careless(never),
      halting: () => ({ agent: careless(never) }),
      flooding: () => careless(atOnce),
      leaking: (secret) =>
        careless(async ({ outputFolder }) => writeFileSync(path.join(outputFolder, "raw"), secret)),
      unavailable: () => careless(atOnce),
      keepsTime: true,
      patienceMs: 50,
    },
    { describe: (_, body) => body(), test: (name, body) => bodies.push([name, body]) },
  );
  const passed: string[] = [];
  for (const [name, body] of bodies)
    await body().then(
      () => passed.push(name),
      () => {},
    );
  expect(bodies.length).toBeGreaterThan(14);
  expect(passed).toEqual(["calls at the same time do not get in each other's way"]);
});
