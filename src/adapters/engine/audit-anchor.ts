import type { AuditAnchor } from "../../ports/audit.ts";
import { Database, openPool, withHost } from "./database.ts";
import { migrate } from "./schema.ts";

export interface AuditAnchorOptions {
  readonly databaseUrl: string;
  readonly project: string;
}

/**
 * The head of the audit chain, in the database, where who edits the file does not reach it. It never moves back, and only
 * to an entry that was announced. Close it to let go of the database.
 */
export function createAuditAnchor(
  options: AuditAnchorOptions,
): AuditAnchor & { close(): Promise<void> } {
  const { project } = options;
  const databaseUrl = withHost(options.databaseUrl);
  const pool = openPool(databaseUrl, 1);
  const database = new Database(pool, () => migrate(databaseUrl));
  return {
    async load() {
      const [row] = await database.rows<Row>(
        "select entries, head, pending, adopted from wavegate.audit_anchors where project = $1",
        [project],
      );
      if (!row) return undefined;
      const { entries, head, pending, adopted } = row;
      const announced = pending ?? undefined;
      return { entries: Number(entries), head, pending: announced, adopted: Number(adopted) };
    },
    async announce({ entries, head }, hash) {
      const rows = await database.rows(
        `insert into wavegate.audit_anchors as anchor (project, entries, head, pending, adopted)
           values ($1, $2, $3, $4, $2)
         on conflict (project) do update set pending = excluded.pending
           where anchor.entries = excluded.entries and anchor.head = excluded.head
         returning 1`,
        [project, entries, head, hash],
      );
      return rows.length > 0;
    },
    async settle({ entries, head }) {
      await database.rows(
        `update wavegate.audit_anchors
           set entries = $2::bigint, head = $3, pending = null, stored_at = now()
         where project = $1 and entries = $2::bigint - 1 and pending = $3`,
        [project, entries, head],
      );
    },
    close: () => pool.end(),
  };
}

interface Row {
  readonly entries: string;
  readonly head: string;
  readonly pending: string | null;
  readonly adopted: string;
}
