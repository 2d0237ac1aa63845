/** What rules do to a run: discovery before planning, words that flow on, iterations on the own draft, one after the other, a strict gate. */
import { expect, test } from "vitest";
import { adaptByRules } from "../../../src/stage/adapt-stage.ts";
import { DISCOVERY } from "../../../src/stage/built-in/discovery.ts";
import { decide } from "../../../src/stage/gate.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import type { Json } from "../../../src/core/json.ts";
import type { AgentRequest } from "../../../src/ports/agent.ts";
import { circumstances } from "../rules/circumstances.ts";
import { eventsOf, gateOf, stageFixture, type Fixture } from "./stage-fixture.ts";

/** What discovery answers; planning as it always does. */
const answers = (request: AgentRequest): Json => {
  if (request.stage !== "discovery") return goodAnswer(request);
  if (request.task === "analysis") return { [request.contract]: { unknowns: [] } };
  if (request.task !== "synthesis") return goodAnswer(request);
  const sections = DISCOVERY.artifacts[0]?.sections ?? [];
  return {
    artifacts: { "discovery.md": sections.map((one) => `## ${one}\n\nText.\n`).join("\n") },
  };
};

const approve = async (fixture: Fixture, wait: string, digest: string, reason: string | null) =>
  fixture.engine.answer({
    runId: "run-1",
    wait,
    token: digest,
    value: {
      kind: "approve",
      by: "ada",
      digest,
      at: "2026-01-01",
      reason,
      changes: null,
      edits: null,
    },
  });

test("a rule asks for discovery: it is passed first, and what was said at its gate reaches those who plan", async () => {
  const fixture = stageFixture({
    stages: [DISCOVERY, {}],
    answers,
    adapt: (stage, measured) =>
      adaptByRules(stage, {
        ...measured,
        circumstances: circumstances({ complexity: 10, clarity: 39 }),
      }),
  });
  await fixture.start();
  const first = await gateOf(fixture.engine);
  expect([first.stage, first.artifacts.map(({ name }) => name)]).toEqual([
    "discovery",
    ["discovery.md"],
  ]);
  await approve(fixture, "discovery/gate/1", first.digest, "Weekly, says the owner.");
  await gateOf(fixture.engine, "discovery/gate/1");
  const planned = fixture.requests.find(
    ({ stage, role }) => stage === "planning" && role === "risk",
  );
  expect(planned?.inputs["people.json"]).toContain("Weekly, says the owner.");
  const rules = (await eventsOf(fixture.engine)).flatMap((event) =>
    event.type === "rule-fired" ? [`${event.stage}: ${event.rule}`] : [],
  );
  expect(rules).toEqual(["discovery: planning-low-clarity", "planning: planning-low-clarity"]);
});

test("no rule asks for discovery: nobody is asked, and the run says why", async () => {
  const fixture = stageFixture({
    stages: [DISCOVERY, {}],
    answers,
    adapt: (stage, measured) =>
      adaptByRules(stage, { ...measured, circumstances: circumstances({ complexity: 10 }) }),
  });
  await fixture.start();
  expect((await gateOf(fixture.engine)).stage).toBe("planning");
  expect(fixture.requests.filter(({ stage }) => stage === "discovery")).toEqual([]);
  expect(await eventsOf(fixture.engine)).toContainEqual({
    type: "stage-skipped",
    stage: "discovery",
    reason: "no rule asks for it at clarity 100 and uncertainty 0",
  });
});

test("a discovery that was approved for this very specification is not made again", async () => {
  const adapted = adaptByRules(DISCOVERY, {
    spec: undefined as unknown as never,
    text: "",
    documents: {},
    circumstances: circumstances({ clarity: 1 }),
    discoveredIn: "abc12",
  });
  expect(adapted).toMatchObject({ notNeeded: "approved in run abc12, from this specification" });
});

test("a second iteration: the synthesizer gets its own draft, the review and what the checks found", async () => {
  let written = 0;
  const fixture = stageFixture({
    stage: { synthesisIterations: 2 },
    answers: (request) => {
      const answer = goodAnswer(request);
      if (request.task !== "synthesis") return answer;
      written += 1;
      const { artifacts } = answer as { artifacts: Record<string, string> };
      const plan = artifacts["plan.md"] ?? "";
      return { artifacts: { ...artifacts, "plan.md": `${plan}\nDraft ${written}.\n` } };
    },
  });
  await fixture.start();
  await gateOf(fixture.engine);
  const [first, second, ...more] = fixture.requests.filter(({ task }) => task === "synthesis");
  expect(more).toEqual([]);
  expect(Object.keys(first?.inputs ?? {})).not.toContain("iteration.json");
  expect(second?.inputs["previous/plan.md"]).toContain("Draft 1.");
  expect(JSON.parse(second?.inputs["iteration.json"] ?? "null")).toMatchObject({
    number: 2,
    of: 2,
  });
  expect(Object.keys(second?.inputs ?? {})).toContain("review.json");
  expect(second?.prompt).toContain("## Another iteration");
  const events = await eventsOf(fixture.engine);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "draft-iterated", iteration: 2, of: 2, changed: ["plan.md"] }),
  );
  expect(fixture.requests.filter(({ task }) => task === "qa")).toHaveLength(1);
});

test("one after the other, in the order of the roles", async () => {
  let running = 0;
  let most = 0;
  const fixture = stageFixture({ stage: { order: "sequential", concurrency: 4 } });
  const started: string[] = [];
  await fixture.start();
  await gateOf(fixture.engine);
  for (const event of await eventsOf(fixture.engine)) {
    if (event.type === "agent-started") {
      started.push(event.role);
      most = Math.max(most, (running += 1));
    }
    if (event.type === "agent-finished") running -= 1;
  }
  expect(most).toBe(1);
  expect(started.slice(0, 4)).toEqual(["requirements", "architecture", "risk", "estimation"]);
});

test("a strict gate: an approval without a reason does not count", async () => {
  const fixture = stageFixture({ stage: { gate: { prompt: "Approve?", strict: true } } });
  await fixture.start();
  const gate = await gateOf(fixture.engine);
  const request = { kind: "approve", by: "ada", digest: gate.digest, at: "2026-01-01" } as const;
  expect(decide(gate, request)).toMatchObject({
    ok: false,
    error: { code: "GATE_REASON_REQUIRED" },
  });
  expect(decide(gate, { ...request, reason: "Looked at with the team." }).ok).toBe(true);
});
