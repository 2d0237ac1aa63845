import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/core/event.ts";
import { metricsReport } from "../../../src/history/metrics/metrics-report.ts";
import { stagesOf } from "../../../src/history/stage-history.ts";

const started = (stage: string): RunEvent => ({
  type: "stage-started",
  stage,
  roles: ["risk"],
  concurrency: 1,
  profile: "api",
});
const opened = (stage: string, round: number): RunEvent => ({
  type: "gate-opened",
  stage,
  round,
  digest: "d",
  prompt: "Approve?",
});
const decided = (stage: string, round: number): RunEvent => ({
  type: "gate-decided",
  stage,
  round,
  decision: "approve",
  by: "ann",
  digest: "d",
});
const held = (stage: string): RunEvent => ({
  type: "stage-held",
  stage,
  code: "STAGE_INPUTS_CHANGED",
  reason: "spec.md changed",
  hint: "Put it back.",
});
const voided = (asksAgain: string | null): RunEvent => ({
  type: "stages-voided",
  stage: "review",
  reason: "changed",
  by: "ann",
  asksAgain,
  runAgain: [],
});
const finished: RunEvent = { type: "run-finished", status: "completed", message: "Done." };

const recorded = (events: readonly RunEvent[]) =>
  events.map((event, index) => ({
    runId: "run-1",
    seq: index + 1,
    at: new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString(),
    event,
  }));

const told = (events: readonly RunEvent[]) =>
  stagesOf(recorded(events)).map(({ stage, ended, events: own }) => [
    stage,
    ended,
    own.map(({ event }) => event.type),
  ]);

test("a gate that asks again about what was edited belongs to the stage that it is the gate of", () => {
  expect(
    told([
      started("planning"),
      opened("planning", 1),
      started("preparation"),
      voided("planning"),
      opened("planning", 2),
      started("preparation"),
      finished,
    ]),
  ).toEqual([
    ["planning", true, ["stage-started", "gate-opened", "gate-opened"]],
    ["preparation", true, ["stage-started"]],
    ["preparation", true, ["stage-started"]],
  ]);
});

test("what other stages take is no time of a stage whose gate asks again", () => {
  const report = metricsReport([
    recorded([
      started("planning"),
      decided("planning", 1),
      started("preparation"),
      opened("preparation", 1),
      voided("planning"),
      opened("planning", 2),
      decided("planning", 2),
      finished,
    ]),
  ]);
  const found = report.metrics.find(({ metric }) => metric.name === "stage_duration_ms");
  // Planning: a second until it was decided, one from there to the second question. Preparation: one to its question.
  expect(found?.all).toMatchObject({ is: "spread", total: 3_000, samples: 2 });
});

test("a stage that is run again is another one, also where it is held before it begins", () => {
  expect(
    told([
      started("planning"),
      started("preparation"),
      voided(null),
      held("planning"),
      started("planning"),
    ]),
  ).toEqual([
    ["planning", true, ["stage-started"]],
    ["preparation", true, ["stage-started"]],
    ["planning", false, ["stage-held", "stage-started"]],
  ]);
  expect(
    told([started("preparation"), voided(null), held("preparation"), started("preparation")]),
  ).toEqual([
    ["preparation", true, ["stage-started"]],
    ["preparation", false, ["stage-held", "stage-started"]],
  ]);
});

test("what held a stage before it began is not lost when the run goes back to another one first", () => {
  expect(told([held("review"), voided(null), started("planning"), started("review")])).toEqual([
    ["planning", true, ["stage-started"]],
    ["review", false, ["stage-held", "stages-voided", "stage-started"]],
  ]);
});

const holdsOf = (events: readonly RunEvent[]) =>
  metricsReport([recorded(events)]).metrics.find(({ metric }) => metric.name === "hold_count")?.all;

test("every hold of a run in which a stage began is counted once, whatever came before and after it", () => {
  expect(
    holdsOf([
      held("planning"),
      started("planning"),
      held("planning"),
      held("preparation"),
      voided("planning"),
      opened("planning", 2),
    ]),
  ).toEqual({ is: "figure", value: 3, samples: 1 });

  const stage = fc.constantFrom("planning", "preparation", "review");
  const event = fc.oneof(
    stage.map(started),
    stage.map(held),
    fc.option(stage).map(voided),
    fc.constant(finished),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (some) => {
      const events = [...some, started("review")];
      const count = events.filter(({ type }) => type === "stage-held").length;
      expect(holdsOf(events)).toMatchObject({ is: "figure", value: count });
      expect(holdsOf([...events, held("planning")])).toMatchObject({ value: count + 1 });
    }),
  );
});
