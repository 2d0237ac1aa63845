import { formatDuration } from "../core/duration.ts";
import { eventLine } from "./event-line.ts";
import { FollowedRun } from "./followed-run.ts";
import type { Output, Reporter, Ticker } from "./reporter.ts";

/** Longest silence; after it, a line says what is still going on. */
const HEARTBEAT_MS = 30_000;

/** Append-only lines for logs, CI and dumb terminals: one per event, with the time since the first. */
export function createLineWriter(output: Output, ticker: Ticker): Reporter {
  const run = new FollowedRun();
  let saidAt = ticker.now();
  const say = (at: number, text: string) => {
    saidAt = ticker.now();
    const since = Math.max(0, at - (run.startedAt ?? at));
    output.write(`[${formatDuration(since).padStart(9)}] ${text}\n`);
  };
  const stop = ticker.every(1_000, () => {
    const now = ticker.now();
    if (now - saidAt < HEARTBEAT_MS) return;
    const running = run.atWork();
    if (running.length === 0) return;
    const parts = running.map(
      ({ name, since = now }) => `${name} (${formatDuration(Math.max(0, now - since))})`,
    );
    say(now, `still running: ${parts.join(", ")}`);
  });
  return {
    event: (record) => {
      if (record.seq <= run.seq) return;
      run.take(record);
      const at = Date.parse(record.at);
      say(Number.isNaN(at) ? ticker.now() : at, eventLine(record.event));
    },
    past: (record) => run.take(record),
    recap: () => output.write(`${run.standing()}\n`),
    progress: (progress) => run.take(progress),
    notice: (text) => output.write(`${text}\n`),
    close: stop,
  };
}
