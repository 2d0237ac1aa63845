/** What is set of memory reaches the agent, and what its processes took reaches the history (ST-18). */
import { expect, test } from "vitest";
import { err, ok } from "../../../src/core/result.ts";
import type { Agent } from "../../../src/ports/agent.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import { eventsOf, stageFixture } from "./stage-fixture.ts";

const usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 } as const;
const resources = { peakMemoryBytes: 300 * 2 ** 20, cpuMs: 1_200 } as const;

/** An agent with processes: the first call of the risk analyst takes too much memory. */
function heavy() {
  const limits: (number | undefined)[] = [];
  let asked = 0;
  const agent: Agent = {
    name: "builtin",
    describe: async () => ({
      name: "builtin",
      kind: "command",
      summary: "",
      availability: { available: true, version: "1" },
    }),
    async run(request) {
      limits.push(request.limits.maxMemoryBytes);
      const cost = { usage, outputBytes: 1, resources };
      if (request.role === "risk" && (asked += 1) === 1)
        return err({ kind: "out-of-memory", message: "too much", ...cost });
      return ok({ value: goodAnswer(request), ...cost });
    },
  };
  return { agent, limits };
}

test("profile api: 256 MiB for each agent; too much is a failure that is tried again; what was taken is recorded", async () => {
  const { agent, limits } = heavy();
  const { engine, start } = stageFixture({ agents: [agent], stage: { profile: "api" } });
  await start();
  expect((await engine.settled("run-1")).wait?.kind).toBe("gate");
  expect(new Set(limits)).toEqual(new Set([256 * 2 ** 20]));
  expect(limits).toHaveLength(8);
  const ends = (await eventsOf(engine)).filter((event) => event.type === "agent-finished");
  expect(ends.every((event) => event.resources?.cpuMs === 1_200)).toBe(true);
  expect(ends.find(({ outcome }) => outcome === "failed")?.reason).toBe("out-of-memory: too much");
});

test("coding agents have no limit, and what nobody measured is not there", async () => {
  const { engine, start, requests } = stageFixture();
  await start();
  await engine.settled("run-1");
  expect(requests.map(({ limits }) => limits.maxMemoryBytes)).toEqual(
    requests.map(() => undefined),
  );
  const ends = (await eventsOf(engine)).filter((event) => event.type === "agent-finished");
  expect(ends.some((event) => "resources" in event)).toBe(false);
});
