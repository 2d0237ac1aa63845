export type AttributeValue = string | number | boolean | readonly string[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface SpanEvent {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly attributes: Attributes;
}

export type SpanKind =
  | "run"
  | "stage"
  | "role"
  | "call"
  | "gate"
  | "hold"
  | "work"
  /** Of runs that carry out plans. */
  | "attempt"
  | "check"
  | "landing"
  | "question";

/**
 * A stretch of a run. `key` is the same whichever process looks at the run, and whenever: ids are made from it, so that
 * all processes that a run lives through give one trace.
 */
export interface Span {
  readonly key: string;
  readonly parent: string | undefined;
  readonly kind: SpanKind;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  /** When it ended, and the event that ended it; absent while it lasts. */
  readonly end?: { readonly ms: number; readonly seq: number };
  /** What kind of failure it ended with. */
  readonly error?: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
}

/** A recorded event as a log line of the trace: in which span it happened. */
export interface TraceLog {
  readonly seq: number;
  readonly at: number;
  readonly name: string;
  readonly level: "info" | "warn" | "error";
  readonly span: string;
  readonly attributes: Attributes;
}

export interface Trace {
  readonly runId: string;
  readonly spans: readonly Span[];
  readonly logs: readonly TraceLog[];
}
