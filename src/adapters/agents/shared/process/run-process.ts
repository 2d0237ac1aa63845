import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Resources } from "../../../../core/resources.ts";
import type { AgentLimits } from "../../../../ports/agent.ts";
import { endTree } from "./end-tree.ts";
import { watchLimits, type LimitWatch, type StopReason } from "../limit-watch.ts";
import { endWithThisProcess } from "./live-trees.ts";
import { watchTree } from "./tree-usage.ts";
import { outputsOf, processInfo, type AttemptMarks } from "./process-survey.ts";

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface ProcessPlan {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Must hold the tag in `WAVEGATE_ATTEMPT`. */
  readonly env: Readonly<Record<string, string>>;
  readonly tag: string;
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
    const child = await start(plan);
    return typeof child === "string"
      ? { ...NOT_STARTED, spawnError: child }
      : await seeToEnd(child, plan, sinks, watch);
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

/** The child, or the system's error code. */
async function start(plan: ProcessPlan): Promise<Child | string> {
  try {
    const child = spawn(plan.file, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      detached: true,
      shell: false,
      stdio: ["pipe", "pipe", "pipe"],
    });
    if (child.pid === undefined) throw (await once(child, "error"))[0];
    return child;
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
}

async function seeToEnd(
  child: Child,
  plan: ProcessPlan,
  sinks: ProcessSinks,
  watch: LimitWatch,
): Promise<ProcessEnd> {
  const marks = marksOf(child, plan.tag);
  const forget = endWithThisProcess(marks);
  const { maxMemoryBytes } = plan.limits;
  const usage = watchTree(marks, maxMemoryBytes, () => watch.stop("out-of-memory"));
  const exited = once(child, "exit");
  child.stdin.on("error", () => {}); // EPIPE: it did not want the whole prompt
  const failures: unknown[] = [];
  const failed = (error: unknown): void => {
    failures.push(error);
    watch.stop("canceled");
  };
  const pumps = Promise.all([
    pump(child.stdout, watch, sinks.stdout).catch(failed),
    pump(child.stderr, watch, sinks.stderr).catch(failed),
    sinks.started(marks.root.pid, marks.root.starttime || undefined).catch(failed),
  ]);
  child.stdin.end(plan.input);

  await Promise.race([exited, watch.stopped]);
  const grace =
    watch.reason() === undefined ? Math.min(plan.graceMs, LEFTOVER_GRACE_MS) : plan.graceMs;
  watch.disarm();
  const { survivors } = await endTree(marks, grace);
  usage.stop();
  forget();
  await withinMs(DRAIN_MS, pumps);
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  await pumps;
  if (survivors === 0) await exited;
  if (failures.length > 0) throw failures[0];
  return {
    spawnError: undefined,
    stopped: watch.reason(),
    exitCode: child.exitCode ?? undefined,
    exitSignal: child.signalCode ?? undefined,
    outputBytes: watch.bytes(),
    survivors,
    resources: usage.taken(),
  };
}

/** Read at once after the start: the number cannot have gone to another process before the event loop turns. */
function marksOf(
  child: Child,
  tag: string,
): AttemptMarks & { readonly root: { pid: number; starttime: number } } {
  const pid = child.pid ?? 0;
  const starttime = processInfo(pid)?.starttime ?? 0;
  return { tag, outputs: outputsOf(pid), root: { pid, starttime }, ownsGroup: true };
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
