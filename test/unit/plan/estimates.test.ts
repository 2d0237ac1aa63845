import { expect, test } from "vitest";
import { complexityEstimate, readEstimate } from "../../../src/plan/estimates.ts";
import { place } from "./plans.ts";

const minutes = (text: string) => readEstimate(text, place(3))?.minutes;

test.each([
  ["[15m]", 15],
  ["T012 Add the reader (`src/a.ts`) [15m] {deps: T004}", 15],
  ["Write the parser (2h)", 120],
  ["Write the parser (2h) (depends on T003)", 120],
  ["3 weeks", 7200],
  ["2-3 days", 1200],
  ["1–2 d", 720],
  ["1.5 hours", 90],
  ["1,5 h", 90],
  ["~30 min", 30],
  ["about 2 to 4 hours", 180],
  ["1h 30m", 90],
  ["1/2/6 h", 150],
  ["1.5 agent-days", 720],
  ["2 Days", 960],
  ["~4 weeks (1 developer) or ~2 weeks (3 developers)", 9600],
  ["**Effort:** ~36 hours | **Value:** essential", 2160],
  ["**Estimated Hours**: 420", 25_200],
  ["Estimated Time: 2 hours", 120],
  ["2 months", 19_200],
])("%s is %d minutes", (text, expected) => expect(minutes(text)).toBe(expected));

test.each([
  "Save after 1.5 seconds of idle",
  "Retry for 30 min when the server is down",
  "Show the session timeout (30 min)",
  "Sessions (30 min) are renewed",
  "Draw it (2D)",
  "Draw it (3 D)",
  "[P:3.2]",
  "[US1] [P]",
  "0 hours",
  "Phase 2 (3-4)",
  "",
  "12",
  "1-2-3-4 d",
  "5 minutes 3",
])("%s is no estimate", (text) => expect(minutes(text)).toBe(undefined));

test("hostile lines are read no further than needed", () => {
  const lines = ["1", "(", "[1", "est: ", "(a) ", "1-", "~ "].map((part) => part.repeat(1_000_000));
  expect(lines.map(minutes)).toEqual(lines.map(() => undefined));
});

test("a range keeps its ends, and the place is where the words are", () => {
  expect(readEstimate("2-4 h", place(3))).toEqual({
    minutes: 180,
    low: 120,
    high: 240,
    source: "text",
    place: place(3),
  });
});

test("complexity is read by the table, and only from 1 to 10", () => {
  const table = [0, 1, 5, 10, 11].map((score) => complexityEstimate(score)?.minutes);
  expect(table).toEqual([undefined, 30, 240, 2400, undefined]);
});
