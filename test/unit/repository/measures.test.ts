/** Each measure over a repository, by example: what is found, and what must not be. */
import { expect, test } from "vitest";
import { constitutionRules } from "../../../src/repository/constitution-rules.ts";
import { contradictions } from "../../../src/repository/contradictions.ts";
import { readCoverage } from "../../../src/repository/coverage-figures/read-coverage.ts";
import { debtFacts } from "../../../src/repository/debt-facts.ts";
import { filesNamedIn } from "../../../src/repository/files-named-in.ts";
import { idsIn } from "../../../src/repository/ids-in.ts";
import { kindOfFile } from "../../../src/repository/kind-of-file.ts";
import { mentionsIn } from "../../../src/repository/mentions.ts";
import type { RepositoryFile } from "../../../src/repository/model.ts";
import { openMarkers } from "../../../src/repository/open-markers.ts";
import { readTasks } from "../../../src/repository/read-tasks.ts";
import { unprovenTasks } from "../../../src/repository/unproven-tasks.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { file } from "./project.ts";

test("files are told apart by their paths", () => {
  const kinds = {
    "src/a.ts": "source",
    "src/spec/parse.ts": "source",
    "src/build/x.ts": "source",
    "test/unit/a.ts": "test",
    "src/a.test.ts": "test",
    "pkg/x_test.go": "test",
    "specs/001-a/spec.md": "document",
    "package-lock.json": "lockfile",
    "dist/a.js": "generated",
    "web/vendor/jquery.js": "generated",
    "logo.png": "other",
  };
  expect(Object.fromEntries(Object.keys(kinds).map((path) => [path, kindOfFile(path)]))).toEqual(
    kinds,
  );
});

const named = (text: string) => idsIn(text).map(({ id }) => id);

test("ids are read with their ranges, and words that look alike are not", () => {
  expect(named("FR-001, SC-02a and US-3")).toEqual(["FR-001", "SC-02a", "US3"]);
  expect(named("FR-001 to FR-003")).toEqual(expect.arrayContaining(["FR-001", "FR-002", "FR-003"]));
  expect(named("fr-001 xFR-001 FR-001.2 FR-001-2")).toEqual([]);
});

const known = new Set(["FR-001", "FR-002", "SC-001"]);
const TASKS = `# Tasks
- [x] T001 [P] [US1] Write \`src/lend.ts\` (FR-001)
  with its test in test/lend.test.ts
- [ ] T002 Refund, depends on T001 and T009 (FR-001 to FR-002)
- [X] T003 Remove \`src/old.ts\`
- [x] T004 Use Node.js with \`Promise.all\` and \`zone.js\`; wait for 1.5 seconds after 2.5 retries
- [ ] a task without an id
\`\`\`
- [x] T099 in code
\`\`\`
`;

const exists = (path: string) => path === "src/lend.ts";

test("tasks are read with boxes, ids, stories, dependencies and files; code is not", () => {
  const tasks = readTasks(
    { "tasks.md": TASKS, "plan.md": "- [x] 1.1 One\n- [x] checked" },
    known,
    exists,
  );
  expect(tasks.map(({ document, id, done }) => [document, id, done])).toEqual([
    ["tasks.md", "T001", true],
    ["tasks.md", "T002", false],
    ["tasks.md", "T003", true],
    ["tasks.md", "T004", true],
    ["tasks.md", "line 7", false],
    ["plan.md", "1.1", true],
  ]);
  expect(tasks[0]).toMatchObject({
    text: "Write `src/lend.ts` (FR-001)",
    requirements: ["FR-001"],
    stories: ["US1"],
    files: [
      { path: "src/lend.ts", exists: true },
      { path: "test/lend.test.ts", exists: false },
    ],
  });
  expect(tasks[1]).toMatchObject({
    dependsOn: ["T001", "T009"],
    requirements: ["FR-001", "FR-002"],
  });
  expect(tasks[3]).toMatchObject({ files: [], dependsOn: [] });
});

const tasksIn = (document: string, ...lines: readonly string[]) =>
  readTasks({ [document]: `# Tasks\n\n## Phase 1: A\n\n${lines.join("\n")}\n` }, known, () => null);

test("tasks are read in all forms that plans have; in plans only those with an id count", () => {
  const forms = tasksIn(
    "tasks.md",
    "* [X] **T001** [FR-002] One",
    "- [ ] T002a Two {deps: T001}",
    "- [~] T003 Three",
    "- [x] T004 Four",
    "  - [ ] a part of it, in `src/part.ts`",
    "  - [x] T005 Five",
  );
  expect(forms.map(({ id, done, dependsOn }) => [id, done, dependsOn])).toEqual([
    ["T001", true, []],
    ["T002a", false, ["T001"]],
    ["T003", false, []],
    ["T004", true, []],
    ["T005", true, []],
  ]);
  expect(forms[0]?.requirements).toEqual(["FR-002"]);
  expect(forms[3]?.files).toEqual([{ path: "src/part.ts", exists: null }]);
  const planned = tasksIn(
    "plan.md",
    "- [x] **1.1** One (depends: 1.9)",
    "- [x] a check",
    "- [ ] 1.2 Two",
  );
  expect(planned.map(({ id, done, dependsOn }) => [id, done, dependsOn])).toEqual([
    ["1.1", true, ["1.9"]],
    ["1.2", false, []],
  ]);
  expect(tasksIn("tasks.md", "No box at all.")).toEqual([]);
});

test("a ticked task is unproven when it names files that are not there; not when it removes them", () => {
  const all = readTasks({ "tasks.md": TASKS }, known, exists);
  expect(unprovenTasks(all)).toEqual([
    expect.objectContaining({ task: "T001", line: 2, missing: ["test/lend.test.ts"], named: 2 }),
  ]);
  const unlisted = readTasks({ "tasks.md": TASKS }, known, () => null);
  expect(unprovenTasks(unlisted)).toEqual([]);
});

test("files named in prose need a slash and an ending; patterns and addresses are none", () => {
  expect(filesNamedIn("in `a.go`, src/b.ts:12 and ./c/d.py.")).toEqual([
    "a.go",
    "src/b.ts",
    "c/d.py",
  ]);
  expect(
    filesNamedIn("see https://x.dev/a/b.ts, `src/*.ts`, and/or, Next.js, `npm run x`, ../out/a.ts"),
  ).toEqual([]);
});

test("open markers are found; code, comments and sentences about markers are not", () => {
  const text = [
    "- FR-001 [NEEDS CLARIFICATION: how long?]",
    "`[NEEDS CLARIFICATION: example]`",
    "- [x] No [NEEDS CLARIFICATION] markers remain",
    "<!-- [NEEDS CLARIFICATION: hidden] -->",
    "Limit: [NEEDS CLARIFICATION]",
  ].join("\n");
  expect(openMarkers({ "plan.md": text, "data.json": text })).toEqual([
    { document: "plan.md", line: 1, question: "how long?" },
    { document: "plan.md", line: 5, question: "" },
  ]);
});

test.each([
  ["src/a.ts", "// FR-001: lend", true],
  ["src/a.ts", " * Lends (FR-001).", true],
  ["src/a.py", "# FR-001", true],
  ["test/a.ts", 'test("lends a tool (FR-001)", () => {', true],
  ["test/a.ts", '  "FR-001 lends a tool",', true],
  ["test/a.ts", '  "FR-001",', false],
  ["test/a.ts", "- **FR-001**: a specification in a test", false],
  ["src/a.ts", "// an id like `FR-001`", false],
  ["src/a.ts", 'const id = "FR-001";', false],
])("%s: %s", (path, line, found) => {
  expect(mentionsIn(path, `\n${line}\n`, known).get("FR-001")).toBe(found ? 2 : undefined);
});

const SPEC = parseSpec(
  "spec.md",
  `# Feature Specification: Lend
## Requirements
### Functional Requirements
- **FR-001**: A member MUST be reminded of an overdue loan within 3 days
- **FR-002**: The export MUST finish within 30 seconds for a year of loans
### Key Entities
- **Tool**: name, value
- **Deposit**: amount
## Success Criteria
- **SC-001**: 95% of members reserve a tool in under 2 minutes
`,
);

test("contradictions between documents: unknown ids, spelling, numbers, forgotten entities", () => {
  const plan = [
    "Members reserve a tool: SC-001 asks that 80% of members reserve a tool in under 2 minutes.",
    "FR-1 is built first, then FR-009.",
    "See FR-077 of specs/002-pay.",
    "- [ ] 1.1 Export (FR-002): effort 1/2/3 days",
    "The tool list.",
  ].join("\n");
  const found = contradictions(SPEC, { "plan.md": plan });
  expect(found.map(({ kind, line, ids }) => [kind, line, ids])).toEqual([
    ["spelling", 2, ["FR-001"]],
    ["unknown-id", 2, ["FR-009"]],
    ["number", 1, ["SC-001"]],
    ["entity-missing", 8, []],
  ]);
});

test("numbers that agree, or speak of something else, are no contradiction", () => {
  const agrees =
    "FR-002: the export finishes within 30 seconds for a year of loans; tools, deposits";
  const other = "FR-002 is shown in 5 seconds on the start page; tools, deposits";
  expect(contradictions(SPEC, { "plan.md": agrees })).toEqual([]);
  expect(contradictions(SPEC, { "plan.md": other })).toEqual([]);
  const floor = "FR-002: the export of a year of loans needs at least 2 seconds; tools, deposits";
  expect(contradictions(SPEC, { "plan.md": floor })).toEqual([]);
});

const lcov = "SF:src/a.ts\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n";

test.each<[string, string, number | null, string | null]>([
  ["coverage/lcov.info", lcov, 50, null],
  ["coverage/lcov.info", "SF:a\nDA:1,3\nDA:2,0\nDA:3,1\nend_of_record\n", 66.7, null],
  ["coverage/lcov.info", lcov.slice(0, 20), null, "it is cut off: its last record has no end"],
  ["coverage/lcov.info", "", null, "it has no record"],
  [
    "coverage/lcov.info",
    "SF:a\nLF:2\nLH:3\nend_of_record",
    null,
    "it counts more covered lines than lines",
  ],
  ["coverage.xml", '<coverage lines-covered="3" lines-valid="4"></coverage>', 75, null],
  [
    "coverage.xml",
    '<coverage><class filename="a.py"><line number="1" hits="1"/><line number="2" hits="0"/></class></coverage>',
    50,
    null,
  ],
  ["coverage.xml", "<html></html>", null, "it has no coverage element"],
  ["coverage.xml", '<coverage line-rate="1">', null, "it is cut off"],
  ["coverage-summary.json", '{"total":{"lines":{"total":10,"covered":9}}}', 90, null],
  ["coverage-summary.json", "{", null, "it is not JSON"],
  ["coverage-summary.json", '{"total":{}}', null, "it has no total of lines"],
])("coverage of %s: %s", (path, text, percent, problem) => {
  expect(readCoverage([file(path, text)])).toEqual([expect.objectContaining({ percent, problem })]);
});

const project = (files: readonly RepositoryFile[]) => ({
  files,
  debt: debtFacts(files),
  secrets: { filesScanned: files.length, found: [], keyFiles: [] },
  coverage: readCoverage(files),
});

test.each([
  ["Files MUST NOT exceed 3 lines.", "broken"],
  ["Files MUST NOT exceed 300 lines.", "holds"],
  ["The type `any` is FORBIDDEN.", "broken"],
  ["Default exports MUST NOT be used.", "holds"],
  ["TypeScript MUST run in strict mode.", "holds"],
  ["Line coverage MUST be at least 80%.", "broken"],
  ["Line coverage MUST be at least 40%.", "holds"],
  ["Secrets MUST NEVER be committed.", "holds"],
  ["Code MUST NOT contain TODO comments.", "broken"],
  ["Every change MUST have tests.", "broken"],
  ["Features MUST start as a library.", "not decided"],
])("a rule of the constitution: %s", (rule, verdict) => {
  const files = [
    file("src/a.ts", 'const re = /any|every/;\n// any\nlet a: any = "as any";\n// TODO later\n'),
    file("vite.config.ts", "export default {};\n"),
    file("tsconfig.json", '{ "compilerOptions": { "strict": true } }'),
    file("coverage/lcov.info", lcov),
  ];
  expect(constitutionRules(`# C\n\n- ${rule}\n`, project(files))).toEqual([
    expect.objectContaining({ line: 3, verdict }),
  ]);
});

test("sentences that bind nobody, and the unfilled template, are no rules", () => {
  const text = "We like tests.\n\n[PRINCIPLE_1_DESCRIPTION] MUST hold.\n";
  expect(constitutionRules(text, project([]))).toEqual([]);
});
