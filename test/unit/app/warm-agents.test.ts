/** S1 §11.3, ST-21: agents are looked at before they are needed. */
import { expect, test } from "vitest";
import { warmAgents } from "../../../src/app/warm-agents.ts";
import type { Agent, Agents } from "../../../src/ports/agent.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { PuppetAgent } from "../../../src/testing/puppet-agent.ts";

test("each agent of a stage once, fallbacks too, and nobody else; one that fails keeps nobody from it", async () => {
  const looked: string[] = [];
  const agent = (name: string): Agent => {
    const puppet = new PuppetAgent(name);
    return {
      name,
      run: (request) => puppet.run(request),
      describe: async () => {
        looked.push(name);
        if (name === "broken") throw new Error("it can't be started");
        return puppet.describe();
      },
    };
  };
  const [first, ...others] = PLANNING.roles;
  if (!first) throw new Error("no roles");
  const stage = {
    ...PLANNING,
    roles: [{ ...first, agent: "broken", fallback: "spare" }, ...others],
    qa: { ...PLANNING.qa, agent: "absent" },
  };
  const there: Agents = new Map(
    ["builtin", "broken", "spare", "idle"].map((name) => [name, agent(name)]),
  );
  warmAgents(there, stage);
  await Promise.resolve();
  expect(looked.toSorted()).toEqual(["broken", "builtin", "spare"]);
});
