import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type {
  AnchoredHead,
  AuditAnchor,
  AuditEntry,
  AuditHead,
  AuditLog,
} from "../../ports/audit.ts";
import { CHAIN_START, chainLine, isTornEntry, readChainLine } from "./audit-chain.ts";
import { onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import { appendLine, readLines } from "./line-file.ts";
import { ensureStateFolder } from "../shared/state-folder.ts";

export interface AuditLogOptions {
  /** Absolute path of the file, directly in the state folder. */
  readonly file: string;
  /** Keeps the head where who can edit the file can't reach it. */
  readonly anchor: AuditAnchor;
}

/**
 * The audit log on disk: JSON lines, each with the hash of the one before (RELIABILITY D8). An entry is announced to the
 * anchor, written, and settled there; it is on disk when `append` returns. So a file may be ahead of its anchor by the one
 * entry that was announced, as a crash leaves it, and by nothing else. Nothing is ever added to a broken chain. Where
 * there is no anchor, the first `append` begins one at what it finds, and `verify` goes on to say up to where.
 */
export function createAuditLog({ file, anchor }: AuditLogOptions): AuditLog {
  const locked = async <T>(action: () => Promise<T>): Promise<T> => {
    const folder = path.dirname(file);
    await ensureStateFolder(folder);
    return withFileLock(path.join(folder, "locks", path.basename(file)), action);
  };
  const chain = () => onDisk(file, undefined, () => readSteadily(file, anchor));

  return {
    append: (entry) =>
      locked(async () => {
        const read = await chain();
        if (!read.ok) throw read.error;
        const { entries, head, torn } = read.value;
        await anchor.settle(head);
        if (entries.some(({ id }) => id === entry.id)) return;
        const line = chainLine(entry, head);
        const next = readChainLine(line, head);
        if (!next.ok)
          throw new Error(`audit entry ${entry.id} can't be recorded: it ${next.error}`);
        if (!(await anchor.announce(head, next.value.head.head)))
          throw broken(file, head.entries + 1, "was recorded by another process meanwhile");
        await appendLine(file, line, torn);
        await anchor.settle(next.value.head);
      }),

    async verify() {
      const read = await chain();
      if (!read.ok) return read;
      const { head, anchored } = read.value;
      const unanchored = anchored?.adopted ?? head.entries;
      return ok({ ...head, unanchored, anchored: anchored !== undefined });
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
  readonly head: AuditHead;
  readonly torn: Buffer;
  readonly anchored: AnchoredHead | undefined;
}

/** Chain and anchor as they fit each other: what does not fit is read again as long as others move the anchor. */
async function readSteadily(
  file: string,
  anchor: AuditAnchor,
): Promise<Result<Chain, WavegateError>> {
  for (let anchored = await anchor.load(); ;) {
    const chain = await readChain(file, anchored);
    if (chain.ok) return chain;
    const now = await anchor.load();
    if (now?.entries === anchored?.entries && now?.pending === anchored?.pending) return chain;
    anchored = now;
  }
}

async function readChain(
  file: string,
  anchored: AnchoredHead | undefined,
): Promise<Result<Chain, WavegateError>> {
  const { lines, torn } = await readLines(file, 0);
  const entries: AuditEntry[] = [];
  let head = CHAIN_START;
  for (const line of lines) {
    const read = readChainLine(line, head);
    if (!read.ok) return err(broken(file, entries.length + 1, read.error));
    entries.push(read.value.entry);
    head = read.value.head;
    const wrong = anchored && against(anchored, head);
    if (wrong) return err(broken(file, head.entries, wrong));
  }
  const number = entries.length + 1;
  if (anchored && head.entries < anchored.entries)
    return err(broken(file, number, `is missing: ${anchored.entries} entries were recorded`));
  if (torn.byteLength > 0 && !isTornEntry(torn.toString("utf8")))
    return err(broken(file, number, "is not an audit entry"));
  return ok({ entries, head, torn, anchored });
}

/** What is wrong with an entry in the eyes of the anchor. */
function against(anchored: AnchoredHead, { entries, head }: AuditHead): string | undefined {
  if (entries === anchored.entries && head !== anchored.head)
    return "is not the entry that was recorded: history was rewritten";
  const ahead = entries - anchored.entries;
  if (ahead > 1 || (ahead === 1 && head !== anchored.pending))
    return "was not recorded by wavegate: it was added by other means";
  return undefined;
}

const broken = (file: string, line: number, what: string): WavegateError =>
  new WavegateError("AUDIT_BROKEN", `The audit log is broken: line ${line} ${what}.`, {
    hint: "Keep the file as evidence, find out who changed it, and restore it from a backup.",
    place: { file, line },
  });
