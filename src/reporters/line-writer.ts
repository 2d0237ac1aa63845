import { formatDuration } from "../core/duration.ts";
import { eventLine } from "./event-line.ts";
import { EMPTY_VIEW, reduceView, type AgentRow, type LiveView } from "./live-view.ts";
import type { Output, Reporter, Ticker } from "./reporter.ts";

/** Longest silence; after it, a line says what is still going on. */
const HEARTBEAT_MS = 30_000;

/** Append-only lines for logs, CI and dumb terminals: one per event, with the time since the first. */
export function createLineWriter(output: Output, ticker: Ticker): Reporter {
  let view = EMPTY_VIEW;
  let saidAt = ticker.now();
  const say = (at: number, text: string) => {
    saidAt = ticker.now();
    const since = Math.max(0, at - (view.startedAt ?? at));
    output.write(`[${formatDuration(since).padStart(9)}] ${text}\n`);
  };
  const stop = ticker.every(1_000, () => {
    const now = ticker.now();
    const running = rowsOf(view).filter((row) => row.state === "running");
    if (now - saidAt < HEARTBEAT_MS || running.length === 0) return;
    const parts = running.map(
      (row) => `${row.role} (${formatDuration(Math.max(0, now - (row.startedAt ?? now)))})`,
    );
    say(now, `still running: ${parts.join(", ")}`);
  });
  return {
    event: (record) => {
      if (record.seq <= view.seq) return;
      view = reduceView(view, record);
      const at = Date.parse(record.at);
      say(Number.isNaN(at) ? ticker.now() : at, eventLine(record.event));
    },
    past: (record) => {
      view = reduceView(view, record);
    },
    progress: (progress) => {
      view = reduceView(view, progress);
    },
    notice: (text) => output.write(`${text}\n`),
    close: stop,
  };
}

const rowsOf = (view: LiveView): readonly AgentRow[] =>
  view.stages.flatMap((stage) => [...stage.specialists, ...stage.later]);
