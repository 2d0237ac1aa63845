/** A whole stage with puppets, from its specialists to its gate (ST-01): AG-02, ST-05 and what else the titles name. */
import { describe, expect, test } from "vitest";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { PuppetAgent } from "../../../src/testing/puppet-agent.ts";
import { answerGate, eventsOf, failure, gateOf, stageFixture } from "./stage-fixture.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";

const ANALYSTS = ["requirements", "architecture", "risk", "estimation"];

describe("the whole stage", () => {
  test("analysts, reviewer, synthesizer, QA, gate; nothing is written before approval", async () => {
    const { engine, memory, requests, start } = stageFixture();
    await start();
    const gate = await gateOf(engine);
    expect(
      requests
        .slice(0, 4)
        .map(({ role }) => role)
        .toSorted(),
    ).toEqual(ANALYSTS.toSorted());
    expect(requests.slice(4).map(({ role }) => role)).toEqual(["reviewer", "synthesizer", "qa"]);
    expect(gate.prompt).toBe("Planning artifacts synthesized. Approve to proceed?");
    expect(gate.artifacts.map(({ name }) => name)).toEqual(["plan.md", "planning-summary.md"]);
    expect(gate.figures).toMatchObject({
      requirementsTotal: 2,
      requirementsCovered: 2,
      signedOff: true,
    });
    expect(memory.disk.has("specs/001/plan.md")).toBe(false);

    expect(await answerGate(engine, gate, { kind: "approve" })).toMatchObject({ ok: true });
    const record = await engine.settled("run-1", { afterWait: "planning/gate/1" });
    expect(record).toMatchObject({
      status: "completed",
      output: { status: "completed", message: "Planning phase completed successfully" },
    });
    expect(memory.disk.get("specs/001/plan.md")).toContain("# Implementation Plan: Pocket money");
    expect(memory.auditEntries).toMatchObject([
      { actor: "ann", action: "approve", digest: gate.digest },
      { actor: "ann", action: "written", digest: gate.digest },
    ]);
  });

  test("the reviewer gets what every analyst answered, QA the results of the checks", async () => {
    const { engine, requests, start } = stageFixture();
    await start();
    await gateOf(engine);
    const inputsOf = (role: string) => requests.find((each) => each.role === role)?.inputs ?? {};
    expect(Object.keys(inputsOf("requirements"))).toEqual(["spec.md"]);
    for (const analyst of ANALYSTS)
      expect(inputsOf("reviewer")[`analyses/${analyst}.json`]).toBeTruthy();
    expect(JSON.parse(inputsOf("qa")["checks.json"] ?? "[]").length).toBeGreaterThan(5);
  });

  test("a rejection is recorded with its reason and ends the run", async () => {
    const { engine, memory, start } = stageFixture();
    await start();
    const gate = await gateOf(engine);
    await answerGate(engine, gate, { kind: "reject", reason: "too vague" });
    const record = await engine.settled("run-1", { afterWait: "planning/gate/1" });
    expect(record).toMatchObject({ status: "completed", output: { status: "rejected" } });
    expect(memory.disk.has("specs/001/plan.md")).toBe(false);
    expect((await eventsOf(engine)).at(-1)).toMatchObject({
      type: "run-finished",
      status: "rejected",
    });
  });

  test("words to modify go through the synthesizer; the new proposal needs a new decision", async () => {
    const { engine, requests, start } = stageFixture();
    await start();
    const gate = await gateOf(engine);
    await answerGate(engine, gate, { kind: "modify", changes: "Name the currency" });
    const again = await gateOf(engine, "planning/gate/1");
    expect(again.round).toBe(2);
    expect(again.digest).not.toBe(gate.digest);
    const rework = requests.findLast(({ role }) => role === "synthesizer")?.inputs;
    expect(rework?.["rework.json"]).toContain("Name the currency");
    expect(rework?.["previous/plan.md"]).toContain("Pocket money");
    expect(
      await answerGate(engine, { ...again, digest: gate.digest }, { kind: "approve" }),
    ).toMatchObject({
      ok: false,
      error: { code: "GATE_STALE_DIGEST" },
    });
  });

  test("an edited file is shown as it is, checked, and approved byte for byte", async () => {
    const { engine, memory, requests, start } = stageFixture();
    await start();
    const gate = await gateOf(engine);
    const before = requests.length;
    await answerGate(engine, gate, { kind: "modify", edits: { "plan.md": "# Only this\n" } });
    const again = await gateOf(engine, "planning/gate/1");
    expect(requests.length).toBe(before);
    expect(again.figures.failedChecks.join()).toContain("FR-001");
    await answerGate(engine, again, { kind: "approve" });
    await engine.settled("run-1", { afterWait: "planning/gate/2" });
    expect(memory.disk.get("specs/001/plan.md")).toBe("# Only this\n");
  });
});

describe("approval is bound to bytes (ST-12)", () => {
  const changes: readonly [string, (disk: Map<string, string>) => void, string][] = [
    ["the spec changed", (disk) => disk.set("specs/001/spec.md", "# Other\n"), "spec.md changed"],
    [
      "a proposed file was edited in place",
      (disk) => disk.set("/state/runs/run-1/proposal/planning-1/plan.md", "# Evil\n"),
      "not what was shown",
    ],
    [
      "a file appeared where the plan goes",
      (disk) => disk.set("specs/001/plan.md", "mine\n"),
      "plan.md changed",
    ],
  ];
  test.each(changes)("%s: the approval is void and the gate asks again", async (_, change, why) => {
    const { engine, memory, start } = stageFixture();
    await start();
    const gate = await gateOf(engine);
    change(memory.disk);
    const mine = memory.disk.get("specs/001/plan.md");
    await answerGate(engine, gate, { kind: "approve" });
    const again = await gateOf(engine, "planning/gate/1");
    expect(again.notice).toContain(why);
    expect(again.digest).not.toBe(gate.digest);
    expect(memory.disk.get("specs/001/plan.md")).toBe(mine);
    await answerGate(engine, again, { kind: "approve" });
    expect(await engine.settled("run-1", { afterWait: "planning/gate/2" })).toMatchObject({
      status: "completed",
    });
    expect(memory.disk.get("specs/001/plan.md")).toContain("Implementation Plan");
  });

  test("a spec that was gone before the proposal was shown does not change by staying away", async () => {
    const { engine, memory, start } = stageFixture();
    memory.disk.delete("specs/001/spec.md");
    await start();
    await answerGate(engine, await gateOf(engine), { kind: "approve" });
    expect(await engine.settled("run-1", { afterWait: "planning/gate/1" })).toMatchObject({
      status: "completed",
    });
  });
});

describe("failures are values (ST-04, ST-05)", () => {
  test("a role is asked three times, with a changed prompt each, and siblings are not asked again", async () => {
    const { engine, requests, start } = stageFixture({
      answers: (request, before) =>
        request.role === "risk" && before < 2
          ? failure("timeout", `slow ${before}`)
          : goodAnswer(request),
    });
    await start();
    const gate = await gateOf(engine);
    const asked = requests.filter(({ role }) => role === "risk");
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ prompt }) => prompt)).size).toBe(3);
    expect(asked[2]?.prompt).toContain("slow 1");
    expect(requests).toHaveLength(4 + 2 + 3);
    expect(gate.figures.partial).toEqual([]);
  });

  test("an answer that does not match is asked for once more with the problems, within one attempt", async () => {
    const { engine, requests, memory, start } = stageFixture({
      answers: (request, before) =>
        request.role === "architecture" && before === 0 ? { nonsense: true } : goodAnswer(request),
    });
    await start();
    await gateOf(engine);
    const asked = requests.filter(({ role }) => role === "architecture");
    expect(asked).toHaveLength(2);
    expect(asked[1]?.prompt).toContain("architecture_design");
    expect(asked[1]?.prompt).toContain('{"nonsense":true}');
    const events = await eventsOf(engine);
    expect(events.some(({ type }) => type === "agent-retried")).toBe(false);
    expect(
      events.flatMap((event) =>
        event.type === "agent-finished" && event.role === "architecture" ? [event] : [],
      ),
    ).toMatchObject([
      {
        outcome: "failed",
        reason: expect.stringMatching(
          /^invalid-output: asked once more, because the answer does not match architecture_design: \S/,
        ),
      },
      { outcome: "succeeded" },
    ]);
    const folder = "/state/runs/run-1/attempts/planning-architecture-r1-a1";
    const kept = (file: string): unknown =>
      JSON.parse(memory.disk.get(`${folder}${file}`) ?? "null");
    expect(kept("/answer.json")).toEqual({ nonsense: true });
    expect(kept("/problems.json")).toContainEqual(expect.stringMatching(/\S/));
    expect(kept("/failure.json")).toBeNull();
    expect(kept("-repair/problems.json")).toBeNull();
  });

  test("an answer that does not match the second time, too, is said to be wrong and not to be asked for again", async () => {
    const { engine, requests, start } = stageFixture({
      stage: { retry: { retries: 2, initialMs: 1, maxMs: 1 } },
      answers: (request) =>
        request.role === "architecture" ? { nonsense: true } : goodAnswer(request),
    });
    await start();
    await gateOf(engine);
    // However many retries there are for other failures.
    expect(requests.filter(({ role }) => role === "architecture")).toHaveLength(2);
    const reasons = (await eventsOf(engine)).flatMap((event) =>
      event.type === "agent-finished" && event.role === "architecture" ? [event.reason ?? ""] : [],
    );
    expect(reasons.map((reason) => reason.includes("asked once more"))).toEqual([true, false]);
    expect(reasons[1]).toMatch(/^invalid-output: the answer does not match architecture_design: /);
  });

  test("retries used up: the fallback is asked; it fails too: a partial result that names what is missing", async () => {
    const roles = PLANNING.roles.map((role) =>
      role.name === "risk" ? { ...role, fallback: "other" } : role,
    );
    const { engine, requests, start } = stageFixture({
      stage: { roles },
      answers: (request) =>
        request.role === "risk" ? failure("crashed", "exit 7") : goodAnswer(request),
    });
    await start();
    const gate = await gateOf(engine);
    expect(requests.filter(({ role }) => role === "risk")).toHaveLength(6);
    expect(gate.figures.partial).toEqual(["Risk/Compliance Analyst: crashed: exit 7"]);
    const seen =
      requests.find(({ role }) => role === "reviewer")?.inputs["analyses/risk.json"] ?? "";
    expect(JSON.parse(seen)).toMatchObject({ simplified: true, reason: "exit 7" });
  });

  test("what another attempt cannot mend is not tried again", async () => {
    const { engine, requests, start } = stageFixture({
      answers: (request) =>
        request.role === "risk" ? failure("not-installed") : goodAnswer(request),
    });
    await start();
    await gateOf(engine);
    expect(requests.filter(({ role }) => role === "risk")).toHaveLength(1);
  });

  test("secrets in an answer reach neither later roles nor the proposal", async () => {
    const { engine, memory, requests, start } = stageFixture({
      answers: (request) =>
        request.role === "synthesizer"
          ? { artifacts: { "plan.md": "key s3cr3t-value\n", "planning-summary.md": "x\n" } }
          : request.role === "risk"
            ? { risk_assessment: { risks: [], "s3cr3t-value": "s3cr3t-value" } }
            : goodAnswer(request),
    });
    await start();
    await gateOf(engine);
    expect(JSON.stringify(requests.map(({ inputs }) => inputs))).not.toContain("s3cr3t-value");
    const proposed = [...memory.disk].filter(([path]) => path.includes("/proposal/"));
    expect(proposed.length).toBeGreaterThan(0);
    expect(JSON.stringify(proposed)).not.toContain("s3cr3t-value");
  });
});

describe("quorum lost (ST-07)", () => {
  test("an agent that is gone: a run keeps its roles, and the hold says what to do", async () => {
    const { engine, start } = stageFixture({
      stage: { roles: PLANNING.roles.map((role) => ({ ...role, agent: "slow" })) },
    });
    await start();
    const { wait } = await engine.settled("run-1");
    expect(wait?.info).toMatchObject({
      reason: "0 of 4 specialists gave a full answer; requirements must.",
      failures: expect.arrayContaining([
        'Risk/Compliance Analyst: not-installed: no agent is named "slow" in the configuration now; a run keeps the roles it began with: put the agent back, or cancel the run and start anew to use others',
      ]),
    });
  });

  test("one more try one after the other, then a visible failed state; resume tries only those again", async () => {
    let mended = false;
    const broken = new Set(["risk", "estimation"]);
    const { engine, requests, start } = stageFixture({
      answers: (request) =>
        broken.has(request.role) && !mended ? failure("crashed", "exit 1") : goodAnswer(request),
    });
    await start();
    const held = await engine.settled("run-1");
    expect(held).toMatchObject({
      status: "failed",
      wait: {
        kind: "hold",
        info: {
          code: "STAGE_QUORUM_NOT_MET",
          reason: "2 of 4 specialists gave a full answer; at least 3 must.",
          failures: [
            "Risk/Compliance Analyst: crashed: exit 1",
            "Estimation/Scope Analyst: crashed: exit 1",
          ],
          hint: expect.stringMatching(
            /`wavegate logs run-1 risk`.*Then run: wavegate resume run-1$/,
          ),
        },
      },
    });
    expect(requests.filter(({ role }) => role === "risk")).toHaveLength(6);
    expect(requests.filter(({ role }) => role === "requirements")).toHaveLength(1);

    mended = true;
    const wait = held.wait;
    if (!wait) throw new Error("no wait");
    await engine.answer({
      runId: "run-1",
      wait: wait.name,
      token: wait.token,
      value: { by: "ann" },
    });
    await gateOf(engine, wait.name);
    expect(requests.filter(({ role }) => role === "risk")).toHaveLength(7);
    expect(requests.filter(({ role }) => role === "requirements")).toHaveLength(1);
    expect((await eventsOf(engine)).map(({ type }) => type)).toContain("stage-resumed");
  });

  test("a required role that is missing loses the quorum whatever the others did", async () => {
    const { engine, start } = stageFixture({
      answers: (request) =>
        request.role === "requirements" ? failure("crashed") : goodAnswer(request),
    });
    await start();
    expect(await engine.settled("run-1")).toMatchObject({
      status: "failed",
      wait: { kind: "hold" },
    });
    expect(await eventsOf(engine)).toContainEqual(
      expect.objectContaining({ type: "quorum-tallied", met: false, because: "required" }),
    );
  });
});

describe("review and QA", () => {
  test("a critical conflict that the reviewer escalates stops the stage", async () => {
    const conflict = {
      id: "C1",
      topic: "currency",
      severity: "critical",
      statements: [
        { source: "a", statement: "euros" },
        { source: "b", statement: "francs" },
      ],
      fate: "escalated",
    };
    const { engine, requests, start } = stageFixture({
      answers: (request) =>
        request.role === "reviewer"
          ? { review_summary: { quality_score: 10, conflicts: [conflict] } }
          : goodAnswer(request),
    });
    await start();
    expect(await engine.settled("run-1")).toMatchObject({
      status: "failed",
      wait: { info: { code: "STAGE_CRITICAL_CONFLICT", failures: ["C1 currency"] } },
    });
    expect(requests.some(({ role }) => role === "synthesizer")).toBe(false);
  });

  test("QA may ask for rework twice; what is open then is shown, not hidden", async () => {
    const { engine, requests, start } = stageFixture({
      answers: (request) =>
        request.role === "qa"
          ? { qa_report: { signed_off: false, rework: ["Name the currency"] } }
          : goodAnswer(request),
    });
    await start();
    const gate = await gateOf(engine);
    expect(requests.filter(({ role }) => role === "synthesizer")).toHaveLength(3);
    expect(gate.figures).toMatchObject({
      signedOff: false,
      reworkRounds: 2,
      openRework: ["Name the currency"],
    });
  });

  test("a blocking check that fails keeps the stage from being signed off, whatever QA says", async () => {
    const { engine, start } = stageFixture({
      answers: (request) =>
        request.role === "synthesizer"
          ? { artifacts: { "plan.md": "# Empty\n", "planning-summary.md": "# Empty\n" } }
          : goodAnswer(request),
    });
    await start();
    const gate = await gateOf(engine);
    expect(gate.figures.signedOff).toBe(false);
    expect(gate.figures.notCovered).toEqual(["FR-001", "SC-001"]);
  });

  test("an agent cannot add files that the stage's contract does not name", async () => {
    const { engine, start } = stageFixture({
      answers: (request) =>
        request.role === "qa"
          ? { qa_report: { signed_off: true, final_touches: { "../evil.sh": "x", "run.sh": "y" } } }
          : goodAnswer(request),
    });
    await start();
    const gate = await gateOf(engine);
    expect(gate.artifacts.map(({ name }) => name)).toEqual(["plan.md", "planning-summary.md"]);
  });

  test("a lead that never answers holds the run; resume asks it again", async () => {
    let mended = false;
    const { engine, start } = stageFixture({
      answers: (request) =>
        request.role === "reviewer" && !mended ? failure("stalled") : goodAnswer(request),
    });
    await start();
    const held = await engine.settled("run-1");
    expect(held).toMatchObject({
      status: "failed",
      wait: { info: { code: "STAGE_AGENT_FAILED" } },
    });
    mended = true;
    await engine.answer({
      runId: "run-1",
      wait: held.wait?.name ?? "",
      token: held.wait?.token ?? "",
      value: { by: "ann" },
    });
    await gateOf(engine, held.wait?.name);
  });
});

test("another process finishes what one began, and asks no agent twice (ST-13)", async () => {
  const { engine, open, requests, start, memory } = stageFixture();
  await start();
  const gate = await gateOf(engine);
  engine.crash();
  const second = open();
  await answerGate(second, gate, { kind: "approve" });
  expect(await second.claim("run-1")).toMatchObject({ ok: true });
  expect(await second.settled("run-1", { afterWait: "planning/gate/1" })).toMatchObject({
    status: "completed",
  });
  expect(requests).toHaveLength(7);
  expect(memory.auditEntries.map(({ action }) => action)).toEqual(["approve", "written"]);
  const types = (await eventsOf(second)).map(({ type }) => type);
  expect(types.filter((type) => type === "gate-opened")).toHaveLength(1);
});

test("an agent that is said to have finished is not asked again, even if the process dies that moment (ST-13)", async () => {
  const { engine, open, requests, start } = stageFixture();
  await start();
  const told = new Set<string>();
  for await (const { event } of engine.events("run-1", 0, AbortSignal.timeout(5_000))) {
    if (event.type !== "agent-finished") continue;
    told.add(event.role);
    engine.crash();
    break;
  }
  const second = open();
  await second.claim("run-1");
  await gateOf(second);
  expect(told.size).toBe(1);
  expect(requests.filter(({ role }) => told.has(role))).toHaveLength(1);
});

describe("launching together (ST-02)", () => {
  test("as many as the stage's concurrency at once, the next when one ends", async () => {
    const puppet = new PuppetAgent("builtin");
    const { engine, start } = stageFixture({ agents: [puppet], stage: { concurrency: 3 } });
    await start();
    const first = await Promise.all([1, 2, 3].map(() => puppet.nextInvocation()));
    expect(first.map(({ request }) => request.role).toSorted()).toEqual([
      "architecture",
      "requirements",
      "risk",
    ]);
    const fourth = puppet.nextInvocation();
    let early = true;
    void fourth.then(() => {
      early = false;
    });
    await engine.runs();
    expect(early).toBe(true);
    first[0]?.finish(goodAnswer(first[0].request));
    expect((await fourth).request.role).toBe("estimation");
    await engine.close();
  });

  test("a role with declared inputs waits for exactly those and sees their answers (PL-02)", async () => {
    const puppet = new PuppetAgent("builtin");
    const roles = PLANNING.roles.map((role) =>
      role.name === "architecture" ? { ...role, needs: ["requirements"] } : role,
    );
    const { engine, start } = stageFixture({ agents: [puppet], stage: { roles, concurrency: 4 } });
    await start();
    const first = await Promise.all([1, 2, 3].map(() => puppet.nextInvocation()));
    expect(first.map(({ request }) => request.role)).not.toContain("architecture");
    const requirements = first.find(({ request }) => request.role === "requirements");
    requirements?.finish(goodAnswer({ role: "requirements" }));
    const { request } = await puppet.nextInvocation();
    expect(request.role).toBe("architecture");
    expect(request.inputs["analyses/requirements.json"]).toContain("FR-001");
    await engine.close();
  });
});
