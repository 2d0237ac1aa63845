import { WavegateError } from "../../core/error.ts";
import { appendLine, readLines } from "./line-file.ts";

/**
 * A run's `log.jsonl`. Reads only what was added since it last looked, so appending stays cheap. Callers hold the
 * lock of the file; what does not parse before the last line is an error, never dropped.
 */
export class RunLog {
  readonly #file: string;
  readonly #known = new Set<number>();
  #end = 0;
  #lines = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Add the line of an event unless one with its number is there. */
  async append(seq: number, line: string): Promise<void> {
    const torn = await this.#catchUp();
    if (this.#known.has(seq)) return;
    await appendLine(this.#file, line, torn);
    this.#known.add(seq);
    this.#end += Buffer.byteLength(line) + 1;
    this.#lines += 1;
  }

  async #catchUp(): Promise<Buffer> {
    const { lines, end, torn } = await readLines(this.#file, this.#end);
    if (end < this.#end) return this.#startOver();
    for (const line of lines) {
      this.#lines += 1;
      this.#known.add(seqOf(line, this.#file, this.#lines));
    }
    this.#end = end;
    return torn;
  }

  /** The file was removed, or cut by somebody else: what it holds now counts. */
  async #startOver(): Promise<Buffer> {
    this.#known.clear();
    this.#end = 0;
    this.#lines = 0;
    return this.#catchUp();
  }
}

function seqOf(line: string, file: string, number: number): number {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && "seq" in value) {
      if (typeof value.seq === "number") return value.seq;
    }
  } catch {
    // Told below, with the place.
  }
  throw new WavegateError("ARTIFACT_CORRUPT", `Line ${number} of ${file} is not a log entry.`, {
    hint: "Move the file away to keep it, then resume: a new one is begun.",
    place: { file, line: number },
  });
}
