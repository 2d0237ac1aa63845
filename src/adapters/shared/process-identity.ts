import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";

/**
 * The kernel that numbers this process, in 8 hex digits: another machine, boot or container has another, also where
 * host names are the same, and a new host name changes nothing. Where the system doesn't say, the host name stands in.
 */
export const KERNEL = createHash("sha256").update(kernel()).digest("hex").slice(0, 8);

function kernel(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return `${process.platform} ${hostname()}`;
  }
}

/**
 * When a process was started, in the system's ticks since boot, so that a reused process id is told apart.
 * `unknown` where the system doesn't say; undefined when no such process is alive (a zombie is not).
 */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : (fields[19] ?? "unknown");
  } catch {
    return exists(pid) ? "unknown" : undefined;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}
