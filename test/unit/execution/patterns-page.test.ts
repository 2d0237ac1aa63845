/** The pictures of the three levels and the four patterns in docs/execution.md are what the executor decides. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { ExecutionPattern } from "../../../src/execution/patterns.ts";
import { besideEachOther, drawnRun, rulesOf } from "./drawn-run.ts";

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

const ofPattern = (pattern: ExecutionPattern): readonly string[] =>
  drawnRun(
    `${pattern}${pattern === "batched" ? ", 2" : ""}`,
    { eight: PLAN },
    rulesOf({ workers: 3, batch: 2 }, pattern),
  );

test("the picture of the patterns is what the executor decides", () => {
  const drawn = besideEachOther([
    [ofPattern("dag"), ofPattern("independent")],
    [ofPattern("batched"), ofPattern("pipeline")],
  ]);
  expect(readFileSync(PAGE, "utf8")).toContain(`\`\`\`\n${PLAN.trim()}\n\`\`\``);
  expect(readFileSync(PAGE, "utf8")).toContain(`\`\`\`\n${drawn}\n\`\`\``);
});

const FOUR = `# Implementation Plan: Four tasks

## Phase 1: One [PARALLEL]

- [ ] 1.1 Write it [1h]
- [ ] 1.2 Read it [1h]

## Phase 2: Other [PARALLEL]

- [ ] 2.1 Draw it [1h]
- [ ] 2.2 Print it [2h]
`;

test("the picture of the levels is what the executor decides", () => {
  const two = { core: FOUR, web: FOUR };
  const drawn = besideEachOther([
    [
      drawnRun("--workers 8", two, rulesOf({ workers: 8 })),
      drawnRun("--plans 1", two, rulesOf({ workers: 8, plans: 1 })),
    ],
    [
      drawnRun("--phases 1", two, rulesOf({ workers: 8, phases: 1 })),
      drawnRun("--workers 3", two, rulesOf({ workers: 3 })),
    ],
  ]);
  expect(readFileSync(PAGE, "utf8")).toContain(`\`\`\`\n${FOUR.trim()}\n\`\`\``);
  expect(readFileSync(PAGE, "utf8")).toContain(`\`\`\`\n${drawn}\n\`\`\``);
});
