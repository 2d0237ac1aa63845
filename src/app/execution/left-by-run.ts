import type { RecordedEvent } from "../../core/event.ts";
import { statusPathsOf } from "../../plan/places.ts";

/** What a run did in the repository so far. */
export interface LeftByRun {
  /** Where its head is; undefined where nothing was landed. */
  readonly head: string | undefined;
  /** Files and folders of the project into which it writes how its plans stand: plans, and the folders of their status files and findings. Sorted, each once. */
  readonly files: readonly string[];
}

/** What the events of a run say that it did in the repository. */
export async function leftByRun(
  events: AsyncIterable<Pick<RecordedEvent, "event">>,
): Promise<LeftByRun> {
  let head: string | undefined;
  const paths = new Set<string>();
  for await (const { event } of events) {
    if (event.type === "landing-finished" || event.type === "target-moved") ({ head } = event);
    if (event.type !== "plan-marked") continue;
    const status = statusPathsOf(event.plan);
    for (const file of event.files)
      paths.add(status.includes(file) ? file.slice(0, file.lastIndexOf("/")) : file);
  }
  return { head, files: [...paths].toSorted() };
}

/** Of such paths, those that hold one of the files. */
export const holdingAny = (paths: readonly string[], files: readonly string[]): readonly string[] =>
  paths.filter((path) => files.some((file) => file === path || file.startsWith(`${path}/`)));
