import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCycle } from "../../../src/core/graph/find-cycle.ts";
import { idsIn } from "../../../src/stage/checks/ids.ts";
import { linksIn } from "../../../src/stage/checks/read-links.ts";
import { sectionsOf } from "../../../src/stage/checks/read-markdown.ts";
import { readPlan } from "../../../src/stage/checks/read-plan.ts";

const OWN = new Set(["RF-001"]);

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

test("links are read outside code, with their titles and in angle brackets", () => {
  const text = String.raw`[a](x.md "t (1") ![b](<y.md>) [c [d](z.md#k) \[e](no) \`[f](no)\` ](no) [g](no
[h]( w.md ) [i]() [j](k)(l)`;
  expect(linksIn(text)).toEqual(["x.md", "y.md", "z.md#k", "w.md", "k"]);
});

test("a section ends at the next heading of its level or above", () => {
  const text = "# A\n1\n## B\n2\n### C\n3\n## D\n4\n# E\n5";
  expect(
    sectionsOf(text).map(({ title, body }) => `${title}: ${body.replace(/\n/g, " ")}`),
  ).toEqual(["A: 1 ## B 2 ### C 3 ## D 4", "B: 2 ### C 3", "C: 3", "D: 4", "E: 5"]);
});

test("dependencies on phases and ranges name each task once", () => {
  const plan = readPlan(
    "## Phase 1: A\n- [ ] 1.1 x\n- [ ] 1.2 y\n## Phase 2: B\n- [ ] 2.1 z (depends: all Phase 1, 1.1-1.2, 1.2)\n- [ ] 2.2 w (depends: all Phases 1-2, 1.1-1.999)",
  );
  expect(plan.tasks.map(({ dependsOn }) => dependsOn)).toEqual([
    [],
    [],
    ["1.1", "1.2"],
    ["1.1", "1.2", "2.1", "1.1-1.999"],
  ]);
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

test("reading never throws", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 500 }), (text) => {
      expect([sectionsOf(text), readPlan(text), idsIn(text, OWN), linksIn(text)]).toHaveLength(4);
    }),
  );
});
