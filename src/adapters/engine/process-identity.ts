import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Enough of a process to prove, on its own machine, that it is gone. */
export interface ProcessIdentity {
  readonly pid: number;
  /** For people. */
  readonly host: string;
  /** The kernel that numbers this process: another machine, boot or container has another. */
  readonly machine: string;
  /** When the process started, in the kernel's own count, since numbers are used again; "" where it can't be told. */
  readonly pidStarted: string;
}

export const thisProcess = (): ProcessIdentity => ({
  pid: process.pid,
  host: hostname(),
  machine: machine(),
  pidStarted: startOf(process.pid) ?? "",
});

/** Whether that process has certainly ended. False when in doubt: then only its heartbeat tells. */
export function isGone({ pid, machine: where, pidStarted }: ProcessIdentity): boolean {
  if (where !== machine()) return false;
  const started = startOf(pid);
  if (started !== undefined) return pidStarted !== "" && started !== pidStarted;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

function machine(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${hostname()} ${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return `${process.platform} ${hostname()}`;
  }
}

/** Field 22 of /proc/<pid>/stat, counted after the name, which may hold anything. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; only its parent has not asked yet.
    return fields[0] === "Z" ? "ended" : fields[19];
  } catch {
    return undefined;
  }
}
