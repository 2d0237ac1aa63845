import { readFile, rename, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import path from "node:path";
import { endTree } from "./end-tree.ts";
import { canSurvey, type AttemptMarks } from "./process-survey.ts";
import { isObject, parseSafely } from "../shared/safe-json.ts";

const FILE = "attempt.json";

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

/** Store the record in the attempt's folder, whole or not at all. */
export async function writeAttemptRecord(folder: string, record: AttemptRecord): Promise<void> {
  const file = path.join(folder, FILE);
  await writeFile(`${file}.tmp`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${file}.tmp`, file);
}

/** The attempt's marks, or undefined when it ended, never began, or ran before the machine was restarted. */
async function marksIn(folder: string): Promise<AttemptMarks | undefined> {
  let text: string;
  try {
    text = await readFile(path.join(folder, FILE), "utf8");
  } catch {
    return undefined;
  }
  const record = parseSafely(text);
  if (!isObject(record)) return undefined;
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
