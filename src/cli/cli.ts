import type { CommandContext } from "@stricli/core";
import type { Readable, Writable } from "node:stream";
import type { App } from "../app/app.ts";
import type { Ticker } from "../reporters/reporter.ts";
import type { Style } from "../reporters/style.ts";
import { showsUnicode, wantsColor, type Env } from "./terminal-traits.ts";

type Terminal = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** The process as commands see it. */
export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Env;
  readonly platform: string;
  readonly cwd: string;
  /** Who runs the command; recorded with decisions. */
  readonly user: string;
  readonly ticker: Ticker;
  /** Called at the first Ctrl-C or SIGTERM, instead of ending at once. Returns how to stop listening. */
  onInterrupt(drain: () => void): () => void;
}

/** Flags of every command. */
export interface CommonFlags {
  readonly json: boolean;
  readonly color?: boolean | undefined;
}

/** What a command works with. */
export interface Cli extends CommandContext {
  readonly io: CliIo;
  /** Opened when first asked for, closed when the command has ended. */
  app(): Promise<App>;
  /** Let go of the app before the command ends: what runs here stops and stays resumable. */
  closeApp(): Promise<void>;
  /** What the process will end with, unless the command fails. */
  exit(code: number): void;
}

/** How to print to a stream. */
export const styleOf = (io: CliIo, stream: "stdout" | "stderr", flags: CommonFlags): Style => {
  const isTTY = io[stream].isTTY === true;
  return {
    color: wantsColor({ env: io.env, platform: io.platform, isTTY, flag: flags.color }),
    unicode: showsUnicode(io),
    width: Math.max(20, io[stream].columns ?? 80),
  };
};

/** The result of a command: one JSON object, or lines for people. */
export function printResult(
  cli: Cli,
  flags: CommonFlags,
  result: { readonly json: unknown; readonly lines: (style: Style) => readonly string[] },
): void {
  const text = flags.json
    ? `${JSON.stringify(result.json)}\n`
    : result
        .lines(styleOf(cli.io, "stdout", flags))
        .map((line) => `${line}\n`)
        .join("");
  cli.io.stdout.write(text);
}
