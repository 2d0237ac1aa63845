import type { AuditAnchor } from "../../ports/audit.ts";
import { Database, openPool, withHost } from "./database.ts";
import { migrate } from "./schema.ts";

export interface AuditAnchorOptions {
  readonly databaseUrl: string;
  readonly project: string;
}

/**
 * The head of the audit chain, in the database, where who edits the file does not reach it. It never moves back: of
 * two that store at once the longer chain stays. Close it to let go of the database.
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
      const [row] = await database.rows<{ entries: string; head: string }>(
        "select entries, head from wavegate.audit_anchors where project = $1",
        [project],
      );
      return row && { entries: Number(row.entries), head: row.head };
    },
    async store({ entries, head }) {
      await database.rows(
        `insert into wavegate.audit_anchors (project, entries, head) values ($1, $2, $3)
         on conflict (project) do update
           set entries = excluded.entries, head = excluded.head, stored_at = now()
           where wavegate.audit_anchors.entries < excluded.entries`,
        [project, entries, head],
      );
    },
    close: () => pool.end(),
  };
}
