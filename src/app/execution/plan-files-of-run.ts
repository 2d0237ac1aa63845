import type { RecordedEvent } from "../../core/event.ts";
import { statusPathsOf } from "../../plan/places.ts";

/** Files and folders of the project into which a run writes how its plans stand: plans, and the folders of their status files and findings. Sorted, each once. */
export async function planFilesOfRun(
  events: AsyncIterable<Pick<RecordedEvent, "event">>,
): Promise<readonly string[]> {
  const paths = new Set<string>();
  for await (const { event } of events) {
    if (event.type !== "plan-marked") continue;
    const status = statusPathsOf(event.plan);
    for (const file of event.files)
      paths.add(status.includes(file) ? file.slice(0, file.lastIndexOf("/")) : file);
  }
  return [...paths].toSorted();
}

/** Of such paths, those that hold one of the files. */
export const holdingAny = (paths: readonly string[], files: readonly string[]): readonly string[] =>
  paths.filter((path) => files.some((file) => file === path || file.startsWith(`${path}/`)));
