import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { AuditAnchor, AuditEntry, AuditLog } from "../../ports/audit.ts";
import {
  CHAIN_START,
  chainLine,
  isTornEntry,
  readChainLine,
  type ChainHead,
} from "./audit-chain.ts";
import { onDisk } from "./disk-error.ts";
import { withFileLock } from "./file-lock.ts";
import { appendLine, readLines } from "./line-file.ts";
import { ensureStateFolder } from "./state-folder.ts";

export interface AuditLogOptions {
  /** Absolute path of the file, directly in the state folder. */
  readonly file: string;
  /** Keeps the head where who can edit the file can't reach it; without one, a cut end goes unnoticed. */
  readonly anchor: AuditAnchor;
}

export interface ReadableAuditLog extends AuditLog {
  /** All entries, oldest first; rejects when the chain is broken. */
  entries(): Promise<readonly AuditEntry[]>;
}

/**
 * The audit log on disk: JSON lines, each with the hash of the one before (RELIABILITY D8). An entry is on disk, and
 * the anchor moved, when `append` returns. A file that is ahead of its anchor was left so by a crash and is right; one
 * that is behind was cut. Nothing is ever added to a broken chain.
 */
export function createAuditLog({ file, anchor }: AuditLogOptions): ReadableAuditLog {
  const locked = async <T>(action: () => Promise<T>): Promise<T> => {
    const folder = path.dirname(file);
    await ensureStateFolder(folder);
    return withFileLock(path.join(folder, "locks", path.basename(file)), action);
  };
  // The anchor first: a file read later can only be ahead of it.
  const chain = () => onDisk(file, undefined, async () => readChain(file, await anchor.load()));

  return {
    append: (entry) =>
      locked(async () => {
        const read = await chain();
        if (!read.ok) throw read.error;
        const { entries, head, torn } = read.value;
        if (entries.some(({ id }) => id === entry.id)) {
          await anchor.store(head);
          return;
        }
        const line = chainLine(entry, head);
        const next = readChainLine(line, head);
        if (!next.ok)
          throw new Error(`audit entry ${entry.id} can't be recorded: it ${next.error}`);
        await appendLine(file, line, torn);
        await anchor.store(next.value.head);
      }),

    async verify() {
      const read = await chain();
      return read.ok ? ok(read.value.head) : read;
    },

    async entries() {
      const read = await chain();
      if (!read.ok) throw read.error;
      return read.value.entries;
    },
  };
}

interface Chain {
  readonly entries: readonly AuditEntry[];
  readonly head: ChainHead;
  readonly torn: Buffer;
}

async function readChain(
  file: string,
  anchored: ChainHead | undefined,
): Promise<Result<Chain, WavegateError>> {
  const { lines, torn } = await readLines(file, 0);
  const entries: AuditEntry[] = [];
  let head = CHAIN_START;
  for (const line of lines) {
    const read = readChainLine(line, head);
    if (!read.ok) return err(broken(file, entries.length + 1, read.error));
    entries.push(read.value.entry);
    head = read.value.head;
    if (head.entries === anchored?.entries && head.head !== anchored.head)
      return err(
        broken(file, head.entries, "is not the entry that was recorded: history was rewritten"),
      );
  }
  const number = entries.length + 1;
  if (anchored && head.entries < anchored.entries)
    return err(broken(file, number, `is missing: ${anchored.entries} entries were recorded`));
  if (torn.byteLength > 0 && !isTornEntry(torn.toString("utf8")))
    return err(broken(file, number, "is not an audit entry"));
  return ok({ entries, head, torn });
}

const broken = (file: string, line: number, what: string): WavegateError =>
  new WavegateError("AUDIT_BROKEN", `The audit log is broken: line ${line} ${what}.`, {
    hint: "Keep the file as evidence, find out who changed it, and restore it from a backup.",
    place: { file, line },
  });
