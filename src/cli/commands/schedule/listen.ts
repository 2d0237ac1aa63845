import type { Listening, SearchProgress } from "../../../app/schedule/schedule-cases.ts";
import { createInPlace } from "../../../reporters/in-place.ts";
import { progressLine } from "../../../reporters/schedule/progress-line.ts";
import { styleOf, type Cli, type CommonFlags } from "../../cli.ts";
import { Interrupted } from "../../exit-code.ts";
import { drawsLive } from "../../terminal-traits.ts";

/** What came of a search, and whether it was stopped. */
interface Heard<T> {
  readonly answer: T;
  readonly interrupted: boolean;
}

/**
 * Search, showing on a terminal how far it is. The first Ctrl-C stops the search, and the best so far is the answer, if there is one; the
 * second ends the process.
 */
export async function listen<T>(
  cli: Cli,
  flags: CommonFlags,
  search: (listening: Listening) => Promise<T>,
): Promise<Heard<T>> {
  const { stderr, env } = cli.io;
  const stop = new AbortController();
  const forget = cli.io.onInterrupt(() => stop.abort(new Interrupted()));
  const live = !flags.json && drawsLive({ env, isTTY: stderr.isTTY === true });
  const place = live ? createInPlace(stderr) : undefined;
  const style = styleOf(cli.io, "stderr", flags);
  const onProgress = (progress: SearchProgress) => place?.draw([progressLine(progress, style)]);
  try {
    const answer = await search({ signal: stop.signal, ...(place && { onProgress }) });
    return { answer, interrupted: stop.signal.aborted };
  } catch (error) {
    // What needs many searches has no best so far.
    if (stop.signal.aborted && error === stop.signal.reason)
      stderr.write("Stopped before there was an answer.\n");
    throw error;
  } finally {
    forget();
    place?.draw([]);
    place?.close();
  }
}
