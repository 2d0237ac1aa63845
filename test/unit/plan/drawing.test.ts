import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDrawing } from "../../../src/plan/annotations/drawing.ts";
import { readSpecKit } from "../../../src/plan/spec-kit/read-spec-kit.ts";

/** Boxes are words that begin with a capital letter. */
const links = (...rows: string[]): readonly string[] =>
  readDrawing(rows, (text) => /^[A-Z]\w*/.exec(text)?.[0])
    .links.map(({ from, to }) => `${from.label} > ${to.label}`)
    .toSorted();

describe("lines between words", () => {
  test.each<[name: string, rows: readonly string[], ...wanted: string[]]>([
    ["an arrow on one line", ["A (one) ──► B", "C <-- D"], "A > B", "D > C"],
    [
      "a tree",
      ["A (set-up)", "  └─→ B (core)", "        ├─→ C (list) ──→ D", "        └── E"],
      "A > B",
      "B > C",
      "B > E",
      "C > D",
    ],
    [
      "a fan out, words below a box, and a fan in",
      [
        "       A",
        "  ┌────┼────┐",
        "  ▼    ▼    ▼",
        "Bee  Cee  Dee",
        "(1)  (2)  (3)",
        "  │    │    │",
        "  └────┼────┘",
        "       ▼",
        "       E",
      ],
      "A > Bee",
      "A > Cee",
      "A > Dee",
      "Bee > E",
      "Cee > E",
      "Dee > E",
    ],
    ["plain characters", ["A --+", "    |", "    v", "    B"], "A > B"],
    ["an arrow that comes back", ["A ◄──┐", "     │", "B ───┘"], "B > A"],
    ["lines that cross are read as nothing", ["     A", "B ───┼───► C", "     ▼", "     D"]],
    ["a line that ends nowhere", ["A ──┐", "", "B ◄─┘"]],
    ["a hyphen in words", ["A pre-set B-side"]],
  ])("%s", (_, rows, ...wanted) => {
    expect(links(...rows)).toEqual(wanted);
  });

  test("any text is read, and its links are between its boxes", () => {
    const row = fc.string({ unit: fc.constantFrom(...Array.from("AB 1─│┌┐└┘├┤┬┴┼▼►◄▲-|+v<>(")) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const { boxes, links: found } = readDrawing(rows, (text) => text);
        for (const { from, to } of found) {
          expect(boxes).toContain(from);
          expect(boxes).toContain(to);
          expect(from).not.toBe(to);
        }
      }),
    );
  });
});

const plan = (list: readonly string[], drawing: readonly string[]) =>
  readSpecKit([
    {
      file: "tasks.md",
      text: [
        "# Tasks: Albums",
        ...[1, 2, 3, 4, 5].flatMap((n) => [
          `## Phase ${n}: ${n < 3 ? "Part" : `User Story ${n - 2} -`} ${n}`,
          `- [ ] T00${n} Do ${n}`,
        ]),
        "## Dependencies & Execution Order",
        ...list,
        "```",
        ...drawing,
        "```",
      ].join("\n"),
    },
  ]);
const afterOf = (read: ReturnType<typeof plan>, key: string) =>
  read.phases
    .find((phase) => phase.key === key)
    ?.after.map(({ phase, origin }) => `${phase} ${origin}`);

const DRAWING = [
  "Phase 2 (Core)",
  "  ├──→ Phase 3 (US1)",
  "  │       └──→ Phase 4 (US2)",
  "  └──→ Phase 5 (US3)",
];

describe("a drawing of phases in a tasks.md", () => {
  test("says what waits for what", () => {
    const read = plan([], DRAWING);
    expect(afterOf(read, "4")).toContain("3 explicit");
    expect(afterOf(read, "5")).not.toContain("4 explicit");
    const added = read.phases.find(({ key }) => key === "4")?.after.at(-1);
    expect(added).toMatchObject({ phase: "3", strength: "hard", place: { line: 16, column: 16 } });
    expect(read.diagnostics.filter(({ code }) => code === "PLAN_DIAGRAM_CONTRADICTS")).toEqual([]);
  });

  test("that goes against the list is told, and the list counts", () => {
    const read = plan(["- **Phase 4**: Depends on Phase 2"], DRAWING);
    expect(afterOf(read, "4")).not.toContain("3 explicit");
    expect(read.diagnostics).toContainEqual(
      expect.objectContaining({
        code: "PLAN_DIAGRAM_CONTRADICTS",
        severity: "warning",
        place: { file: "tasks.md", line: 17, column: 16 },
        related: [expect.objectContaining({ place: expect.objectContaining({ line: 13 }) })],
      }),
    );
  });

  test("goes against what is said of a story that only the labels of tasks name", () => {
    const lines = [
      "## Phase 1: Foundational",
      "- [ ] T001 Do 1",
      "## Phase 2: User Story 1 - Tickets (Priority: P1)",
      "- [ ] T002 [US1] Do 2",
      "## Phase 3: Concessions (Priority: P1)",
      "- [ ] T003 [US5] Do 3",
      "- [ ] T004 [US5] Do 4",
      "## Dependencies & Execution Order",
      "| Story | Depends on |",
      "|---|---|",
      "| US5 | Phase 1 only |",
      "```",
      "Phase 2",
      "  └── Phase 3: US5",
      "```",
    ];
    const read = readSpecKit([{ file: "tasks.md", text: lines.join("\n") }]);
    const told = read.diagnostics.filter(({ code }) => code === "PLAN_DIAGRAM_CONTRADICTS");
    expect(told.map(({ related }) => related?.[0]?.place.line)).toEqual([11]);
  });

  test("that agrees with the list, or only leaves steps out, is told nothing of", () => {
    const read = plan(
      ["- **Phase 3**: Depends on Phase 2", "- **Phase 4**: Depends on Phase 3"],
      [...DRAWING, "Phase 2 ───► Phase 4"],
    );
    expect(read.diagnostics.filter(({ code }) => code === "PLAN_DIAGRAM_CONTRADICTS")).toEqual([]);
  });

  test("can't turn the list round", () => {
    const read = plan(
      ["- **Phase 4**: Depends on Phase 3"],
      ["Phase 4 (US2)", "  └──→ Phase 3 (US1)"],
    );
    expect(afterOf(read, "3")).not.toContain("4 explicit");
    expect(read.diagnostics.map(({ code }) => code)).toContain("PLAN_DIAGRAM_CONTRADICTS");
  });

  test("orders nothing where its words say that it is parallel", () => {
    const read = plan([], ["Phase 3 (US1)", "   │", "Phase 4 (US2) — can parallel with Phase 3"]);
    expect(afterOf(read, "4")).not.toContain("3 explicit");
  });
});
