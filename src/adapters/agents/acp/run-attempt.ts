import path from "node:path";
import { isToWrite, type AgentOutcome, type AgentRequest } from "../../../ports/agent.ts";
import { acpInstallHint, type WorkingRules } from "../../../stage/agents/acp/definition.ts";
import { checkAnswer } from "../../../stage/answer.ts";
import { watchLimits, type LimitWatch } from "../../shared/process/limit-watch.ts";
import {
  attemptRecord,
  killLeftovers,
  type KeptRecord,
} from "../../shared/process/attempt-record.ts";
import { ATTEMPT_VARIABLE } from "../../shared/process/environment.ts";
import { lookUpProgram, notRun } from "../shared/process/begin-program.ts";
import { attemptEnvironment } from "../shared/process/attempt-environment.ts";
import { damageBehind, markFolder, mendFolder } from "../../shared/process/output-folder.ts";
import { cloneOf } from "../shared/clone-of.ts";
import { absoluteFiles } from "../shared/process/files-named.ts";
import { createSubmitDesk, type SubmitDesk } from "../shared/submit/submit-desk.ts";
import { openSubmitServer } from "../shared/submit/submit-server.ts";
import { NO_USAGE, UNKNOWN_USAGE } from "../shared/usage.ts";
import type { Failed } from "./conversation.ts";
import type { AcpSettings } from "./acp-settings.ts";
import { holdSession, type Held, type SessionOutcome } from "./hold-session.ts";
import { judgeAttempt } from "./judge-attempt.ts";
import { openSession } from "./session-end.ts";
import { startAgent } from "./start-agent.ts";
import { openTranscript, type SessionTranscript } from "./transcript.ts";
import { usageOf } from "./usage.ts";

/**
 * One attempt: a session in the project, in a process of its own or a shared one. Whatever the agent did is a failure of
 * this attempt; only errors of the disk are thrown, as `WavegateError`.
 */
export async function runAttempt(
  settings: AcpSettings,
  request: AgentRequest,
): Promise<AgentOutcome> {
  const { definition } = settings;
  if (request.signal.aborted)
    return notRun(settings.definition.name, { kind: "canceled", message: "was canceled" });
  const watch = watchLimits(request.limits, request.signal);
  try {
    // The worker that made this attempt before may have died and left its processes running.
    await killLeftovers(request.outputFolder);
    const cwd = path.resolve(request.cwd);
    const [name = "", ...args] = definition.command;
    // A clone holds what agents wrote: no program of ours comes from there.
    const from = request.work ? settings.cwd : cwd;
    const install = acpInstallHint(definition);
    const program = await lookUpProgram(name, { cwd, from, env: settings.env, install });
    if (!program.ok) return notRun(definition.name, program.error);
    const named = request.work ? absoluteFiles(args, from) : args;
    return await runIn(settings, { ...request, cwd }, { file: program.value, args: named }, watch);
  } finally {
    watch.disarm();
  }
}

async function runIn(
  settings: AcpSettings,
  request: AgentRequest,
  program: Program,
  watch: LimitWatch,
): Promise<AgentOutcome> {
  const { limits, outputFolder, contract } = request;
  const mark = await markFolder(outputFolder);
  const transcript = await openTranscript(request, limits.maxOutputBytes, settings.makeFilter);
  const desk = createSubmitDesk((value) => checkAnswer(contract, value));
  const record = attemptRecord(mark, settings.now);
  const prepared = { settings, request, watch, transcript, desk };
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= transcript.close());
  try {
    const seen = await inSession(prepared, program, record);
    if ("failed" in seen) return notRun(settings.definition.name, seen.failed);
    await close();
    const damage = await mendFolder(mark);
    if (seen.survivors === 0) await record.ended();
    return judged(prepared, { ...seen, damage });
  } catch (error) {
    const message = await damageBehind(error, mark);
    return notRun(settings.definition.name, { kind: "invalid-output", message }, UNKNOWN_USAGE);
  } finally {
    await close().catch(() => {});
  }
}

interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

type Prepared = Omit<Held, "lease" | "session">;

type Seen = SessionOutcome & Pick<Held, "lease" | "session">;

/** A process, a session in it, and the server for its results: all gone again when this resolves. */
async function inSession(
  prepared: Prepared,
  program: Program,
  record: KeptRecord,
): Promise<Seen | { readonly failed: Failed }> {
  const { settings, request, watch, transcript, desk } = prepared;
  const submit = await openSubmitServer(noted(desk, transcript));
  try {
    // A sandbox shows a process the folders of one attempt.
    const state = await settings.sandbox?.state();
    const shared = (state?.mode ?? "off") === "off" && !request.work;
    const key = shared ? request.cwd : undefined;
    const lease = await settings.pool.take(key, () =>
      startAgent({
        ...program,
        cwd: request.cwd,
        env: (tags) => environmentOf(settings, request, tags),
        outerTags: settings.outerTags,
        maxMemoryBytes: request.limits.maxMemoryBytes,
        sandbox: settings.sandbox,
        writable: [path.resolve(request.outputFolder), submit.folder],
        readable: submit.readable,
        ...cloneOf(request),
        ownFiles: isToWrite(request) && settings.definition.preset?.ownFiles === true,
        install: acpInstallHint(settings.definition),
        before: (tag) => record.begun({ tag }),
      }),
    );
    if (!lease.ok) return { failed: lease.error };
    const own = path.join(path.resolve(request.outputFolder), "work");
    const clone = isToWrite(request) ? request.work?.folder : undefined;
    const folders = { project: request.cwd, own, clone };
    const rules = rulesFor(settings, request, state?.by !== undefined);
    const session = openSession({ permissions: rules.permissions, folders }, watch, transcript);
    const definition = { ...settings.definition, ...rules };
    const held = {
      ...prepared,
      settings: { ...settings, definition },
      lease: lease.value,
      session,
    };
    const seen = await holdSession(held, record, [submit.launch]);
    return { ...seen, lease: lease.value, session };
  } finally {
    await submit.close();
  }
}

/** A process that several sessions share can be told of none of them. */
const environmentOf = (
  { definition, env }: AcpSettings,
  request: AgentRequest,
  tags: string,
): Readonly<Record<string, string>> =>
  definition.sessionsPerProcess > 1 && !request.work
    ? { ...env, [ATTEMPT_VARIABLE]: tags }
    : attemptEnvironment({ ...env, ...request.work?.env }, request, tags);

/** What it may do when it asks, and in which mode. */
const rulesFor = (
  { definition }: AcpSettings,
  request: AgentRequest,
  enclosed: boolean,
): WorkingRules =>
  isToWrite(request) ? definition.working[enclosed ? "enclosed" : "open"] : definition;

function judged(
  { settings, request, watch, transcript, desk }: Prepared,
  { lease, session, asked, ...seen }: Seen & { readonly damage: string | undefined },
): AgentOutcome {
  const response = seen.end !== undefined && "response" in seen.end ? seen.end.response : {};
  return judgeAttempt({
    name: settings.definition.name,
    ...seen,
    stopped: watch.reason(),
    submission: desk.submission(),
    lastText: session.lastText(),
    works: isToWrite(request),
    denied: session.denied(),
    limits: request.limits,
    usage: asked
      ? usageOf(response, session.cost(), settings.definition.preset?.reports ?? "whole-turn")
      : NO_USAGE,
    outputBytes: watch.bytes(),
    // What several sessions share is nobody's alone.
    resources: lease.shared ? undefined : lease.connection.program.resources(),
    lastError: transcript.lastError(),
    errorTail: transcript.errorTail(),
    now: settings.now(),
  });
}

/** The desk, with each hand-in shown and kept. */
const noted = (desk: SubmitDesk, transcript: SessionTranscript): SubmitDesk => ({
  ...desk,
  hand(value) {
    const reply = desk.hand(value);
    const text = reply.accepted ? "handed in its result" : "handed in a result that does not match";
    transcript.enter({ type: "submission", text, reply: reply.text.slice(0, 2_000) });
    return reply;
  },
});
