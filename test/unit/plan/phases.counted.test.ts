/** What many phases that wait for many phases cost, to read and as a graph. */
import { stepsOf } from "./steps.ts";
import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import type { Plan } from "../../../src/plan/model.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";

const numbered = (size: number, make: (number: number) => string): string =>
  Array.from({ length: size }, (_, at) => make(at + 1)).join("\n");

const stories = (size: number): string =>
  `# Tasks: T\n${numbered(size, (n) => `## Phase ${n}: User Story ${n} - X\n- [ ] T${n} [US${n}] Do it in src/${n}.ts`)}
## Dependencies
${numbered(size, (n) => `- US${n} depends on all user stories`)}\n`;

const previous = (size: number): string =>
  `# PRD\n${numbered(size, (n) => `### Phase ${n}: P\n**Dependencies**: ${n === 1 ? "None" : "All previous phases"}\n- [ ] **Task ${n}.1** - x`)}\n`;

const readSpecKit = (text: string): Plan => readPlan([{ file: "specs/001-x/tasks.md", text }]);
const readPrd = (text: string): Plan => readPlan([{ file: "prds/x.md", text }]);
const pairs = ({ phases }: Plan): number =>
  phases.reduce((sum, { after }) => sum + after.length, 0);

function growth(read: (text: string) => Plan, make: (size: number) => string, size: number) {
  const [small = 0, large = 0] = [size, size * 4].map((many) => {
    const text = make(many);
    return stepsOf(() => void buildGraph(read(text), { barriers: "phases", inferred: true }));
  });
  expect(small).toBeGreaterThan(size);
  return large / small;
}

test("stories that all wait for each other are read up to a number of pairs, which is told", () => {
  const few = readSpecKit(stories(30));
  expect([few.dialect, pairs(few)]).toEqual(["spec-kit", 30 * 29]);
  expect(few.diagnostics.map(({ code }) => code)).not.toContain("PLAN_TOO_MANY_REFERENCES");
  const many = readSpecKit(stories(2000));
  expect(many.phases).toHaveLength(2000);
  expect(pairs(many)).toBeGreaterThan(100_000);
  expect(pairs(many)).toBeLessThanOrEqual(500_000);
  expect(many.diagnostics.map(({ code }) => code)).toContain("PLAN_TOO_MANY_REFERENCES");
  // Beyond what is read at most, four times the text must not be four times the pairs.
  expect(growth(readSpecKit, stories, 800)).toBeLessThan(4);
}, 60_000);

test("phases that each wait for all previous ones wait for the last that does so, and what is between", () => {
  const text = `# PRD\n${numbered(5, (n) => `### Phase ${n}: P\n**Dependencies**: ${n === 3 || n === 5 ? "All previous phases" : "None"}\n- [ ] **Task ${n}.1** - x`)}\n`;
  const { phases, dialect } = readPrd(text);
  expect([
    dialect,
    ...phases.map(({ key, after }) => `${key}<${after.map(({ phase }) => phase).join(",")}`),
  ]).toEqual(["prd", "1<", "2<", "3<1,2", "4<", "5<3,4"]);
  const many = readPrd(previous(2000));
  expect([many.phases.length, pairs(many)]).toEqual([2000, 1999]);
  expect(growth(readPrd, previous, 100)).toBeLessThan(6);
}, 60_000);
