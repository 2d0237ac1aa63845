import type { Cli, CommonFlags } from "../cli.ts";

export interface WorkerFlags extends CommonFlags {
  readonly concurrency?: number;
}

/** Execute runs of the project that nobody executes, until stopped. Stopping it leaves its runs resumable. */
export async function worker(this: Cli, flags: WorkerFlags): Promise<void> {
  const app = await this.app();
  const stop = new AbortController();
  const say = (state: string, text: string) =>
    flags.json
      ? this.io.stdout.write(`${JSON.stringify({ type: "worker", state })}\n`)
      : this.io.stderr.write(`${text}\n`);
  const forget = this.io.onInterrupt(() => {
    say(
      "stopping",
      "Stopping; runs that are not finished are left for others. Ctrl-C again stops at once.",
    );
    stop.abort();
  });
  say("working", `Working for ${app.project}. Ctrl-C stops.`);
  try {
    const { concurrency } = flags;
    await app.work({ signal: stop.signal, ...(concurrency === undefined ? {} : { concurrency }) });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    forget();
  }
}
