import { stat } from "node:fs/promises";
import { err, type Result } from "../../../core/result.ts";
import type { AgentOutcome, AgentRequest } from "../../../ports/agent.ts";
import type { ResolvedAgentDefinition } from "../../../stage/agents/command-definition.ts";
import { bootId, killLeftovers, writeAttemptRecord, type AttemptRecord } from "./attempt-record.ts";
import { collectOutput, type CollectedOutput } from "./collect-output.ts";
import { installHint } from "./describe-program.ts";
import { judgeOutcome } from "./judge-outcome.ts";
import { diskError, filterFile } from "../shared/output-file.ts";
import { UNKNOWN_USAGE } from "../shared/usage.ts";
import { prepareAttempt, type AttemptSettings, type NotPrepared } from "./prepare-attempt.ts";
import { readTextAnswer, readTranscript } from "./read-answer.ts";
import { runProcess, type ProcessEnd, type ProcessPlan } from "./run-process.ts";
import { claudeFormat } from "./transcripts/claude.ts";
import { codexFormat } from "./transcripts/codex.ts";
import { linesFormat } from "./transcripts/lines.ts";
import type { TranscriptFormat } from "./transcripts/transcript.ts";

const FORMATS: Readonly<Record<"claude" | "codex" | "lines", TranscriptFormat>> = {
  claude: claudeFormat,
  codex: codexFormat,
  lines: linesFormat,
};

/** One attempt: prepare its files, run the program to its end, read what it left behind, judge it. */
export async function runAttempt(
  settings: AttemptSettings,
  request: AgentRequest,
): Promise<AgentOutcome> {
  const { definition, now } = settings;
  if (request.signal.aborted)
    return notRun(definition, { kind: "canceled", message: "was canceled" });
  // The worker that made this attempt before may have died and left its processes running.
  await killLeftovers(request.outputFolder);
  const prepared = await prepareAttempt(settings, request);
  if (!prepared.ok) return notRun(definition, prepared.error);

  const format =
    definition.answer === "json-lines" ? FORMATS[definition.preset ?? "lines"] : undefined;
  const output = await collectOutput(request, format, settings.makeFilter);
  const ran = await runRecorded(prepared.value.plan, request.outputFolder, output, now);
  if (!ran.ok) return notRun(definition, spawnFailure(ran.error, definition));

  const end = ran.value;
  const { answerFile } = prepared.value;
  const reading = format
    ? await readTranscript(output.stdoutFile, format)
    : await readTextAnswer(answerFile ?? output.stdoutFile);
  const answerBytes = answerFile === undefined ? 0 : await sizeOf(answerFile);
  if (answerFile !== undefined && answerBytes > 0 && settings.makeFilter)
    await filterFile(answerFile, settings.makeFilter);
  return judgeOutcome({
    name: definition.name,
    end,
    limits: request.limits,
    reading,
    outputBytes: end.outputBytes + answerBytes,
    lastError: output.lastError(),
    tail: output.tail(),
    now: now(),
  });
}

/**
 * Run the program with its record on disk from before it starts until every process is gone, so that a crash of ours at
 * any point leaves what `killLeftovers` needs. Fails with the system's error code when it could not be started.
 */
async function runRecorded(
  plan: ProcessPlan,
  folder: string,
  output: CollectedOutput,
  now: () => number,
): Promise<Result<ProcessEnd, string>> {
  const at = () => new Date(now()).toISOString();
  const boot = bootId();
  let record: AttemptRecord = {
    tag: plan.tag,
    startedAt: at(),
    ...(boot !== undefined && { bootId: boot }),
  };
  try {
    await writeAttemptRecord(folder, record).catch(diskError(folder));
    const end = await runProcess(plan, {
      ...output.sinks,
      async started(pid, starttime) {
        record = { ...record, pid, ...(starttime !== undefined && { starttime }) };
        await writeAttemptRecord(folder, record).catch(diskError(folder));
      },
    });
    if (end.survivors === 0) await writeAttemptRecord(folder, { ...record, endedAt: at() });
    return end.spawnError === undefined
      ? { ok: true, value: end }
      : { ok: false, error: end.spawnError };
  } finally {
    await output.close();
  }
}

const notRun = ({ name }: ResolvedAgentDefinition, { kind, message }: NotPrepared): AgentOutcome =>
  err({ kind, message: `${name} ${message}`, usage: UNKNOWN_USAGE, outputBytes: 0 });

function spawnFailure(code: string, definition: ResolvedAgentDefinition): NotPrepared {
  switch (code) {
    case "ENOENT":
    case "EACCES":
    case "ENOEXEC":
      return {
        kind: "not-installed",
        message: `cannot be started (${code}): its interpreter or the program itself is missing. ${installHint(definition)}`,
      };
    case "E2BIG":
      return {
        kind: "refused",
        message:
          "cannot be asked: the arguments are more than a program can be given; set `prompt: stdin`",
      };
    default:
      return { kind: "crashed", message: `could not be started: the system said ${code}` };
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
