import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CacheNote } from "../../../src/core/cache-note.ts";
import type { Measured } from "../../../src/history/measured.ts";
import { metricsReport } from "../../../src/history/metrics/metrics-report.ts";
import { METRICS } from "../../../src/history/metrics/registry.ts";
import { JUDGED } from "../../../src/stage/judged.ts";
import { REJECTED, SMOOTH, TROUBLED } from "./recorded-runs.ts";

const HIT: CacheNote = {
  step: "planning-risk-r1-a1",
  outcome: "hit",
  because: "same",
  key: "k",
  parts: {},
  ttlMs: 1,
  earlier: null,
};
const ALL = [TROUBLED, SMOOTH, REJECTED];
const report = metricsReport(ALL);
const of = (name: string) => {
  const found = report.metrics.find(({ metric }) => metric.name === name);
  if (!found) throw new Error(`no metric ${name}`);
  return found;
};
const figure = (value: number, samples: number): Measured => ({
  is: "figure",
  value: expect.closeTo(value, 9),
  samples,
});
const spread = (p50: number, p95: number, total: number, samples: number): Measured => ({
  is: "spread",
  p50,
  p95,
  total,
  samples,
});

/** Every line of the metrics of S0 §6, S1 §8 and S2 §6, with what it comes to over the three recorded runs. */
const LINES: Readonly<Record<string, Readonly<Record<string, Measured>>>> = {
  "S0 §6.1": {
    // 22 of 28 + 27 of 28 + 15 of 15
    analysis_completeness: figure(64 / 71, 71),
    conflict_resolution_rate: figure(4 / 6, 6),
    approval_rate: figure(2 / 3, 3),
    iteration_count: spread(1, 3, 5, 3),
    requirement_coverage: figure(27 / 30, 30),
  },
  "S0 §6.2": {
    analysis_depth: spread(40, 60, 250, 7),
    conflict_generation: figure(6, 1),
    completeness_score: spread(100, 100, 1050, 12),
    retry_attempts: figure(2, 3),
    coherence_rating: figure(3, 2),
  },
  "S0 §6.3": {
    requirement_alignment: figure(17 / 20, 20),
    architectural_soundness: figure(3, 1),
    risk_coverage: figure(6 / 8, 8),
    estimation_confidence: { is: "words", counts: { high: 1, low: 1 } },
    stakeholder_satisfaction: figure(5, 1),
  },
  "S1 §8.1": {
    // 319 s less 100 at gate 1, 100 held, 100 at gate 2; 14 s less 10; 34 s less 30
    stage_duration_ms: spread(4_000, 19_000, 27_000, 3),
    agent_success_rate: figure(11 / 14, 14),
    retry_count: figure(2, 3),
    partial_failure_rate: figure(1 / 3, 3),
    approval_rate: figure(2 / 3, 3),
    user_modification_rate: figure(1 / 4, 4),
  },
  "S1 §8.2": {
    execution_time_ms: spread(1_000, 5_000, 26_000, 14),
    output_size_bytes: spread(1_000, 4_000, 20_000, 14),
    confidence_score: figure(80, 1),
    retry_attempts: figure(2, 3),
    failure_reason: { is: "words", counts: { timeout: 2, "invalid-output": 1 } },
  },
  "S1 §8.3": {
    synthesis_coherence_score: figure(4, 1),
    review_coverage_percent: figure((100 * 11) / 12, 12),
    qa_modifications_count: figure(5, 3),
    approval_first_attempt_rate: figure(1 / 3, 3),
  },
  "S2 §6": {
    plan_completeness: figure(23 / 25, 25),
    // of six pairs each: two, one and one in conflict
    cross_track_consistency: figure(14 / 18, 18),
    testability_score: figure(90, 10),
    documentation_coverage: figure(7 / 10, 10),
    dependency_clarity: figure(15 / 16, 16),
    design_depth: spread(12, 70, 116, 4),
    interface_clarity: figure(6 / 8, 8),
    test_coverage_planned: figure(9 / 10, 10),
    example_count: figure(3, 1),
    retry_attempts: figure(2, 3),
    implementation_readiness: { is: "words", counts: { conditional: 1 } },
    api_coherence_score: figure(2, 1),
    test_strategy_completeness: figure(4 / 5, 5),
    documentation_adequacy: figure(3, 1),
  },
};

for (const [source, lines] of Object.entries(LINES))
  describe(`metrics of ${source}`, () => {
    for (const [name, expected] of Object.entries(lines))
      test(`${source} ${name}`, () => {
        const { metric, all } = of(name);
        expect(metric.sources).toContain(source);
        expect(all).toEqual(expected);
      });
  });

describe("Wavegate's own", () => {
  test("quorum_met_rate", () => expect(of("quorum_met_rate").all).toEqual(figure(1, 3)));
  test("hold_count", () => expect(of("hold_count").all).toEqual(figure(1, 3)));
  test("cache_hit_rate: what the cache answered is no call of an agent", () => {
    expect(of("cache_hit_rate").all).toEqual(figure(0, 14));
    const cached = SMOOTH.flatMap((record) => {
      const { event } = record;
      if (event.type === "agent-started" && event.role === "risk") return [];
      if (event.type !== "agent-finished" || event.role !== "risk") return [record];
      return [{ ...record, event: { ...event, cache: HIT } }];
    });
    const { metrics } = metricsReport([cached]);
    const value = (name: string) => metrics.find(({ metric }) => metric.name === name)?.all;
    expect(value("cache_hit_rate")).toEqual(figure(1 / 4, 4));
    expect(value("agent_success_rate")).toEqual(figure(1, 3));
    expect(value("retry_count")).toEqual(figure(0, 1));
  });
  test("gate_wait_ms", () =>
    expect(of("gate_wait_ms").all).toEqual(spread(30_000, 100_000, 240_000, 4)));
  test("cost_usd names the calls that said nothing", () =>
    expect(of("cost_usd").all).toEqual({ is: "figure", value: 0.25, samples: 1, missing: 13 }));
  test("input_tokens", () => expect(of("input_tokens").all).toMatchObject({ value: 900 }));
  test("output_tokens", () => expect(of("output_tokens").all).toMatchObject({ value: 100 }));
});

test("the registry holds every line of the sources, and nothing that no line asks for", () => {
  const asked = Object.entries(LINES).flatMap(([source, lines]) =>
    Object.keys(lines).map((name) => `${source} ${name}`),
  );
  const there = METRICS.flatMap(({ name, sources }) =>
    sources.filter((source) => source !== "own").map((source) => `${source} ${name}`),
  );
  expect(there.toSorted()).toEqual(asked.toSorted());
  expect(asked).toHaveLength(44);
});

const roles = (name: string) => of(name).roles;

describe("by role", () => {
  test("retries and failures are those of the role", () => {
    expect(roles("retry_attempts")["risk"]).toEqual(figure(1, 2));
    expect(roles("retry_attempts")["estimation"]).toEqual(figure(0, 2));
    expect(roles("failure_reason")).toEqual({
      architecture: { is: "words", counts: { "invalid-output": 1 } },
      risk: { is: "words", counts: { timeout: 2 } },
    });
  });
  test("coherence is the specialist's own", () =>
    expect(roles("coherence_rating")).toEqual({
      requirements: figure(4, 1),
      architecture: figure(2, 1),
    }));
  test("conflicts are those in which it takes part", () => {
    expect(roles("conflict_generation")["requirements"]).toEqual(figure(4, 1));
    expect(roles("conflict_generation")["core"]).toEqual(figure(1, 1));
  });
});

describe("what was not recorded is never a figure", () => {
  test("no runs", () => {
    expect(metricsReport([])).toEqual({ runs: 0, stages: {}, metrics: [] });
    for (const { measure } of METRICS) expect(["nothing", "not-judged"]).toContain(measure([]).is);
  });
  test("nobody judged", () => {
    const asked = metricsReport([SMOOTH]).metrics.filter(({ metric }) =>
      JUDGED.some((one) => one.metric === metric.name),
    );
    expect(asked.map(({ all }) => all)).toEqual(
      asked.map(({ metric }) => ({ is: "not-judged", judge: metric.judgedBy })),
    );
    expect(asked).toHaveLength(4);
  });
  test("usage that no agent said is unknown, not 0", () =>
    expect(
      metricsReport([SMOOTH]).metrics.find(({ metric }) => metric.name === "cost_usd")?.all,
    ).toEqual({ is: "unknown", because: "no agent said" }));
  test("events of a version that recorded no measures", () => {
    const old = TROUBLED.map(({ event, ...place }) => {
      const kept = Object.entries(event).filter(
        ([key]) => !["measures", "conflicting", "ratings", "touched"].includes(key),
      );
      return { ...place, event: Object.fromEntries(kept) as typeof event };
    });
    const empty = metricsReport([old]).metrics.filter(({ all }) => all.is === "nothing");
    expect(empty.map(({ metric }) => metric.name)).toEqual(
      expect.arrayContaining([
        "analysis_completeness",
        "conflict_resolution_rate",
        "risk_coverage",
      ]),
    );
  });
  test("a run that stopped anywhere: shares stay shares, and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.nat(60), (run, upTo) => {
        for (const { metric, all } of metricsReport([run.slice(0, upTo)]).metrics) {
          if (all.is !== "figure") continue;
          const most = { share: 1, percent: 100, score: 100, rating: 5 }[metric.unit as "share"];
          expect(all.value).toBeGreaterThanOrEqual(0);
          if (most !== undefined) expect(all.value).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});

test("a voided approval ends no gate", () => {
  const voided = SMOOTH.flatMap((record) =>
    record.event.type === "run-finished"
      ? [
          {
            ...record,
            event: { type: "gate-voided" as const, stage: "planning", round: 1, reason: "changed" },
          },
        ]
      : [record],
  );
  const rate = metricsReport([voided]).metrics.find(
    ({ metric }) => metric.name === "approval_rate",
  );
  expect(rate?.all).toEqual({ is: "nothing", because: "no gate has ended" });
});

const counted = (runId: string, spent: number, cap: number | null, unknown = 0) => [
  {
    runId,
    seq: 1,
    at: "2026-01-01T00:00:00.000Z",
    event: {
      type: "stage-started" as const,
      stage: "planning",
      roles: ["risk"],
      concurrency: 1,
      profile: "api",
    },
  },
  ...[spent / 2, spent].map((usd, index) => ({
    runId,
    seq: index + 2,
    at: `2026-01-01T00:0${index + 1}:00.000Z`,
    event: {
      type: "agent-finished" as const,
      stage: "planning",
      role: "risk",
      agent: "claude",
      attempt: 1,
      round: 1,
      outcome: "succeeded" as const,
      durationMs: 1,
      outputBytes: 1,
      usage: { inputTokens: 1, outputTokens: 1, costUsd: usd },
      budget: {
        spent: { tokens: 1, usd },
        reserved: { tokens: 0, usd: 0.25 },
        cap: { tokens: null, usd: cap },
        unknown: { tokens: 0, usd: unknown },
      },
    },
  })),
];

const over = (...runs: ReturnType<typeof counted>[]) => {
  const { metrics } = metricsReport(runs);
  return (name: string) => metrics.find(({ metric }) => metric.name === name)?.all;
};

describe("budgets (PX-11)", () => {
  test("of each run, how it stood last; calls that did not say are counted apart", () => {
    const all = over(counted("a", 3, 5), counted("b", 1, null, 2));
    expect(all("budget_spent_usd")).toEqual({ is: "figure", value: 4, samples: 2, missing: 2 });
    expect(all("budget_reserved_usd")).toMatchObject({ value: 0.5 });
    expect(all("budget_cap_usd")).toMatchObject({ value: 5, samples: 1 });
    expect(over(counted("b", 1, null))("budget_cap_usd")).toMatchObject({ is: "nothing" });
    expect(all("budget_reached_count")).toEqual(figure(0, 2));
  });
});
