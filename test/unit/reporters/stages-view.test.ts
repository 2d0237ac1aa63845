/** The live view of a run of several stages: passed, void, not needed, waiting for work. */
import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/core/event.ts";
import { eventLine } from "../../../src/reporters/event-line.ts";
import { EMPTY_VIEW, reduceView } from "../../../src/reporters/live-view.ts";
import { renderFrame } from "../../../src/reporters/render-frame.ts";
import { golden } from "./golden.ts";
import { recorded, START } from "./history.ts";

const begin = (stage: string): RunEvent => ({
  type: "stage-started",
  stage,
  roles: ["core", "tests"],
  concurrency: 2,
  profile: "api",
});
const settled = (stage: string): RunEvent => ({
  type: "role-settled",
  stage,
  role: "core",
  status: "succeeded",
  round: 1,
  summary: `done in ${stage}`,
});
const gate = (stage: string, round = 1): RunEvent => ({
  type: "gate-opened",
  stage,
  round,
  digest: "ab".repeat(32),
  prompt: "Approve?",
});
const held: RunEvent = {
  type: "stage-held",
  stage: "review",
  code: "STAGE_INPUTS_CHANGED",
  reason: "specs/001/plan.md changed after the gate of planning had approved it.",
  hint: "Put it back.",
};
const voided = (again: Partial<Extract<RunEvent, { type: "stages-voided" }>>): RunEvent => ({
  type: "stages-voided",
  stage: "review",
  reason: "plan.md changed",
  by: "ann",
  asksAgain: null,
  runAgain: [],
  ...again,
});
const WORK: RunEvent = {
  type: "work-requested",
  stage: "implementation",
  document: "specs/001/implementation_plan.md",
  tasks: 12,
  done: 0,
  message: "The plan is approved. Build it, then resume.",
  hint: "When it is done: wavegate resume k7f3p",
};
const TO_WORK: readonly RunEvent[] = [
  { type: "run-started", workflow: "complete", subject: "specs/001/spec.md", digest: "ab" },
  { type: "stage-skipped", stage: "discovery", reason: "clear enough" },
  begin("planning"),
  settled("planning"),
  gate("planning"),
  begin("preparation"),
  settled("preparation"),
  gate("preparation"),
  WORK,
];
const RESUMED: RunEvent = { type: "stage-resumed", stage: "implementation", by: "ann" };

const viewOf = (events: readonly RunEvent[]) =>
  recorded(events.map((event, second) => [second, event])).reduce(reduceView, EMPTY_VIEW);
const runAgain = [{ stage: "preparation", roles: ["core", "tests"] }];

test.each([
  ["frame-work", TO_WORK],
  ["frame-held-between", [...TO_WORK, RESUMED, held]],
  [
    "frame-asks-again",
    [...TO_WORK, RESUMED, held, voided({ asksAgain: "planning", runAgain }), gate("planning", 2)],
  ],
] as const)("%s looks as agreed, at 80 columns without colour", (name, events) => {
  const options = { color: false, unicode: true, width: 80, now: START + 60_000 };
  const frame = renderFrame(viewOf(events), options);
  expect(`${frame.join("\n")}\n`).toBe(golden(`${name}.txt`, `${frame.join("\n")}\n`));
});

test("a stage that runs again has rows of its own; what it did before is void", () => {
  const all = [{ stage: "planning", roles: ["core", "tests"] }, ...runAgain];
  const { stages } = viewOf([
    ...TO_WORK,
    RESUMED,
    held,
    voided({ runAgain: all }),
    begin("planning"),
  ]);
  expect(stages.map(({ name, voided: gone }) => [name, gone])).toEqual([
    ["discovery", false],
    ["planning", true],
    ["preparation", true],
    ["planning", false],
  ]);
  expect(stages.at(-1)?.specialists.map(({ state }) => state)).toEqual(["pending", "pending"]);
});

test("as lines: what is void, who let it be, and who is asked again", () => {
  expect(eventLine(voided({ asksAgain: "planning", runAgain }))).toBe(
    "voided by ann: plan.md changed; planning asks again, preparation runs again (core, tests)",
  );
  expect(eventLine(WORK)).toContain("implementation: The plan is approved.");
});
