import { Buffer } from "node:buffer";
import path from "node:path";
import { inert } from "../../core/text.ts";
import { createLineFeed } from "../shared/output/line-feed.ts";
import { openOutput, type MakeFilter } from "../shared/output/output-file.ts";
import type { RecordedOutput } from "../shared/process/run-recorded.ts";

/** Lines that are kept of the end, and how long one may be. */
const TAIL_LINES = 40;
const LINE = 400;
const TAIL_BYTES = 32 * 1024;

/** What a check prints, on its way to the log; in memory stays the end of it. */
export interface CheckOutput extends RecordedOutput {
  readonly log: string;
  /** The last lines of everything, inert. */
  tail(): readonly string[];
  /** The last lines of standard output with text in them, inert. */
  printed(): readonly string[];
}

/**
 * Keep standard output in `output.log` of the folder, errors in `errors.log`; with both in one file the second one stays empty, and is not made.
 * Lines are cut from what the filter let through.
 */
export async function openCheckOutput(
  {
    outputFolder,
    onLine,
  }: { readonly outputFolder: string; readonly onLine: (line: string) => void },
  makeFilter: MakeFilter,
  apart: boolean,
): Promise<CheckOutput> {
  const all = lastLines();
  const own = lastLines();
  const feed = createLineFeed(onLine);
  const log = path.join(outputFolder, "output.log");
  const output = await openOutput(log, makeFilter, (chunk) => {
    feed.push(chunk);
    all.push(chunk);
    own.push(chunk);
  });
  const errors = apart
    ? await openOutput(path.join(outputFolder, "errors.log"), makeFilter, (chunk) => {
        feed.push(chunk);
        all.push(chunk);
      }).catch(async (error: unknown) => {
        await output.close();
        throw error;
      })
    : output;
  return {
    log,
    sinks: { stdout: (chunk) => output.write(chunk), stderr: (chunk) => errors.write(chunk) },
    tail: () => all.lines(),
    printed: () => own.lines(),
    async close() {
      try {
        await output.close();
        if (errors !== output) await errors.close();
      } finally {
        feed.end();
      }
    },
  };
}

function lastLines(): { push(chunk: Uint8Array): void; lines(): readonly string[] } {
  let end: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      end = Buffer.concat([end, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    },
    lines: () =>
      inert(end.toString("utf8"))
        .split("\n")
        .map((line) =>
          Array.from(line.trimEnd().slice(0, 2 * LINE))
            .slice(0, LINE)
            .join(""),
        )
        .filter((line) => line.trim() !== "")
        .slice(-TAIL_LINES),
  };
}
