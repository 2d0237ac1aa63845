/** What it costs to read long PRDs, in counted steps. */
import { expect, test } from "vitest";
import type { Plan } from "../../../../src/plan/model.ts";
import { readPrd } from "../../../../src/plan/prd/read-prd.ts";
import { stepsOf } from "../steps.ts";

const read = (text: string): Plan => readPrd([{ file: "p.md", text }]);

const phasesInRow = (size: number): string =>
  Array.from(
    { length: size },
    (_, at) =>
      `### Phase ${at + 1}: P\n**Dependencies**: Phase ${at === 0 ? size - 1 : at}\n${`- [ ] **Task ${at + 1}.1** - x\n`.repeat(10)}`,
  ).join("\n");
const phasesAlike = (size: number): string =>
  "### Phase 1: P\n**Dependencies**: Phase 1\n- [ ] x\n".repeat(size);

test("phases, of one number or of many, and tasks are read in steps that grow as their number does", () => {
  const plan = read(phasesInRow(10_000));
  expect(plan.phases).toHaveLength(10_000);
  expect(plan.tasks).toHaveLength(100_000);
  expect(read(phasesAlike(10_000)).phases).toHaveLength(10_000);
  for (const make of [phasesInRow, phasesAlike]) {
    const [small = 0, large = 0] = [100, 400].map((size) => stepsOf(() => void read(make(size))));
    expect(small).toBeGreaterThan(100);
    expect(large / small).toBeLessThan(6);
  }
}, 60_000);
