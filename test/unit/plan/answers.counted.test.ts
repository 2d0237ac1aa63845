import { stepsOf } from "./steps.ts";
import { expect, test } from "vitest";
import { heldUpBy } from "../../../src/plan/answers/held-up.ts";
import { progressAnswer } from "../../../src/plan/answers/progress-answer.ts";
import { viewOfLines } from "./answers/view-of-lines.ts";
import { dependencyCounts } from "../../../src/plan/graph/dependency-counts.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";

const planOf = (text: string) => readPlan([{ file: "docs/plans/a.md", text }]);
const line = (from: number, count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(from + at)).join("\n");

const viewed = (text: string) => viewOfLines("docs/plans/a.md", text.split("\n"));

/** How many times the steps there are of four times the text: 4 if linear, 16 if quadratic. */
function growth(make: (size: number) => string, work: (text: string) => () => void): number {
  const [small = 1, large = 0] = [200, 800].map((size) => stepsOf(work(make(size))));
  expect(small).toBeGreaterThan(50);
  return large / small;
}

const checked = (size: number): string =>
  `## Phase 0: A\n${line(1, size, (at) => `- [ ] 0.${at} A`)}\n${line(1, size, (at) => `## Phase ${at}: B\n**VERIFY Phase ${at}:**\n- [ ] ok`)}`;

test("checks under verifications are found in steps that grow as their number does", () => {
  expect(
    growth(checked, (text) => {
      const view = viewed(text);
      return () => void progressAnswer(view);
    }),
  ).toBeLessThan(8);
});

/** Tasks that can begin at once, and a chain that waits for all of them. */
const fan = (size: number): string =>
  `## Phase 1: A\n${line(1, size, (at) => `- [ ] 1.${at} A`)}\n## Phase 2: B\n${line(1, size, (at) => `- [ ] 2.${at} B${at === 1 ? "" : ` (depends: 2.${at - 1})`}`)}\n`;

test("what many tasks hold up is counted in far fewer steps than one walk for each takes", () => {
  const view = viewed(fan(320));
  const node = (key: string) => view.graph.indexOf.get(key) ?? -1;
  const first = Array.from({ length: 320 }, (_, at) => node(`1.${at + 1}`));
  let held: ReadonlyMap<number, number> = new Map();
  const one = stepsOf(() => void heldUpBy(view, first.slice(0, 1)));
  const all = stepsOf(() => {
    held = heldUpBy(view, first);
  });
  expect(one).toBeGreaterThan(640);
  expect(all / one).toBeLessThan(20);
  expect(new Set(held.values())).toEqual(new Set([320]));
});

const alike = (size: number): string => line(1, size * 20, () => "- [ ] 1.1 A (depends: 1.1)");

test("tasks of one id that wait for it are read in steps that grow as their number does", () => {
  expect(growth(alike, (text) => () => void planOf(text))).toBeLessThan(8);
});

test("dependencies are counted once for each pair, whatever the numbers of its tasks are", () => {
  const plan = planOf(
    `## Phase 1: A\n${line(1, 12, (at) => `- [ ] 1.${at} A`)}\n- [ ] 1.13 B (depends: 1.1, 1.11)\n- [ ] 1.14 C (depends: 1.1)\n`,
  );
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  expect(dependencyCounts(graph).total).toBe(3);
});
