import { WavegateError } from "../core/error.ts";
import type { StagePorts } from "./stage-ports.ts";

/**
 * What came of a call, where people look for it: the answer, with what is wrong with it if anything is, or the failure; of an
 * earlier answer also where it came from. A disk that does not take it costs only this copy: an answer that was paid for
 * goes to the journal all the same, and the next effect that has to write holds the run.
 */
export async function keepCopy(
  ports: Pick<StagePorts, "artifacts">,
  runId: string,
  name: string,
  files: { readonly [file in "answer" | "failure" | "problems" | "cache"]?: unknown },
): Promise<void> {
  try {
    for (const [file, what] of Object.entries(files))
      await ports.artifacts.writeRunFile(
        runId,
        `attempts/${name}/${file}.json`,
        `${JSON.stringify(what, undefined, 2)}\n`,
      );
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
  }
}
