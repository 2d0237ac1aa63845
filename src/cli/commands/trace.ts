import { chromeTrace } from "../../reporters/chrome-trace.ts";
import type { Cli, CommonFlags } from "../cli.ts";

export interface TraceFlags extends CommonFlags {
  readonly format: "chrome" | "otlp";
}

/** Print the trace of a run as JSON, in the form of Chrome's trace viewer or of OpenTelemetry. */
export async function trace(this: Cli, { format }: TraceFlags, run: string): Promise<void> {
  const app = await this.app();
  const { runId, spans } = await app.trace(run);
  const text = format === "otlp" ? await app.encodeTrace(runId, spans) : chromeTrace(runId, spans);
  this.io.stdout.write(`${text}\n`);
}
