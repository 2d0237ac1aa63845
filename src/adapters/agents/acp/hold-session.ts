import { setTimeout as wait } from "node:timers/promises";
import type { AgentRequest } from "../../../ports/agent.ts";
import { PROMPT_TEXTS } from "../../../stage/built-in/prompt-texts.ts";
import type { LimitWatch } from "../../shared/process/limit-watch.ts";
import type { KeptRecord } from "../../shared/process/attempt-record.ts";
import type { SubmitDesk } from "../shared/submit/submit-desk.ts";
import type { StdioServer } from "../shared/submit/submit-server.ts";
import type { AcpSettings } from "./acp-settings.ts";
import { converse } from "./converse.ts";
import type { TalkEnd } from "./judge-attempt.ts";
import type { Lease } from "./pool.ts";
import type { LiveSession } from "./session-end.ts";
import type { SessionTranscript } from "./transcript.ts";

/** A session whose result is accepted has no more to do; this is for its goodbye, and for its figures. */
const ACCEPTED_WAIT_MS = 20_000;
/** An idle agent that is not needed any more gets less time than one that is stopped. */
const DONE_GRACE_MS = 500;

/** A session, and what it is held with. */
export interface Held {
  readonly settings: AcpSettings;
  readonly request: AgentRequest;
  readonly watch: LimitWatch;
  readonly transcript: SessionTranscript;
  readonly desk: SubmitDesk;
  readonly lease: Lease;
  readonly session: LiveSession;
}

/** How a session ended. */
export interface SessionOutcome {
  readonly end: TalkEnd;
  /** Whether it came to its prompt: before that no model is asked. */
  readonly asked: boolean;
  /** Of the process, if it ended by itself. */
  readonly exit: { readonly exitCode: number | undefined; readonly exitSignal: string | undefined };
  readonly survivors: number;
}

const ALIVE = { exitCode: undefined, exitSignal: undefined };
/** The output of a program that exits can end before it has exited. */
const EXIT_WAIT_MS = 500;

/** Talk until it is over or stopped; then nothing of the attempt is alive any more, or it serves others. */
export async function holdSession(
  held: Held,
  record: KeptRecord,
  servers: readonly StdioServer[],
): Promise<SessionOutcome> {
  const { settings, watch, lease, session } = held;
  const { connection } = lease;
  const { pid, starttime } = connection.program;
  const detach = connection.attach(session);
  let fit = false;
  let exit: SessionOutcome["exit"] = ALIVE;
  let end: TalkEnd;
  let [asked, survivors] = [false, 0];
  try {
    await record.begun({ tag: connection.tag, pid, ...(starttime !== undefined && { starttime }) });
    end = await talkToEnd(held, servers, () => (asked = true));
    fit = end !== undefined && "response" in end;
    if (!fit && connection.closed.aborted) {
      await within(EXIT_WAIT_MS, connection.program.exited);
      exit = connection.program.exit();
    }
  } finally {
    watch.disarm();
    ({ survivors } = await lease.release(fit, fit ? DONE_GRACE_MS : settings.graceMs));
    detach();
  }
  return { end, asked, exit, survivors };
}

/** The conversation, until it is over, stopped, or has brought its result; it is then canceled if it goes on. */
async function talkToEnd(
  held: Held,
  servers: readonly StdioServer[],
  begins: () => void,
): Promise<TalkEnd> {
  const { settings, watch, desk, lease } = held;
  const { connection } = lease;
  let [closes, sessionId]: [boolean, string | undefined] = [false, undefined];
  let end: TalkEnd;
  const over = converse({
    ...conversationOf(held),
    servers,
    asked(id, handshake) {
      sessionId = id;
      closes = handshake.capabilities.close;
      begins();
    },
  }).then(
    (response) => (end = { response }),
    (error: unknown) => (end = { error }),
  );
  const decided = desk.decided.then(() =>
    desk.submission().state === "accepted" ? within(ACCEPTED_WAIT_MS, over) : undefined,
  );
  await Promise.race([over, watch.stopped, decided]);
  watch.disarm();
  const reason = watch.reason();
  if (sessionId === undefined || connection.closed.aborted) return ended(end, reason);
  if (end === undefined) {
    await connection.notify("session/cancel", { sessionId }).catch(() => {});
    const floods = reason === "output-limit" || reason === "out-of-memory";
    if (!floods) await within(settings.graceMs, over);
  }
  if (end !== undefined && lease.shared && closes)
    await within(settings.graceMs, connection.request("session/close", { sessionId }));
  return end;
}

/** What an agent says of its being stopped before it was asked is no error of its own. */
const ended = (end: TalkEnd, reason: string | undefined): TalkEnd =>
  reason === undefined ? end : undefined;

const conversationOf = ({ settings, request, transcript, lease, session }: Held) => ({
  connection: lease.connection,
  definition: settings.definition,
  cwd: request.cwd,
  prompt: `${request.prompt}\n\n${PROMPT_TEXTS["frame/submit"]}`,
  has: (variable: string) => (settings.env[variable] ?? "") !== "",
  named: (id: string) => session.named(id),
  note: (text: string) => transcript.enter({ type: "note", text }),
});

/** Resolves when the work has settled or the time is over. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([
    work.catch(() => {}),
    wait(ms, undefined, { signal: timer.signal }).catch(() => {}),
  ]);
  timer.abort();
}
