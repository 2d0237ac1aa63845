/** Bad agents of the Agent Client Protocol: the script of each, and what must come of it. */
import path from "node:path";

const program = path.join(import.meta.dirname, "acp-program.mjs");
const LIMIT_MS = 1_500;

const report = (summary) => ({
  analysis_report: {
    summary,
    findings: [],
    recommendations: [],
    open_questions: [],
    unknowns: [],
  },
});

const row = (fault, script, outcome, more = {}) => ({
  fault: `acp-${fault}`,
  outcome,
  agent: {
    acp: [process.execPath, program, JSON.stringify(script)],
    "pass-env": ["FAULT_*"],
    provider: `acp-${fault}`,
    sandbox: { mode: "off" },
  },
  limits: {},
  ...more,
});

const silent = { limits: { stall: `${LIMIT_MS}ms` }, limitMs: LIMIT_MS };
const deaf = [{ ignore: "SIGTERM" }, { ignore: "SIGHUP" }, { ignore: "SIGINT" }];
const EVIL =
  "\u001B]8;;https://x.test\u0007click\u001B]8;;\u0007\u001B[2J\u001B]0;title\u0007\u202Eevil\u0007";

export const ACP_ROWS = [
  row("missing", {}, /^AGENT_NOT_INSTALLED/, { agent: { acp: ["./not-there"] } }),
  row("asks-to-log-in", { needsLogin: true }, /^failed: auth/),
  row("hangs-before-handshake", { startup: [{ hang: true }] }, /^failed: stalled/, {
    ...silent,
    cheap: true,
  }),
  row("hangs", { steps: [{ hang: true }] }, /^failed: stalled/, silent),
  row(
    "daemons",
    { steps: [{ daemon: "$PIDS" }, { daemon: "$PIDS" }, { submit: report("left two behind") }] },
    /^succeeded/,
    { cheap: true },
  ),
  row(
    "ignores-sigterm",
    {
      startup: deaf,
      ignoresCancel: true,
      staysAtEof: true,
      steps: [{ daemon: "$PIDS" }, { hang: true }],
    },
    /^failed: timeout/,
    { limits: { timeout: `${LIMIT_MS}ms` }, limitMs: LIMIT_MS, cheap: true },
  ),
  row(
    "one-gibibyte",
    { steps: [{ flood: { text: `${"all work and no play ".repeat(50)}\n`, bytes: 2 ** 30 } }] },
    /^failed: output-limit/,
  ),
  row("one-endless-line", { steps: [{ flood: { text: "x", bytes: 2 ** 27 } }] }, /^failed: /),
  row("invalid-utf8", { steps: [{ hex: "7b22fffe227d0a" }] }, /^failed: invalid-output/),
  row(
    "wrong-shape",
    {
      steps: [
        { submit: { analysis_report: { summary: 7 } } },
        { submit: { analysis_report: { summary: 8 } } },
      ],
    },
    /^failed: invalid-output/,
    { calls: 1 },
  ),
  row(
    "nothing-written",
    { steps: [{ say: "Done! I have written the report to faults.md and everything passes." }] },
    /^failed: invalid-output/,
  ),
  row(
    "writes-outside",
    {
      steps: [
        { write: "$CWD/specs/001-faults/injected.md" },
        { write: "$CWD/.wavegate/injected" },
        { submit: report("wrote it") },
      ],
    },
    /^succeeded/,
  ),
  row("dies", { steps: [{ daemon: "$PIDS" }, { exit: 7 }] }, /^failed: crashed/),
  row(
    "prints-a-secret",
    {
      steps: [
        { say: "my key is $SECRET" },
        { tool: { title: "curl $SECRET", kind: "execute" } },
        { submit: report("key $SECRET") },
      ],
    },
    /^succeeded/,
    { cheap: true },
  ),
  row(
    "terminal-escapes",
    { steps: [{ say: EVIL }, { tool: { title: EVIL } }, { submit: report(EVIL) }] },
    /^succeeded/,
  ),
];
