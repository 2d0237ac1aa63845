import { createOpenTelemetrySink } from "../adapters/telemetry/open-telemetry-sink.ts";
import { telemetrySettings } from "../adapters/telemetry/settings.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import { once } from "./once.ts";
import { PACKAGE_VERSION } from "./package-version.ts";

/** Telemetry as the environment asks for it. Its packages are loaded when something is sent, or a trace is printed. */
export function openTelemetry({
  env,
  redact,
  log = () => {},
}: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: (text: string) => string;
  readonly log?: ((line: string) => void) | undefined;
}): Telemetry {
  const options = { version: PACKAGE_VERSION, redact, warn: log };
  const sink = once(async () => {
    const settings = telemetrySettings(env);
    return settings && createOpenTelemetrySink(settings, options);
  });
  return {
    open: sink.get,
    encode: async (runId, spans) => {
      const { encodeTrace } = await import("../adapters/telemetry/otel-post.ts");
      return encodeTrace(options, runId, spans);
    },
  };
}
