import { oneLine } from "../../core/text.ts";
import type { AuditStanding } from "../../ports/audit.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

/** Recompute the hash chain of the audit log. */
export async function auditVerify(this: Cli, flags: CommonFlags): Promise<void> {
  const verified = await (await this.app()).audit.verify();
  if (!verified.ok) throw verified.error;
  const { entries, head } = verified.value;
  printResult(this, flags, {
    json: { ok: true, ...verified.value },
    lines: () => [
      `The audit log is whole: ${countOf(entries)}, head ${entries === 0 ? "none" : head}.`,
      ...anchorLines(verified.value),
    ],
  });
}

const countOf = (entries: number) => `${entries} ${entries === 1 ? "entry" : "entries"}`;

/** What the database can't speak for. */
function anchorLines({ anchored, entries, unanchored }: AuditStanding): readonly string[] {
  if (!anchored)
    return entries === 0
      ? ["There is no anchor in this database: nothing was ever recorded with it."]
      : [
          "There is no anchor in this database: entries that were added, or cut off at the end, by other means would not be noticed.",
        ];
  return unanchored === 0
    ? []
    : [
        `The first ${countOf(unanchored)} were there before this database's anchor: only their own hashes speak for them.`,
      ];
}

/** Print the audit log, oldest first. */
export async function auditShow(this: Cli, flags: CommonFlags): Promise<void> {
  const entries = await (await this.app()).audit.entries();
  printResult(this, flags, {
    json: { entries },
    lines: () =>
      entries.map(({ at, actor, action, runId, digest }) =>
        [at, oneLine(actor, 60), oneLine(action, 60), runId, digest.slice(0, 12)].join("  "),
      ),
  });
}
