import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { Span } from "../../history/trace/span.ts";
import type { TelemetryBatch, TelemetrySink } from "../../ports/telemetry.ts";
import { cannotConnect } from "./can-connect.ts";
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

/** How long what happens is gathered before it is sent. */
const GATHER_MS = 1_000;
/** Most batches kept for a collector that does not answer; older ones are dropped. */
const MAX_WAITING = 2_000;
/** How long a process that is about to end sends what is left. */
const CLOSE_MS = 1_500;

interface Waiting {
  readonly batch: TelemetryBatch;
  readonly delivered: () => void;
}

/** Sends traces, metrics and logs by OTLP over HTTP. */
export function createOpenTelemetrySink(
  settings: TelemetrySettings,
  options: SinkOptions,
): TelemetrySink {
  const post = createPost(settings, options);
  const [address] = Object.values(settings.urls);
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let warned = false;

  for (const warning of settings.warnings) options.warn(`telemetry: ${warning}`);

  const failed = (why: string) => {
    if (!warned)
      options.warn(`telemetry: nothing can be sent to ${address}: ${why}. Runs go on without.`);
    warned = true;
  };
  const sendAll = async () => {
    const due = waiting;
    if (due.length === 0 || address === undefined) return;
    const why = (await cannotConnect(address)) ?? (await post.send(due.map(({ batch }) => batch)));
    if (why !== undefined) return failed(why);
    waiting = waiting.filter((one) => !due.includes(one));
    for (const { delivered } of due) delivered();
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    sending = sending.then(sendAll).catch((error: unknown) => failed(String(error)));
    return sending;
  };
  return {
    take(batch, delivered) {
      post.count(batch);
      waiting.push({ batch, delivered });
      if (waiting.length > MAX_WAITING) waiting.shift();
      timer ??= setTimeout(() => void flush(), GATHER_MS).unref();
    },
    async close() {
      await Promise.race([flush(), moment(CLOSE_MS)]);
      if (waiting.length > 0) failed("no answer in time");
    },
  };
}

/** Puts batches into OpenTelemetry's form and sends each signal to its address. */
function createPost(settings: TelemetrySettings, options: SinkOptions) {
  const frame = frameOf(options);
  const senders = createSenders(settings);
  const metrics = openMetrics(frame.resource, options.version);
  const unsent: ResourceMetrics[] = [];

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
    count(batch: TelemetryBatch) {
      for (const span of batch.spans) metrics.count(span);
    },
    /** Why something was not taken, or undefined when all was. */
    async send(batches: readonly TelemetryBatch[]): Promise<string | undefined> {
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

const moment = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
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
