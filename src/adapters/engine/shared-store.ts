import type { CommitRow, SharedStore } from "../../ports/shared-store.ts";
import { Database, openPool, withHost } from "./database.ts";
import { migrate } from "./schema.ts";

export interface SharedStoreOptions {
  readonly databaseUrl: string;
  readonly project: string;
  /** Bytes of one part. Default: 1 MiB, which any connection moves well within the time that a statement may take. */
  readonly partBytes?: number;
}

const PART_BYTES = 2 ** 20;
/** A server that is away for a restart, or a move, comes back within that. */
const PATIENCE_MS = 10 * 60_000;
/** How long the commits of a run are kept after its end. */
const KEPT_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

/** What machines share, in PostgreSQL: content in parts of a row each. Close it to let go of the database. */
export function createSharedStore({
  project,
  partBytes = PART_BYTES,
  ...options
}: SharedStoreOptions): SharedStore & { close(): Promise<void> } {
  const databaseUrl = withHost(options.databaseUrl);
  const pool = openPool(databaseUrl, 2);
  const database = new Database(pool, () => migrate(databaseUrl));
  const rows = <Row>(sql: string, values: readonly unknown[], signal?: AbortSignal) =>
    database.rows<Row>(sql, values, signal ?? AbortSignal.timeout(PATIENCE_MS));
  const clearUp = daily((signal?: AbortSignal) => rows(CLEAR, [project, KEPT_DAYS], signal));

  return {
    async keep({ digest, bytes }, read, signal) {
      if ((await rows(HAS, [project, digest], signal)).length > 0) return;
      // The first part last: with it, all of it is there.
      const parts = Math.max(1, Math.ceil(bytes / partBytes));
      for (let part = parts - 1; part >= 0; part--) {
        const from = part * partBytes;
        const chunk = Buffer.from(await read(from, Math.min(bytes, from + partBytes)));
        await rows(PUT_PART, [project, digest, part, chunk], signal);
      }
    },

    async take(digest, write, signal) {
      for (let part = 0; ; part++) {
        const [row] = await rows<{ bytes: Buffer }>(PART, [project, digest, part], signal);
        if (!row) return part > 0;
        await write(row.bytes);
      }
    },

    async addCommit(row, signal) {
      await clearUp(signal);
      const { runId, commit, needs, depth, needsDepth, digest, bytes } = row;
      const values = [project, commit, runId, needs, depth, needsDepth, digest, bytes];
      await rows(ADD_COMMIT, values, signal);
    },

    async findCommit(commit, signal) {
      const [row] = await rows<Stored>(FIND_COMMIT, [project, commit], signal);
      return row && { ...row, bytes: Number(row.bytes) };
    },

    async nameCommit({ runId, name, commit }, signal) {
      await rows(NAME_COMMIT, [project, runId, name, commit], signal);
    },

    async namedCommit(runId, name, signal) {
      const [row] = await rows<{ commit: string }>(NAMED_COMMIT, [project, runId, name], signal);
      return row?.commit;
    },

    close: () => pool.end(),
  };
}

/** Done when it is asked for, at most once a day; what comes of it is nobody's concern. */
function daily(work: (signal?: AbortSignal) => Promise<unknown>) {
  let doneMs = -Infinity;
  return async (signal?: AbortSignal): Promise<void> => {
    if (performance.now() - doneMs < DAY_MS) return;
    doneMs = performance.now();
    await work(signal).catch(() => undefined);
  };
}

/** Numbers as long as these come as texts. */
type Stored = Omit<CommitRow, "bytes"> & { readonly bytes: string };

const HAS = "select 1 from wavegate.contents where project = $1 and digest = $2 and part = 0";

const PUT_PART = `
  insert into wavegate.contents (project, digest, part, bytes) values ($1, $2, $3, $4)
  on conflict do nothing`;

const PART = "select bytes from wavegate.contents where project = $1 and digest = $2 and part = $3";

const ADD_COMMIT = `
  insert into wavegate.commits (project, commit_id, run_id, needs, depth, needs_depth, digest, size)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`;

const FIND_COMMIT = `
  select run_id as "runId", commit_id as "commit", needs, depth, needs_depth as "needsDepth", digest, size as bytes
  from wavegate.commits where project = $1 and commit_id = $2`;

const NAME_COMMIT = `
  insert into wavegate.commit_names (project, run_id, name, commit_id) values ($1, $2, $3, $4)
  on conflict do nothing`;

const NAMED_COMMIT = `
  select commit_id as "commit" from wavegate.commit_names where project = $1 and run_id = $2 and name = $3`;

/** Whoever wanted what such a run did has landed it by now. */
const CLEAR = `
  with over as (
    select run_id from wavegate.runs
    where project = $1 and ended is not null and updated_at < now() - $2 * interval '1 day'),
  names as (
    delete from wavegate.commit_names n using over o where n.project = $1 and n.run_id = o.run_id),
  gone as (
    delete from wavegate.commits c using over o where c.project = $1 and c.run_id = o.run_id returning c.digest)
  delete from wavegate.contents t using gone g where t.project = $1 and t.digest = g.digest`;
