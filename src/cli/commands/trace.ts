import { WavegateError } from "../../core/error.ts";
import { chromeTrace } from "../../reporters/chrome-trace.ts";
import type { Cli, CommonFlags } from "../cli.ts";
import { readExecution } from "../read-execution.ts";

export interface TraceFlags extends CommonFlags {
  readonly format: "chrome" | "otlp" | "html";
}

/** Print the trace of a run as JSON, in the form of Chrome's trace viewer or of OpenTelemetry; or of plans as a page. */
export async function trace(this: Cli, { format }: TraceFlags, run: string): Promise<void> {
  const app = await this.app();
  const text = format === "html" ? await page(this, run) : await json();
  this.io.stdout.write(`${text}\n`);

  async function json(): Promise<string> {
    const { runId, spans } = await app.trace(run);
    return format === "otlp" ? app.encodeTrace(runId, spans) : chromeTrace(runId, spans);
  }
}

async function page(cli: Cli, run: string): Promise<string> {
  const history = await readExecution(await cli.app(), run);
  if (!history)
    throw new WavegateError("USAGE", "Only a run that carries out plans has a page.", {
      hint: `Its trace for a viewer: wavegate trace ${run} > trace.json`,
    });
  const { executionPage } = await import("../../reporters/execution/page/execution-page.ts");
  return executionPage(history);
}
