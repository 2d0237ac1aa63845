import { expect, test } from "vitest";
import { callTable } from "../../../src/reporters/call-lines.ts";

const MIB = 2 ** 20;

test("a line for each call: what came of it, how long, what it took, or that nobody was asked", () => {
  const lines = callTable(
    [
      {
        step: "planning-risk-r1-a1",
        agent: "claude",
        state: "failed",
        reason: `timeout: no answer\n\u001B[2Jwithin ${"a long time ".repeat(9)}`,
        durationMs: 65_000,
        resources: { peakMemoryBytes: 700 * MIB - 1, cpuMs: 4_200 },
      },
      {
        step: "planning-risk-r1-a2",
        agent: "mine",
        state: "succeeded",
        durationMs: 9,
        resources: { peakMemoryBytes: "unknown", cpuMs: "unknown" },
      },
      {
        step: "planning-qa-r1-a1",
        agent: "builtin",
        state: "succeeded",
        durationMs: 3,
        cache: { outcome: "hit" },
      },
      {
        step: "planning-qa-r2-a1",
        agent: "\u001B[2Jevil",
        state: "asked",
        cache: { outcome: "miss" },
      },
    ],
    { color: false, unicode: true, width: 80 },
  );
  expect(lines).toEqual([
    "STEP                 AGENT    RESULT          TIME",
    "planning-risk-r1-a1  claude   failed       1 m 5 s  700 MiB, 4.2 s CPU",
    "  timeout: no answer within a long time a long time a long time a long time a l…",
    "planning-risk-r1-a2  mine     succeeded      0.0 s",
    "planning-qa-r1-a1    builtin  succeeded      0.0 s  from the cache",
    "planning-qa-r2-a1    evil     running",
  ]);
});
