import { expect, test } from "vitest";
import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import { WavegateError } from "../../../src/core/error.ts";
import { textWidth } from "../../../src/reporters/text-width.ts";
import { countDiagnostics, diagnosticLines } from "../../../src/reporters/diagnostic-lines.ts";
import { errorLines, errorReport } from "../../../src/reporters/error-lines.ts";
import { gateLines, type ShownGate } from "../../../src/reporters/gate-lines.ts";
import {
  runDetail,
  runTable,
  statusText,
  type ShownRun,
} from "../../../src/reporters/run-lines.ts";
import type { RunRecord } from "../../../src/ports/engine.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";
import { golden } from "./golden.ts";
import { RUN, START } from "./history.ts";

const STYLE = { color: false, unicode: true, width: 80 };
const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;

const FILE = "specs/001-albums/spec.md";
const SOURCE = "# Albums\n\n- **FR-001**: 写真 must load\tfast\n".concat(
  "x",
  "y".repeat(300),
  "z\n",
);
const vague: Diagnostic = {
  code: "SPEC_VAGUE_WORDING",
  severity: "warning",
  message: '"fast" can be read in many ways.',
  place: { file: FILE, line: 3, column: 28 },
  hint: "Say how fast, with a number and a unit that a test can measure, for example: within 200 ms at the 95th percentile.",
};
const DIAGNOSTICS: readonly Diagnostic[] = [
  {
    ...vague,
    code: "SPEC_LONG_LINE",
    severity: "info",
    place: { file: FILE, line: 4, column: 302 },
  },
  vague,
  { ...vague, code: "SPEC_NO_STORIES", severity: "error", place: { file: FILE } },
];

test("diagnostics show place, line, caret and hint, by place", () => {
  const shown = text(diagnosticLines(DIAGNOSTICS, { [FILE]: SOURCE }, STYLE));
  expect(shown).toBe(golden("diagnostics.txt", shown));
  expect(countDiagnostics(DIAGNOSTICS)).toBe("1 error, 1 warning, 1 note");
  expect(countDiagnostics([])).toBe("no problems");
});

test("the caret stands under what it points at, also behind wide characters", () => {
  const [, line, caret] = diagnosticLines([vague], { [FILE]: SOURCE }, STYLE);
  expect(line?.slice(0, line.indexOf("fast"))).toSatisfy(
    (before: string) => textWidth(before) === textWidth(caret?.slice(0, caret.indexOf("^")) ?? ""),
  );
});

test("at most 20 diagnostics of a file are shown, the rest counted", () => {
  const many = Array.from({ length: 33 }, (_, index) => ({
    ...vague,
    place: { file: FILE, line: index + 1 },
  }));
  const lines = diagnosticLines(many, {}, STYLE);
  expect(lines.filter((line) => line.includes("SPEC_VAGUE"))).toHaveLength(20);
  expect(lines).toContain(`and 13 more in ${FILE}`);
});

test("a configuration's problems are all shown: it is mended in one go", () => {
  const many = Array.from({ length: 37 }, (_, index) => problem("CONFIG_UNKNOWN_KEY", index + 1));
  const listed = (code: "CONFIG_INVALID" | "SPEC_INVALID") =>
    errorLines(
      new WavegateError(code, "Bad.", { hint: "Mend it.", diagnostics: many }),
      {},
      STYLE,
    ).filter((line) => line.includes("CONFIG_UNKNOWN_KEY")).length;
  expect([listed("CONFIG_INVALID"), listed("SPEC_INVALID")]).toEqual([37, 20]);
});

const problem = (code: string, line: number): Diagnostic => ({
  ...vague,
  code,
  place: { file: "wavegate.config.yaml", line, column: 3 },
});

test("lines of a configuration that may hold a secret are not shown, whatever is wrong on them", () => {
  const source = [
    "agents: { a: { env: { DB_PASS: canary } } }",
    '"api-key" : canary',
    "x: sk-canary0123456789abcdef",
    "env:",
    "  canary",
    "limits: { agent: 3 }",
  ].join("\n");
  const problems = [
    problem("CONFIG_INLINE_SECRET", 1),
    problem("CONFIG_SYNTAX", 2),
    problem("CONFIG_UNKNOWN_KEY", 3),
    problem("CONFIG_INLINE_SECRET", 5),
    problem("CONFIG_UNKNOWN_KEY", 5),
    problem("CONFIG_UNKNOWN_KEY", 6),
  ];
  const shown = diagnosticLines(problems, { "wavegate.config.yaml": source }, STYLE);
  expect(shown.join("\n")).not.toContain("canary");
  expect(shown).toContain("    1 │ (not shown: it may hold a secret)");
  expect(shown).toContain("    6 │ limits: { agent: 3 }");
  expect(shown.filter((line) => line.endsWith("^"))).toHaveLength(1);
});

test("a secret right behind another name or value is found", () => {
  for (const source of ["a: API_KEY=canary", "a=API_KEY=canary", "a: b, API_KEY: canary"]) {
    const shown = diagnosticLines(
      [problem("CONFIG_UNKNOWN_KEY", 1)],
      { "wavegate.config.yaml": source },
      STYLE,
    );
    expect(shown.join("\n")).not.toContain("canary");
  }
});

test.each(["a", "a-", "a ", "a=", "a:a", '"'])(
  "a line of a configuration with nothing but %j costs time by its length",
  (part) => {
    expect(
      growthOf(
        (size) => filled(part, size),
        (line) =>
          diagnosticLines([problem("CONFIG_SYNTAX", 1)], { "wavegate.config.yaml": line }, STYLE),
        5_000,
      ),
    ).toBe("linear");
  },
  PATIENCE_MS,
);

const invalid = new WavegateError("SPEC_INVALID", "The spec has no requirements.\u001B[2J", {
  hint: "Add a Functional Requirements section.",
  place: { file: FILE, line: 3 },
  diagnostics: [vague],
});

test("errors show code, message, place and hint, for people and for programs", () => {
  const shown = text(errorLines(invalid, { [FILE]: SOURCE }, STYLE));
  expect(shown).toBe(golden("error.txt", shown));
  expect(errorReport(invalid)).toEqual({
    error: {
      code: "SPEC_INVALID",
      message: invalid.message,
      place: { file: FILE, line: 3 },
      hint: invalid.hint,
      diagnostics: [vague],
    },
  });
});

test("a fault of ours says so, with its stack", () => {
  const fault = new Error("impossible");
  expect(text(errorLines(fault, {}, STYLE))).toContain(
    "error INTERNAL: Error: impossible\n    at ",
  );
  expect(errorReport(fault).error.code).toBe("INTERNAL");
  expect(errorReport("text").error.message).toBe("text");
});

const GATE: ShownGate = {
  runId: RUN,
  gate: {
    stage: "planning",
    round: 2,
    digest: "9a3f0c55e1b2".padEnd(64, "0"),
    prompt: "Planning artifacts synthesized. Approve to proceed?",
    subjectDigest: null,
    inputs: [],
    artifacts: [],
    notice: "plan.md changed after you were asked; look again.",
    folder: "/home/ada/albums/.wavegate/runs/plan-7f3k2m9x/proposal-2",
    figures: {
      requirementsTotal: 12,
      requirementsCovered: 11,
      notCovered: ["FR-007"],
      qualityScore: 87,
      conflicts: 2,
      escalated: ["Storage: architecture says SQLite, risk says\u001B[31m PostgreSQL"],
      openQuestions: ["How long are deleted albums kept?", "Who may share an album?"],
      resolvedQuestions: ["Who may share? Members of the album."],
      openRework: ["Give FR-007 a task."],
      failedChecks: ["plan.md: FR-007 is not addressed"],
      tasks: 9,
      orphanTasks: [],
      unmitigatedRisks: ["R-03"],
      unmeasurableCriteria: [],
      signedOff: true,
      qaNotes: "",
      partial: ["risk: timeout after 15 m"],
      reworkRounds: 1,
    },
  },
  artifacts: [
    {
      name: "plan.md",
      digest: "cd".repeat(32),
      content: "# Plan\n\nPhase 1\nPhase 2\n",
      target: "specs/001-albums/plan.md",
      existing: "# Plan\n\nPhase 1\n",
    },
    {
      name: "planning-summary.md",
      digest: "ef".repeat(32),
      content: `# Albums\n\n${"Photos are kept in albums, and albums are shared. ".repeat(60)}\n`,
      target: "specs/001-albums/planning-summary.md",
      existing: undefined,
    },
  ],
};

test("a gate shows facts, files with changes, agents' text in a frame, and the commands", () => {
  const shown = text(gateLines(GATE, STYLE));
  expect(shown).toBe(golden("gate.txt", shown));
});

const withFigures = (more: Partial<ShownGate["gate"]["figures"]>) =>
  gateLines({ ...GATE, gate: { ...GATE.gate, figures: { ...GATE.gate.figures, ...more } } }, STYLE);

test("what the reviewer recommends and how grave the issues are stands above figures that are all good", () => {
  const issues = { critical: 1, high: 2, medium: 0, low: 0, accepted: 3 };
  const review = withFigures({ recommendation: "fix-first", issues });
  const at = (part: RegExp) => review.findIndex((line) => part.test(line));
  expect(at(/^ recommended +fix first$/)).toBeGreaterThan(0);
  expect(at(/^ issues +1 critical, 2 high; 3 accepted$/)).toBeGreaterThan(0);
  expect(at(/^ issues/)).toBeLessThan(at(/^ coverage/));
  const none = { critical: 0, high: 0, medium: 0, low: 0, accepted: 0 };
  expect(text(withFigures({ recommendation: "proceed", issues: none }))).toMatch(
    /issues +none open/,
  );
  expect(text(withFigures({ approvalStatus: "conditional" }))).toMatch(
    /reviewer says +conditional:/,
  );
  expect(text(withFigures({ decided: ["C-1"] }))).toMatch(
    /conflicts +2, 1 decided by people, 1 for you to decide/,
  );
  expect(text(withFigures({}))).not.toMatch(/recommended|reviewer says|issues/);
});

test("a gate that asks again about an edited file shows what is not as it was approved", () => {
  const [plan] = GATE.artifacts;
  const edited = "# Plan\n\nPhase 1\nMine\n";
  const shown = (more: Partial<ShownGate["artifacts"][number]>) =>
    text(
      gateLines(
        { ...GATE, artifacts: [{ ...plan, ...more }] as ShownGate["artifacts"] },
        { ...STYLE, width: 200 },
      ),
    );
  const again = shown({ existing: edited, content: edited, approved: plan?.content ?? "" });
  expect(again).toContain("in specs/001-albums/, changed since it was approved");
  expect(again).toContain("specs/001-albums/plan.md since it was approved: +1 -1");
  expect(again).toMatch(/^ +-Phase 2\n +\+Mine$/m);
  expect(again).not.toContain("unchanged");
  expect(shown({ existing: edited, content: edited, approved: edited })).toMatch(/unchanged in/);
});

test("agents' text comes after the facts, framed and inert, whatever it holds", () => {
  const figures = {
    ...GATE.gate.figures,
    qaNotes: "\u001B]0;x\u0007 coverage 12 of 12 \u202Eevil",
  };
  const lines = gateLines({ ...GATE, gate: { ...GATE.gate, figures } }, STYLE);
  const at = (part: string) => lines.findIndex((line) => line.includes(part));
  expect(at("Written by agents")).toBeGreaterThan(at("incomplete"));
  expect(lines[at("evil")]).toMatch(/^ │ - coverage 12 of 12 evil$/);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(lines.join("")).not.toMatch(/[\u0000-\u001F\u202E]/);
});

test.each([
  [true, "␛"],
  [false, "<U+001B>"],
])("an agent cannot hide a part of what is approved (unicode %s)", (unicode, escape) => {
  const [plan, summary] = GATE.artifacts;
  const hiding =
    "visible\n\u001B]\n- [ ] 1.2 delete production\nshown \u001B]0;hidden title\u0007\n";
  const artifacts = [
    { ...plan, existing: "visible\n", content: hiding },
    { ...summary, content: hiding },
  ] as ShownGate["artifacts"];
  const lines = gateLines({ ...GATE, artifacts }, { ...STYLE, unicode });
  const shown = lines.map((line) => line.trim());
  expect(shown).toContain("specs/001-albums/plan.md: +3 -0");
  expect(shown).toContain(`+${escape}]`);
  expect(shown).toContain("+- [ ] 1.2 delete production");
  expect(lines.filter((line) => line.includes("1.2 delete production"))).toHaveLength(2);
  expect(lines.filter((line) => line.includes(`${escape}]0;hidden title`))).toHaveLength(2);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(lines.join("")).not.toMatch(/[\u0000-\u001F]/);
});

test("a gate never takes more columns than the terminal has, commands and paths apart", () => {
  const folder = GATE.gate.folder;
  const lines = gateLines(GATE, { ...STYLE, width: 60 }).filter(
    (line) => !line.includes(folder) && !line.includes("wavegate ") && !line.includes("digest"),
  );
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(60);
});

test("where a file would be written is shown whole, however narrow the terminal", () => {
  const artifacts = GATE.artifacts.map((artifact) => ({
    ...artifact,
    target: `specs/001-a-feature-with-a-long-name/and-a-folder/${artifact.name}`,
  }));
  const lines = gateLines({ ...GATE, artifacts }, { ...STYLE, width: 40 });
  expect(
    lines.filter((line) => line.endsWith(" in specs/001-a-feature-with-a-long-name/and-a-folder/")),
  ).toHaveLength(artifacts.length);
});

const RECORD: RunRecord = {
  runId: RUN,
  workflow: "plan",
  subject: FILE,
  status: "running",
  createdAt: new Date(START).toISOString(),
  updatedAt: new Date(START + 5_000).toISOString(),
  owner: { workerId: "w1", pid: 4711, host: "ada-laptop" },
};
const wait = {
  name: "planning/gate/1",
  kind: "gate",
  token: "x",
  info: null,
  openedAt: RECORD.createdAt,
} as const;
const RUNS: readonly ShownRun[] = [
  { record: RECORD, folder: "/p/.wavegate/runs/1" },
  { record: { ...RECORD, status: "waiting", wait }, gate: GATE.gate, folder: "/p" },
  {
    record: { ...RECORD, status: "waiting" },
    hold: {
      stage: "planning",
      code: "STAGE_QUORUM_NOT_MET",
      reason: "2 of 4 answered, 3 are needed",
      failures: ["architecture: timeout", "risk: crashed"],
      hint: "Fix what failed, then resume.",
    },
    folder: "/p/.wavegate/runs/3",
  },
  { record: { ...RECORD, status: "completed", output: { status: "rejected" } }, folder: "/p" },
  { record: { ...RECORD, status: "failed", error: "disk full" }, folder: "/p" },
];

test("runs in a table, and one in detail", () => {
  const options = { ...STYLE, now: START + 125_000 };
  const table = text(runTable(RUNS, options));
  expect(table).toBe(golden("runs.txt", table));
  const detail = text(RUNS.flatMap((run) => [...runDetail(run, options), ""]));
  expect(detail).toBe(golden("run.txt", detail));
  expect(RUNS.map(statusText)).toEqual(["running", "at a gate", "held", "rejected", "failed"]);
});
