import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { findBinaries, type Binaries } from "./binaries.ts";
import { connectTo } from "./connect.ts";
import { fileFailure } from "./failure.ts";
import { existingFolders, type ServerFolder } from "./folders.ts";
import { isServer, readPidFile } from "./postmaster.ts";
import { readSettings, type EmbeddedOptions } from "./settings.ts";

/** What there is of the embedded database, for `wavegate db status` and `wavegate doctor`. */
export interface EmbeddedDescription {
  readonly home: string;
  /** The account the server runs as, when it is not ours. */
  readonly runsAs: string | undefined;
  /** Undefined: it never stops by itself. */
  readonly idleMs: number | undefined;
  /** The binaries a start would use, or why there are none. */
  readonly binaries: Binaries | WavegateError;
  /** Data folders, newest PostgreSQL first. */
  readonly folders: readonly FolderDescription[];
}

export interface FolderDescription {
  readonly major: number;
  readonly dataFolder: string;
  readonly logFolder: string;
  readonly bytes: number;
  readonly server:
    | { readonly state: "stopped" }
    /** There, but taking no clients: starting, stopping, recovering or refusing. */
    | { readonly state: "busy"; readonly pid: number; readonly why: string }
    | {
        readonly state: "running";
        readonly pid: number;
        readonly version: string;
        /** ISO 8601, UTC. */
        readonly startedAt: string;
        /** Connections, besides ours and the watcher's. */
        readonly clients: number;
        readonly socketFolder: string;
      };
}

/** Look, and change nothing: starts no server and makes no folder. */
export async function describeEmbeddedPostgres(
  options: EmbeddedOptions,
): Promise<EmbeddedDescription> {
  const settings = await readSettings(options);
  const folders = await existingFolders(settings.home);
  return {
    home: settings.home,
    runsAs: settings.runAs?.name,
    idleMs: settings.idleMs,
    binaries: await findBinaries(
      settings,
      ({ major }) => folders.length === 0 || folders.some((folder) => folder.major === major),
    ).then(
      ({ chosen, others }) => chosen ?? unfit(folders, others),
      (error: unknown) => {
        if (error instanceof WavegateError) return error;
        throw error;
      },
    ),
    folders: await Promise.all(folders.map(describeFolder)).catch(async (error: unknown) => {
      throw await fileFailure(error, settings.home);
    }),
  };
}

const unfit = (folders: readonly ServerFolder[], others: readonly Binaries[]): WavegateError =>
  new WavegateError(
    "DATABASE_DATA_UNUSABLE",
    `The data was made by PostgreSQL ${folders.map(({ major }) => major).join(" and ")}, but only ${others.map(({ version }) => version).join(", ")} can be found.`,
    { hint: "Install that version, or set WAVEGATE_POSTGRES_BIN to its bin folder." },
  );

async function describeFolder(folder: ServerFolder): Promise<FolderDescription> {
  return {
    major: folder.major,
    dataFolder: folder.data,
    logFolder: path.join(folder.data, "log"),
    bytes: await sizeOf(folder.root),
    server: await describeServer(folder),
  };
}

async function describeServer(folder: ServerFolder): Promise<FolderDescription["server"]> {
  const pidFile = await readPidFile(folder.data);
  if (pidFile === undefined || !(await isServer(pidFile.pid, folder.data)))
    return { state: "stopped" };
  const { pid, startedAt, socketFolder } = pidFile;
  const found = await connectTo(folder, "wavegate-status");
  if (found.kind !== "connected")
    return { state: "busy", pid, why: found.kind === "refused" ? found.message : found.kind };
  try {
    const { rows } = await found.client.query<{ version: string; clients: number }>(
      "select current_setting('server_version') as version, count(*)::int as clients from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> 'wavegate-idle-watch'",
    );
    return {
      state: "running",
      pid,
      version: rows[0]?.version ?? "",
      startedAt: new Date(startedAt * 1_000).toISOString(),
      clients: rows[0]?.clients ?? 0,
      socketFolder,
    };
  } finally {
    await found.client.end().catch(() => undefined);
  }
}

/** Size of the files; what disappears meanwhile counts nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => stat(path.join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
