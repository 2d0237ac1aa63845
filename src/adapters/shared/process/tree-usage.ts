import { readdirSync, readFileSync } from "node:fs";
import type { Resources } from "../../../core/resources.ts";
import { canSurvey, type AttemptMarks } from "./process-survey.ts";

/** Memory is counted in pages; Linux has 4 KiB ones where Node runs, but for a few ARM machines, which then seem to use less. */
const PAGE = 4_096;
/** `/proc` counts processor time in ticks of a hundredth of a second (USER_HZ). */
const TICK_MS = 10;

/** How soon is looked again: soon at first, so that short programs are seen, too. */
const FIRST_LOOK_MS = 50;
/** Where memory is limited, a program can be past the limit for this long. */
const LIMITED_LOOK_MS = 250;
const LOOK_MS = 1_000;

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly cpuTicks: number;
}

/** Watches what an attempt's processes take. */
export interface TreeUsage {
  /** What was seen so far. */
  taken(): Resources;
  stop(): void;
}

const UNSEEN: TreeUsage = {
  taken: () => ({ peakMemoryBytes: "unknown", cpuMs: "unknown" }),
  stop: () => {},
};

/**
 * Look at the memory and time of an attempt's processes again and again, and tell of memory past the limit once. Counted are
 * the program, its group and session, and all that descend from these; memory that processes share is counted once, for
 * the one that has most of it. Linux only: elsewhere nothing is known and nothing limited.
 *
 * @param most bytes; undefined for no limit
 */
export function watchTree(
  { root }: AttemptMarks,
  most: number | undefined,
  tooMuch: () => void,
): TreeUsage {
  if (!canSurvey || root === undefined) return UNSEEN;
  let [peak, cpuTicks, pause] = [0, 0, FIRST_LOOK_MS];
  let seen = false;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const members = treeOf(root.pid);
    if (members.length > 0) {
      seen = true;
      const bytes = memoryOf(members);
      peak = Math.max(peak, bytes);
      cpuTicks = Math.max(
        cpuTicks,
        members.reduce((sum, member) => sum + member.cpuTicks, 0),
      );
      if (most !== undefined && bytes > most) tooMuch();
    }
    pause = Math.min(pause * 2, most === undefined ? LOOK_MS : LIMITED_LOOK_MS);
    timer = setTimeout(look, pause);
    timer.unref();
  };
  timer = setTimeout(look, pause);
  timer.unref();
  return {
    taken: () => (seen ? { peakMemoryBytes: peak, cpuMs: cpuTicks * TICK_MS } : UNSEEN.taken()),
    stop: () => clearTimeout(timer),
  };
}

/** The program's group and session, and whatever descends from these. */
function treeOf(root: number): readonly Seen[] {
  const all = pids().flatMap((pid) => seenOf(pid) ?? []);
  const members = new Map(
    all
      .filter(({ pid, group, session }) => pid === root || group === root || session === root)
      .map((one) => [one.pid, one]),
  );
  for (let grown = true; grown;) {
    const before = members.size;
    for (const one of all)
      if (members.has(one.parent) && one.parent !== process.pid) members.set(one.pid, one);
    grown = members.size > before;
  }
  return [...members.values()];
}

/** None where they can't be listed now, as when no file can be opened: this look then sees nothing. */
function pids(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function seenOf(pid: number): Seen | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name, in brackets, may itself hold brackets and blanks: the fields start after the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields.length < 20 || fields[0] === "Z" || fields[0] === "X") return undefined;
  const field = (index: number) => Number(fields[index]);
  // Time of its own, and that of children it has waited for.
  const cpuTicks = field(11) + field(12) + field(13) + field(14);
  return { pid, parent: field(1), group: field(2), session: field(3), cpuTicks };
}

function memoryOf(members: readonly Seen[]): number {
  let own = 0;
  let shared = 0;
  for (const { pid } of members) {
    const [, resident = 0, common = 0] = textOf(`/proc/${pid}/statm`).split(" ").map(Number);
    own += resident - common;
    shared = Math.max(shared, common);
  }
  return (own + shared) * PAGE;
}

/** Empty for a process that ended meanwhile, or that we may not look at. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
