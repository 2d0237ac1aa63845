import { createHash } from "node:crypto";
import {
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type HrTime,
  type SpanContext,
} from "@opentelemetry/api";
import type { JsonLogsSerializer, JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { Resource } from "@opentelemetry/resources";
import type { Span, TraceLog } from "../../history/trace/span.ts";

export type OtelSpan = Parameters<typeof JsonTraceSerializer.serializeRequest>[0][number];
export type OtelLog = Parameters<typeof JsonLogsSerializer.serializeRequest>[0][number];

/** Who sends, and what takes secrets out of the texts sent. */
export interface OtelFrame {
  readonly resource: Resource;
  readonly scope: { readonly name: string; readonly version: string };
  readonly redact: (text: string) => string;
}

const hex = (text: string, bytes: number): string =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, bytes * 2);

/** The trace of a run, whichever process asks. */
export const traceIdOf = (runId: string): string => hex(`wavegate/trace/${runId}`, 16);

/** The span of a step of a run, whichever process asks. */
export const spanIdOf = (runId: string, key: string): string =>
  hex(`wavegate/span/${runId}/${key}`, 8);

const contextOf = (runId: string, key: string): SpanContext => ({
  traceId: traceIdOf(runId),
  spanId: spanIdOf(runId, key),
  traceFlags: TraceFlags.SAMPLED,
});

const time = (ms: number): HrTime => [Math.floor(ms / 1_000), Math.round((ms % 1_000) * 1e6)];

/** A span that has ended, as the official exporters take it; one that has not lasts until `now`. */
export function otelSpan(
  frame: OtelFrame,
  runId: string,
  span: Span,
  now = span.startMs,
): OtelSpan {
  const endMs = Math.max(span.startMs, span.end?.ms ?? now);
  const { error } = span;
  return {
    name: frame.redact(span.name),
    kind: SpanKind.INTERNAL,
    spanContext: () => contextOf(runId, span.key),
    ...(span.parent === undefined ? {} : { parentSpanContext: contextOf(runId, span.parent) }),
    startTime: time(span.startMs),
    endTime: time(endMs),
    duration: time(endMs - span.startMs),
    status:
      error === undefined
        ? { code: SpanStatusCode.UNSET }
        : { code: SpanStatusCode.ERROR, message: error },
    attributes: attributes(frame, {
      ...span.attributes,
      ...(error === undefined ? {} : { "error.type": error }),
    }),
    links: [],
    events: span.events.map((event) => ({
      name: `wavegate.${event.name}`,
      time: time(event.at),
      attributes: attributes(frame, event.attributes),
    })),
    ended: true,
    resource: frame.resource,
    instrumentationScope: frame.scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Severity numbers of the OpenTelemetry data model. */
const SEVERITY = { info: 9, warn: 13, error: 17 } as const;

export const otelLog = (frame: OtelFrame, runId: string, log: TraceLog): OtelLog => ({
  hrTime: time(log.at),
  hrTimeObserved: time(log.at),
  spanContext: contextOf(runId, log.span),
  severityNumber: SEVERITY[log.level],
  severityText: log.level.toUpperCase(),
  eventName: log.name,
  body: log.name,
  resource: frame.resource,
  instrumentationScope: frame.scope,
  attributes: attributes(frame, {
    "wavegate.run.id": runId,
    "wavegate.seq": log.seq,
    ...log.attributes,
  }),
  droppedAttributesCount: 0,
});

function attributes(frame: OtelFrame, given: Span["attributes"]) {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === "string"
        ? frame.redact(value)
        : typeof value === "object"
          ? value.map((item) => frame.redact(item))
          : value,
    ]),
  );
}
