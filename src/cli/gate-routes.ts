import { buildCommand } from "@stricli/core";
import { raiseFlags } from "./budget-flags.ts";
import type { Cli } from "./cli.ts";
import type { DecideFlags, ModifyFlags } from "./commands/decide.ts";
import type { ResumeFlags } from "./commands/resume.ts";
import { COMMON, decidedRun, one, rates, run, textFlag } from "./parameters.ts";

// Commands are loaded when they run: showing help must not load the app.

const digest = textFlag("HEX", "Digest that the gate shows, at least 6 characters of it");

export const approve = buildCommand<DecideFlags, [string?], Cli>({
  docs: { brief: "Approve what a gate shows: its files are written" },
  parameters: {
    flags: {
      ...COMMON,
      digest,
      reason: textFlag("TEXT", "Recorded with the decision"),
      rate: rates,
    },
    positional: one(decidedRun),
  },
  loader: async () => (await import("./commands/decide.ts")).approve,
});

export const reject = buildCommand<DecideFlags, [string?], Cli>({
  docs: { brief: "Reject what a gate shows: the run ends, nothing is written" },
  parameters: {
    flags: { ...COMMON, digest, reason: textFlag("TEXT", "Why; required"), rate: rates },
    positional: one(decidedRun),
  },
  loader: async () => (await import("./commands/decide.ts")).reject,
});

export const modify = buildCommand<ModifyFlags, [string?], Cli>({
  docs: { brief: "Ask for changes: the gate opens again on the result" },
  parameters: {
    flags: {
      ...COMMON,
      digest,
      text: textFlag("TEXT", "What to change, in words"),
      file: textFlag("PATH", "An edited file that replaces one of those shown"),
      artifact: textFlag("NAME", "Which one it replaces, if it is named otherwise"),
      reason: textFlag("TEXT", "Recorded with the decision"),
      rate: rates,
    },
    positional: one(decidedRun),
  },
  loader: async () => (await import("./commands/decide.ts")).modify,
});

/** Not a decision, but what goes on where a person was waited for. */
export const resume = buildCommand<ResumeFlags, [string], Cli>({
  docs: { brief: "Carry on a run whose process ended, or retry what failed" },
  parameters: {
    flags: {
      ...COMMON,
      note: textFlag(
        "TEXT",
        "What the roles that come after must know; for a run that is held or waits for work",
      ),
      ...raiseFlags,
    },
    positional: one(run),
  },
  loader: async () => (await import("./commands/resume.ts")).resume,
});
