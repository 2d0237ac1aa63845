/** What findings 1 to 3 say of small plans, worked out by hand (PX-04). */
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import { checksOf } from "../../../src/analysis/checks.ts";
import { diagramLabel } from "../../../src/analysis/diagram-label.ts";
import type { Finding } from "../../../src/analysis/model.ts";
import { analysed, inputOf } from "./analysed.ts";

const textsOf = (finding: Finding | undefined): readonly string[] => [
  ...(finding?.summary ?? []).map(({ text }) => text),
  ...(finding?.sections ?? []).flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "list" ? block.items.map(({ text }) => text) : [])),
  ),
];
const cellsOf = (finding: Finding | undefined, id: string) =>
  (finding?.sections.find((each) => each.id === id)?.blocks ?? []).flatMap((block) =>
    block.kind === "table" ? block.rows.map(({ cells }) => cells) : [],
  );

describe("checks that have boxes of their own", () => {
  const plan = analysed(`# Plan: Fans

## Phase 1: Gather

- [ ] 1.1 Collect inputs
- [ ] 1.2 Wait for all
- [ ] **VERIFY 1**: All inputs are there.

## Phase 2: Spread

- [ ] 2.1 Start branches
- [ ] **VERIFY 2**: All branches run.

## Success Criteria

- [ ] Both work
`);
  const [first, , third] = analyze(inputOf(plan));

  test("they are verifications of their phases, each once", () => {
    expect(checksOf(plan.plan).map(({ key, of, holdsBack }) => [key, of, holdsBack])).toEqual([
      ["VERIFY 1", "phase", true],
      ["VERIFY 2", "phase", false],
      ["VERIFY", "plan", false],
    ]);
    expect(textsOf(third)).toContain("2 of 2 phases are verified at all.");
    expect(textsOf(third).join("\n")).toMatch(/^1 of 2 verifications of phases holds back/m);
    expect(textsOf(third).join("\n")).toMatch(/^3 criteria have no id/m);
  });

  test("they are told apart from tasks, and order by them is counted once", () => {
    const texts = textsOf(first);
    expect(texts[0]).toBe("1 plan with 5 tasks, 2 of which only check, (plan-file).");
    expect(cellsOf(first, "edges-by-origin").map((cells) => cells.slice(1, 3))).toEqual([
      ["barrier", 1],
      ["verification", 1],
    ]);
    expect(texts).toContain(
      "0 of 2 statements on order are said in words of tasks or phases; the others: barriers between phases (1), verifications that hold back what is behind them (1).",
    );
  });
});

describe("tasks that say what they wait for", () => {
  const plan = analysed(`# Plan: Chains

## Phase 1: Ground

- [ ] 1.1 Begin
- [ ] 1.2 Go on (depends: 1.1)

## Phase 2: Chain

- [ ] 2.1 Step one
- [ ] 2.2 Step two (depends: 2.1)

## Phase 3: End

- [ ] 3.1 Finish (depends: 1.2, 2.2)

## Phase 4: Words

- [ ] 4.1 Think
- [ ] 4.2 Think again
`);
  const [first, , third] = analyze(inputOf(plan));

  test("silence of the others then means that they wait for nothing", () => {
    expect(cellsOf(third, "phases-1-shop").map((cells) => cells.at(-1))).toEqual([
      "waits for nothing",
      "held by the barrier only",
      "needs an earlier phase",
      "not known",
    ]);
    expect(textsOf(third)[0]).toBe(
      "Of 3 phases behind a barrier, 1 could begin earlier, as no words and no file are known to hold it; 1 needs something of an earlier phase; of 1 too few tasks say what they touch or wait for.",
    );
    expect(textsOf(third).join("\n")).toContain(
      "shop: nothing is known to hold phase 4 (0 of 2) to what stands before",
    );
    // 1.1, 1.2, 2.1, 2.2, 3.1 and 4.1 of 30 minutes with barriers; without that of phase 2, 2.1 and 2.2 run beside 1.1 and 1.2
    expect(cellsOf(third, "gain")[0]).toEqual(["shop", "3.5 h", "3 h", "2 h", "1.5 h", 33]);
  });

  test("their phases are told apart from those that only their place holds", () => {
    expect(textsOf(first)).toContain("Nothing is wrong with these plans.");
    expect(textsOf(first)[1]).toBe(
      "3 of 4 phases wait for the whole of an earlier one only because of their order in the document; tasks of 1 of them name the earlier tasks that they need.",
    );
  });

  test("phases that nothing holds to each other are to be marked so", () => {
    const code = third?.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === "code" ? [block.code] : []));
    expect(code?.join("\n")).toContain("Phases 1, 2 are [PARALLEL]");
  });
});

test("stories that may run at once but change one file are told", () => {
  const plan = analysed(
    `# Tasks: Balances

## Phase 1: Setup

- [ ] T001 Create \`src/db.ts\`

## Phase 2: User Story 1 - See (Priority: P1)

- [ ] T002 [US1] Add a call in src/api.ts

## Phase 3: User Story 2 - Pay (Priority: P2)

- [ ] T003 [US2] Add a call in src/api.ts
`,
    "specs/001-balances/tasks.md",
  );
  const texts = textsOf(analyze(inputOf(plan))[2]);
  expect(texts).toContain("None of 3 phases stands behind a barrier.");
  expect(texts.join("\n")).toMatch(
    /phases 2 and 3 may run at once .* touches 1 file that phase 2 writes: src\/api\.ts \(T002, T003\)/,
  );
});

test("one plan needs no coordination with others", () => {
  const [, second] = analyze(inputOf(analysed("# Plan: A\n\n## Phase 1: B\n\n- [ ] 1.1 C\n")));
  expect(second?.sections.map(({ id }) => id)).toEqual(["shared-state", "upstream", "isolation"]);
});

test("words of a diagram stay readable and can't end their label", () => {
  expect(diagramLabel("Child's “Life” & (work)", 60)).toBe("Child's #8220;Life#8221; #38; (work)");
  expect(diagramLabel('a"] --> b["`<b>#;', 60)).not.toMatch(/["`<>[\]]/);
});

test("of plans whose tasks name nothing, nothing is said of what they share", () => {
  const [a, b] = ["a", "b"].map((name) =>
    analysed(`# Plan: ${name}\n\n## Phase 1: P\n\n- [ ] 1.1 Think\n`, `docs/plans/${name}.md`),
  );
  if (!a || !b) throw new Error("two plans");
  const [, second] = analyze(inputOf(a, b));
  expect(cellsOf(second, "conflict-matrix")).toEqual([
    ["1 a", "·", "?"],
    ["2 b", "?", "·"],
  ]);
  expect(textsOf(second)).toContain("No file is known that unfinished tasks of two plans touch.");
});
