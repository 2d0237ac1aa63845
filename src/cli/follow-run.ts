import type { App, RunView } from "../app/app.ts";
import type { RecordedEvent } from "../core/event.ts";
import { createMarkerWriter } from "../reporters/execution/marker-writer.ts";
import { createJsonWriter } from "../reporters/json-writer.ts";
import { createLineWriter } from "../reporters/line-writer.ts";
import { createLiveWriter } from "../reporters/live-writer.ts";
import type { Reporter } from "../reporters/reporter.ts";
import { styleOf, type Cli, type CommonFlags } from "./cli.ts";
import { Interrupted } from "./exit-code.ts";
import { drawsLive } from "./terminal-traits.ts";

export interface Follow {
  readonly runId: string;
  /** Pass over this wait: it has been answered. */
  readonly afterWait?: string | undefined;
  /** Whether the run is executed by this process, so that ending it stops the run. */
  readonly here: boolean;
  /** Last event that is not shown: it was before, or is not wanted. */
  readonly after?: number;
  /** Whether it is said first how the run stands after that one. */
  readonly recap?: boolean;
}

export interface FollowFlags extends CommonFlags {
  /** Of a run that carries out plans, `[PROGRESS]` lines on standard output in place of the view. */
  readonly progress?: boolean;
}

export interface Followed {
  readonly run: RunView;
  /** Last event shown. */
  readonly seq: number;
}

/**
 * Show a run until it ends or waits for a person. On the first Ctrl-C: stop what runs here, say how to go on, and
 * throw `Interrupted`.
 */
export async function followRun(cli: Cli, flags: FollowFlags, follow: Follow): Promise<Followed> {
  const app = await cli.app();
  const reporter = createReporter(cli, flags);
  const stop = new AbortController();
  const forget = cli.io.onInterrupt(() => {
    reporter.notice(
      follow.here ? STOPPING : "No longer watching; that changes nothing for the run.",
    );
    stop.abort(new Interrupted());
  });
  const ignore = await app.onProgress((progress) => {
    if (progress.runId === follow.runId) reporter.progress(progress);
  });
  try {
    return await showUntilSettled(app, follow, reporter, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    await cli.closeApp();
    reporter.close();
    throw interrupted(cli, follow);
  } finally {
    forget();
    ignore();
    reporter.close();
  }
}

export const STOPPING = "Stopping. Ctrl-C again stops at once.";

/** Say how to go on. What is returned ends the command. */
export function interrupted(cli: Cli, follow: Pick<Follow, "here" | "runId">): Interrupted {
  cli.io.stderr.write(`${goOn(follow)}\n`);
  return new Interrupted();
}

const goOn = ({ here, runId }: Pick<Follow, "here" | "runId">) =>
  here
    ? `Stopped; what was finished is kept. Carry on with: wavegate resume ${runId}`
    : `Watch again with: wavegate watch ${runId}`;

async function showUntilSettled(
  app: App,
  { runId, afterWait, after = 0, recap = false }: Follow,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<Followed> {
  let seq = 0;
  const take = (record: RecordedEvent) => {
    if (record.seq <= seq) return;
    seq = record.seq;
    if (seq > after) return reporter.event(record);
    reporter.past(record);
    if (seq === after && recap) reporter.recap?.();
  };
  const settled = new AbortController();
  const reading = (async () => {
    const until = AbortSignal.any([signal, settled.signal]);
    for await (const record of app.events(runId, 0, until)) take(record);
  })();
  try {
    const run = await app.settled(runId, { ...(afterWait ? { afterWait } : {}), signal });
    settled.abort();
    await reading.catch(ignoreAbort(settled.signal));
    signal.throwIfAborted();
    // What was recorded last may not have come through the live stream.
    for await (const record of app.events(runId, seq)) take(record);
    return { run, seq };
  } finally {
    settled.abort();
    await reading.catch(ignoreAbort(settled.signal));
  }
}

/** A stream that was cut on purpose may end by an error. */
const ignoreAbort = (signal: AbortSignal) => (error: unknown) => {
  if (!signal.aborted) throw error;
};

function createReporter(cli: Cli, flags: FollowFlags): Reporter {
  const { stdout, stderr, env, ticker } = cli.io;
  if (flags.json) return createJsonWriter(stdout, stderr);
  if (flags.progress === true) return createMarkerWriter(stdout, stderr);
  const live = drawsLive({ env, isTTY: stderr.isTTY === true });
  return live
    ? createLiveWriter(stderr, styleOf(cli.io, "stderr", flags), ticker)
    : createLineWriter(stderr, ticker);
}
