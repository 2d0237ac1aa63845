/** What findings 3 to 6 say, and don't say, of small plans: each statement here was once wrong or said too much of a real one (PX-04). */
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import type { Finding } from "../../../src/analysis/model.ts";
import { shortened } from "../../../src/analysis/phrases.ts";
import { isBeyondNoise } from "../../../src/analysis/recommendations/measure-opportunities.ts";
import { analysed, inputOf } from "./analysed.ts";

const findings = (text: string, file?: string): readonly Finding[] =>
  analyze(inputOf(analysed(text, file)));
const summaryOf = (finding: Finding | undefined): string =>
  (finding?.summary ?? []).map(({ text }) => text).join("\n");
const section = (finding: Finding | undefined, id: string) =>
  finding?.sections.find((each) => each.id.startsWith(id))?.blocks ?? [];
const textOf = (finding: Finding | undefined, id: string): string =>
  section(finding, id)
    .flatMap((block) => {
      if (block.kind === "list") return block.items.map(({ text }) => text);
      return block.kind === "paragraph" ? block.statements.map(({ text }) => text) : [];
    })
    .join("\n");
const rowsOf = (finding: Finding | undefined, id: string) =>
  section(finding, id).flatMap((block) =>
    block.kind === "table" ? block.rows.map(({ cells }) => cells) : [],
  );

const PARSER = `# Implementation Plan: Parser

## Phase 1: Read

- [ ] 1.1 Create \`src/read.ts\`
- [ ] 1.2 Create \`src/parse.ts\`
- [ ] 1.3 Store \`dependencies\` and \`dependents\` fields in status.json
- [ ] 1.4 Write a counter to status.json
- [ ] 1.5 Think

**VERIFY Phase 1:**
- [ ] It reads

## Phase 2: Use

- [ ] 2.1 Update \`src/parse.ts\`
- [ ] 2.2 Add dependency info to the output in \`src/out.ts\`

**VERIFY Phase 2:**
- [ ] It is used

## Phase 3: Show

- [ ] 3.1 Think about it
- [ ] 3.2 Show it somehow

**VERIFY Phase 3:**
- [ ] It is shown
`;

describe("a plan file without estimates, whose last tasks name nothing", () => {
  const [, , third, fourth, fifth, sixth] = findings(PARSER);

  test("tasks that wait for no other write one file: they are told apart from those that can run at once", () => {
    expect(summaryOf(fourth)).toContain(
      "9 of 9 tasks (100 %) wait for no other task of their phase; 2 of these write what another of them writes.",
    );
    expect(rowsOf(fourth, "within-phases")).toContainEqual([
      "1",
      1,
      5,
      "1.1, 1.2, 1.3, 1.4, 1.5",
      "1.3, 1.4 (status.json)",
      1,
    ]);
  });

  test("conflicts inside batches are told of each tool by itself", () => {
    expect(summaryOf(fourth)).toMatch(
      /0 conflicts inside those of Wavegate, \d inside those of the original at its head, \d inside those of the original as first published\./,
    );
  });

  test("a field called dependencies is no package, and dependency info neither", () => {
    expect(rowsOf(fourth, "outputs").map(([what]) => what)).not.toContain("dependencies");
  });

  test("what barriers add to fans is one sentence; no table of tasks that wait for nothing by the text", () => {
    expect(textOf(fourth, "fans")).toContain(
      "Barriers between phases make 4 tasks wait for more: at most 5 tasks directly, as 2.1 does.",
    );
    expect(rowsOf(fourth, "fans")).toEqual([]);
  });

  test("minutes that are all by default are said to be", () => {
    expect(summaryOf(fifth)).toContain(
      "9 of 9 tasks have no estimate and count 30 minutes; read ratios, not minutes.",
    );
  });

  test("one worker who goes by the document begins nothing too early: ends of phases are no work", () => {
    const [alone] = rowsOf(fifth, "comparison");
    expect(alone?.slice(0, 2)).toEqual([1, "Independent"]);
    expect(alone?.slice(9, 11)).toEqual([0, 0]);
  });

  test("a verification is held against what the phase behind it needs, and the last one holds back nothing", () => {
    const told = rowsOf(sixth, "opportunities").map(([, deed, , , , , , , effort]) => [
      deed,
      effort,
    ]);
    // 2.1 needs 1.2; behind VERIFY 2 stand tasks that name nothing; behind VERIFY 3 nothing stands
    expect(told.filter(([deed]) => String(deed).includes("VERIFY"))).toEqual([
      ["Mark VERIFY 2 as (non-blocking)", "look first"],
    ]);
    expect(summaryOf(sixth)).not.toContain("quick win");
  });

  test("no task is split whose length is a default", () => {
    expect(JSON.stringify(sixth)).not.toContain("Split ");
  });

  test("what has to be looked at first is told apart from what the roadmap saves", () => {
    expect(summaryOf(sixth)).toMatch(
      / at best, if those that have to be looked at first turn out to be safe\./,
    );
  });

  test("no line to paste lets phases run at once of which nothing is known", () => {
    expect(textOf(third, "annotations")).not.toMatch(/PARALLEL|non-blocking/);
    expect(summaryOf(third)).toMatch(/lines? to paste says? what is known of it/);
  });
});

describe("Spec Kit's tasks", () => {
  const text = `# Tasks: Waitlist

## Phase 1: Setup

- [ ] T001 Create \`src/a.ts\`

## Phase 2: Build

- [ ] T002 Implement \`promoteNext(event)\` in \`src/waitlist.ts\`
- [ ] T003 Call \`promoteNext()\` in \`src/service.ts\`
- [ ] T004 Write the page in \`src/page.ts\`

**Checkpoint**: Waitlist works

## Phase 3: Polish

- [ ] T005 Verify images are small
- [ ] T006 Run quickstart.md validation

## Dependencies

- **Phase 2**: Depends on Phase 1
- **Phase 3**: Depends on Phase 1 and Phase 2
`;
  const [, , third, fourth, , sixth] = findings(text, "specs/001-waitlist/tasks.md");

  test("the tool of plan files and its findings folder are not spoken of", () => {
    expect(JSON.stringify(fourth)).not.toMatch(/original|findings folder/);
  });

  test("tasks that share a name of code are not said to share nothing", () => {
    const deeds = JSON.stringify(sixth?.sections);
    expect(deeds).not.toMatch(/Mark [^"]*T002/);
    expect(deeds).not.toMatch(/Mark [^"]*T003/);
  });

  test("a checkpoint of a phase that the next one is said to need holds it back, whatever it costs", () => {
    expect(JSON.stringify(sixth)).not.toMatch(/VERIFY 2|non-blocking/);
  });

  test("tasks that verify by their words are found", () => {
    expect(textOf(third, "verify-implications")).toContain(
      "2 tasks verify by their first words, though they are written as work: T005, T006.",
    );
  });

  test("phases that are needed for one reason are told together", () => {
    expect(rowsOf(third, "phases-1")[2]?.[4]).toMatch(/^1, 2 \(the text says so\)|^2, 1 \(/);
  });
});

test("no savings that lie within the noise: an average above zero is not enough", () => {
  expect(isBeyondNoise([10, 10, 10, 10])).toBe(true);
  expect(isBeyondNoise([0, 0, 10, 10, 0, 10, 10, 10])).toBe(true);
  // the mean is 4, but a third of the runs become longer
  expect(isBeyondNoise([20, -8, 10, -10, 12, 0])).toBe(false);
  // rarely, and by chance
  expect(isBeyondNoise([0, 0, 0, 0, 0, 0, 0, 0, 0, 30])).toBe(false);
  expect(isBeyondNoise([0, 0])).toBe(false);
});

test("a text is cut at a word, and not within marks of code", () => {
  expect(shortened("Create the page", 40)).toBe("Create the page");
  expect(shortened("Create the page of events", 18)).toBe("Create the page …");
  expect(shortened("Create the page in `src/page.tsx`", 26)).toBe("Create the page in …");
});

describe("a PRD that says that all is in one file", () => {
  const [, , , fourth, fifth, sixth] = findings(
    `# PRD: Agent

### Phase 1: Steps
**Estimated Effort**: 2 agent-days
**Agent Assignment Strategy**: Single agent, all changes within agent.md
**Tasks**:
- [ ] **Task 1.1** - First step
- [ ] **Task 1.2** - Second step
- [ ] **Task 1.3** - Third step
`,
    "docs/prds/agent.md",
  );

  test("its tasks are not to run at once, each told with the place once", () => {
    expect(summaryOf(fourth)).toContain("; 3 of these write what another of them writes.");
    const outputs = section(fourth, "outputs").flatMap((block) =>
      block.kind === "table" ? block.rows : [],
    );
    expect(outputs).toMatchObject([
      { cells: ["agent.md", "1.1, 1.2, 1.3", null, "guessed"], places: [{ line: 5 }] },
    ]);
    expect(outputs[0]?.places).toHaveLength(1);
  });

  test("nobody is told to take apart what the plan wants together", () => {
    expect(JSON.stringify(sixth)).not.toContain("a file each saves");
    expect(rowsOf(sixth, "opportunities")).toEqual([]);
  });

  test("the estimate of a phase is named, though tasks have none", () => {
    expect(summaryOf(fifth)).toContain(
      "3 of 3 tasks have no estimate and count a share of what their phases are said to take, 16 h together; read ratios, not minutes.",
    );
  });
});
