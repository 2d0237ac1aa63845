import type { z } from "zod";
import {
  PLAIN_EXECUTION,
  type ExecutionSettings,
  type GateSetting,
} from "../../execution/execution-settings.ts";
import type { CheckpointFrequency } from "../../execution/checkpoints/checkpoint.ts";
import type { FailureMode } from "../../execution/failure-mode.ts";
import type { ExecutionPattern } from "../../execution/patterns.ts";
import { CHECKS_SANDBOX_FIELD } from "../sandbox/sandbox-fields.ts";
import { duration, listOf, name, oneOf, section, text, variables, whole } from "./fields.ts";

const PATTERNS = [
  "dag",
  "independent",
  "batched",
  "pipeline",
] as const satisfies readonly ExecutionPattern[];
const GATES = ["none", "proven", "approved"] as const satisfies readonly GateSetting[];
const CHECKPOINTS = ["phase", "task"] as const satisfies readonly CheckpointFrequency[];
const FAILURES = ["no-new", "continue", "kill"] as const satisfies readonly FailureMode[];

/** Neither absolute nor upwards, and nothing of git's own. */
const INSIDE = /^(?![/\\])(?!(?:.*[/\\])?\.\.(?:[/\\]|$))(?!(?:.*[/\\])?\.git(?:[/\\]|$))[^\0:]+$/i;

/** Words in place of a test command. */
export const DETECT = "detect";
export const NO_TESTS = "none";

/** How plans are carried out. */
export const EXECUTION_SECTION = section({
  workers: whole(1, 256).optional().describe("Tasks and verifications at work at once."),
  pattern: oneOf(PATTERNS).optional().describe("How what starts next is picked."),
  failures: oneOf(FAILURES)
    .optional()
    .describe("What a failure for good does to the rest: start nothing new, go on, end all."),
  retries: whole(0, 10)
    .optional()
    .describe("How often a task is tried again after an attempt that came to nothing."),
  agent: name().optional().describe("The agent that works on tasks."),
  verifier: name()
    .optional()
    .describe("The agent that judges VERIFY items in prose. Default: the one that works on tasks."),
  test: text()
    .max(1_000, "must have at most 1000 characters")
    .optional()
    .describe("Command, for sh, that tests the project; detect looks for one; none runs no tests."),
  timeout: duration().optional().describe("The most that one attempt of an agent may take."),
  stall: duration().optional().describe("How long an agent may neither say nor change anything."),
  "check-timeout": duration()
    .optional()
    .describe("The most that one VERIFY command, or the tests once, may take."),
  "pass-env": listOf(variables(), "names of variables")
    .optional()
    .describe("Variables that VERIFY commands and tests see besides the usual ones."),
  sandbox: CHECKS_SANDBOX_FIELD,
  protect: listOf(text(), "paths")
    .optional()
    .describe("Files, folders and globs whose changes wait for a person's word."),
  gates: oneOf(GATES)
    .optional()
    .describe("Gates after each wave: none; passed by what is proven; or by a person besides."),
  checkpoints: oneOf(CHECKPOINTS)
    .optional()
    .describe("When checkpoints are taken: as a phase ends, or with each task that lands."),
  "state-folder": text()
    .max(400, "must have at most 400 characters")
    .regex(INSIDE, "must be a folder inside of the project, and not .git")
    .optional()
    .describe("Folder of the project where the state of sessions is written as well."),
})
  .optional()
  .describe("How plans are carried out: docs/configuration.md.");

/** What was read, with what was left out as it comes. */
export function executionOf(input: z.infer<typeof EXECUTION_SECTION>): ExecutionSettings {
  const plain = PLAIN_EXECUTION;
  const { retries, test } = input ?? {};
  return {
    workers: input?.workers ?? plain.workers,
    pattern: input?.pattern ?? plain.pattern,
    failures: input?.failures ?? plain.failures,
    attempts: retries === undefined ? plain.attempts : { retries },
    agent: input?.agent ?? plain.agent,
    verifier: input?.verifier ?? plain.verifier,
    test: test === undefined ? plain.test : testSetting(test),
    taskTimeoutMs: input?.timeout ?? plain.taskTimeoutMs,
    stallMs: input?.stall ?? plain.stallMs,
    checkTimeoutMs: input?.["check-timeout"] ?? plain.checkTimeoutMs,
    passEnv: input?.["pass-env"] ?? plain.passEnv,
    protect: input?.protect ?? plain.protect,
    gates: input?.gates ?? plain.gates,
    checkpoints: input?.checkpoints ?? plain.checkpoints,
    stateFolder: input?.["state-folder"] ?? plain.stateFolder,
  };
}

function testSetting(test: string): ExecutionSettings["test"] {
  if (test === DETECT) return { kind: "detect" };
  return test === NO_TESTS ? { kind: "none" } : { kind: "command", command: test };
}
