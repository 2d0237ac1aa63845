import {
  describeEmbeddedPostgres,
  type FolderDescription,
} from "../adapters/postgres/describe-embedded-postgres.ts";
import { checkDatabaseUrl } from "../adapters/postgres/check-database-url.ts";
import { openEmbeddedPostgres } from "../adapters/postgres/open-embedded-postgres.ts";
import { stopEmbeddedPostgres } from "../adapters/postgres/stop-embedded-postgres.ts";
import { WavegateError } from "../core/error.ts";
import { formatDuration } from "../core/duration.ts";
import type { Database, HealthCheck } from "../ports/health.ts";

export interface DatabaseOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what takes time: the first setup, a start. */
  readonly log?: (line: string) => void;
}

/** A connection to the database that the engine stands on, until closed. */
export interface OpenDatabase {
  readonly url: string;
  close(): Promise<void>;
}

/** The user's server where WAVEGATE_DATABASE_URL names one, else the embedded one, started if need be. */
export async function connectDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const url = options.env["WAVEGATE_DATABASE_URL"];
  if (!url) return openEmbeddedPostgres(options);
  await checkDatabaseUrl(url);
  return { url, close: async () => undefined };
}

/** `wavegate db`, and the database's part of `wavegate doctor`. */
export function createDatabase(options: DatabaseOptions): Database {
  const url = options.env["WAVEGATE_DATABASE_URL"];
  if (url) return externalDatabase(url);
  return {
    status: () => embeddedStatus(options).catch(asProblem),
    async start() {
      const server = await openEmbeddedPostgres(options);
      await server.close();
      const now = server.startedNow ? "started" : "already running";
      return `PostgreSQL ${server.version} ${now}: ${server.dataFolder}`;
    },
    async stop({ force = false } = {}) {
      const stopped = await stopEmbeddedPostgres({ ...options, force });
      if (stopped.kind === "in-use")
        throw new WavegateError(
          "DATABASE_UNAVAILABLE",
          `The database was left running: ${stopped.clients} ${stopped.clients === 1 ? "connection uses" : "connections use"} it.`,
          {
            hint: "End the wavegate processes that run, then stop it again; --force cuts them off, and they go on when it is started again.",
          },
        );
      return stopped.kind === "stopped" ? "Stopped." : "It was not running.";
    },
  };
}

function externalDatabase(url: string): Database {
  const ours = "The server of WAVEGATE_DATABASE_URL is not Wavegate's to start or stop.";
  return {
    async status() {
      try {
        const { version, place } = await checkDatabaseUrl(url);
        return [{ name: "database", state: "ok", detail: `PostgreSQL ${version} at ${place}` }];
      } catch (error) {
        return asProblem(error);
      }
    },
    start: async () => ours,
    stop: async () => ours,
  };
}

async function embeddedStatus(options: DatabaseOptions): Promise<readonly HealthCheck[]> {
  const { binaries, folders, home, idleMs, runsAs } = await describeEmbeddedPostgres(options);
  const idle =
    idleMs === undefined ? "never stops by itself" : `stops after ${formatDuration(idleMs)} idle`;
  return [
    binaries instanceof WavegateError
      ? problem("postgresql", binaries)
      : {
          name: "postgresql",
          state: "ok",
          detail: `${binaries.version} from ${binaries.folder}${runsAs === undefined ? "" : `, runs as ${runsAs}`}`,
        },
    ...(folders.length === 0
      ? [
          {
            name: "database",
            state: "ok" as const,
            detail: `none yet; the first run makes it in ${home}`,
          },
        ]
      : folders.map((folder) => folderStatus(folder, idle))),
  ];
}

function folderStatus({ dataFolder, server, bytes }: FolderDescription, idle: string): HealthCheck {
  const place = `${dataFolder}, ${Math.round(bytes / 2 ** 20)} MB`;
  switch (server.state) {
    case "stopped":
      return { name: "database", state: "ok", detail: `stopped (${place}); starts when needed` };
    case "busy":
      return {
        name: "database",
        state: "warning",
        detail: `process ${server.pid} takes no clients: ${server.why} (${place})`,
        hint: "Wait a moment; if it stays so, read its log and run wavegate db stop.",
      };
    case "running":
      return {
        name: "database",
        state: "ok",
        detail: `running as process ${server.pid}, ${server.clients} connections, ${idle} (${place})`,
      };
  }
}

/** What stands in the way is what was asked for; anything else is a fault. */
function asProblem(error: unknown): readonly HealthCheck[] {
  if (error instanceof WavegateError) return [problem("database", error)];
  throw error;
}

const problem = (name: string, { message, hint }: WavegateError): HealthCheck => ({
  name,
  state: "problem",
  detail: message,
  hint,
});
