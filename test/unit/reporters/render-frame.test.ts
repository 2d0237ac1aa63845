import { expect, test } from "vitest";
import { textWidth } from "../../../src/reporters/text-width.ts";
import { EMPTY_VIEW, reduceView } from "../../../src/reporters/live-view.ts";
import { eventLine } from "../../../src/reporters/event-line.ts";
import { renderFrame } from "../../../src/reporters/render-frame.ts";
import type { Progress, RecordedEvent } from "../../../src/core/event.ts";
import { golden } from "./golden.ts";
import { AT_GATE, BUSY, CROWD, DONE, recorded, REST, RUN, START } from "./history.ts";

const PLAIN = { color: false, unicode: true, width: 80 };
const viewOf = (inputs: readonly (RecordedEvent | Progress)[]) =>
  inputs.reduce(reduceView, EMPTY_VIEW);
const says = (role: string, line: string): Progress => ({
  runId: RUN,
  stage: "planning",
  role,
  line,
});

const BUSY_TALKING = [
  ...BUSY,
  says(
    "architecture",
    "読み込み中: components for 写真アルバム and their interfaces, one after the other",
  ),
  says("estimation", "sizing 12 requirements"),
];
const HELD = [
  ...AT_GATE.filter(
    ({ event }) => event.type !== "quorum-tallied" && event.type !== "review-finished",
  ).slice(0, 14),
  ...recorded(REST.slice(2, 4).map((event) => [16, event])).map((record, index) => ({
    ...record,
    seq: 90 + index,
  })),
];

test.each([
  ["frame-empty", [], 0],
  ["frame-busy", BUSY_TALKING, 12.345],
  ["frame-gate", AT_GATE, 18.2],
  ["frame-done", DONE, 61],
  ["frame-held", HELD, 17],
] as const)("%s looks as agreed, at 80 columns without colour", (name, inputs, seconds) => {
  const frame = renderFrame(viewOf(inputs), { ...PLAIN, now: START + seconds * 1_000 });
  expect(`${frame.join("\n")}\n`).toBe(golden(`${name}.txt`, `${frame.join("\n")}\n`));
});

test("a terminal without Unicode gets ASCII", () => {
  const frame = renderFrame(viewOf(AT_GATE), { ...PLAIN, unicode: false, now: START + 19_000 });
  // oxlint-disable-next-line no-control-regex -- ASCII is what is tested
  expect(frame.join("\n")).toMatch(/^[\u0000-\u007F]+$/);
});

test("no line is wider than the screen, whatever the width", () => {
  for (let width = 1; width <= 120; width++) {
    const frame = renderFrame(viewOf(BUSY_TALKING), { ...PLAIN, width, now: START + 12_000 });
    expect(Math.max(...frame.map(textWidth))).toBeLessThanOrEqual(width);
  }
});

test("a screen too low for all rows counts those that are done or have not begun", () => {
  const frame = renderFrame(viewOf(CROWD), { ...PLAIN, height: 23, now: START + 3_000 });
  expect(frame.length).toBeLessThanOrEqual(23);
  expect(frame.filter((line) => / role-(?:9|1\d|20) /.test(line))).toHaveLength(12);
  expect(frame.join("\n")).toContain("more: 19 pending, 8 succeeded");
  for (let height = 1; height < 60; height++)
    expect(renderFrame(viewOf(CROWD), { ...PLAIN, height, now: START }).length).toBeLessThanOrEqual(
      height,
    );
});

test("colour changes nothing but colour", () => {
  const options = { ...PLAIN, now: START + 12_000 };
  const colored = renderFrame(viewOf(BUSY_TALKING), { ...options, color: true });
  // oxlint-disable-next-line no-control-regex -- taking colours out
  const bare = colored.map((line) => line.replaceAll(/\u001B\[\d+m/g, "").trimEnd());
  expect(colored.join("")).toContain("\u001B[32m");
  expect(bare).toEqual(renderFrame(viewOf(BUSY_TALKING), options));
});

test("text of agents cannot steer the terminal", () => {
  const view = viewOf([...BUSY, says("architecture", "\u001B[2Jgone\u001B]0;title\u0007\rover")]);
  const frame = renderFrame(view, { ...PLAIN, now: START });
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(frame.join("")).not.toMatch(/[\u0000-\u001F]/);
});

test("a provider that refuses calls is named as long as that matters", () => {
  const slowed = {
    type: "provider-slowed",
    stage: "planning",
    provider: "anthropic",
    agent: "claude",
    from: 4,
    to: 2,
    waitMs: 5_000,
    because: "rate-limited",
  } as const;
  expect(eventLine(slowed)).toBe(
    "anthropic slowed (rate-limited): 2 at once, before 4; none for 5.0 s",
  );
  const view = viewOf([
    ...BUSY,
    ...recorded([[12, slowed]]).map((record) => ({ ...record, seq: 99 })),
  ]);
  const heading = (seconds: number) =>
    renderFrame(view, { ...PLAIN, now: START + seconds * 1_000 })[1];
  expect(heading(13)).toContain("anthropic closed for 4");
  expect(heading(18)).toContain("anthropic slowed to 2");
  expect(heading(90)).not.toContain("anthropic");
});
