import { spawn } from "node:child_process";
import type { Account } from "./settings.ts";

export interface Ended {
  /** Undefined when a signal ended it or it could not be started. */
  readonly code: number | undefined;
  /** The last 64 KiB of stdout and stderr together. */
  readonly output: string;
  /** Why it could not be started at all. */
  readonly failure: NodeJS.ErrnoException | undefined;
}

const KEEP_BYTES = 65_536;

/** The environment of PostgreSQL's programs: nothing of the user's that could change what they do. */
export function programEnv(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return Object.fromEntries(
    Object.entries({ PATH, SystemRoot, TEMP, LC_ALL: "C", TZ: "UTC" }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

/** How to spawn as another account; nothing when we stay who we are. */
export const spawnAs = (runAs: Account | undefined): { uid?: number; gid?: number } =>
  runAs === undefined ? {} : { uid: runAs.uid, gid: runAs.gid };

/** Run a program to its end, as an account, in the root folder. Never throws; past `timeoutMs` it is killed. */
export function runProgram(request: {
  readonly file: string;
  readonly args: readonly string[];
  readonly runAs: Account | undefined;
  readonly timeoutMs: number;
  readonly input?: string;
}): Promise<Ended> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let kept = 0;
    const keep = (chunk: Buffer) => {
      chunks.push(chunk);
      kept += chunk.length;
      while (kept - (chunks[0]?.length ?? 0) > KEEP_BYTES) kept -= chunks.shift()?.length ?? 0;
    };
    const end = (code: number | null, failure?: NodeJS.ErrnoException) =>
      resolve({
        code: code ?? undefined,
        output: Buffer.concat(chunks).toString("utf8"),
        failure,
      });
    try {
      const child = spawn(request.file, request.args, {
        ...spawnAs(request.runAs),
        cwd: "/",
        env: programEnv(),
        stdio: ["pipe", "pipe", "pipe"],
        timeout: request.timeoutMs,
        killSignal: "SIGKILL",
        windowsHide: true,
      });
      child.stdout.on("data", keep);
      child.stderr.on("data", keep);
      child.stdin.on("error", () => undefined);
      child.stdin.end(request.input ?? "");
      child.on("error", (error) => end(null, error));
      child.on("close", (code) => end(code));
    } catch (error) {
      // Node throws at once for some failures, e.g. EPERM when the account can't be changed.
      end(null, error instanceof Error ? error : new Error(String(error)));
    }
  });
}
