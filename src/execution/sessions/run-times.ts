import { VersionedMap } from "../../core/versioned-map.ts";
import type { MeasuredTask } from "../drift.ts";
import type { TaskNews } from "../task-news.ts";

/** What was measured of a run so far; minutes from its beginning. */
export interface RunTimes {
  /** Of the last attempt of each task. */
  readonly measured: ReadonlyMap<string, MeasuredTask>;
  /** Since when what could be worked on could. */
  readonly readySince: ReadonlyMap<string, number>;
  /** Changes of each file that landed. */
  readonly changes: ReadonlyMap<
    string,
    readonly { readonly by: string; readonly minute: number }[]
  >;
}

export const NO_TIMES: RunTimes = {
  measured: new Map(),
  readySince: new Map(),
  changes: new Map(),
};

export function timesAfter(
  before: RunTimes,
  {
    news,
    ready,
    minute,
  }: {
    readonly news: readonly TaskNews[];
    /** Keys of what could be worked on now; undefined where nobody measures since when. */
    readonly ready: readonly string[] | undefined;
    readonly minute: number;
  },
): RunTimes {
  const readySince = ready
    ? new Map(ready.map((key) => [key, before.readySince.get(key) ?? minute] as const))
    : before.readySince;
  if (news.length === 0) return { ...before, readySince };
  let measured = VersionedMap.of(before.measured);
  let changes = VersionedMap.of(before.changes);
  for (const { task, event } of news) {
    if (event.kind === "started") measured = measured.with(task, { start: minute });
    else if (ENDS.has(event.kind)) {
      const start = measured.get(task)?.start;
      if (start !== undefined) measured = measured.with(task, { start, end: minute });
    }
    if (event.kind !== "accepted") continue;
    for (const path of event.evidence.changed) {
      const known = changes.get(path) ?? [];
      changes = changes.with(path, [...known, { by: task, minute }].slice(-MOST));
    }
  }
  return { measured, readySince, changes };
}

/** A task is at work until its result is in. */
const ENDS: ReadonlySet<TaskNews["event"]["kind"]> = new Set([
  "completed",
  "landed",
  "failed",
  "canceled",
  "asked",
]);

/** Of one file so many changes are remembered. */
const MOST = 100;
