import { Buffer } from "node:buffer";
import path from "node:path";
import { inert } from "../../../core/text.ts";
import type { AgentRequest } from "../../../ports/agent.ts";
import { createLineFeed, type LineFeed } from "../../shared/output/line-feed.ts";
import { openOutput, type MakeFilter } from "../../shared/output/output-file.ts";
import type { ProcessSinks } from "../../shared/process/run-process.ts";
import { isObject, parseSafely } from "../../shared/safe-json.ts";
import type { TranscriptFormat } from "./transcripts/transcript.ts";

const TAIL_BYTES = 4 * 1024;

/** Raw output on its way to disk; in memory stay the last line and the last kilobytes. */
export interface CollectedOutput {
  readonly sinks: Pick<ProcessSinks, "stdout" | "stderr">;
  readonly stdoutFile: string;
  /** The last line on stderr, inert. */
  lastError(): string;
  /** The lines that are whole of the last kilobytes on stderr, inert. */
  lastErrors(): readonly string[];
  /** The last kilobytes of both streams. */
  tail(): string;
  close(): Promise<void>;
}

/**
 * Write stdout and stderr to `stdout.log` and `stderr.log` of the attempt's folder, and show the latest line as it comes.
 * Lines and tails are cut from what the filter let through.
 */
export async function collectOutput(
  request: Pick<AgentRequest, "outputFolder" | "onLine">,
  format: TranscriptFormat | undefined,
  makeFilter?: MakeFilter,
): Promise<CollectedOutput> {
  const lines = createLineFeed(request.onLine, format && ((line) => shown(line, format)));
  const errors = createLineFeed(request.onLine);
  const tails = { stdout: createTail(), stderr: createTail() };
  const log = (name: "stdout" | "stderr", feed: LineFeed) =>
    openOutput(path.join(request.outputFolder, `${name}.log`), makeFilter, (chunk) => {
      feed.push(chunk);
      tails[name].push(chunk);
    });
  const stdout = await log("stdout", lines);
  const stderr = await log("stderr", errors).catch(async (error: unknown) => {
    await stdout.close();
    throw error;
  });
  return {
    stdoutFile: stdout.path,
    sinks: { stdout: (chunk) => stdout.write(chunk), stderr: (chunk) => stderr.write(chunk) },
    lastError: () => errors.last(),
    lastErrors: () => tails.stderr.lines(),
    tail: () => `${tails.stdout.text()}\n${tails.stderr.text()}`,
    async close() {
      try {
        await Promise.all([stdout.close(), stderr.close()]);
      } finally {
        lines.end();
        errors.end();
      }
    },
  };
}

/** An event in the program's own words; chatter as it is. */
function shown(line: string, format: TranscriptFormat): string | undefined {
  if (!line.trimStart().startsWith("{")) return line;
  const event = parseSafely(line);
  return isObject(event) ? format.progress(event) : undefined;
}

interface Tail {
  push(chunk: Uint8Array): void;
  text(): string;
  /** Inert, without one that has lost its beginning. */
  lines(): readonly string[];
}

function createTail(): Tail {
  let tail: Buffer = Buffer.alloc(0);
  let pushed = 0;
  return {
    push(chunk) {
      pushed += chunk.length;
      tail = Buffer.concat([tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    },
    text: () => tail.toString("utf8"),
    lines: () =>
      inert(tail.toString("utf8"))
        .split("\n")
        .slice(pushed > tail.length ? 1 : 0)
        .filter((line) => line.trim() !== ""),
  };
}
