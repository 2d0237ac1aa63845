import { ExportResultCode } from "@opentelemetry/core";
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from "@opentelemetry/otlp-exporter-base/node-http";
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  LogsExporterMetricsHelper,
  MetricsExporterMetricsHelper,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from "@opentelemetry/otlp-transformer";
import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { OtelLog, OtelSpan } from "./otel-model.ts";
import type { Signal, TelemetrySettings } from "./settings.ts";

/** Sends to one address by the official OTLP exporters' own code; resolves to why it failed, or undefined. */
export type Send<T> = (what: T) => Promise<string | undefined>;

/** One sender per signal that is configured. */
export interface OtlpSenders {
  readonly traces: Send<OtelSpan[]> | undefined;
  readonly metrics: Send<ResourceMetrics> | undefined;
  readonly logs: Send<OtelLog[]> | undefined;
}

const CONTENT_TYPE = { "http/json": "application/json", "http/protobuf": "application/x-protobuf" };

export function createSenders({ urls, protocol }: TelemetrySettings): OtlpSenders {
  const json = protocol === "http/json";
  const http = (signal: Signal, url: string) =>
    convertLegacyHttpOptions({ url }, signal.toUpperCase(), `v1/${signal}`, {
      "Content-Type": CONTENT_TYPE[protocol],
    });
  return {
    traces:
      urls.traces === undefined
        ? undefined
        : sender(
            createOtlpHttpExportDelegate(
              http("traces", urls.traces),
              json ? JsonTraceSerializer : ProtobufTraceSerializer,
              "otlp_http_span_exporter",
              TraceExporterMetricsHelper,
              undefined,
            ),
          ),
    metrics:
      urls.metrics === undefined
        ? undefined
        : sender(
            createOtlpHttpExportDelegate(
              http("metrics", urls.metrics),
              json ? JsonMetricsSerializer : ProtobufMetricsSerializer,
              "otlp_http_metric_exporter",
              MetricsExporterMetricsHelper,
              undefined,
            ),
          ),
    logs:
      urls.logs === undefined
        ? undefined
        : sender(
            createOtlpHttpExportDelegate(
              http("logs", urls.logs),
              json ? JsonLogsSerializer : ProtobufLogsSerializer,
              "otlp_http_log_exporter",
              LogsExporterMetricsHelper,
              undefined,
            ),
          ),
  };
}

type Delegate<T> = ReturnType<typeof createOtlpHttpExportDelegate<T, unknown>>;

const sender =
  <T>(delegate: Delegate<T>): Send<T> =>
  (what) =>
    new Promise((resolve) => {
      delegate.export(what, ({ code, error }) =>
        resolve(code === ExportResultCode.SUCCESS ? undefined : (error?.message ?? "not taken")),
      );
    });
