/** A second run of the same is answered by the first; what changed is asked again; a person is never answered by it (ST-17). */
import { describe, expect, test } from "vitest";
import type { CacheNote } from "../../../src/core/cache-note.ts";
import { answerGate, eventsOf, failure, gateOf, stageFixture } from "./stage-fixture.ts";
import type { Json } from "../../../src/core/json.ts";
import type { AgentRequest } from "../../../src/ports/agent.ts";
import { eventLine } from "../../../src/reporters/event-line.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { autoPuppet } from "../../../src/testing/puppet-agent.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";

const ROLES = [
  "requirements",
  "architecture",
  "risk",
  "estimation",
  "reviewer",
  "synthesizer",
  "qa",
];

type Fixture = ReturnType<typeof stageFixture>;

const settle = async ({ start, engine }: Fixture, runId: string) => {
  await start(runId);
  return engine.settled(runId);
};

/** What the cache said of each call of a run, by the call's name. */
async function notesOf({ engine }: Fixture, runId: string): Promise<Map<string, CacheNote>> {
  const notes = new Map<string, CacheNote>();
  for (const event of await eventsOf(engine, runId))
    if (event.type === "agent-finished" && event.cache) notes.set(event.cache.step, event.cache);
  return notes;
}

const reasons = async (fixture: Fixture, runId: string) => [
  ...new Set([...(await notesOf(fixture, runId)).values()].map(({ because }) => because)),
];

test("a second run of the same calls no agent, and waits at a gate of its own", async () => {
  const fixture = stageFixture();
  await settle(fixture, "run-1");
  expect(fixture.requests).toHaveLength(7);
  expect(await reasons(fixture, "run-1")).toEqual(["first"]);

  const second = await settle(fixture, "run-2");
  expect(fixture.requests).toHaveLength(7);
  expect(second.wait?.kind).toBe("gate");
  expect(await reasons(fixture, "run-2")).toEqual(["same"]);
  const events = await eventsOf(fixture.engine, "run-2");
  expect(events.filter(({ type }) => type === "agent-started")).toEqual([]);
  expect(events.filter(({ type }) => type === "gate-decided")).toEqual([]);
  expect(events.find((event) => event.type === "agent-finished")).toMatchObject({
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    cache: { outcome: "hit", earlier: { runId: "run-1", step: "planning-requirements-r1-a1" } },
  });
  const end = events.find((event) => event.type === "agent-finished");
  expect(end && eventLine(end)).toBe(
    "requirements: builtin not asked: an earlier answer was taken: run-1",
  );
  expect(events.find((event) => event.type === "role-settled")).toMatchObject({
    summary: "1 requirement, 0 quality requirements, 0 questions (builtin, from the cache)",
  });
});

test("S1 §7.3 invalidation plan_update: another plan is another question, the same one again is not", async () => {
  let plan = "# Plan\n\n- [ ] 1.1 Reserve\n";
  const fixture = stageFixture({ documents: () => ({ "plan.md": plan }) });
  await settle(fixture, "run-1");
  await settle(fixture, "run-2");
  expect(fixture.requests).toHaveLength(7);
  const before = plan;
  plan += "- [ ] 1.2 Return\n";
  await settle(fixture, "run-3");
  expect(
    fixture.requests
      .slice(7)
      .map(({ role }) => role)
      .toSorted(),
  ).toEqual(ROLES.toSorted());
  const notes = await notesOf(fixture, "run-3");
  expect(notes.get("planning-risk-r1-a1")).toMatchObject({ outcome: "miss", because: "changed" });
  plan = before;
  await settle(fixture, "run-4");
  expect(fixture.requests).toHaveLength(14);
});

test("the answers of both runs are the same to the byte", async () => {
  const fixture = stageFixture();
  const [first, second] = [await settle(fixture, "run-1"), await settle(fixture, "run-2")];
  const artifacts = (record: typeof first) =>
    (record.wait?.info as { artifacts: Json } | undefined)?.artifacts;
  expect(artifacts(second)).toEqual(artifacts(first));
});

test.each([
  [9 * 60_000, []],
  [10 * 60_000, ["reviewer", "qa"]],
  [15 * 60_000, ["requirements", "architecture", "risk", "estimation", "reviewer", "qa"]],
  [30 * 60_000, "all"],
] as const)("after %i ms what is too old is asked again", async (ms, asked) => {
  const fixture = stageFixture();
  await settle(fixture, "run-1");
  fixture.advance(ms);
  await settle(fixture, "run-2");
  const again = fixture.requests.slice(7).map(({ role }) => role);
  expect(again).toEqual(
    asked === "all" ? fixture.requests.slice(0, 7).map(({ role }) => role) : asked,
  );
});

test.each([
  ["inputs", 7],
  // What is edited in the project and not committed is no part of the key.
  ["project", 14],
] as const)(
  "aggressive: after a working day, of agents that work from the %s",
  async (worksFrom, calls) => {
    const fixture = stageFixture({ stage: { cache: "aggressive" }, worksFrom });
    await settle(fixture, "run-1");
    fixture.advance(8 * 3_600_000);
    await settle(fixture, "run-2");
    expect(fixture.requests).toHaveLength(calls);
  },
);

test("off: nothing is looked for, nothing is kept", async () => {
  const fixture = stageFixture({ stage: { cache: "off" } });
  await settle(fixture, "run-1");
  await settle(fixture, "run-2");
  expect(fixture.requests).toHaveLength(14);
  expect(fixture.memory.cache.kept.size).toBe(0);
  expect(await reasons(fixture, "run-2")).toEqual(["switched-off"]);
});

test("a clock that was set back makes an entry a miss, and says so", async () => {
  const fixture = stageFixture();
  await settle(fixture, "run-1");
  fixture.advance(-3_600_000);
  await settle(fixture, "run-2");
  expect(fixture.requests).toHaveLength(14);
  expect(await reasons(fixture, "run-2")).toEqual(["from-the-future"]);
  await settle(fixture, "run-3");
  expect(fixture.requests).toHaveLength(14);
});

test("a damaged entry is a miss that says so, and is replaced", async () => {
  const fixture = stageFixture();
  await settle(fixture, "run-1");
  for (const [key, kept] of fixture.memory.cache.kept)
    if (kept.step.includes("risk"))
      fixture.memory.cache.kept.set(key, { ...kept, answer: undefined });
  await settle(fixture, "run-2");
  expect(fixture.requests.slice(7).map(({ role }) => role)).toEqual(["risk"]);
  expect((await notesOf(fixture, "run-2")).get("planning-risk-r1-a1")).toMatchObject({
    outcome: "miss",
    because: "damaged",
  });
  await settle(fixture, "run-3");
  expect(fixture.requests).toHaveLength(8);
});

test("an entry that is no answer to the contract any more is a miss", async () => {
  const fixture = stageFixture();
  await settle(fixture, "run-1");
  for (const [key, kept] of fixture.memory.cache.kept)
    if (kept.step.includes("risk"))
      fixture.memory.cache.kept.set(key, { ...kept, answer: { no: 1 } });
  await settle(fixture, "run-2");
  expect(fixture.requests.slice(7).map(({ role }) => role)).toEqual(["risk"]);
  expect((await notesOf(fixture, "run-2")).get("planning-risk-r1-a1")?.because).toBe("wrong-shape");
});

describe("what is never kept", () => {
  test("a failure, and the answer to whoever was shown one", async () => {
    const fixture = stageFixture({
      answers: (request, before) =>
        request.role === "risk" && before % 2 === 0 ? failure("crashed") : goodAnswer(request),
    });
    await settle(fixture, "run-1");
    await settle(fixture, "run-2");
    expect(fixture.requests.slice(8).map(({ role }) => role)).toEqual(["risk", "risk"]);
    expect((await notesOf(fixture, "run-2")).get("planning-risk-r1-a2")).toMatchObject({
      outcome: "off",
      because: "follows-failure",
    });
  });

  test("an answer of the wrong shape, and its repair", async () => {
    const fixture = stageFixture({
      answers: (request, before) =>
        request.role === "risk" && before % 2 === 0 ? { no: "risks" } : goodAnswer(request),
    });
    await settle(fixture, "run-1");
    expect([...fixture.memory.cache.kept.values()].map(({ step }) => step)).not.toContainEqual(
      expect.stringContaining("risk"),
    );
    await settle(fixture, "run-2");
    expect(fixture.requests.slice(8).map(({ role }) => role)).toEqual(["risk", "risk"]);
  });

  test("a secret: neither in answers nor in what is kept to compare with", async () => {
    const fixture = stageFixture({
      answers: (request) =>
        request.role === "risk"
          ? {
              risk_assessment: {
                risks: [],
                unknowns: ["the token is s3cr3t-value"],
              },
            }
          : goodAnswer(request),
    });
    await settle(fixture, "run-1");
    expect(JSON.stringify([...fixture.memory.cache.kept.values()])).not.toContain("s3cr3t-value");
    expect(fixture.requests).toHaveLength(7);
  });
});

const scored = (score: number, request: Pick<AgentRequest, "role">) =>
  request.role === "reviewer" ? { review_summary: { quality_score: score } } : goodAnswer(request);

test("--refresh asks everybody, and what is answered serves the next", async () => {
  let version = 1;
  const fixture = stageFixture({ answers: (request) => scored(version, request) });
  await settle(fixture, "run-1");
  version = 2;
  await fixture.start("run-2", { refresh: true });
  await fixture.engine.settled("run-2");
  expect(fixture.requests).toHaveLength(14);
  expect(await reasons(fixture, "run-2")).toEqual(["refresh"]);
  const third = await settle(fixture, "run-3");
  expect(fixture.requests).toHaveLength(14);
  expect(third.wait?.info).toMatchObject({ figures: { qualityScore: 2 } });
});

test("a run that was resumed is not answered by what led to the hold", async () => {
  let calm = false;
  const fixture = stageFixture({
    answers: (request) =>
      request.role === "reviewer" && !calm
        ? {
            review_summary: {
              quality_score: 10,
              conflicts: [
                {
                  id: "C1",
                  topic: "Money",
                  severity: "critical",
                  fate: "escalated",
                  statements: [
                    { source: "risk", statement: "much" },
                    { source: "estimation", statement: "little" },
                  ],
                },
              ],
            },
          }
        : goodAnswer(request),
  });
  await settle(fixture, "run-1");
  const held = await settle(fixture, "run-2");
  expect(held.wait?.kind).toBe("hold");
  expect(fixture.requests.filter(({ role }) => role === "reviewer")).toHaveLength(1);
  calm = true;
  const { wait } = held;
  if (!wait) throw new Error("not held");
  await fixture.engine.answer({
    runId: "run-2",
    wait: wait.name,
    token: wait.token,
    value: { by: "ann" },
  });
  const record = await fixture.engine.settled("run-2", { afterWait: wait.name });
  expect(record.wait?.kind).toBe("gate");
  expect(fixture.requests.filter(({ role }) => role === "reviewer")).toHaveLength(2);
  expect((await notesOf(fixture, "run-2")).get("planning-reviewer-r2-a1")?.because).toBe("resumed");
});

test("a hit holds no place among the agents: it comes while all places are taken", async () => {
  const agent = autoPuppet(
    Object.fromEntries(
      ROLES.map((role) => [
        role,
        async (request: AgentRequest) => {
          if (request.prompt.includes("A slow feature"))
            await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
          return { value: goodAnswer(request) };
        },
      ]),
    ),
    "builtin",
  );
  const slow = {
    ...PLANNING,
    roles: PLANNING.roles.map((role) => ({ ...role, prompt: "A slow feature." })),
  };
  const fixture = stageFixture({ agents: [agent] });
  await fixture.start("run-1", { agentLimit: 1 });
  await fixture.engine.settled("run-1");
  await fixture.start("run-2", { agentLimit: 1, stages: [slow] });
  for await (const { event } of fixture.engine.events("run-2", 0, new AbortController().signal))
    if (event.type === "agent-started") break;
  await fixture.start("run-3", { agentLimit: 1 });
  expect((await fixture.engine.settled("run-3")).wait?.kind).toBe("gate");
  await fixture.engine.close();
});

test("what a person says is part of the question", async () => {
  const fixture = stageFixture();
  for (const runId of ["run-1", "run-2"]) {
    await fixture.start(runId);
    const gate = await gateOf(fixture.engine, undefined, runId);
    await answerGate(fixture.engine, gate, { kind: "modify", changes: `Change ${runId}.` }, runId);
    await gateOf(fixture.engine, "planning/gate/1", runId);
  }
  expect(fixture.requests.map(({ role }) => role).slice(7)).toEqual([
    "synthesizer",
    "qa",
    "synthesizer",
    "qa",
  ]);
});
