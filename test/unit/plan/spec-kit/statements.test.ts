import { expect, test } from "vitest";
import { SPEC_KIT_IDS } from "../../../../src/plan/annotations/id-grammar.ts";
import { readStatements } from "../../../../src/plan/spec-kit/statements/read-statements.ts";
import type { Target } from "../../../../src/plan/spec-kit/statements/tokens.ts";

const GRAMMAR = { ...SPEC_KIT_IDS, task: SPEC_KIT_IDS.sure };
const written = (targets: readonly Target[]) =>
  targets
    .map(({ role, references }) =>
      [
        role ?? [],
        ...references.map(
          ({ kind, from, to }) =>
            (kind === "phase" ? "#" : "") + from + (to === undefined ? "" : `..${to}`),
        ),
      ]
        .flat()
        .join(","),
    )
    .join(" ");
const said = (text: string) =>
  readStatements(text, GRAMMAR, true).statements.map((one) =>
    one.kind === "chain"
      ? `chain ${written(one.later)}`
      : `${written(one.earlier) || "it"} < ${written(one.later) || "it"}${one.soft ? " softly" : ""}`,
  );

test.each<[text: string, ...statements: string[]]>([
  [
    "**Foundational (Phase 2)**: Depends on Setup completion - BLOCKS all user stories",
    "setup < it",
    "it < stories",
  ],
  [
    "**US2 (Phase 4)**: Depends on Phase 2 + Phase 3 (needs pending requests to exist)",
    "#2,#3 < it",
  ],
  ["**US4 (P2), US5 (P2)**: depend on US2 (sessions).", "US2 < it"],
  ["**US6**: depends on US1 (register wiring) + Foundational MailPort.", "US1 foundation < it"],
  [
    "**US3**: depends on the `Guard` (Foundational) + at least one family (US1); verifies isolation.",
    "foundation US1 < it",
  ],
  [
    "**US4**: Depends on Foundational and directly on US1's routine (T013, reused) — do US1 first.",
    "foundation US1 < it",
  ],
  ["**US3**: Depends on User Story 1 and benefits from User Story 2 visibility", "US1 < it"],
  ["**US3**: Depends on Foundational; easiest to exercise once US2 exists", "foundation < it"],
  ["**US1**: Depends on Phase 2 only. Independent of US2.", "#2 < it"],
  [
    "**US1**: Can start after Foundational (Phase 2) - No dependencies on other stories",
    "foundation < it",
  ],
  ["**US2**: No dependency on US1"],
  ["**US2**: does not depend on US1 or T003"],
  ["**Phase 7, 8, 9**: All depend on Phase 6 but are independent of each other", "#6 < it"],
  ["**Phase 6 blocks**: T033–T035 in parallel"],
  ["T008 blocks T009, T015", "T008 < T009,T015"],
  [
    "T011 (eslint) blocks T012 (lint) and the lint step (T013). T013 (ci) blocks T014",
    "T011 < T012 T013",
    "T013 < T014",
  ],
  ["T008 is a prerequisite for the check (T013) and the gate (T014)", "T008 < T013 T014"],
  ["Tests (T004-T007) before implementation (T008-T014)", "T004..T007 < T008..T014"],
  ["T001 → T002 → T003", "T001 < T002", "T002 < T003"],
  [
    "Setup: T001 → T002; T003 (needs T001, T002) → T004",
    "T001 < T002",
    "T003 < T004",
    "T001,T002 < T003",
  ],
  ["T014 (page) ← depends on T012 + T013", "T012,T013 < T014"],
  ["T012, T013 → parallel (independent files, both depend on T010)", "T010 < T012,T013"],
  ["T010-T011 must run after T004-T009", "T004..T009 < T010..T011"],
  [
    "**Phase 1**: T003, T004 can all run in parallel after T001+T002; T005 after T004",
    "T001,T002 < T003,T004",
    "T004 < T005",
  ],
  ["T005 after T003, T007 and T008 after T004", "T003 < T005", "T004 < T007,T008"],
  ["T012 follows T011 (test-first); T016 follows T015", "T011 < T012", "T015 < T016"],
  ["Once Foundational is done, US1 and US2 can start", "foundation < US1,US2"],
  ["US2 must not start before US1", "US1 < US2"],
  ["T008–T010 must run sequentially", "chain T008..T010"],
  ["T006, T007 in parallel; T008–T010 sequential (same file as T008)", "chain T008..T010"],
  ["User Stories 3, 4, and 5 extend one file -- they must run sequentially", "chain US3,US4,US5"],
  [
    "T004/T005 can run in parallel with each other, sequentially before T006-T008.",
    "T004,T005 < T006..T008",
  ],
  ["US1 and US2 can run in parallel"],
  ["For one developer a sequential order is recommended: US1 and US2"],
  ["For one developer a sequential order is recommended: US1 → US2 → US3 (they share a file)"],
  ["T006 dépend de T003, T004", "T003,T004 < T006"],
  ["The files (P1 → P2 → P3) come in this order"],
  ["US1 may start after US2", "US2 < US1 softly"],
  ["**US2**: T005 and T006 can run in parallel, T007 depends on T005/T006", "T005,T006 < T007"],
  [
    "T013, T014 in parallel after tests are written. T017 and T018 after T012 complete.",
    "T012 < T017,T018",
  ],
  ["React 19.1 needs 2.3 of it"],
])("%s", (text, ...statements) => {
  expect(said(text)).toEqual(statements);
});
