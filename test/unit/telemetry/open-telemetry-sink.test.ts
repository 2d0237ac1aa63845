import { expect, test } from "vitest";
import { createOpenTelemetrySink } from "../../../src/adapters/telemetry/open-telemetry-sink.ts";
import { telemetrySettings } from "../../../src/adapters/telemetry/settings.ts";

test("where nothing can be sent, nothing is tried after it was said", async () => {
  const settings = telemetrySettings({ OTEL_EXPORTER_OTLP_ENDPOINT: "not a url" });
  if (!settings) throw new Error("no settings");
  const said: string[] = [];
  const sink = createOpenTelemetrySink(settings, {
    version: "1",
    redact: (text) => text,
    warn: (line) => said.push(line),
  });
  sink.take({ runId: "run-1", upTo: 1, spans: [], logs: [] }, () => said.push("delivered"));
  await sink.close();
  expect(said).toEqual(
    ["traces", "metrics", "logs"].map(
      (signal) => `telemetry: The endpoint for ${signal} is no http address; they are not sent.`,
    ),
  );
});
