import type { RecordedEvent } from "../core/event.ts";
import { WavegateError } from "../core/error.ts";
import { traceOf } from "../history/trace/trace-of.ts";
import type { Engine } from "../ports/engine.ts";
import type { TelemetrySink } from "../ports/telemetry.ts";
import type { AppPorts } from "./app-ports.ts";

/** Tells a telemetry sink what happens in the runs that this process executes (UX-03). */
export interface TelemetryTeller {
  /** Tell it from now on, as it happens, until closed; what was told before is not told again. */
  readonly follow: (runId: string) => void;
  /** Tell what is left of a run that was ended from outside. */
  catchUp(runId: string): Promise<void>;
  close(): Promise<void>;
}

type Ports = Pick<AppPorts, "engine" | "artifacts" | "runFolders" | "telemetry">;

/** How far a run has been told: in its folder, so that the process that goes on with it goes on from there. */
const TOLD = "telemetry.json";

/**
 * Spans and log lines are made from recorded events, with ids made from the run's id and the steps' names, so that all
 * processes of a run give one trace. What was sent, and not yet noted as told when the process died, is sent again under
 * the same ids.
 */
export function tellTelemetry(ports: Ports): TelemetryTeller {
  const stop = new AbortController();
  const runs = new Map<string, Promise<void>>();
  const tellers = new Map<string, RunTeller>();
  const tellerOf = async (runId: string) => {
    const sink = await ports.telemetry.open();
    const known = tellers.get(runId);
    if (!sink || known) return known;
    const teller = new RunTeller(ports, runId, sink);
    tellers.set(runId, teller);
    return teller;
  };
  return {
    follow(runId) {
      if (runs.has(runId)) return;
      const following = async () => {
        const teller = await tellerOf(runId);
        const engine = await ports.engine();
        await teller?.tell(engine.events(runId, 0, stop.signal));
      };
      // A trace that cannot be told must not end the run.
      runs.set(
        runId,
        following().catch(() => undefined),
      );
    },
    async catchUp(runId) {
      await (await tellerOf(runId))?.finish(await ports.engine()).catch(() => undefined);
    },
    async close() {
      stop.abort();
      await Promise.all(runs.values());
      if (tellers.size === 0) return;
      const engine = await ports.engine();
      for (const teller of tellers.values()) await teller.finish(engine).catch(() => undefined);
      await (await ports.telemetry.open())?.close();
      for (const teller of tellers.values()) await teller.noted;
    },
  };
}

/** One run: what was recorded of it, and how far it was told. */
class RunTeller {
  /** Resolves when what was told is noted. */
  noted: Promise<void> = Promise.resolve();
  readonly #ports: Ports;
  readonly #runId: string;
  readonly #sink: TelemetrySink;
  readonly #records: RecordedEvent[] = [];
  #told: number | undefined;

  constructor(ports: Ports, runId: string, sink: TelemetrySink) {
    this.#ports = ports;
    this.#runId = runId;
    this.#sink = sink;
  }

  async tell(events: AsyncIterable<RecordedEvent>): Promise<void> {
    this.#told ??= await this.#toldBefore();
    for await (const record of events) {
      if (record.seq <= (this.#records.at(-1)?.seq ?? 0)) continue;
      this.#records.push(record);
      if (record.seq > this.#told) this.#take(this.#records);
    }
  }

  /** Tell what came last, and the end of a run that was ended from outside, of which no event says so. */
  async finish(engine: Engine): Promise<void> {
    await this.tell(engine.events(this.#runId, this.#records.at(-1)?.seq ?? 0));
    const last = this.#records.at(-1);
    if (!last || this.#records.some(({ event }) => event.type === "run-finished")) return;
    const record = await engine.run(this.#runId);
    const ended = record?.status === "canceled" || (record?.status === "failed" && !record.wait);
    if (!record || !ended || last.seq + 1 <= (this.#told ?? 0)) return;
    const status = record.status === "canceled" ? "canceled" : "failed";
    const event = { type: "run-finished", status, message: "" } as const;
    this.#records.push({ runId: this.#runId, seq: last.seq + 1, at: record.updatedAt, event });
    this.#take(this.#records);
  }

  #take(records: readonly RecordedEvent[]): void {
    const told = this.#told ?? 0;
    const upTo = records.at(-1)?.seq ?? told;
    const { spans, logs } = traceOf(this.#runId, records);
    const batch = {
      runId: this.#runId,
      upTo,
      spans: spans.filter(({ end }) => end !== undefined && end.seq > told),
      logs: logs.filter(({ seq }) => seq > told),
    };
    this.#told = upTo;
    this.#sink.take(batch, () => this.#note(upTo));
  }

  #note(upTo: number): void {
    const text = `${JSON.stringify({ toldUpTo: upTo })}\n`;
    this.noted = this.noted
      .then(() => this.#ports.artifacts.writeRunFile(this.#runId, TOLD, text))
      .then(() => undefined, ignoreDisk);
  }

  async #toldBefore(): Promise<number> {
    const text = await this.#ports.runFolders.read(this.#runId, TOLD);
    const [, seq] = /^\{"toldUpTo":(\d{1,15})\}\s*$/.exec(text ?? "") ?? [];
    return Number(seq ?? 0);
  }
}

/** Without the note, a later process tells it all again, under the same ids. */
const ignoreDisk = (error: unknown): void => {
  if (!(error instanceof WavegateError)) throw error;
};
