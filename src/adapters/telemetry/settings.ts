export const SIGNALS = ["traces", "metrics", "logs"] as const;
export type Signal = (typeof SIGNALS)[number];

export interface TelemetrySettings {
  readonly protocol: "http/protobuf" | "http/json";
  /** Whole URL of each signal that is sent. */
  readonly urls: Readonly<Partial<Record<Signal, string>>>;
  /** What was asked for and is not done, for people. */
  readonly warnings: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

const on = (value: string | undefined): string | undefined => value?.trim() || undefined;

/**
 * What the standard environment says of what is sent, and how. Off, unless it names an endpoint: `OTEL_EXPORTER_OTLP_ENDPOINT`,
 * or one per signal. Not the configuration: a project that was cloned must not be able to send anything anywhere. `OTEL_SDK_DISABLED=true` and `OTEL_TRACES_EXPORTER=none` (and so on) switch off. Headers,
 * timeouts, compression and certificates are read by the official exporter itself.
 */
export function telemetrySettings(env: Env): TelemetrySettings | undefined {
  if (on(env["OTEL_SDK_DISABLED"])?.toLowerCase() === "true") return undefined;
  const base = on(env["OTEL_EXPORTER_OTLP_ENDPOINT"]);
  const warnings: string[] = [];
  const urls: Partial<Record<Signal, string>> = {};
  for (const signal of SIGNALS) {
    const name = signal.toUpperCase();
    const exporter = on(env[`OTEL_${name}_EXPORTER`]);
    if (exporter === "none") continue;
    const url = on(env[`OTEL_EXPORTER_OTLP_${name}_ENDPOINT`]) ?? (base && joined(base, signal));
    if (url === undefined) continue;
    if (exporter !== undefined && exporter !== "otlp")
      warnings.push(`OTEL_${name}_EXPORTER=${exporter} is not there; otlp is used.`);
    if (isHttp(url)) urls[signal] = url;
    else warnings.push(`The endpoint for ${signal} is no http address; they are not sent.`);
  }
  if (Object.keys(urls).length === 0 && warnings.length === 0) return undefined;
  return { urls, protocol: protocolOf(env, warnings), warnings };
}

function protocolOf(env: Env, warnings: string[]): TelemetrySettings["protocol"] {
  const asked = on(env["OTEL_EXPORTER_OTLP_PROTOCOL"]) ?? "http/protobuf";
  if (asked === "http/json" || asked === "http/protobuf") return asked;
  warnings.push(`OTEL_EXPORTER_OTLP_PROTOCOL=${asked} is not there; http/protobuf is used.`);
  return "http/protobuf";
}

const joined = (base: string, signal: Signal): string => `${base.replace(/\/+$/, "")}/v1/${signal}`;

const isHttp = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
