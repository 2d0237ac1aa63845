import path from "node:path";
import type { Json } from "../../../core/json.ts";
import { shownLine } from "../../shared/output/line-feed.ts";
import { openOutput, type MakeFilter } from "../../shared/output/output-file.ts";

/** Small pieces are written together: an answer comes in some thousands of them. */
const PIECE = 1_024;
/** What of the answer is shown while it is written, in characters. */
const TAIL = 120;

export interface AnswerOutput {
  /** Some of the answer came. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface OutputSettings {
  readonly folder: string;
  readonly makeFilter: MakeFilter | undefined;
  readonly onLine: (line: string) => void;
}

/**
 * The text of an answer, kept as `answer.txt` without secrets while it comes, with its end shown as a line. What is shown is
 * taken from what is kept.
 */
export async function openAnswer(settings: OutputSettings): Promise<AnswerOutput> {
  let tail = "";
  let begun = false;
  const feed = new TextDecoder();
  const file = await openOutput(
    path.join(settings.folder, "answer.txt"),
    settings.makeFilter,
    (chunk) => {
      tail = (tail + feed.decode(chunk, { stream: true })).slice(-TAIL);
      const line = shownLine(tail);
      if (line !== "") settings.onLine(line);
    },
  );
  let waiting = "";
  const flush = async () => {
    const bytes = Buffer.from(waiting);
    waiting = "";
    if (bytes.length > 0) await file.write(bytes);
  };
  return {
    async write(text) {
      if (!begun) settings.onLine("answers");
      begun = true;
      waiting += text;
      if (waiting.length >= PIECE) await flush();
    },
    async close() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
  };
}

/** Keep what is known of a call as `call.json`, without secrets. Errors of the disk come out as `WavegateError`. */
export async function writeCallRecord(
  { folder, makeFilter }: Pick<OutputSettings, "folder" | "makeFilter">,
  record: Json,
): Promise<void> {
  const file = await openOutput(path.join(folder, "call.json"), makeFilter);
  try {
    await file.write(Buffer.from(`${JSON.stringify(record, null, 2)}\n`));
  } finally {
    await file.close();
  }
}
