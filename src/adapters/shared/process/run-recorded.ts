import { attemptRecord } from "./attempt-record.ts";
import { damageBehind, markFolder, mendFolder, type FolderMark } from "./output-folder.ts";
import { runProcess, type ProcessEnd, type ProcessPlan, type ProcessSinks } from "./run-process.ts";

/** Where a program's output goes while it runs. */
export interface RecordedOutput {
  readonly sinks: Pick<ProcessSinks, "stdout" | "stderr">;
  /** Called once, whatever happens; what was written is then with the system. */
  close(): Promise<void>;
}

/** How the program ended, and what it did to its output folder; without an end it did that while it ran, and was stopped. */
export type Ran =
  | { readonly end: ProcessEnd; readonly damage: string | undefined }
  | { readonly end: undefined; readonly damage: string };

/**
 * Run the program with its record on disk from before it starts until every process is gone, so that a crash of ours at
 * any point leaves what `killLeftovers` needs.
 */
export async function runRecorded(
  plan: ProcessPlan,
  folder: string,
  output: RecordedOutput,
  now: () => number,
): Promise<Ran> {
  let marked: FolderMark | undefined;
  try {
    const mark = (marked = await markFolder(folder));
    const record = attemptRecord(mark, now);
    await record.begun({ tag: plan.tag });
    const end = await runProcess(plan, {
      ...output.sinks,
      started: (pid, starttime) =>
        record.begun({ tag: plan.tag, pid, ...(starttime !== undefined && { starttime }) }),
    });
    const damage = await mendFolder(mark);
    if (end.survivors === 0) await record.ended();
    return { end, damage };
  } catch (error) {
    if (marked === undefined) throw error;
    return { end: undefined, damage: await damageBehind(error, marked) };
  } finally {
    await output.close();
  }
}
