import { randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "./disk-error.ts";
import { KERNEL, processStart } from "./process-identity.ts";

/** A claim's file name: kernel, process id, its start, and a random part that makes the name unique for ever. */
const CLAIM = /^([0-9a-f]{8})-(\d+)-(\w+)-[0-9a-f]{16}$/;

/** A new name for a claim of this process. */
export async function newClaim(): Promise<string> {
  const start = (await processStart(process.pid)) ?? "unknown";
  return `${KERNEL}-${process.pid}-${start}-${randomBytes(8).toString("hex")}`;
}

/** Whose claim it is, for people. */
export function ownerOf(claim: string): string {
  const [, kernel, pid] = CLAIM.exec(claim) ?? [];
  return kernel === KERNEL ? `process ${pid}` : `process ${pid} on another machine or container`;
}

/**
 * Tells live claims from those that were left behind. Of this kernel's processes the kernel says whether they live. Of
 * others, and where it can't say, the lease does: a claim whose time has not been refreshed for that long, by this
 * process's own clock since it first saw it so, has nobody any more.
 */
export class ClaimWatch {
  readonly #folder: string;
  readonly #leaseMs: number;
  readonly #seen = new Map<string, { readonly refreshed: number; readonly since: number }>();

  constructor(folder: string, leaseMs: number) {
    this.#folder = folder;
    this.#leaseMs = leaseMs;
  }

  /** Names of the live claims; the others are removed on the way. */
  async live(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((cause: unknown) => {
      if (isMissing(cause)) return [];
      throw cause;
    });
    const live: string[] = [];
    for (const name of names) {
      if (!CLAIM.test(name)) continue;
      if (await this.#isLive(name)) live.push(name);
      else await rm(path.join(this.#folder, name), { force: true });
    }
    return live;
  }

  async #isLive(name: string): Promise<boolean> {
    const [, kernel, pid, start] = CLAIM.exec(name) ?? [];
    if (kernel !== KERNEL) return this.#isLeased(name);
    const now = await processStart(Number(pid));
    if (now === undefined) return false;
    if (now === "unknown" || start === "unknown") return this.#isLeased(name);
    return now === start;
  }

  async #isLeased(name: string): Promise<boolean> {
    const about = await stat(path.join(this.#folder, name)).catch((cause: unknown) => {
      if (isMissing(cause)) return undefined;
      throw cause;
    });
    if (!about) return false;
    const seen = this.#seen.get(name);
    if (seen?.refreshed === about.mtimeMs) return performance.now() - seen.since < this.#leaseMs;
    this.#seen.set(name, { refreshed: about.mtimeMs, since: performance.now() });
    return true;
  }
}
