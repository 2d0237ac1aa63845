/** `wavegate agents`: those of the project, those that are here besides, and what they say when they are greeted. */
import { expect, test } from "vitest";
import type { Agent, AgentGreeting } from "../../../src/ports/agent.ts";
import { golden } from "../reporters/golden.ts";
import { createHarness } from "./harness.ts";

const known = (name: string, greeting?: AgentGreeting, available = true): Agent => ({
  name,
  run: () => Promise.reject(new Error("nobody asks it")),
  describe: async () => ({
    name,
    kind: "acp",
    summary: `The agent ${name}`,
    availability: available
      ? { available, version: "1.2.3" }
      : { available, reason: "not here", hint: "Install it." },
  }),
  ...(greeting && { greet: async () => greeting }),
});

const ABLE: AgentGreeting = {
  greeted: true,
  tookMs: 1_234,
  calls: "Able\u001B[2J 9",
  protocol: "Agent Client Protocol 1",
  can: ["resumes sessions", "reads images"],
  logins: ["key"],
};
const MUTE: AgentGreeting = {
  greeted: true,
  tookMs: 50,
  calls: null,
  protocol: "Agent Client Protocol 1",
  can: [],
  logins: [],
};
const DEAD: AgentGreeting = { greeted: false, reason: "it did not answer the handshake" };

test("agents are listed with those that are here besides; greeted ones say what they can", async () => {
  const { run, hooks } = createHarness();
  hooks.knownAgents = [
    known("able", ABLE),
    known("mute", MUTE),
    known("dead", DEAD),
    known("gone", ABLE, false),
  ];
  const plain = await run(["agents"]);
  const greeted = await run(["agents", "--handshake"]);
  expect(plain.stdout + greeted.stdout).toBe(golden("agents.txt", plain.stdout + greeted.stdout));
  const json = await run(["agents", "--handshake", "--json"]);
  expect(json.stdout).toBe(golden("agents.json", json.stdout));
});
