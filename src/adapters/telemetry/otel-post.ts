import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { Span } from "../../history/trace/span.ts";
import type { TelemetryBatch } from "../../ports/telemetry.ts";
import { openMetrics } from "./otel-metrics.ts";
import { otelLog, otelSpan, type OtelFrame } from "./otel-model.ts";
import { createSenders } from "./otlp-senders.ts";
import type { TelemetrySettings } from "./settings.ts";

export interface SinkOptions {
  readonly version: string;
  readonly redact: (text: string) => string;
  /** Told once when something can't be sent. */
  readonly warn: (line: string) => void;
}

export interface Post {
  /** Send these; gives why something was not taken, or undefined when all was. */
  send(batches: readonly TelemetryBatch[]): Promise<string | undefined>;
}

/** Puts batches into OpenTelemetry's form and sends each signal to its address. */
export function createPost(settings: TelemetrySettings, options: SinkOptions): Post {
  const frame = frameOf(options);
  const senders = createSenders(settings);
  const metrics = openMetrics(frame.resource, options.version);
  const unsent: ResourceMetrics[] = [];
  /** Batches that are sent a second time are counted once. */
  const counted = new WeakSet<TelemetryBatch>();

  const sendMetrics = async (): Promise<string | undefined> => {
    const collected = await metrics.collect();
    if (collected) unsent.push(collected);
    for (let next = unsent[0]; next; next = unsent[0]) {
      const why = await senders.metrics?.(next);
      if (why !== undefined) return why;
      unsent.shift();
    }
    return undefined;
  };
  return {
    async send(batches) {
      for (const batch of batches.filter((one) => !counted.has(one))) {
        counted.add(batch);
        for (const span of batch.spans) metrics.count(span);
      }
      const spans = batches.flatMap((batch) =>
        batch.spans.map((span) => otelSpan(frame, batch.runId, span)),
      );
      const logs = batches.flatMap((batch) =>
        batch.logs.map((log) => otelLog(frame, batch.runId, log)),
      );
      const results = await Promise.all([
        spans.length > 0 ? senders.traces?.(spans) : undefined,
        logs.length > 0 ? senders.logs?.(logs) : undefined,
        sendMetrics(),
      ]);
      return results.find((result) => result !== undefined);
    },
  };
}

const frameOf = ({ version, redact }: Omit<SinkOptions, "warn">): OtelFrame => ({
  resource: defaultResource()
    .merge(resourceFromAttributes({ "service.name": "wavegate", "service.version": version }))
    .merge(detectResources({ detectors: [envDetector] })),
  scope: { name: "wavegate", version },
  redact,
});

/** A trace as one OTLP JSON request. What lasts still ends with the last thing that is known. */
export function encodeTrace(
  options: Omit<SinkOptions, "warn">,
  runId: string,
  spans: readonly Span[],
): string {
  const frame = frameOf(options);
  const now = Math.max(
    ...spans.flatMap(({ startMs, end, events }) => [startMs, end?.ms ?? 0, events.at(-1)?.at ?? 0]),
  );
  const bytes = JsonTraceSerializer.serializeRequest(
    spans.map((span) => otelSpan(frame, runId, span, now)),
  );
  return new TextDecoder().decode(bytes);
}
