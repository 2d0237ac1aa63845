import { oneLine } from "../../core/text.ts";
import type { FilePlace } from "../../core/place.ts";
import type { Reading } from "./reading.ts";
import { problem } from "./problems.ts";

/** Tasks that one note calls parallel. */
export interface ParallelNote {
  readonly tasks: readonly string[];
  readonly place: FilePlace;
}

/**
 * Tell where tasks are called parallel, and elsewhere one waits for the other or both stand in a group that runs one at a time: what orders them
 * counts. Once for each group and dependency. Linear.
 */
export function tellContradictions({
  parallelNotes,
  dependencies,
  sequences,
  problems,
}: Reading): void {
  const noteOf = new Map<string, ParallelNote>();
  for (const note of parallelNotes)
    for (const task of note.tasks) if (!noteOf.has(task)) noteOf.set(task, note);
  const tell = (note: ParallelNote, [one, other]: readonly [string, string], place: FilePlace) => {
    const [first, second] = [oneLine(one, 40), oneLine(other, 40)];
    problems.push({
      ...problem(
        "PLAN_PARALLEL_CONTRADICTED",
        note.place,
        `${first} and ${second} are said to run in parallel, and elsewhere that ${first} waits for ${second}.`,
      ),
      related: [{ message: `${first} waits for ${second}`, place }],
    });
  };
  for (const { dependent, dependency, origin, place } of dependencies) {
    const note = noteOf.get(dependent);
    if (note && origin === "explicit" && noteOf.get(dependency) === note)
      tell(note, [dependent, dependency], place);
  }
  for (const { tasks, place } of sequences) {
    const at = tasks.findIndex((task, index) => {
      const note = noteOf.get(task);
      return note !== undefined && index > 0 && noteOf.get(tasks[index - 1] ?? "") === note;
    });
    const [before, task] = [tasks[at - 1], tasks[at]];
    const note = noteOf.get(task ?? "");
    if (note && task !== undefined && before !== undefined) tell(note, [task, before], place);
  }
}
