import { err, ok } from "../../core/result.ts";
import { runFinished, runNotFound } from "../../core/run-error.ts";
import type { Claims } from "../../ports/claims.ts";
import { Database, openPool, withHost } from "./database.ts";
import { migrate } from "./schema.ts";
import { plain } from "./store.ts";

export interface ClaimsOptions {
  readonly databaseUrl: string;
  readonly project: string;
}

/** Claims in PostgreSQL, one row for each name. Close it to let go of the database. */
export function createClaims(options: ClaimsOptions): Claims & { close(): Promise<void> } {
  const { project } = options;
  const databaseUrl = withHost(options.databaseUrl);
  const pool = openPool(databaseUrl, 1);
  const database = new Database(pool, () => migrate(databaseUrl));
  return {
    async claim(runId, names) {
      const [run] = await database.rows<{ ended: string | null }>(
        "select ended from wavegate.runs where project = $1 and run_id = $2",
        [project, runId],
      );
      if (!run) throw runNotFound(runId);
      if (run.ended !== null) throw runFinished(runId, run.ended);
      const [held] = await database.rows<{ held_name: string; held_by: string }>(
        "select * from wavegate.claim($1, $2, $3)",
        [project, runId, names.map(plain)],
      );
      return held ? err({ name: held.held_name, heldBy: held.held_by }) : ok(undefined);
    },
    close: () => pool.end(),
  };
}
