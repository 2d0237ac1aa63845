#!/usr/bin/env node
import { userInfo } from "node:os";
import process from "node:process";
import { PACKAGE_VERSION } from "../bootstrap/package-version.ts";
import type { CliIo } from "./cli.ts";
import { EXIT } from "./exit-code.ts";
import { runCli } from "./run-cli.ts";

const SHOW_CURSOR = "\u001B[?25h";

const drains = new Set<() => void>();
let interrupts = 0;
// What agents still run at the end, however it comes, is killed by their adapter.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    interrupts += 1;
    if (interrupts > 1 || drains.size === 0) stopNow();
    for (const drain of drains) drain();
  });

function stopNow(): never {
  if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
  process.exit(EXIT.interrupted);
}

/** A pipe whose reader is gone (`| head`), a terminal that was closed, and what follows from these. */
const NOBODY_READS = new Set(["EPIPE", "EIO", "ECONNRESET", "ERR_STREAM_DESTROYED"]);
let unread = false;

// There is nobody to tell; what runs here stops as it does at Ctrl-C and stays resumable.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!NOBODY_READS.has(error.code ?? "")) throw error;
    if (unread) return;
    unread = true;
    interrupts += 1;
    if (drains.size === 0) process.exit(EXIT.unread);
    for (const drain of drains) drain();
  });

function userName(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username || "unknown";
  } catch {
    // No entry in the user database, as in some containers.
    return env["USER"]?.trim() || "unknown";
  }
}

const io: CliIo = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  platform: process.platform,
  cwd: process.cwd(),
  user: userName(process.env),
  ticker: {
    now: () => Date.now(),
    every: (ms, tick) => {
      const timer = setInterval(tick, ms);
      return () => clearInterval(timer);
    },
  },
  onInterrupt: (drain) => {
    drains.add(drain);
    return () => drains.delete(drain);
  },
};

/** What takes time before a run can be shown. */
const say = (line: string) => {
  process.stderr.write(`${line}\n`);
};

const flushed = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => {
    stream.write("", () => resolve());
  });

const code = await runCli(process.argv.slice(2), {
  io,
  version: PACKAGE_VERSION,
  openApp: async () => {
    const { openApp } = await import("../bootstrap/open-app.ts");
    return openApp({ cwd: io.cwd, env: io.env, log: say });
  },
});
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(unread ? EXIT.unread : code);
