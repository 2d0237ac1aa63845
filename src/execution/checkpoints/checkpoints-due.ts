import type { TaskNews } from "../task-news.ts";
import type { CheckpointCause, CheckpointFrequency } from "./checkpoint.ts";

/** Checkpoints (S2 §9): when a phase ends, in incremental mode with each task that lands, and at the end. */
export function checkpointsDue(
  frequency: CheckpointFrequency,
  {
    news,
    over,
    completed,
  }: {
    readonly news: readonly TaskNews[];
    /** The run goes no further. */
    readonly over: boolean;
    /** Ids of sessions that were completed just now. */
    readonly completed: readonly string[];
  },
): readonly CheckpointCause[] {
  const landed = news.filter(({ event }) => event.kind === "landed");
  return [
    ...(frequency === "task"
      ? landed.map(({ task }): CheckpointCause => ({ kind: "task", task }))
      : []),
    ...completed.map((session): CheckpointCause => ({ kind: "phase", session })),
    ...(over ? [{ kind: "end" } as const] : []),
  ];
}
