import type { TelemetryBatch, TelemetrySink } from "../../ports/telemetry.ts";
import { cannotConnect } from "./can-connect.ts";
import type { Post, SinkOptions } from "./otel-post.ts";
import type { TelemetrySettings } from "./settings.ts";

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
  // OpenTelemetry's packages take a tenth of a second to load: only when somebody listens.
  let loading: Promise<Post> | undefined;
  const load = async () => (await import("./otel-post.ts")).createPost(settings, options);
  const [address] = Object.values(settings.urls);
  // A name and password may stand before the host, and a key behind it.
  const shown = address === undefined ? "" : new URL(address).origin;
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let warned = false;

  for (const warning of settings.warnings) options.warn(`telemetry: ${warning}`);

  const failed = (why: string) => {
    if (!warned)
      options.warn(`telemetry: nothing can be sent to ${shown}: ${why}. Runs go on without.`);
    warned = true;
  };
  const sendAll = async () => {
    const due = waiting;
    if (due.length === 0 || address === undefined) return;
    const unreachable = await cannotConnect(address);
    if (unreachable !== undefined) return failed(unreachable);
    const post = await (loading ??= load());
    const why = await post.send(due.map(({ batch }) => batch));
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
      // Nothing can be sent: what was asked for is warned of above.
      if (address === undefined) return;
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

const moment = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });
