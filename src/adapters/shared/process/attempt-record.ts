import { readFileSync } from "node:fs";
import path from "node:path";
import { endTree } from "./end-tree.ts";
import { isMarked, type FolderMark } from "./output-folder.ts";
import { canSurvey, type AttemptMarks } from "./process-survey.ts";
import { openRegular, writePrivate } from "../output/private-file.ts";
import { KERNEL, processStart } from "../process-identity.ts";
import { isObject, parseSafely, type JsonObject } from "../safe-json.ts";

const FILE = "attempt.json";
/** No record of ours is longer, in bytes. */
const MAX_RECORD = 4_096;

/** What is known of an attempt's processes, for whoever comes after a crash. */
export interface AttemptRecord {
  /** Random; in the environment of every process of the attempt. */
  readonly tag: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly pid?: number;
  /** Clock ticks since boot (Linux). */
  readonly starttime?: number;
  /** Numbers and start times mean nothing after a restart of the machine. */
  readonly bootId?: string;
  /** The process of ours that waits for it: which kernel numbers it, its number, and when it was started. */
  readonly by?: { readonly kernel: string; readonly pid: number; readonly start: string };
  /** ISO 8601; there once every process of the attempt is gone. */
  readonly endedAt?: string;
}

/** The running kernel's boot, or undefined where the system does not tell. */
export function bootId(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Store the record in the attempt's folder, whole or not at all. Errors of the disk come out as `WavegateError`. */
export const writeAttemptRecord = (folder: string, record: AttemptRecord): Promise<void> =>
  writePrivate(path.join(folder, FILE), `${JSON.stringify(record, null, 2)}\n`);

/** Keeps the record of an attempt as it goes on. */
export interface KeptRecord {
  /** Before anything is started with the tag alone, and again with what was started. */
  begun(more: Pick<AttemptRecord, "tag" | "pid" | "starttime">): Promise<void>;
  /** Every process of the attempt is gone, or serves others. */
  ended(): Promise<void>;
}

/** Keep the record in the marked folder, so that a crash of ours at any point leaves what `killLeftovers` needs. `now` in epoch ms. */
export function attemptRecord(mark: FolderMark, now: () => number): KeptRecord {
  const at = () => new Date(now()).toISOString();
  const boot = bootId();
  let record: AttemptRecord | undefined;
  return {
    async begun(more) {
      const begun = { startedAt: at(), ...(boot !== undefined && { bootId: boot }) };
      record = { ...begun, by: await thisProcess(), ...record, ...more };
      if (await isMarked(mark)) await writeAttemptRecord(mark.folder, record);
    },
    async ended() {
      if (record) await writeAttemptRecord(mark.folder, { ...record, endedAt: at() });
    },
  };
}

async function thisProcess(): Promise<NonNullable<AttemptRecord["by"]>> {
  const start = (await processStart(process.pid)) ?? "unknown";
  return { kernel: KERNEL, pid: process.pid, start };
}

/** The record's text; undefined for what is no file or too long for one: the program may have put it there. */
async function readRecord(folder: string): Promise<string | undefined> {
  const handle = await openRegular(path.join(folder, FILE));
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    return size <= MAX_RECORD ? await handle.readFile("utf8") : undefined;
  } finally {
    await handle.close();
  }
}

async function recordIn(folder: string): Promise<JsonObject | undefined> {
  const record = parseSafely((await readRecord(folder)) ?? "");
  return isObject(record) ? record : undefined;
}

/** The attempt's marks, or undefined when it ended, never began, or ran before the machine was restarted. */
async function marksIn(folder: string): Promise<AttemptMarks | undefined> {
  const record = await recordIn(folder);
  if (!record) return undefined;
  const { tag, pid, starttime, bootId: boot, endedAt } = record;
  if (typeof tag !== "string" || !/^[0-9a-f]{32}$/.test(tag) || endedAt !== undefined)
    return undefined;
  if (typeof boot === "string" && boot !== bootId()) return undefined;
  const root =
    typeof pid === "number" && pid > 1 && typeof starttime === "number"
      ? { pid, starttime }
      : undefined;
  return { tag, outputs: [], root, ownsGroup: false };
}

/**
 * Kill what is left of an attempt whose orchestrator died, and return how many processes that were. Only processes that
 * carry the attempt's tag, are its recorded program by number and start time, or descend from these are touched (I-25).
 * Does nothing for an attempt that ended, and on systems without /proc, where nobody could tell them apart. Must not be
 * called for an attempt somebody still waits for.
 */
export async function killLeftovers(outputFolder: string): Promise<number> {
  const marks = canSurvey ? await marksIn(outputFolder) : undefined;
  if (marks === undefined) return 0;
  const { found, survivors } = await endTree(marks, 0);
  return found - survivors;
}

/** Whether the process that waited for an attempt has certainly ended. False when in doubt, and where it is not known who that was. */
export async function isForsaken(outputFolder: string): Promise<boolean> {
  const by = (await recordIn(outputFolder))?.["by"];
  if (!isObject(by)) return false;
  const { kernel, pid, start } = by;
  if (kernel !== KERNEL || typeof pid !== "number" || start === "unknown") return false;
  const now = await processStart(pid);
  return now !== start && now !== "unknown";
}
