import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/core/event.ts";
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

const told = (events: readonly RunEvent[]) =>
  stagesOf(
    events.map((event, index) => ({
      runId: "run-1",
      seq: index + 1,
      at: new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString(),
      event,
    })),
  ).map(({ stage, ended, events: own }) => [stage, ended, own.map(({ event }) => event.type)]);

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
