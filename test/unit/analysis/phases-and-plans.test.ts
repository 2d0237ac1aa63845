/** Findings 1 to 3 on plans whose answers are worked out by hand (PX-04). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { AnalyzeAnswer } from "../../../src/analysis/answer.ts";
import type { Block } from "../../../src/analysis/model.ts";
import { createHarness } from "../cli/harness.ts";

const CORE = readFileSync(
  path.resolve(import.meta.dirname, "../../fixtures/plans/core.md"),
  "utf8",
);

const OTHER = `# Implementation Plan: Albums

## Dependencies
### Upstream
- **core.md** - photos must be there

## Phase 1: Lists
- [ ] 1.1 Write \`src/albums/list.ts\`
- [ ] 1.2 Write \`src/albums/sort.ts\`

**VERIFY Phase 1:**
- [ ] Lists are sorted

## Phase 2: Pages
- [ ] 2.1 Write \`src/pages/albums.tsx\`

## Phase 3: Order
- [ ] 3.1 Extend \`src/albums/list.ts\` by an order
`;

const THIRD = `# Implementation Plan: Search

## Phase 1: Better pages
- [ ] 1.1 Rewrite \`src/import/folder.ts\`
- [x] 1.2 Rewrite \`src/schema.sql\`
`;

async function analysed(): Promise<AnalyzeAnswer> {
  const { disk, run } = createHarness();
  disk.set("docs/plans/core.md", CORE);
  disk.set("docs/plans/albums.md", OTHER);
  disk.set("docs/plans/search.md", THIRD);
  disk.set(".claude/current-plan.txt", "docs/plans/core.md\n");
  disk.set(
    ".claude/commands/plan/orchestrate.md",
    "# Orchestrate\n\nTake `next 5`, run all in parallel.\n",
  );
  return JSON.parse((await run(["analyze", "--json"])).stdout) as AnalyzeAnswer;
}

const answer = await analysed();
const section = (finding: number, id: string): readonly Block[] => {
  const found = answer.findings[finding - 1]?.sections.find((each) => each.id === id);
  if (!found) throw new Error(`no section ${id}`);
  return found.blocks;
};
const cellsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === "table" ? block.rows.map(({ cells }) => cells) : []));
const textsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === "list" ? block.items.map(({ text }) => text) : []));

test("every statement of every finding rests on a number or a place", () => {
  const statements = answer.findings.flatMap(({ summary, sections }) => [
    ...summary,
    ...sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.kind === "list" ? block.items : block.kind === "paragraph" ? block.statements : [],
      ),
    ),
  ]);
  expect(statements.length).toBeGreaterThan(20);
  expect(
    statements.filter(({ figure, places }) => figure === undefined && (places ?? []).length === 0),
  ).toEqual([]);
});

test("files with what they do, and what a command says of how tasks run", () => {
  expect(cellsOf(section(1, "plan-related-files")).map(([file, kind]) => [file, kind])).toEqual([
    [".claude/current-plan.txt", "pointer"],
    [".claude/commands/plan/orchestrate.md", "plan command"],
    ["docs/plans/albums.md", "plan"],
    ["docs/plans/core.md", "plan"],
    ["docs/plans/search.md", "plan"],
    ["specs/001/spec.md", "specification"],
  ]);
  expect(textsOf(section(1, "orchestrate-command")).join(" ")).toMatch(
    /next N tasks: 1 line .*parallel: 1 line/,
  );
  expect(answer.findings[0]?.gaps).toEqual([
    "No plan:implement command is among the files.",
    "No status-cli script is among the files.",
  ]);
});

test("pairs of plans: in order, colliding, apart; what is done counts for nothing", () => {
  const verdicts = cellsOf(section(2, "feasibility")).map(([plans, verdict]) => [plans, verdict]);
  expect(verdicts).toEqual([
    ["core and search", "collide"],
    ["albums and core", "in order"],
    ["albums and search", "apart"],
  ]);
  expect(cellsOf(section(2, "potential-conflicts")).map(([file]) => file)).toEqual([
    "src/import/folder.ts",
  ]);
});

test("phases: held by a file, or by the barrier only, with lines to paste", () => {
  const rows = cellsOf(section(3, "phases-1-albums"));
  expect(rows.map((cells) => cells.at(-1))).toEqual([
    "waits for nothing",
    "held by the barrier only",
    "needs an earlier phase",
  ]);
  expect(rows[2]?.[4]).toBe("1 (src/albums/list.ts: 3.1 after 1.1)");
  const lines = section(3, "annotations")
    .flatMap((block) =>
      block.kind === "code" && block.caption.endsWith("albums") ? [block.code] : [],
    )
    .join("\n");
  expect(lines).toContain("**Execution Note:** Phases 1, 2 are [PARALLEL]");
  expect(lines).toContain("- [ ] 3.1 Extend `src/albums/list.ts` by an order (depends: 1.1)");
  // phase 3 needs what it verifies
  expect(lines).not.toContain("non-blocking");
});
