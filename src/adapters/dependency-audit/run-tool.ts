import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { oneLine } from "../../core/text.ts";
import { err, ok, type Result } from "../../core/result.ts";

const WINDOWS = process.platform === "win32";
const MAX_OUTPUT = 32 * 2 ** 20;

export interface ToolCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Absolute folder that it runs in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
}

/** What a program printed, whatever its exit code: audits end with 1 when they found something. */
export interface ToolOutput {
  readonly stdout: string;
  /** The last line of standard error, for people. */
  readonly said: string;
}

/**
 * Run a program without a shell and without input, in a process group of its own that is killed whole at the time limit;
 * an error's text says why there is no output. Never throws.
 */
export function runTool(call: ToolCall): Promise<Result<ToolOutput, string>> {
  const { program, timeoutMs } = call;
  return new Promise((resolve) => {
    const child = start(call);
    let ended: "late" | "long" | undefined;
    const kill = (why: "late" | "long") => {
      ended ??= why;
      killTree(child);
    };
    const timer = setTimeout(kill, timeoutMs, "late");
    const heard = listenTo(child, () => kill("long"));
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve(err(reasonOf(program, error)));
    });
    child.on("close", () => {
      clearTimeout(timer);
      if (ended === "late")
        resolve(err(`${program} did not answer within ${Math.round(timeoutMs / 1000)} s`));
      else if (ended === "long") resolve(err(`the answer of ${program} is too long`));
      else resolve(ok(heard()));
    });
  });
}

type Tool = ChildProcessByStdio<null, Readable, Readable>;

const start = ({ program, args, cwd, env }: ToolCall): Tool =>
  spawn(program, [...args], {
    cwd,
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: !WINDOWS,
    // npm is a script there; all arguments are constants
    shell: WINDOWS,
    windowsHide: true,
  });

function killTree(child: Tool): void {
  try {
    if (WINDOWS || child.pid === undefined) child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // it ended by itself
  }
}

/** Gathers what a program prints; gives it when asked. */
function listenTo(child: Tool, onTooLong: () => void): () => ToolOutput {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_OUTPUT) onTooLong();
    else chunks.push(chunk);
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    if (said.length < 2_000) said += chunk;
  });
  return () => ({
    stdout: Buffer.concat(chunks).toString("utf8"),
    said: oneLine(said.split("\n").findLast((line) => line.trim() !== "") ?? "", 160),
  });
}

const reasonOf = (program: string, error: Error): string =>
  "code" in error && error.code === "ENOENT"
    ? `${program} is not installed`
    : oneLine(error.message, 160);
