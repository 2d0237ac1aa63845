/** The picture of the four patterns in docs/execution.md is what the executor decides. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { executable } from "../../../src/execution/executable.ts";
import type { ExecutionPattern } from "../../../src/execution/patterns.ts";
import { simulateExecution } from "../../../src/execution/simulate-execution.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";

const PAGE = path.resolve(import.meta.dirname, "../../../docs/execution.md");

const PLAN = `# Implementation Plan: Eight tasks

## Phase 1: First

- [ ] 1.1 Lay the ground [2h]
- [ ] 1.2 Build on it (depends: 1.1) [1h]
- [ ] 1.3 Build on it too (depends: 1.1) [1h]
- [ ] 1.4 Something else [1h]
- [ ] 1.5 More of it (depends: 1.4) [1h]

## Phase 2: Then

- [ ] 2.1 Go on [1h]
- [ ] 2.2 Go further (depends: 2.1) [1h]
- [ ] 2.3 Tidy up [1h]
`;

/** Three for an hour. */
const columns = (minutes: number): number => Math.round(minutes / 20);

function picture(pattern: ExecutionPattern): readonly string[] {
  const plan = readPlan([{ file: "docs/plans/eight.md", text: PLAN }]);
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  const { times, makespan } = simulateExecution(executable(graph, { uses: new Map() }), {
    rules: { pattern, failures: "continue", limits: { workers: 3, batch: 2 } },
    durations: graph.minutes,
  });
  return [
    `${pattern}${pattern === "batched" ? ", 2" : ""}: ${makespan / 60} h`,
    ...[...times]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(
        ([key, { start, end }]) =>
          `  ${key} ${" ".repeat(columns(start))}${"█".repeat(columns(end - start))}`,
      ),
  ];
}

test("the picture is what the executor decides", () => {
  const pairs = [
    ["dag", "independent"],
    ["batched", "pipeline"],
  ] as const;
  const lines = pairs.flatMap(([left, right]) => {
    const [one, other] = [picture(left), picture(right)];
    return ["", ...one.map((line, row) => `${line.padEnd(34)}${other[row] ?? ""}`.trimEnd())];
  });
  const drawn = lines.slice(1).join("\n");
  expect(readFileSync(PAGE, "utf8")).toContain(`\`\`\`\n${PLAN.trim()}\n\`\`\``);
  expect(readFileSync(PAGE, "utf8")).toContain(`\`\`\`\n${drawn}\n\`\`\``);
});
