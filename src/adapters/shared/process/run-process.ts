import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Resources } from "../../../core/resources.ts";
import type { AgentLimits } from "../../../ports/agent.ts";
import { watchLimits, type LimitWatch, type StopReason } from "./limit-watch.ts";
import { openProcess, type LiveProcess, type ProcessStart } from "./open-process.ts";

export interface ProcessPlan extends ProcessStart {
  /** Written to stdin, which is then closed. */
  readonly input: string;
  readonly limits: AgentLimits;
  readonly signal: AbortSignal;
  /** Between SIGTERM and SIGKILL, in milliseconds. */
  readonly graceMs: number;
}

/** Where things go. The program's output is not read further until the promise resolves. */
export interface ProcessSinks {
  readonly started: (pid: number, starttime: number | undefined) => Promise<void>;
  readonly stdout: (chunk: Uint8Array) => Promise<void>;
  readonly stderr: (chunk: Uint8Array) => Promise<void>;
}

export interface ProcessEnd {
  /** The system's error code when it could not be started. */
  readonly spawnError: string | undefined;
  readonly stopped: StopReason | undefined;
  readonly exitCode: number | undefined;
  readonly exitSignal: string | undefined;
  /** Of stdout and stderr, within the limit. */
  readonly outputBytes: number;
  /** Processes that outlived SIGKILL. */
  readonly survivors: number;
  readonly resources: Resources;
}

/** When all processes are gone, so are the pipes' writers; whoever was not found and still writes gets no longer than this. */
const DRAIN_MS = 2_000;
/** What a finished program left running gets less time than a program that is stopped. */
const LEFTOVER_GRACE_MS = 300;

/**
 * Start a program in its own process group and see it to its end: output to the sinks with back-pressure, limits kept.
 * When this resolves no process of the attempt is alive, whether it ended well or was stopped (I-21). What a sink throws
 * is thrown here, after the tree is gone.
 */
export async function runProcess(plan: ProcessPlan, sinks: ProcessSinks): Promise<ProcessEnd> {
  const watch = watchLimits(plan.limits, plan.signal);
  try {
    const { maxMemoryBytes } = plan.limits;
    const program = await openProcess(plan, maxMemoryBytes, () => watch.stop("out-of-memory"));
    return typeof program === "string"
      ? { ...NOT_STARTED, spawnError: program }
      : await seeToEnd(program, plan, sinks, watch);
  } finally {
    watch.disarm();
  }
}

const NOT_STARTED = {
  stopped: undefined,
  exitCode: undefined,
  exitSignal: undefined,
  outputBytes: 0,
  survivors: 0,
  resources: { peakMemoryBytes: "unknown", cpuMs: "unknown" },
} as const;

async function seeToEnd(
  program: LiveProcess,
  plan: ProcessPlan,
  sinks: ProcessSinks,
  watch: LimitWatch,
): Promise<ProcessEnd> {
  const failures: unknown[] = [];
  const failed = (error: unknown): void => {
    failures.push(error);
    watch.stop("canceled");
  };
  const pumps = Promise.all([
    pump(program.stdout, watch, sinks.stdout).catch(failed),
    pump(program.stderr, watch, sinks.stderr).catch(failed),
    sinks.started(program.pid, program.starttime).catch(failed),
  ]);
  program.stdin.end(plan.input);

  await Promise.race([program.exited, watch.stopped]);
  const grace =
    watch.reason() === undefined ? Math.min(plan.graceMs, LEFTOVER_GRACE_MS) : plan.graceMs;
  watch.disarm();
  const { survivors } = await program.end(grace);
  await withinMs(DRAIN_MS, pumps);
  program.closePipes();
  await pumps;
  if (survivors === 0) await program.exited;
  if (failures.length > 0) throw failures[0];
  return {
    spawnError: undefined,
    stopped: watch.reason(),
    ...program.exit(),
    outputBytes: watch.bytes(),
    survivors,
    resources: program.resources(),
  };
}

/** Everything the stream gives goes to the sink, one chunk at a time; past the limit, or after a failed sink, it is thrown away. */
async function pump(
  stream: Readable,
  watch: LimitWatch,
  sink: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      const admitted = watch.admit(chunk);
      if (admitted.length === 0 || failure) continue;
      await sink(admitted).catch((error: unknown) => {
        failure = { error };
        watch.stop("canceled");
      });
    }
  } catch {
    // Destroyed because somebody unknown kept it open: what came until then counts.
  }
  if (failure) throw failure.error;
}

async function withinMs(ms: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work, wait(ms, undefined, { signal: timer.signal }).catch(() => {})]);
  timer.abort();
}
