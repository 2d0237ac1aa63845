import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { Resources } from "../../../core/resources.ts";
import { endTree } from "./end-tree.ts";
import { endWithThisProcess } from "./live-trees.ts";
import { outputsOf, processInfo, type AttemptMarks } from "./process-survey.ts";
import { watchTree } from "./tree-usage.ts";

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface ProcessStart {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Must hold the tag in `WAVEGATE_ATTEMPT`. */
  readonly env: Readonly<Record<string, string>>;
  readonly tag: string;
  /** Its first two processes are a sandbox's (`ports/sandbox.ts`): SIGTERM goes to those inside only, as it would end all of them at once. */
  readonly wrapped?: boolean;
}

/** A program that was started, and all that descends from it. */
export interface LiveProcess {
  readonly pid: number;
  /** Clock ticks since boot (Linux). */
  readonly starttime: number | undefined;
  /** Errors of it are ignored: a program need not read what it is given. */
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The program itself ended; what it started may live on. */
  readonly exited: Promise<unknown>;
  exit(): { readonly exitCode: number | undefined; readonly exitSignal: string | undefined };
  /** End the whole tree: SIGTERM, up to `graceMs` to obey, SIGKILL. `survivors` outlived that. */
  end(graceMs: number): Promise<{ readonly survivors: number }>;
  /** When the tree has ended: whoever was not found and still writes is no longer listened to. */
  closePipes(): void;
  /** What the tree took of the machine so far. */
  resources(): Resources;
}

/**
 * Start a program in its own process group, to be talked to over its pipes; the system's error code when it cannot be
 * started. Whoever starts it must `end` it: until then it ends at the latest with this process. Memory past the limit is
 * told once.
 */
export async function openProcess(
  start: ProcessStart,
  maxMemoryBytes: number | undefined,
  tooMuchMemory: () => void,
): Promise<LiveProcess | string> {
  const child = await spawned(start);
  if (typeof child === "string") return child;
  const marks = marksOf(child, start);
  const forget = endWithThisProcess(marks);
  const usage = watchTree(marks, maxMemoryBytes, tooMuchMemory);
  const exited = once(child, "exit");
  const { stdin, stdout, stderr } = child;
  stdin.on("error", () => {}); // EPIPE: it did not want the whole prompt
  return {
    pid: marks.root.pid,
    starttime: marks.root.starttime || undefined,
    stdin,
    stdout,
    stderr,
    exited,
    exit: () => ({
      exitCode: child.exitCode ?? undefined,
      exitSignal: child.signalCode ?? undefined,
    }),
    async end(graceMs) {
      const { survivors } = await endTree(marks, graceMs);
      usage.stop();
      forget();
      return { survivors };
    },
    closePipes() {
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
    },
    resources: () => usage.taken(),
  };
}

/** The child, or the system's error code. */
async function spawned(start: ProcessStart): Promise<Child | string> {
  try {
    const child = spawn(start.file, start.args, {
      cwd: start.cwd,
      env: start.env,
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

/** Read at once after the start: the number cannot have gone to another process before the event loop turns. */
function marksOf(
  child: Child,
  { tag, wrapped = false }: ProcessStart,
): AttemptMarks & { readonly root: { pid: number; starttime: number } } {
  const pid = child.pid ?? 0;
  const starttime = processInfo(pid)?.starttime ?? 0;
  return { tag, outputs: outputsOf(pid), root: { pid, starttime }, ownsGroup: true, wrapped };
}
