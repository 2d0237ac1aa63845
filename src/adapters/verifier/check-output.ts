import { Buffer } from "node:buffer";
import path from "node:path";
import { inert } from "../../core/text.ts";
import { fromProject } from "../../execution/verify/from-project.ts";
import type { CheckRequest } from "../../ports/verifier.ts";
import type { Workspace } from "../../ports/workspaces.ts";
import { createLineFeed } from "../shared/output/line-feed.ts";
import { openOutput, type MakeFilter } from "../shared/output/output-file.ts";
import type { RecordedOutput } from "../shared/process/run-recorded.ts";

/** So much is kept of the end, and of a line. */
const END_BYTES = 2 ** 20;
const LINE = 400;

/** What a check prints, on its way to the log; in memory stays the end of it. */
export interface CheckOutput extends RecordedOutput {
  readonly log: string;
  /** The last lines of everything that have text, inert; paths of the workspace as from its project. */
  lines(): readonly string[];
  /** Of standard output alone. */
  printed(): readonly string[];
}

/**
 * Keep standard output in `output.log` of the folder, errors in `errors.log`; with both in one file the second one stays empty, and is not made.
 * Lines are cut from what the filter let through.
 */
export async function openCheckOutput(
  { workspace, outputFolder, onLine }: Pick<CheckRequest, "workspace" | "outputFolder" | "onLine">,
  makeFilter: MakeFilter,
  apart: boolean,
): Promise<CheckOutput> {
  const all = createEnd(workspace);
  const own = createEnd(workspace);
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
    lines: () => all.lines(),
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

function createEnd(workspace: Workspace): {
  push(chunk: Uint8Array): void;
  lines(): readonly string[];
} {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  const end = () => Buffer.concat(chunks).subarray(-END_BYTES);
  return {
    push(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= 2 * END_BYTES) return;
      chunks = [end()];
      bytes = END_BYTES;
    },
    lines: () =>
      fromProject(inert(end().toString("utf8")), workspace)
        .split("\n")
        .map((line) =>
          Array.from(line.trimEnd().slice(0, 2 * LINE))
            .slice(0, LINE)
            .join(""),
        )
        .filter((line) => line.trim() !== ""),
  };
}
