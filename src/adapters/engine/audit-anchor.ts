import { Client } from "pg";
import type { AuditAnchor } from "../../ports/audit.ts";

export interface AuditAnchorOptions {
  readonly databaseUrl: string;
  readonly project: string;
}

const TABLE = `
  create schema if not exists wavegate;
  create table if not exists wavegate.audit_anchors (
    project text primary key,
    entries bigint not null,
    head text not null,
    stored_at timestamptz not null default now()
  )`;

/**
 * The head of the audit chain, in the database, where who edits the file does not reach it. It never moves back: of
 * two that store at once the longer chain stays.
 */
export function createAuditAnchor({ databaseUrl, project }: AuditAnchorOptions): AuditAnchor {
  const connected = async <T>(action: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: databaseUrl });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await action(client);
    } finally {
      await client.end();
    }
  };
  return {
    load: () =>
      connected(async (client) => {
        await client.query(TABLE);
        const { rows } = await client.query<{ entries: string; head: string }>(
          "select entries, head from wavegate.audit_anchors where project = $1",
          [project],
        );
        const [row] = rows;
        return row && { entries: Number(row.entries), head: row.head };
      }),
    store: ({ entries, head }) =>
      connected(async (client) => {
        await client.query(TABLE);
        await client.query(
          `insert into wavegate.audit_anchors (project, entries, head) values ($1, $2, $3)
           on conflict (project) do update
             set entries = excluded.entries, head = excluded.head, stored_at = now()
             where wavegate.audit_anchors.entries < excluded.entries`,
          [project, entries, head],
        );
      }),
  };
}
