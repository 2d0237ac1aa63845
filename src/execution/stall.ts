import { formatDuration } from "../core/duration.ts";
import type { FailureReason } from "./task-state.ts";

/** What was seen of an attempt that is at work, by one clock that never goes back. Milliseconds. */
export interface Observation {
  readonly startedMs: number;
  /** When the last byte came, and when a file of its working copy last changed; undefined where none did. */
  readonly lastOutputMs: number | undefined;
  readonly lastChangeMs: number | undefined;
  readonly outputBytes: number;
  readonly nowMs: number;
}

/**
 * Whether an attempt stands still: no output and no changed file for so long. Told with what shows it (PX-10); undefined where it does
 * not. An agent that thinks in silence and writes files works.
 */
export function stalled(seen: Observation, limitMs: number): FailureReason | undefined {
  const { startedMs, lastOutputMs, lastChangeMs, outputBytes, nowMs } = seen;
  const last = Math.max(startedMs, lastOutputMs ?? startedMs, lastChangeMs ?? startedMs);
  if (nowMs - last < limitMs) return undefined;
  const since = (moment: number | undefined, what: string): string =>
    moment === undefined ? `no ${what} at all` : `last ${what} ${ago(nowMs - moment)} ago`;
  return {
    kind: "stalled",
    message: `Nothing came for ${ago(nowMs - last)}; at most ${ago(limitMs)} is allowed.`,
    details: [
      `at work for ${ago(nowMs - startedMs)}`,
      `${since(lastOutputMs, "output")} (${outputBytes} bytes in all)`,
      since(lastChangeMs, "changed file"),
    ],
  };
}

const ago = (ms: number): string => formatDuration(Math.round(ms / 1000) * 1000);
