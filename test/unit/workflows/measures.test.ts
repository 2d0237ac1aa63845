import { expect, test } from "vitest";
import { metricsReport } from "../../../src/history/metrics/metrics-report.ts";
import { decide } from "../../../src/stage/gate.ts";
import { measureAnswer } from "../../../src/stage/measures/measure-answer.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { checkAnswer } from "../../../src/stage/answer.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import { answerGate, eventsOf, failure, gateOf, stageFixture } from "./stage-fixture.ts";

const rated = (task: string, answer: unknown): unknown => {
  const body = answer as Record<string, Record<string, unknown>>;
  if (task === "review")
    return {
      review_summary: {
        ...body["review_summary"],
        ratings: [
          { metric: "coherence_rating", role: "Solution Architect", score: 4 },
          { metric: "architectural_soundness", score: 9 },
          { metric: "made_up", score: 3 },
          { metric: "coherence_rating", role: "nobody", score: 3 },
        ],
      },
    };
  if (task === "qa")
    return {
      qa_report: {
        ...body["qa_report"],
        ratings: [{ metric: "synthesis_coherence_score", score: 5 }],
      },
    };
  return { ...body, confidence_score: 70 };
};

test("a run records what its metrics are computed from; what nobody can judge is taken from who was asked", async () => {
  const { engine, memory, start } = stageFixture({
    answers: (request) =>
      request.role === "risk"
        ? failure("timeout")
        : (rated(request.task, goodAnswer(request)) as ReturnType<typeof goodAnswer>),
  });
  await start();
  const gate = await gateOf(engine);
  const ratings = [{ metric: "stakeholder_satisfaction", score: 4 }];
  await answerGate(engine, gate, { kind: "approve", ratings });
  await engine.settled("run-1", { afterWait: "planning/gate/1" });
  const events = await eventsOf(engine);
  const { metrics } = metricsReport([
    events.map((event, seq) => ({ runId: "run-1", seq, at: "2026-01-01T00:00:00.000Z", event })),
  ]);
  const value = (name: string) => metrics.find(({ metric }) => metric.name === name);
  expect(value("stakeholder_satisfaction")?.all).toMatchObject({ value: 4 });
  expect(value("synthesis_coherence_score")?.all).toMatchObject({ value: 5 });
  expect(value("coherence_rating")?.roles).toEqual({
    architecture: { is: "figure", value: 4, samples: 1 },
  });
  // A score out of range is no score, and costs no answer.
  expect(value("architectural_soundness")?.all).toEqual({ is: "not-judged", judge: "reviewer" });
  expect(value("confidence_score")?.all).toMatchObject({ value: 70, samples: 3 });
  expect(value("partial_failure_rate")?.all).toMatchObject({ value: 1 });
  expect(value("review_coverage_percent")?.all).toMatchObject({ value: 75 });
  expect(value("requirement_coverage")?.all).toMatchObject({ value: 1, samples: 2 });
  expect(value("failure_reason")?.all).toMatchObject({ counts: { timeout: 3 } });
  const empty = metrics.filter(({ all }) => all.is === "nothing").map(({ metric }) => metric.name);
  // Agents that use nothing have no budget.
  const budget = ["budget_spent_usd", "budget_reserved_usd", "budget_cap_usd"];
  expect(empty).toEqual([
    "conflict_resolution_rate",
    "risk_coverage",
    "dependency_clarity",
    ...budget,
  ]);
  expect(memory.auditEntries[0]).toMatchObject({ action: "approve", details: { ratings } });
});

const SPEC = `# Feature Specification: Shelves

### User Story 1 - Lend (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a book, **When** it is lent, **Then** it is gone.
2. **Given** a lent book, **When** it is lent, **Then** it is refused.

## Requirements

- **FR-001**: Members MUST be able to lend a book.
- **FR-002**: Members MUST be able to return a book.
`;

const testCase = (id: string, requirements: string[], source: string) => ({
  id,
  level: "unit",
  title: "t",
  then: "so",
  requirements,
  fixtures: [],
  source,
});

test("what is counted in a test strategy is counted against the specification", () => {
  const answer = checkAnswer("test_strategy", {
    test_strategy: {
      levels: [{ name: "unit", purpose: "p", covers: [], reason: "r" }],
      cases: [
        testCase("T1", ["FR-001", "FR-999"], "US1/AC2 (line 8)"),
        testCase("T2", ["fr-001"], "proposed"),
      ],
      not_testable: [{ requirement: "FR-002", reason: "no outcome" }],
    },
    confidence_score: "very",
  });
  if (!answer.ok) throw new Error(answer.error.join());
  expect(measureAnswer("test_strategy", answer.value, parseSpec("spec.md", SPEC))).toEqual({
    parts: 4,
    parts_filled: 2,
    entries: 7,
    requirements: 2,
    requirements_tested: 1,
    requirements_not_testable: 1,
    scenarios: 2,
    scenarios_tested: 1,
  });
});

test("ratings at a gate: those it asks for, 1 to 5, by their short names", () => {
  const gate = { stage: "planning", digest: "7d4f0c12ab34ef56", artifacts: [] };
  const request = { kind: "approve", by: "ann", at: "", digest: "7d4f0c12" } as const;
  expect(decide(gate, { ...request, ratings: { satisfaction: 4 } })).toMatchObject({
    value: { ratings: [{ metric: "stakeholder_satisfaction", score: 4 }] },
  });
  const approved = decide(gate, request);
  expect(approved.ok && "ratings" in approved.value).toBe(false);
  for (const ratings of [
    { satisfaction: 6 },
    { satisfaction: 1.5 },
    { documentation: 3 },
    { taste: 3 },
  ])
    expect(decide(gate, { ...request, ratings })).toMatchObject({
      error: { code: "USAGE", hint: expect.stringContaining("satisfaction=4") },
    });
  expect(
    decide({ ...gate, stage: "preparation" }, { ...request, ratings: { documentation: 3 } }).ok,
  ).toBe(true);
});
