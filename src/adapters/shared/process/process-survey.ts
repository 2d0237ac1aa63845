import type { Buffer } from "node:buffer";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { ATTEMPT_VARIABLE } from "./environment.ts";

/** One process as /proc tells it. The start time (clock ticks since boot) tells it from another that got its number later. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly starttime: number;
  /** Ended, but not yet waited for by its parent. */
  readonly zombie: boolean;
  /** Carries the attempt's tag, or holds one of its output pipes. */
  readonly marked: boolean;
}

/** How to recognise the processes of an attempt. */
export interface AttemptMarks {
  readonly tag: string;
  /** `socket:[123]` or `pipe:[123]` of the program's stdout and stderr; empty when not known. */
  readonly outputs: readonly string[];
  /** The program itself; unknown when it never started. */
  readonly root: { readonly pid: number; readonly starttime: number } | undefined;
  /**
   * Whether the group is still known to be the attempt's: true for the process that started it, false for whoever only
   * reads of it later, when group numbers may have gone to others.
   */
  readonly ownsGroup: boolean;
  /** Whether the program and its child are a sandbox around the rest. Default: no. */
  readonly wrapped?: boolean;
}

/** Whether this system has a /proc to find processes in. */
export const canSurvey = process.platform === "linux";

/** A process by its number, or undefined when there is none. Linux only. */
export function processInfo(pid: number): ProcessInfo | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return undefined;
  }
  // The name, in brackets, may itself hold brackets and blanks: the fields start after the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const field = (index: number) => Number(fields[index]);
  return {
    pid,
    parent: field(1),
    group: field(2),
    session: field(3),
    starttime: field(19),
    zombie: fields[0] === "Z" || fields[0] === "X",
    marked: false,
  };
}

/** All processes that started at `since` or later, marked where they show they belong to the attempt. Linux only. */
export function surveyProcesses(marks: AttemptMarks): readonly ProcessInfo[] {
  const since = marks.root?.starttime ?? 0;
  const found: ProcessInfo[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const info = processInfo(pid);
    if (info === undefined || info.zombie || info.starttime < since) continue;
    found.push({ ...info, marked: carriesTag(pid, marks.tag) || holdsOutput(pid, marks.outputs) });
  }
  return found;
}

function carriesTag(pid: number, tag: string): boolean {
  let environ: Buffer;
  try {
    environ = readFileSync(`/proc/${pid}/environ`);
  } catch {
    return false;
  }
  if (!environ.includes(tag)) return false;
  return environ
    .toString("latin1")
    .split("\0")
    .some(
      (entry) =>
        entry.startsWith(`${ATTEMPT_VARIABLE}=`) &&
        entry
          .slice(ATTEMPT_VARIABLE.length + 1)
          .split(":")
          .includes(tag),
    );
}

function holdsOutput(pid: number, outputs: readonly string[]): boolean {
  if (outputs.length === 0) return false;
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => outputs.includes(linkOf(pid, fd)));
  } catch {
    return false;
  }
}

function linkOf(pid: number, fd: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return "";
  }
}

/** What a freshly started program writes to, as /proc names it. */
export const outputsOf = (pid: number): readonly string[] =>
  canSurvey
    ? ["1", "2"].map((fd) => linkOf(pid, fd)).filter((link) => /^(?:socket|pipe):/.test(link))
    : [];

/**
 * The processes of an attempt among all: the marked ones, the program, its group and session, and everything started by
 * one of these. A number that has gone to another process since (other start time) makes group and session worthless.
 */
export function membersOf(
  processes: readonly ProcessInfo[],
  { root, ownsGroup }: AttemptMarks,
): readonly ProcessInfo[] {
  const rootNow = processes.find(({ pid }) => pid === root?.pid);
  const rootAlive = rootNow !== undefined && rootNow.starttime === root?.starttime;
  const groupHolds = rootAlive || (ownsGroup && rootNow === undefined);
  const members = new Map<number, ProcessInfo>();
  for (const info of processes) {
    const inGroup =
      groupHolds && root !== undefined && (info.group === root.pid || info.session === root.pid);
    if (info.marked || inGroup || (rootAlive && info === rootNow)) members.set(info.pid, info);
  }
  let grown = members.size > 0;
  while (grown) {
    grown = false;
    for (const info of processes)
      if (!members.has(info.pid) && members.has(info.parent)) {
        members.set(info.pid, info);
        grown = true;
      }
  }
  return [...members.values()];
}

/** Send a signal, if the number still belongs to the process that was seen (I-25). */
export function signalProcess(info: ProcessInfo, signal: NodeJS.Signals): void {
  const now = processInfo(info.pid);
  if (now === undefined || now.zombie || now.starttime !== info.starttime) return;
  try {
    process.kill(info.pid, signal);
  } catch {
    // Ended since, or runs as another user: the caller looks again.
  }
}
