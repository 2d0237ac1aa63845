import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dependencyList,
  idRuns,
} from "../../../src/adapters/agents/builtin/synthesis/compact-lists.ts";
import { deedOf } from "../../../src/adapters/agents/builtin/synthesis/deed.ts";
import { clause, inline, short } from "../../../src/adapters/agents/builtin/synthesis/markdown.ts";
import { showsInUse } from "../../../src/adapters/agents/builtin/synthesis/shows-in-use.ts";
import { readPlan } from "../../../src/stage/checks/read-plan.ts";
import { idsIn } from "../../../src/stage/checks/ids.ts";

describe("text made shorter", () => {
  test.each([
    ["Confirm one per day, also when two ask at the same moment", 30, "Confirm one per day"],
    ["Refund it all at once, unless it came back damaged", 30, "Refund it all at once…"],
    ["Allow types including: png, jpeg, gif and others", 30, "Allow types including: png"],
    [
      "All screens, hooks, and stores MUST run without errors",
      41,
      "All screens, hooks, and stores MUST run…",
    ],
    ["Export as CSV [NEEDS CLARIFICATION: which columns?]", 20, "Export as CSV"],
  ])("%s", (text, max, expected) => expect(clause(text, max)).toBe(expected));

  test("never longer than asked for", () =>
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 5, max: 40 }), (text, max) => {
        expect(Array.from(clause(text, max)).length).toBeLessThanOrEqual(max);
        expect(Array.from(short(text, max)).length).toBeLessThanOrEqual(max);
      }),
    ));
});

test.each([
  ["A [NEEDS CLARIFICATION: which one?] b", "A (open question: which one?) b"],
  ["as CSV [NEEDS CLARIFICATION: which columns …", "as CSV (open question)"],
  ["“as CSV [NEEDS …” it says", "“as CSV (open question)” it says"],
])("a marker reads as words: %s", (text, expected) => expect(inline(text)).toBe(expected));

test.each([
  ["See https://tracker.example/browse/A_1*x.", "See `https://tracker.example/browse/A_1*x`."],
  ["(https://a.example/p?q=1&r=_2_)", "(`https://a.example/p?q=1&r=_2`\\_)"],
  ["[a page](https://a.example/b) and `https://c.example`", "a page and `https://c.example`"],
  ["only https://", String.raw`only https:\//`],
])("an address stays as written, as code, and leads nowhere: %s", (text, expected) =>
  expect(inline(text)).toBe(expected),
);

test.each([
  ["The system MUST delete X", "Delete X"],
  ["A gardener MUST be able to export", "Let a gardener export"],
  ["Members MUST sign in", "Have members sign in"],
  ["The phase step MUST group stories", "Have the phase step group stories"],
  ["Le système DOIT envoyer un email", "Envoyer un email"],
  ["Passwords MUST NOT be logged", "Passwords MUST NOT be logged"],
])("a requirement as a deed: %s", (text, deed) => expect(deedOf(text)).toBe(deed));

test.each([
  ["Late returns fall to 10 % within three months", true],
  ["None is lost in the first 1,000 reservations", true],
  ["It takes under 30 seconds", false],
  ["Every deposit of a month is in the export", false],
])("shows in use: %s", (text, expected) => expect(showsInUse(text)).toBe(expected));

test("runs of ids say the same ids", () => {
  expect(idRuns(["FR-001", "FR-002", "FR-003", "FR-005", "SC-001", "US1"])).toBe(
    "FR-001 to FR-003, FR-005, SC-001, US1",
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (numbers) => {
      const ids = numbers.map((number) => `FR-${String(number).padStart(3, "0")}`);
      expect(idsIn(idRuns(ids)).toSorted()).toEqual(ids.toSorted());
    }),
  );
});

const task = (id: string, dependsOn: readonly string[] = []) => ({
  key: id,
  id,
  title: "Do it",
  details: [],
  ids: [],
  dependsOn,
  effort: undefined,
  origin: "estimation" as const,
});
const phase = (number: number, tasks: readonly ReturnType<typeof task>[]) => ({
  key: "",
  number,
  title: "T",
  goal: "",
  deliverables: [],
  tasks,
  effort: undefined,
  verify: [],
  criteria: [],
});

test("waiting for whole phases is said in few words, and read back as every task of them", () => {
  const ids = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1"];
  const last = task("4.1", ids);
  const phases = [
    phase(
      1,
      ["1.1", "1.2", "1.3"].map((id) => task(id)),
    ),
    phase(
      2,
      ["2.1", "2.2", "2.3"].map((id) => task(id)),
    ),
    phase(3, [task("3.1"), task("3.2")]),
    phase(4, [last]),
  ];
  const list = dependencyList(last, phases);
  expect(list).toBe("all Phase 1-2, 3.1");
  const lines = phases.flatMap(({ number, tasks }) => [
    `## Phase ${number}: T`,
    ...tasks.map(({ id }) => `- [ ] ${id} Do it${id === "4.1" ? ` (depends: ${list})` : ""}`),
  ]);
  expect(readPlan(lines.join("\n")).tasks.at(-1)?.dependsOn).toEqual(ids);
});
