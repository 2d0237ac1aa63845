import { MAX_DURATION_MS } from "../../../core/duration.ts";
import type { AgentFailure, AgentLimits } from "../../../ports/agent.ts";

/** Why an attempt was stopped before it ended by itself. */
export type StopReason = Extract<
  AgentFailure["kind"],
  "timeout" | "stalled" | "output-limit" | "out-of-memory" | "canceled"
>;

/** Watches the limits of one attempt. The first reason to stop it wins. */
export interface LimitWatch {
  /** Resolves when the attempt must be stopped; never, while it keeps its limits. */
  readonly stopped: Promise<void>;
  stop(reason: StopReason): void;
  reason(): StopReason | undefined;
  /** Output came: what of it still fits the limit. */
  admit(chunk: Uint8Array): Uint8Array;
  /** Output of so many bytes came, which is kept elsewhere. */
  admitCount(bytes: number): void;
  /** Bytes admitted so far. */
  bytes(): number;
  /** The attempt ended: time and cancellation no longer matter, the amount of output still does. */
  disarm(): void;
}

const inRange = (value: number, most: number): boolean =>
  Number.isInteger(value) && value > 0 && value <= most;

/** Start watching. Limits that no timer could keep are a broken invariant, thrown as `RangeError`. */
export function watchLimits(limits: AgentLimits, signal: AbortSignal): LimitWatch {
  for (const name of ["timeoutMs", "stallMs"] as const)
    if (!inRange(limits[name], MAX_DURATION_MS))
      throw new RangeError(
        `limits.${name} must be whole milliseconds above 0, not ${limits[name]}`,
      );
  if (!inRange(limits.maxOutputBytes, Number.MAX_SAFE_INTEGER))
    throw new RangeError(`limits.maxOutputBytes must be above 0, not ${limits.maxOutputBytes}`);

  const { maxMemoryBytes } = limits;
  if (maxMemoryBytes !== undefined && !inRange(maxMemoryBytes, Number.MAX_SAFE_INTEGER))
    throw new RangeError(`limits.maxMemoryBytes must be above 0, not ${maxMemoryBytes}`);

  let reason: StopReason | undefined;
  let bytes = 0;
  let release: (() => void) | undefined;
  const stopped = new Promise<void>((resolve) => {
    release = resolve;
  });
  const stop = (why: StopReason): void => {
    reason ??= why;
    release?.();
  };
  const timeout = setTimeout(stop, limits.timeoutMs, "timeout");
  const stall = setTimeout(stop, limits.stallMs, "stalled");
  const cancel = (): void => stop("canceled");
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", cancel, { once: true });

  const take = (count: number): number => {
    stall.refresh();
    const fits = Math.min(count, limits.maxOutputBytes - bytes);
    bytes += fits;
    if (fits < count) stop("output-limit");
    return fits;
  };

  return {
    stopped,
    stop,
    reason: () => reason,
    admit: (chunk) => chunk.subarray(0, take(chunk.length)),
    admitCount: (count) => void take(count),
    bytes: () => bytes,
    disarm() {
      clearTimeout(timeout);
      clearTimeout(stall);
      signal.removeEventListener("abort", cancel);
    },
  };
}
