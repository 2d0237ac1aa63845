import type { Span, TraceLog } from "../history/trace/span.ts";

/** What is new of a run's trace: spans that have ended, and log lines. */
export interface TelemetryBatch {
  readonly runId: string;
  /** All that was recorded up to this event is in this batch or in those before. */
  readonly upTo: number;
  readonly spans: readonly Span[];
  readonly logs: readonly TraceLog[];
}

/**
 * Where traces go. Takes at once and sends in its own time; what cannot be sent costs nothing but a warning, and never
 * delays or fails a run.
 */
export interface TelemetrySink {
  /** `delivered` is called when all of it, and all that was taken before of the same run, has arrived. */
  take(batch: TelemetryBatch, delivered: () => void): void;
  /** Send what is left, as far as that is possible within a moment. */
  close(): Promise<void>;
}

/** The adapter, as far as use cases know it. Loaded only when it is needed. */
export interface Telemetry {
  /** Undefined where nothing is configured: then nothing is followed, and no package is loaded. */
  readonly open: () => Promise<TelemetrySink | undefined>;
  /** A whole trace as OTLP JSON, for files. */
  readonly encode: (runId: string, spans: readonly Span[]) => Promise<string>;
}
