import { rm } from "node:fs/promises";
import { isToWrite, type AgentOutcome, type AgentRequest } from "../../../ports/agent.ts";
import type { ResolvedAgentDefinition } from "../../../stage/agents/command-definition.ts";
import { notRun, spawnFailure, type NotBegun } from "../shared/process/begin-program.ts";
import { settleAnswerFile } from "./answer-file.ts";
import { killLeftovers } from "../../shared/process/attempt-record.ts";
import { collectOutput } from "./collect-output.ts";
import { judgeOutcome } from "./judge-outcome.ts";
import { throwDiskError } from "../../shared/throw-disk-error.ts";
import { UNKNOWN_USAGE } from "../shared/usage.ts";
import { prepareAttempt, type AttemptSettings, type PreparedAttempt } from "./prepare-attempt.ts";
import { readTextAnswer, readTranscript, unreadable, type Reading } from "./read-answer.ts";
import { runRecorded } from "../../shared/process/run-recorded.ts";
import { FORMATS } from "./transcripts/formats.ts";

/**
 * One attempt: prepare its files, run the program to its end, read what it left behind, judge it. Whatever the program did
 * to its files is a failure of this attempt; only errors of the disk are thrown, as `WavegateError`.
 */
export async function runAttempt(
  settings: AttemptSettings,
  request: AgentRequest,
): Promise<AgentOutcome> {
  const { definition } = settings;
  if (request.signal.aborted)
    return notRun(definition.name, { kind: "canceled", message: "was canceled" });
  // The worker that made this attempt before may have died and left its processes running.
  await killLeftovers(request.outputFolder);
  const prepared = await prepareAttempt(settings, request);
  if (!prepared.ok) return notRun(definition.name, prepared.error);
  const { promptFile, release } = prepared.value;
  try {
    return await runPrepared(settings, request, prepared.value);
  } finally {
    await release();
    if (promptFile !== undefined)
      await rm(promptFile, { force: true, recursive: true }).catch(throwDiskError(promptFile));
  }
}

async function runPrepared(
  settings: AttemptSettings,
  request: AgentRequest,
  { plan, answerFile }: PreparedAttempt,
): Promise<AgentOutcome> {
  const { definition, now, makeFilter } = settings;
  const format =
    definition.answer === "json-lines" ? FORMATS[definition.preset ?? "lines"] : undefined;
  const output = await collectOutput(request, format, makeFilter);
  const { end, damage } = await runRecorded(plan, request.outputFolder, output, now);
  // It was running: what it used until then nobody knows.
  if (end === undefined)
    return notRun(definition.name, { kind: "invalid-output", message: damage }, UNKNOWN_USAGE);
  if (end.spawnError !== undefined)
    return notRun(definition.name, notStarted(end.spawnError, definition));

  const most = request.limits.maxOutputBytes;
  const answerBytes =
    answerFile === undefined
      ? 0
      : ((await settleAnswerFile(answerFile, { makeFilter, most })) ?? 0);
  const read = (): Promise<Reading> =>
    format
      ? readTranscript(output.stdoutFile, format)
      : readTextAnswer(answerFile ?? output.stdoutFile);
  return judgeOutcome({
    name: definition.name,
    end,
    limits: request.limits,
    reading:
      damage !== undefined
        ? unreadable(damage)
        : answerBytes > most
          ? unreadable(
              `wrote an answer file of ${answerBytes} bytes, more than the limit of ${most}`,
            )
          : await read(),
    outputBytes: end.outputBytes + Math.min(answerBytes, most),
    works: isToWrite(request) && damage === undefined && answerBytes <= most,
    lastError: output.lastError(),
    lastErrors: output.lastErrors(),
    tail: output.tail(),
    now: now(),
  });
}

const notStarted = (code: string, { install }: ResolvedAgentDefinition): NotBegun =>
  code === "E2BIG"
    ? {
        kind: "refused",
        message:
          "cannot be asked: the arguments are more than a program can be given; set `prompt: stdin`",
      }
    : spawnFailure(code, install);
