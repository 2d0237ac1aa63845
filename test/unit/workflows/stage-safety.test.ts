/** What must hold whatever agents, people and the world do between one step of a stage and the next. */
import { EventEmitter, once } from "node:events";
import { describe, expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { err } from "../../../src/core/result.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import { answerGate, eventsOf, failure, gateOf, stageFixture } from "./stage-fixture.ts";

const SPEC_FILE = "specs/001/spec.md";
const PLAN_FILE = "specs/001/plan.md";
const SUMMARY_FILE = "specs/001/planning-summary.md";

const qa = (report: object) => ({ qa_report: { signed_off: true, ...report } });

/** Digest of the first gate of a run in which these are so. */
const digestWith = async ({
  plan = "",
  existing,
  spec,
  score = 88,
}: {
  readonly plan?: string;
  readonly existing?: string;
  readonly spec?: string;
  readonly score?: number;
}) => {
  const { engine, memory, start } = stageFixture({
    answers: (request) => {
      if (request.role === "reviewer") return { review_summary: { quality_score: score } };
      if (request.role !== "qa") return goodAnswer(request);
      if (spec) memory.disk.set(SPEC_FILE, spec);
      return qa({ notes: plan });
    },
  });
  if (existing) memory.disk.set(PLAN_FILE, existing);
  await start();
  return (await gateOf(engine)).digest;
};

/** The fixture with a second artifact that cannot be written. */
const failing = (code: "ARTIFACT_WOULD_OVERWRITE" | "DISK_FULL", times = 1) => {
  const fixture = stageFixture();
  const { files } = fixture.memory;
  const write = files.write.bind(files);
  let left = times;
  Object.assign(files, {
    write: async (...args: Parameters<typeof write>) => {
      if (args[0] !== SUMMARY_FILE || left === 0) return write(...args);
      left -= 1;
      return err(new WavegateError(code, `${SUMMARY_FILE}: ${code}.`, { hint: "Look." }));
    },
  });
  return fixture;
};

const zoneConflict = (id: string, fate: string) => ({
  id,
  topic: "Time zone",
  severity: "high",
  statements: [
    { source: "spec", statement: "The server's." },
    { source: "risk", statement: "The visitor's." },
  ],
  fate,
});

describe("what a person is shown", () => {
  test("a spec that changed while the stage ran is said to have, in every round", async () => {
    const { engine, memory, start } = stageFixture({
      answers: (request) => {
        if (request.role === "qa") memory.disk.set(SPEC_FILE, "# Another spec\n");
        return goodAnswer(request);
      },
    });
    await start();
    const first = await gateOf(engine);
    expect(first.notice).toContain("changed since planning began");
    await answerGate(engine, first, { kind: "modify", changes: "Shorter, please" });
    const second = await gateOf(engine, "planning/gate/1");
    expect(second.notice).toContain("changed since planning began");
  });

  test("a spec that changed and was put back is what the proposal was made from", async () => {
    let original = "";
    const { engine, memory, start } = stageFixture({
      answers: (request) => {
        if (request.role === "qa") {
          original = memory.disk.get(SPEC_FILE) ?? "";
          memory.disk.set(SPEC_FILE, "# Another spec\n");
        }
        return goodAnswer(request);
      },
    });
    await start();
    const gate = await gateOf(engine);
    expect(gate.notice).toContain("changed since planning began");
    memory.disk.set(SPEC_FILE, original);
    await answerGate(engine, gate, { kind: "approve" });
    expect(await engine.settled("run-1", { afterWait: "planning/gate/1" })).toMatchObject({
      status: "completed",
    });
  });

  test("the gate says what the reviewer recommends and how grave the issues are, as the last report has it", async () => {
    const open = [{ severity: "high" }, { severity: "low", accepted: "Ada: known" }, "broken"];
    const { engine, start } = stageFixture({
      answers: (request) => {
        const answer = Object(goodAnswer(request));
        if (request.role === "reviewer")
          return {
            review_summary: {
              ...answer.review_summary,
              recommendation: "fix-first",
              approval_status: "conditional",
              issues: open,
            },
          };
        const issues = { critical: 0, high: 0, medium: 0, low: 0, accepted: 2 };
        return request.role === "synthesizer" && request.inputs["rework.json"] !== undefined
          ? { ...answer, verdict: { recommendation: "proceed", issues } }
          : answer;
      },
    });
    await start();
    const first = await gateOf(engine);
    expect(first.figures).toMatchObject({
      recommendation: "fix-first",
      approvalStatus: "conditional",
      issues: { critical: 0, high: 1, medium: 0, low: 0, accepted: 1 },
    });
    await answerGate(engine, first, { kind: "modify", changes: "accept X-1: known" });
    expect((await gateOf(engine, "planning/gate/1")).figures).toMatchObject({
      recommendation: "proceed",
      issues: { high: 0, accepted: 2 },
    });
  });

  test("a conflict left to people is decided at the gate by its id, for every round after", async () => {
    const { engine, start, requests } = stageFixture({
      answers: (request) => {
        const answer = Object(goodAnswer(request));
        const conflicts = [zoneConflict("C-1", "escalated"), zoneConflict("C-2", "noted")];
        return request.role === "reviewer"
          ? { review_summary: { ...answer.review_summary, conflicts } }
          : answer;
      },
    });
    await start();
    const first = await gateOf(engine);
    expect(first.figures.escalated).toEqual(["C-1 Time zone"]);
    expect(first.figures.decided).toBeUndefined();
    const changes = "Shorter, please\n- c-1: the server's counts\nC-2: no";
    await answerGate(engine, first, { kind: "modify", changes });
    const second = await gateOf(engine, "planning/gate/1");
    expect(second.figures).toMatchObject({ conflicts: 2, escalated: [], decided: ["C-1"] });
    const given = requests.findLast(({ role }) => role === "synthesizer")?.inputs["review.json"];
    const { conflicts } = JSON.parse(given ?? "").review_summary;
    expect(conflicts).toMatchObject([
      { fate: "reconciled", resolution: "Decided by ann at the gate: the server's counts" },
      { fate: "noted", resolution: null },
    ]);
    expect(requests.filter(({ role }) => role === "reviewer")).toHaveLength(1);
    await answerGate(engine, second, { kind: "modify", changes: "C-1: the visitor's, after all" });
    const third = await gateOf(engine, "planning/gate/2");
    expect(third.figures).toMatchObject({ escalated: [], decided: ["C-1"] });
    const last = requests.findLast(({ role }) => role === "synthesizer")?.inputs["review.json"];
    expect(last).toContain("at the gate: the visitor's, after all");
    await answerGate(engine, third, { kind: "modify", edits: { "plan.md": "# Mine\n" } });
    expect((await gateOf(engine, "planning/gate/3")).figures.decided).toEqual(["C-1"]);
  });

  test("changes that the synthesizer says it did not make are shown, until a person makes them", async () => {
    const { engine, start } = stageFixture({
      answers: (request) =>
        request.role === "synthesizer" && request.inputs["rework.json"] !== undefined
          ? { ...Object(goodAnswer(request)), not_done: ["Amounts in cents: rules can't"] }
          : goodAnswer(request),
    });
    await start();
    const first = await gateOf(engine);
    expect(first.figures.openRework).toEqual([]);
    await answerGate(engine, first, { kind: "modify", changes: "Amounts in cents" });
    const second = await gateOf(engine, "planning/gate/1");
    expect(second.figures.openRework).toEqual(["Amounts in cents: rules can't"]);
    await answerGate(engine, second, { kind: "modify", edits: { "plan.md": "# Mine\n" } });
    const third = await gateOf(engine, "planning/gate/2");
    expect(third.figures.openRework).not.toContain("Amounts in cents: rules can't");
  });

  test("rework that QA asks for keeps it from signing off", async () => {
    const { engine, requests, start } = stageFixture({
      stage: { reworkRounds: 0 },
      answers: (request) =>
        request.role === "qa" ? qa({ rework: ["Name the currency"] }) : goodAnswer(request),
    });
    await start();
    const { figures } = await gateOf(engine);
    expect(figures).toMatchObject({ signedOff: false, openRework: ["Name the currency"] });
    expect(requests).toHaveLength(7);
  });

  test("QA that does not sign off and says nothing to change is not asked the same again", async () => {
    const { engine, requests, start } = stageFixture({
      answers: (request) =>
        request.role === "qa" ? qa({ signed_off: false }) : goodAnswer(request),
    });
    await start();
    expect((await gateOf(engine)).figures.signedOff).toBe(false);
    expect(requests.filter(({ role }) => role === "synthesizer")).toHaveLength(1);
  });

  test("questions of the reviewer stay open unless QA answers them", async () => {
    const questions = [{ question: "Which currency?" }, { question: "Which bank?" }];
    const { engine, start } = stageFixture({
      answers: (request) => {
        if (request.role === "reviewer")
          return { review_summary: { quality_score: 80, open_questions: questions } };
        if (request.role !== "qa") return goodAnswer(request);
        return qa({ resolved_questions: [{ question: "Which currency?", answer: "Euro." }] });
      },
    });
    await start();
    const { figures } = await gateOf(engine);
    expect(figures.openQuestions).toEqual(["Which bank?"]);
    expect(figures.resolvedQuestions).toEqual(["Which currency? Euro."]);
  });

  test("rework that is open stays open over a person's edit", async () => {
    const { engine, start } = stageFixture({
      stage: { reworkRounds: 0 },
      answers: (request) =>
        request.role === "qa" ? qa({ rework: ["Name the currency"] }) : goodAnswer(request),
    });
    await start();
    const edits = { "planning-summary.md": "# Short\n" };
    await answerGate(engine, await gateOf(engine), { kind: "modify", edits });
    const { figures } = await gateOf(engine, "planning/gate/1");
    expect(figures.openRework).toEqual(["Name the currency"]);
  });

  test("a person's edit is nobody's sign-off", async () => {
    const { engine, start } = stageFixture();
    await start();
    const gate = await gateOf(engine);
    await answerGate(engine, gate, { kind: "modify", edits: { "plan.md": "# Only this\n" } });
    const again = await gateOf(engine, "planning/gate/1");
    expect(again.figures.signedOff).toBe(false);
    expect(again.figures.failedChecks.length).toBeGreaterThan(0);
    const events = await eventsOf(engine);
    expect(events.filter(({ type }) => type === "checks-run")).toHaveLength(2);
    expect(events.findLast(({ type }) => type === "stage-signed-off")).toMatchObject({
      signedOff: false,
    });
  });

  test.each([
    ["an artifact", { plan: "a longer plan" }],
    ["the file that would be replaced", { existing: "# Old\n" }],
    ["the spec", { spec: "# Another\n" }],
    ["the score of the review", { score: 3 }],
  ] as const)("the digest is another one when %s is", async (_, change) => {
    expect(await digestWith({})).toBe(await digestWith({}));
    expect(await digestWith(change)).not.toBe(await digestWith({}));
  });
});

describe("what a person says", () => {
  test("changes reach synthesizer and QA in every later round", async () => {
    let asked = 0;
    const { engine, requests, start } = stageFixture({
      answers: (request) => {
        if (request.role !== "qa") return goodAnswer(request);
        asked += 1;
        return asked === 2 ? qa({ rework: ["Add phase 3"] }) : qa({});
      },
    });
    await start();
    await answerGate(engine, await gateOf(engine), { kind: "modify", changes: "Drop phase 3" });
    await gateOf(engine, "planning/gate/1");
    const later = requests.slice(7).map(({ role, inputs }) => [role, inputs["people.json"]]);
    expect(later.map(([role]) => role)).toEqual(["synthesizer", "qa", "synthesizer", "qa"]);
    for (const [, people] of later) expect(people).toContain("Drop phase 3");
  });

  test("a note on a critical conflict goes to the reviewer that is asked again", async () => {
    const conflict = {
      id: "C1",
      topic: "currency",
      severity: "critical",
      statements: [
        { source: "risk", statement: "euro" },
        { source: "architecture", statement: "dollar" },
      ],
      fate: "escalated",
    };
    const { engine, requests, start } = stageFixture({
      answers: (request) =>
        request.role === "reviewer" && !request.inputs["people.json"]
          ? { review_summary: { quality_score: 10, conflicts: [conflict] } }
          : goodAnswer(request),
    });
    await start();
    const { wait } = await engine.settled("run-1");
    expect(wait?.info).toMatchObject({ hint: expect.stringContaining("--note") });
    await engine.answer({
      runId: "run-1",
      wait: wait?.name ?? "",
      token: wait?.token ?? "",
      value: { by: "ann", note: "It is euro" },
    });
    await gateOf(engine, wait?.name);
    const reviews = requests.filter(({ role }) => role === "reviewer");
    expect(reviews[1]?.inputs["people.json"]).toContain("It is euro");
  });
});

describe("what is written", () => {
  test("a file changed in the last moment: the gate asks again and says what was written already", async () => {
    const { engine, memory, start } = failing("ARTIFACT_WOULD_OVERWRITE");
    await start();
    await answerGate(engine, await gateOf(engine), { kind: "approve" });
    const again = await gateOf(engine, "planning/gate/1");
    expect(again.notice).toContain(`Already written: ${PLAN_FILE}.`);
    await answerGate(engine, again, { kind: "reject", reason: "no" });
    const { output } = await engine.settled("run-1", { afterWait: "planning/gate/2" });
    expect(output).toMatchObject({ status: "rejected", written: [PLAN_FILE] });
    expect(memory.auditEntries.map(({ action }) => action)).toEqual([
      "approve",
      "voided",
      "reject",
    ]);
  });

  test("a full disk holds the run; the approval stands", async () => {
    const { engine, memory, start } = failing("DISK_FULL");
    await start();
    await answerGate(engine, await gateOf(engine), { kind: "approve" });
    const { wait } = await engine.settled("run-1", { afterWait: "planning/gate/1" });
    expect(wait).toMatchObject({ kind: "hold", info: { code: "DISK_FULL" } });
    await engine.answer({
      runId: "run-1",
      wait: wait?.name ?? "",
      token: wait?.token ?? "",
      value: { by: "ann" },
    });
    const { output } = await engine.settled("run-1", { afterWait: wait?.name ?? "" });
    expect(output).toMatchObject({ status: "completed", written: [PLAN_FILE, SUMMARY_FILE] });
    expect(memory.disk.has(SUMMARY_FILE)).toBe(true);
  });

  test("nothing, when the decision can't be put on record", async () => {
    const { engine, memory, start } = stageFixture();
    Object.assign(memory.audit, {
      append: async () => {
        throw new WavegateError("DISK_FULL", "No space left.", { hint: "Free some." });
      },
    });
    await start();
    await answerGate(engine, await gateOf(engine), { kind: "approve" });
    const { wait } = await engine.settled("run-1", { afterWait: "planning/gate/1" });
    expect(wait?.kind).toBe("hold");
    expect(memory.disk.has(PLAN_FILE)).toBe(false);
  });
});

describe("time", () => {
  test("the stage's is up: nobody is asked any more, and a person decides", async () => {
    const fixture = stageFixture({
      answers: (request) => {
        if (request.role === "requirements") fixture.advance(3 * 3_600_000);
        return goodAnswer(request);
      },
    });
    await fixture.start();
    const { wait } = await fixture.engine.settled("run-1");
    expect(wait?.info).toMatchObject({ code: "STAGE_AGENT_FAILED" });
    expect(JSON.stringify(wait?.info)).toContain("stage-timeout");
    await fixture.engine.answer({
      runId: "run-1",
      wait: wait?.name ?? "",
      token: wait?.token ?? "",
      value: { by: "ann" },
    });
    await gateOf(fixture.engine, wait?.name);
  });

  test("in which no process worked on the run does not count", async () => {
    const bell = new EventEmitter();
    const inReview = once(bell, "review");
    const fixture = stageFixture({
      agents: [
        {
          name: "builtin",
          describe: async () => ({
            name: "builtin",
            kind: "builtin",
            summary: "",
            availability: { available: true, version: "1" },
          }),
          run: async (request) => {
            asked.push(request.role);
            if (request.role === "reviewer" && asked.length === 5) {
              bell.emit("review");
              return new Promise(() => {});
            }
            const usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
            return { ok: true, value: { value: goodAnswer(request), usage, outputBytes: 1 } };
          },
        },
      ],
    });
    const asked: string[] = [];
    await fixture.start();
    await inReview;
    fixture.engine.crash();
    fixture.advance(12 * 3_600_000);
    const next = fixture.open();
    expect(await next.claim("run-1")).toMatchObject({ ok: true });
    await gateOf(next);
    expect(asked.slice(4)).toEqual(["reviewer", "reviewer", "synthesizer", "qa"]);
  });

  test("a provider's wait that outlasts the stage is not begun: a person is told", async () => {
    const { engine, start } = stageFixture({
      answers: (request) =>
        request.role === "risk"
          ? { ...failure("rate-limited"), retryAfterMs: 24 * 3_600_000 }
          : goodAnswer(request),
    });
    await start();
    const { status, wait } = await engine.settled("run-1");
    expect({ status, info: wait?.info }).toMatchObject({
      status: "failed",
      info: { code: "AGENT_PROVIDER_BUSY", reason: expect.stringContaining("wait for 1 d") },
    });
    expect((await eventsOf(engine)).some(({ type }) => type === "agent-retried")).toBe(false);
  });
});

test("the second try of a lost quorum asks one at a time", async () => {
  let [now, most, tries] = [0, 0, 0];
  const agent = {
    name: "builtin",
    describe: async () => ({
      name: "builtin",
      kind: "builtin" as const,
      summary: "",
      availability: { available: true, version: "1" } as const,
    }),
    run: async () => {
      tries += 1;
      now += 1;
      if (tries > 4) most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      return err(failure("crashed"));
    },
  };
  const stage = stageFixture({
    agents: [agent],
    stage: { retry: { retries: 0, initialMs: 1, maxMs: 1 } },
  });
  await stage.start();
  await stage.engine.settled("run-1");
  expect({ tries, most }).toEqual({ tries: 8, most: 1 });
});
