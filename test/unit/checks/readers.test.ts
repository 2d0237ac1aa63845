import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCycle } from "../../../src/core/find-cycle.ts";
import { idsIn } from "../../../src/stage/checks/ids.ts";
import { sectionsOf } from "../../../src/stage/checks/read-markdown.ts";
import { readPlan } from "../../../src/stage/checks/read-plan.ts";

describe("ids", () => {
  test.each([
    ["FR-001, fr-012a and NFR-03", ["FR-001", "FR-012a", "NFR-03"]],
    ["US-1 and US2b, R-7, T012", ["US1", "US2b", "R-7", "T012"]],
    ["FR-001 to FR-003", ["FR-001", "FR-003", "FR-002"]],
    ["FR-9..11", ["FR-9", "FR-10", "FR-11"]],
    ["AFR-001 FR-0010x1 UTF-8 R2 T4 FR-1.2", []],
  ])("%s", (text, ids) => {
    expect(idsIn(text).toSorted()).toEqual([...ids].toSorted());
  });
});

test("headings and tasks in code blocks are not read", () => {
  const text = "# A\n\n```\n## B\n- [ ] 1.1 x\n```\n\n~~~\n```\n## C\n~~~\n## D\n";
  expect(sectionsOf(text).map(({ title }) => title)).toEqual(["A", "D"]);
  expect(readPlan(text).tasks).toEqual([]);
});

test("a task after the phases belongs to none", () => {
  const plan = readPlan("## Phase 1: A\n- [ ] 1.1 x\n## Rest\n- [ ] 9.1 y\n");
  expect(plan.tasks.map(({ id, phase }) => [id, phase])).toEqual([
    ["1.1", 1],
    ["9.1", undefined],
  ]);
});

test("a cycle is found exactly when there is one", () => {
  const graph = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 16 });
  fc.assert(
    fc.property(graph, (pairs) => {
      const edges = new Map<string, string[]>();
      for (const [from, to] of pairs)
        edges.set(`${from}`, [...(edges.get(`${from}`) ?? []), `${to}`]);
      const cycle = findCycle(edges);
      const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
        (edges.get(from) ?? []).some(
          (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
        );
      expect(cycle !== undefined).toBe([...edges.keys()].some((node) => reaches(node, node)));
      cycle
        ?.slice(1)
        .forEach((node, index) => expect(edges.get(cycle[index] ?? "")).toContain(node));
    }),
  );
});

test("reading never throws and takes linear time", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 500 }),
      (text) => void [sectionsOf(text), readPlan(text), idsIn(text)],
    ),
  );
  const started = performance.now();
  for (const part of ["- [ ] 1.1 (depends: ", "[[[[", "# ", "```", "FR-1 to ", "| ", "<!--"])
    void [
      sectionsOf(part.repeat(50_000)),
      readPlan(part.repeat(50_000)),
      idsIn(part.repeat(50_000)),
    ];
  expect(performance.now() - started).toBeLessThan(5_000);
});
