import { expect, test } from "vitest";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const needs = (...lines: string[]) =>
  readSpecKit([
    {
      file: "tasks.md",
      text: [
        ...lines,
        "",
        "## Phase 1: Setup",
        "- [ ] T001 Read Spec 009, which must be done",
      ].join("\n"),
    },
  ]).upstream.map(
    ({ name, reason, place }) => `${name} | ${reason} | ${place.line ?? 0}:${place.column ?? 0}`,
  );

test.each([
  [
    "**Cross**: Spec 004 (Permissions) MUST be implemented first. More.",
    "Spec 004 | Spec 004 (Permissions) MUST be implemented first | 1:12",
  ],
  ["| Spec 004 → 001 | **Blocks all work** | Users |", "Spec 004 | Blocks all work: Users | 1:3"],
  [
    "**Prerequisite**: depends on feature 002-accounts",
    "Spec 002-accounts | Prerequisite: depends on feature 002-accounts | 1:1",
  ],
])("%s", (line, wanted) => expect(needs(line)).toEqual([wanted]));

test.each([
  "| 001 → Spec 003 | Downstream | Extends it |",
  "Spec 004 must not be implemented first.",
  "Spec 005 adds teachers.",
])("%s asks for nothing", (line) => expect(needs(line)).toEqual([]));

test("each specification once, where it is said first", () =>
  expect(
    needs(
      "Spec 004 must be done first",
      "",
      "| Dependency | Impact |",
      "|---|---|",
      "| Spec 004 → 001 | Blocks all work |",
    ),
  ).toEqual(["Spec 004 | Spec 004 must be done first | 1:1"]));
