import { expect, test } from "vitest";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const TASKS = [
  "## Phase 1: Setup",
  "- [ ] T001 Base",
  "- [ ] T002 [P] Colours",
  "- [ ] T003 Shapes",
  "- [ ] T004 Sounds",
  "- [ ] T005 [P] Words",
  "- [ ] T006 Pictures",
  "- [ ] T007 [P] Letters",
];
const read = (...said: string[]) =>
  readSpecKit([
    { file: "tasks.md", text: [...TASKS, "", "## Dependencies", "", ...said].join("\n") },
  ]);
const edges = (plan: ReturnType<typeof read>) => {
  const { nodes, edges: all } = buildGraph(plan, { barriers: "phases", inferred: true });
  return all
    .filter(({ from, to }) => nodes[from]?.kind === "task" && nodes[to]?.kind === "task")
    .map(({ from, to }) => `${nodes[from]?.key.slice(3)}<${nodes[to]?.key.slice(3)}`)
    .join(" ");
};

test("without a word the order of the document holds around what is not marked", () =>
  expect(edges(read())).toBe("1<2 2<3 3<4 4<5 5<6 6<7"));

test.each([
  ["- T005 + T007 in parallel with T003/T004/T006", "1<2 2<3 3<4 2<5 4<6 2<7"],
  [
    "- **Phase 1**: T003, T004 (all things) can run in parallel; T006 comes last",
    "1<2 2<3 2<4 3<5 4<5 5<6 6<7",
  ],
  ["- T003 and T004 can not run in parallel", "1<2 2<3 3<4 4<5 5<6 6<7"],
  ["- Once T001 is done, T002 and T003 can run in parallel", "1<2 1<3 2<4 3<4 4<5 5<6 6<7"],
  ["- **Phase 1**: All [P]-marked tasks can run in parallel", "1<3 2<3 3<4 4<6 5<6"],
  ["- All Setup tasks marked [P] can run in parallel", "1<3 2<3 3<4 4<6 5<6"],
  ["- All tests for a user story marked [P] can run in parallel", "1<2 2<3 3<4 4<5 5<6 6<7"],
])("%s", (said, wanted) => expect(edges(read(said))).toBe(wanted));

test("no way around leads from one to the other", () =>
  expect(edges(read("- T003 and T006 in parallel"))).toBe("1<2 2<3 3<4 4<5 2<6 5<7 6<7"));

test("what is said to wait, waits; that both are said is told", () => {
  const plan = read("- T003 and T004 in parallel", "- T004 depends on T003");
  expect(edges(plan)).toContain("3<4");
  expect(
    plan.diagnostics.flatMap(({ code, place, related }) =>
      code === "PLAN_PARALLEL_CONTRADICTED" ? [place.line, related?.[0]?.place.line] : [],
    ),
  ).toEqual([12, 13]);
});
