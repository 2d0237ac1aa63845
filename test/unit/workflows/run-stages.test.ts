/** Several stages in one run: their order, what each is taken down to when its turn comes, and what keeps one from beginning. */
import { describe, expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { answerGate, eventsOf, gateOf, stageFixture, type Fixture } from "./stage-fixture.ts";

const named = (name: string) => ({ name, title: name });

async function approve(engine: Fixture["engine"], afterWait?: string) {
  const gate = await gateOf(engine, afterWait);
  await answerGate(engine, gate, { kind: "approve" });
  return `${gate.stage}/gate/${gate.round}`;
}

describe("the order of stages", () => {
  test("each begins when the one before is approved, with its own input, gate and folder", async () => {
    const fixture = stageFixture({ stages: [named("first"), named("second")] });
    await fixture.start();
    const gate = await gateOf(fixture.engine);
    expect(gate.stage).toBe("first");
    expect(fixture.takenDown).toEqual(["first"]);
    const wait = await approve(fixture.engine);
    expect((await gateOf(fixture.engine, wait)).stage).toBe("second");
    expect(fixture.takenDown).toEqual(["first", "second"]);
    const last = await approve(fixture.engine, wait);
    const { status, output } = await fixture.engine.settled("run-1", { afterWait: last });
    expect(status).toBe("completed");
    expect(output).toMatchObject({
      status: "completed",
      stages: [
        { stage: "first", status: "completed" },
        { stage: "second", status: "completed" },
      ],
    });
    expect(fixture.requests).toHaveLength(14);
    const events = await eventsOf(fixture.engine);
    expect(events.map(({ type }) => type).filter((type) => type.startsWith("run-"))).toEqual([
      "run-started",
      "run-finished",
    ]);
  });

  test("a rejection ends the run: the stages after it never begin", async () => {
    const fixture = stageFixture({ stages: [named("first"), named("second")] });
    await fixture.start();
    await answerGate(fixture.engine, await gateOf(fixture.engine), {
      kind: "reject",
      reason: "no",
    });
    const { output } = await fixture.engine.settled("run-1", { afterWait: "first/gate/1" });
    expect(output).toMatchObject({ status: "rejected", stages: [{ stage: "first" }] });
    expect(fixture.takenDown).toEqual(["first"]);
  });

  test("a stage that is not needed is passed over, and said to be", async () => {
    const fixture = stageFixture({
      stages: [named("first"), named("second")],
      adapt: (stage) =>
        stage.name === "first" ? { notNeeded: "clear enough", events: [] } : { stage, events: [] },
    });
    await fixture.start();
    expect((await gateOf(fixture.engine)).stage).toBe("second");
    expect(await eventsOf(fixture.engine)).toContainEqual({
      type: "stage-skipped",
      stage: "first",
      reason: "clear enough",
    });
  });
});

test("what is made of a stage when its input is measured holds for the stage, with events that say so", async () => {
  const fixture = stageFixture({
    adapt: (stage) => ({
      stage: { ...stage, gate: { prompt: "Look twice." } },
      events: [{ type: "document-skipped", stage: stage.name, name: "x.md", reason: "a rule" }],
    }),
  });
  await fixture.start();
  expect((await gateOf(fixture.engine)).prompt).toBe("Look twice.");
  const types = (await eventsOf(fixture.engine)).map(({ type }) => type);
  expect(types.slice(0, 3)).toEqual(["run-started", "document-skipped", "stage-started"]);
});

test("what keeps a stage from beginning holds the run, and is looked at again; a note goes to the roles", async () => {
  let missing = true;
  const fixture = stageFixture({
    adapt: (stage) => {
      if (missing)
        throw new WavegateError("STAGE_INPUTS_UNMET", "plan.md is missing.", { hint: "Plan." });
      return { stage, events: [] };
    },
  });
  await fixture.start();
  const { status, wait } = await fixture.engine.settled("run-1");
  expect([status, wait?.info]).toMatchObject([
    "failed",
    { stage: "planning", code: "STAGE_INPUTS_UNMET", hint: expect.stringContaining("Plan. Then") },
  ]);
  missing = false;
  await fixture.engine.answer({
    runId: "run-1",
    wait: wait?.name ?? "",
    token: wait?.token ?? "",
    value: { by: "ann", note: "It is there now" },
  });
  await gateOf(fixture.engine, wait?.name);
  expect(fixture.requests[0]?.inputs["people.json"]).toContain("It is there now");
});
