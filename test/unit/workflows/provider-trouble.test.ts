/** What a provider refuses is no failure of a stage: it is waited for, and held for a person where waiting is no use. */
import { expect, test } from "vitest";
import { err, ok } from "../../../src/core/result.ts";
import type { Agent, AgentFailure } from "../../../src/ports/agent.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import { WAITS } from "../../../src/stage/retry.ts";
import { answerGate, eventsOf, failure, gateOf, stageFixture } from "./stage-fixture.ts";

/** Nobody waits for the clock, and no role may try twice: what is waited for is not a retry. */
const stage = { retry: { retries: 0, initialMs: 0, maxMs: 0 } };

/** A stage in which one role meets a failure so many times, and the others none. */
const troubled = (
  role: string,
  kind: AgentFailure["kind"],
  times: number,
  more: Partial<AgentFailure> = {},
) =>
  stageFixture({
    stage,
    answers: (request, before) =>
      request.role === role && before < times ? { ...failure(kind), ...more } : goodAnswer(request),
  });

const asked = (fixture: ReturnType<typeof troubled>, role: string) =>
  fixture.requests.filter((request) => request.role === role);

async function resume({ engine }: ReturnType<typeof troubled>) {
  const { wait } = await engine.settled("run-1");
  const { name = "", token = "" } = wait ?? {};
  await engine.answer({ runId: "run-1", wait: name, token, value: { by: "ann" } });
  return gateOf(engine, name);
}

test.each(["rate-limited", "overloaded"] as const)(
  "%s uses up no attempts, and asks for the very same again",
  async (kind) => {
    const fixture = troubled("risk", kind, 5);
    await fixture.start();
    const { figures } = await gateOf(fixture.engine);
    expect(figures.partial).toEqual([]);
    const prompts = asked(fixture, "risk").map(({ prompt }) => prompt);
    expect(prompts.length).toBe(6);
    expect(new Set(prompts).size).toBe(1);
  },
);

test.each(["risk", "reviewer"])(
  "a provider that refuses the %s for ever: held after so many waits, and resumed where it was",
  async (role) => {
    const fixture = troubled(role, "overloaded", WAITS.most + 1);
    await fixture.start();
    const { status, wait } = await fixture.engine.settled("run-1");
    expect({ status, info: wait?.info }).toMatchObject({
      status: "failed",
      info: { code: "AGENT_PROVIDER_BUSY", hint: expect.stringContaining("wavegate resume run-1") },
    });
    expect(asked(fixture, role).length).toBe(WAITS.most + 1);
    const gate = await resume(fixture);
    expect(gate.figures.partial).toEqual([]);
    expect(asked(fixture, role).length).toBe(WAITS.most + 2);
    // What the others had answered stays.
    expect(asked(fixture, "requirements").length).toBe(1);
    await answerGate(fixture.engine, gate, { kind: "approve" });
  },
);

test.each([
  ["auth", "AGENT_NOT_LOGGED_IN"],
  ["quota", "AGENT_QUOTA_USED_UP"],
  ["cost-limit", "AGENT_COST_LIMIT"],
] as const)(
  "%s holds at once with what to do, and is asked again by a resume",
  async (kind, code) => {
    const fixture = troubled("estimation", kind, 1, { message: "Invalid key · run /login" });
    await fixture.start();
    const { wait } = await fixture.engine.settled("run-1");
    expect(wait?.info).toMatchObject({ code, reason: expect.stringContaining("run /login") });
    expect(asked(fixture, "estimation").length).toBe(1);
    const gate = await resume(fixture);
    expect(gate.figures.partial).toEqual([]);
    expect(fixture.requests.length).toBe(8);
    expect(await eventsOf(fixture.engine)).toContainEqual(
      expect.objectContaining({ type: "role-settled", role: "estimation", status: "failed" }),
    );
  },
);

test("a plan that begins anew in time is waited for", async () => {
  const fixture = troubled("risk", "quota", 1, { retryAfterMs: 5 });
  await fixture.start();
  expect((await gateOf(fixture.engine)).figures.partial).toEqual([]);
});

test.each([
  ["auth", 1],
  ["overloaded", WAITS.beforeFallback + 1],
] as const)("of %s the fallback is asked before a person is, %i later", async (kind, tries) => {
  const asks: string[] = [];
  const agent = (name: string): Agent => ({
    name,
    describe: async () => ({
      name,
      kind: "test",
      summary: "",
      availability: { available: true, version: "1" },
    }),
    run: async (request) => {
      if (request.role === "risk") asks.push(`${name}: ${request.prompt}`);
      return request.role === "risk" && name === "builtin"
        ? err(failure(kind))
        : ok({ value: goodAnswer(request), usage: failure(kind).usage, outputBytes: 9 });
    },
  });
  const roles = PLANNING.roles.map((role) => ({ ...role, fallback: "other" }));
  const fixture = stageFixture({
    stage: { ...stage, roles },
    agents: [agent("builtin"), agent("other")],
  });
  await fixture.start();
  expect((await gateOf(fixture.engine)).figures.partial).toEqual([]);
  expect(asks.map((ask) => ask.split(":")[0])).toEqual([
    ...Array.from({ length: tries }, () => "builtin"),
    "other",
  ]);
  // The other one is no second try of what the first did wrong.
  expect(asks.at(-1)).not.toContain("another attempt");
});

/** An agent of a provider that takes so many calls at once and refuses the others. */
function narrow(room: number) {
  const seen = { inFlight: 0, refused: 0, most: 0, prompts: new Set<string>() };
  const agent: Agent = {
    name: "builtin",
    provider: "narrow",
    describe: async () => ({
      name: "builtin",
      kind: "test",
      summary: "",
      availability: { available: true, version: "1" },
    }),
    async run(request) {
      seen.inFlight += 1;
      const { inFlight } = seen;
      seen.most = Math.max(seen.most, inFlight);
      // A few turns, so that calls overlap.
      for (let turn = 0; turn < 5; turn++)
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      seen.inFlight -= 1;
      if (inFlight <= room)
        return ok({ value: goodAnswer(request), usage: failure("crashed").usage, outputBytes: 9 });
      seen.refused += 1;
      return err({ ...failure("rate-limited"), retryAfterMs: 1 });
    },
  };
  return { agent, seen };
}

test("one burst of refusals slows the provider once, is told, and fails nothing", async () => {
  const { agent, seen } = narrow(1);
  const fixture = stageFixture({ stage: { ...stage, concurrency: 4 }, agents: [agent] });
  await fixture.start();
  expect((await gateOf(fixture.engine)).figures.partial).toEqual([]);
  expect(seen.most).toBe(4);
  const slowed = (await eventsOf(fixture.engine)).filter(({ type }) => type === "provider-slowed");
  expect(slowed[0]).toEqual({
    type: "provider-slowed",
    stage: "planning",
    provider: "narrow",
    agent: "builtin",
    from: null,
    to: 2,
    waitMs: 1,
    because: "rate-limited",
  });
  expect(slowed.length).toBeLessThan(seen.refused);
});

test("who waits for a place at a slowed provider until the stage's time is over is held with it, and is no failure", async () => {
  const { stageMs } = PLANNING.timeouts;
  let refused = 0;
  const agent: Agent = {
    ...narrow(1).agent,
    async run(request) {
      if (refused++ > 0)
        return ok({ value: goodAnswer(request), usage: failure("crashed").usage, outputBytes: 9 });
      fixture.advance(2 * stageMs);
      return err(failure("rate-limited"));
    },
  };
  const fixture = stageFixture({ stage: { ...stage, concurrency: 1 }, agents: [agent] });
  await fixture.start();
  const { wait } = await fixture.engine.settled("run-1");
  expect(wait?.info).toMatchObject({ code: "AGENT_PROVIDER_BUSY" });
  const ended = (await eventsOf(fixture.engine)).flatMap((event) =>
    event.type === "role-settled" ? event.summary.split(":")[0] : [],
  );
  expect(ended).toEqual(PLANNING.roles.map(() => "rate-limited"));
  const slowed = (await eventsOf(fixture.engine)).filter(({ type }) => type === "provider-slowed");
  expect(slowed.length).toBe(1);
  expect((await resume(fixture)).figures.partial).toEqual([]);
});

test.each([
  { taken: 190_000, asked: 2 },
  { taken: "unknown", asked: 2 },
  { taken: 0, asked: 1 },
] as const)(
  "a context that is full after $taken tokens: asked $asked times in all, then with less to read",
  async ({ taken, asked: times }) => {
    const usage = { inputTokens: taken, outputTokens: 0, costUsd: 0 };
    const fixture = stageFixture({
      stage: { retry: { retries: 2, initialMs: 0, maxMs: 0 } },
      answers: (request, before) =>
        request.role === "risk" && before === 0
          ? { ...failure("context-too-long"), usage }
          : goodAnswer(request),
    });
    await fixture.start();
    await gateOf(fixture.engine);
    const prompts = asked(fixture, "risk").map(({ prompt }) => prompt);
    expect(prompts.length).toBe(times);
    expect(prompts.map((prompt) => prompt.includes("filled the model's context"))).toEqual(
      times === 2 ? [false, true] : [false],
    );
  },
);
