import { Buffer } from "node:buffer";
import path from "node:path";
import type { AgentRequest } from "../../../ports/agent.ts";
import { createLineFeed } from "../shared/line-feed.ts";
import { openOutput, type MakeFilter } from "../shared/output-file.ts";
import type { ProcessSinks } from "./run-process.ts";
import { isObject, parseSafely } from "../shared/safe-json.ts";
import type { TranscriptFormat } from "./transcripts/transcript.ts";

const TAIL_BYTES = 4 * 1024;

/** Raw output on its way to disk; in memory stay the last line and the last kilobytes. */
export interface CollectedOutput {
  readonly sinks: Pick<ProcessSinks, "stdout" | "stderr">;
  readonly stdoutFile: string;
  /** The last line on stderr, inert. */
  lastError(): string;
  /** The last kilobytes of both streams. */
  tail(): string;
  close(): Promise<void>;
}

/** Write stdout and stderr to `stdout.log` and `stderr.log` of the attempt's folder, and show the latest line as it comes. */
export async function collectOutput(
  request: Pick<AgentRequest, "outputFolder" | "onLine">,
  format: TranscriptFormat | undefined,
  makeFilter?: MakeFilter,
): Promise<CollectedOutput> {
  const stdout = await openOutput(path.join(request.outputFolder, "stdout.log"), makeFilter);
  const stderr = await openOutput(path.join(request.outputFolder, "stderr.log"), makeFilter);
  const lines = createLineFeed(request.onLine, format && ((line) => shown(line, format)));
  const errors = createLineFeed(request.onLine);
  const tails = { stdout: createTail(), stderr: createTail() };
  return {
    stdoutFile: stdout.path,
    sinks: {
      async stdout(chunk) {
        lines.push(chunk);
        tails.stdout.push(chunk);
        await stdout.write(chunk);
      },
      async stderr(chunk) {
        errors.push(chunk);
        tails.stderr.push(chunk);
        await stderr.write(chunk);
      },
    },
    lastError: () => errors.last(),
    tail: () => `${tails.stdout.text()}\n${tails.stderr.text()}`,
    async close() {
      lines.end();
      errors.end();
      await Promise.all([stdout.close(), stderr.close()]);
    },
  };
}

/** An event in the program's own words; chatter as it is. */
function shown(line: string, format: TranscriptFormat): string | undefined {
  if (!line.trimStart().startsWith("{")) return line;
  const event = parseSafely(line);
  return isObject(event) ? format.progress(event) : undefined;
}

function createTail(): { push(chunk: Uint8Array): void; text(): string } {
  let tail: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      tail = Buffer.concat([tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    },
    text: () => tail.toString("utf8"),
  };
}
