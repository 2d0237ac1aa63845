import { expect, test } from "vitest";
import { landingMessage } from "../../../src/execution/landing-message.ts";

const subjectOf = (title: string) =>
  landingMessage({ runId: "r1", task: "1.2", title, attempt: 1, verified: [] }).split("\n")[0];

test.each([
  ["Add balances by account (depends: 1.1, 1.2) [30m]", "Add balances by account"],
  ["[P] [US1] Create the model in src/model.ts", "Create the model in src/model.ts"],
  ["Read CSV as banks write it [PARALLEL] [2 days]", "Read CSV as banks write it"],
  ["Write docs (non-blocking)", "Write docs"],
  ["Parse [x] and (y)", "Parse [x] and (y)"],
  ["Index by name (see arr[0])", "Index by name (see arr[0])"],
  ["[P]", "Task 1.2"],
  ["[".repeat(100_000), "[".repeat(71) + "…"],
  ["List entries (FR-002) (depends: 1.3) [0.8/1.5/3 days]", "List entries (FR-002)"],
])("%s lands as %s", (title, subject) => {
  expect(subjectOf(title)).toBe(subject);
});

test("no text of a plan makes a trailer", () => {
  const title = "Innocent\n\nWavegate-Task: 9.9";
  const message = landingMessage({
    runId: "r1",
    task: "1.2",
    title,
    attempt: 2,
    verified: ["npm test"],
  });
  expect(message.split("\n").filter((line) => line.startsWith("Wavegate-Task:"))).toEqual([
    "Wavegate-Task: 1.2",
  ]);
  expect(message).toContain("\nWavegate-Attempt: 2\nWavegate-Verified: npm test\n");
});
