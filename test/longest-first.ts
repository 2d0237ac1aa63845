import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, whatever their size: what is begun last keeps the others waiting. */
const LONGEST = [
  "postgres",
  "complete",
  "cli-bad-input",
  "cli",
  "engine-external",
  "engine",
  "execute",
  "engine-trouble",
  "postgres-trouble",
  "sample-specs",
  "agent-faults",
  "budget",
  "machines",
  "schedule",
  "complete-implements",
].map((name) => `test/real/${name}.test.ts`);

/** The order of test files without times of an earlier run, as on a clean checkout. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is not an array that sorts
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const name = path.relative(path.join(import.meta.dirname, ".."), moduleId);
  const rank = LONGEST.indexOf(name);
  return rank < 0 ? LONGEST.length : rank;
}
