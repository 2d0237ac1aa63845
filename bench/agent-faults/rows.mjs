/** Every bad agent: how it is configured, what must come of it. */
import path from "node:path";
import { ACP_ROWS } from "./acp-rows.mjs";
import { MODEL_ROWS } from "./model-rows.mjs";

/** Longest time of an attempt, and longest silence, in milliseconds, of the rows that run into one. */
const LIMIT_MS = 1_500;
const program = path.join(import.meta.dirname, "program.mjs");

/** One role played by the program. */
const faulty = (fault, more = {}) => ({
  command: [process.execPath, program, fault],
  "pass-env": ["FAULT_*"],
  provider: fault,
  sandbox: { mode: "off" },
  ...more,
});

const row = (fault, outcome, more = {}) => ({
  fault,
  outcome,
  agent: faulty(fault),
  limits: {},
  ...more,
});

/**
 * `outcome`: what the event of the last call must say. `limitMs`: the limit that ends it, to tell the time that killing takes.
 * `stage`: more of its stage. `injected`: files that are left where the agent must not write. `cheap`: run by the tests, too.
 */
export const ROWS = [
  ...ACP_ROWS,
  ...MODEL_ROWS,
  row("missing", /^AGENT_NOT_INSTALLED/, { agent: { command: ["./not-there"] }, cheap: true }),
  row("too-old", /^AGENT_NOT_INSTALLED: .*version 0\.21\.0 is older than 0\.44\.0/, {
    agent: { preset: "codex" },
    cheap: true,
  }),
  row("asks-to-log-in", /^failed: auth/, { cheap: true }),
  row("hangs", /^failed: stalled/, {
    limits: { stall: `${LIMIT_MS}ms` },
    limitMs: LIMIT_MS,
    cheap: true,
  }),
  row("daemons", /^succeeded/, { cheap: true }),
  row("ignores-sigterm", /^failed: timeout/, {
    limits: { timeout: `${LIMIT_MS}ms` },
    limitMs: LIMIT_MS,
    cheap: true,
  }),
  row("one-gibibyte", /^failed: output-limit/),
  row("invalid-utf8", /^failed: invalid-output/, { cheap: true }),
  row("wrong-shape", /^failed: invalid-output: the answer does not match/, {
    calls: 2,
    cheap: true,
  }),
  row("nothing-written", /^failed: invalid-output/, { cheap: true }),
  row("writes-outside", /^succeeded/, { injected: 3 }),
  row("writes-outside-in-sandbox", /^succeeded/, {
    agent: { ...faulty("writes-outside"), sandbox: { mode: "required" } },
    needs: "sandbox",
    injected: 0,
  }),
  row("deletes-its-folder", /^failed: invalid-output/, {
    agent: faulty("deletes-its-folder", {
      command: [process.execPath, program, "deletes-its-folder", "--answer={answerFile}"],
      answer: "file",
    }),
    cheap: true,
  }),
  row("prints-a-secret", /^succeeded/, { cheap: true }),
  row("terminal-escapes", /^succeeded/, { cheap: true }),
  row("approves-a-gate", /^succeeded/, {
    told: /GATE_INSIDE_ATTEMPT GATE_INSIDE_ATTEMPT/,
    needs: "cli",
  }),
];
