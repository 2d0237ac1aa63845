import { rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { findBinaries } from "./binaries.ts";
import { connectTo } from "./connect.ts";
import { fileFailure, lastWords } from "./failure.ts";
import { existingFolders, type ServerFolder } from "./folders.ts";
import { ensureIdleWatch } from "./idle-watch.ts";
import { initDataFolder } from "./init-data-folder.ts";
import { keepHold } from "./keep-hold.ts";
import { isServer, lives, readOptional, readPidFile } from "./postmaster.ts";
import { readSettings, type EmbeddedOptions, type Settings } from "./settings.ts";
import { startServer } from "./start-server.ts";

/**
 * A running server, and our hold on it: while it is open the server does not stop for being idle, and is started again
 * if it is killed.
 */
export interface EmbeddedPostgres {
  /** Connection URL of the database `wavegate`, for any number of connections. It holds the password: never print it. */
  readonly url: string;
  /** As the server says it, e.g. `17.10`. */
  readonly version: string;
  readonly dataFolder: string;
  /** Whether this call started it. */
  readonly startedNow: boolean;
  /** Let go of the server; it goes on for others, and for the idle time. */
  close(): Promise<void>;
}

/** Recovery after a crash with a full write-ahead log takes some seconds on a slow disk; this is far beyond. */
const START_MS = 90_000;

/**
 * The PostgreSQL server all wavegate processes of this user share (UX-04): found running, or started, or set up and started. Any
 * number of processes may call this at once. The hold is a connection, so the death of a process ends its hold.
 *
 * Throws DATABASE_NOT_INSTALLED, DATABASE_DATA_UNUSABLE, DATABASE_UNAVAILABLE, DISK_FULL or CONFIG_INVALID.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const settings = await readSettings(options);
  return open(settings).catch(async (error: unknown) => {
    throw await fileFailure(error, settings.home);
  });
}

async function open(settings: Settings): Promise<EmbeddedPostgres> {
  const deadline = performance.now() + START_MS;
  let startedNow = false;
  while (performance.now() < deadline) {
    const found = await holdRunning(settings);
    if (found.kind === "held") return opened(found, settings, startedNow);
    if (found.kind === "busy") await sleep(25);
    else startedNow = (await start(settings, deadline)) || startedNow;
  }
  throw new WavegateError(
    "DATABASE_UNAVAILABLE",
    `The database in ${settings.home} did not become ready within ${START_MS / 1_000} s.`,
    { hint: "Run wavegate db status; then try again, or run wavegate db stop first." },
  );
}

interface Held {
  readonly kind: "held";
  readonly client: Client;
  readonly url: string;
  readonly folder: ServerFolder;
}

/** `busy`: a server of ours is there, but takes no clients just now. */
async function holdRunning(settings: Settings): Promise<Held | { readonly kind: "busy" | "down" }> {
  let kind: "busy" | "down" = "down";
  for (const folder of await existingFolders(settings.home)) {
    const { url, ...found } = await connectTo(folder, "wavegate");
    if (found.kind === "connected" && url !== undefined) {
      if (!(await isStopping(folder))) return { ...found, kind: "held", url, folder };
      await found.client.end();
      kind = "busy";
    } else if (found.kind === "refused") throw refused(folder, found.message);
    else if (await serverIsThere(folder)) kind = "busy";
  }
  return { kind };
}

async function serverIsThere(folder: ServerFolder): Promise<boolean> {
  const pidFile = await readPidFile(folder.data);
  return pidFile !== undefined && isServer(pidFile.pid, folder.data);
}

/** Whether a process that lives is about to stop the server (see `stopIfUnused`). A mark left by a killed one is removed. */
async function isStopping(folder: ServerFolder): Promise<boolean> {
  const pid = Number(await readOptional(folder.stoppingMark));
  if (pid > 0) {
    const { mtimeMs } = await stat(folder.stoppingMark).catch(() => ({ mtimeMs: 0 }));
    if ((await lives(pid)) && Date.now() - mtimeMs < 60_000) return true;
    await rm(folder.stoppingMark, { force: true });
  }
  return false;
}

/** Start the server, with a new data folder if there is none. True when it was this call that started it. */
async function start(settings: Settings, deadline: number): Promise<boolean> {
  const existing = await existingFolders(settings.home);
  const { chosen, others } = await findBinaries(
    settings,
    ({ major }) => existing.length === 0 || existing.some((folder) => folder.major === major),
  );
  if (chosen === undefined) throw noMatch(settings, existing, others);
  const folder =
    existing.find(({ major }) => major === chosen.major) ??
    (await initDataFolder(settings, chosen));
  await checkMajor(folder);
  return (await startServer({ folder, binaries: chosen, settings, deadline })) === "started";
}

async function opened(
  held: Held,
  settings: Settings,
  startedNow: boolean,
): Promise<EmbeddedPostgres> {
  const { client, url, folder } = held;
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  await watch(held, settings);
  return {
    url,
    version: rows[0]?.server_version.split(" ")[0] ?? "",
    dataFolder: folder.data,
    startedNow,
    ...keepHold(client, () => holdAgain(folder, settings)),
  };
}

async function watch({ folder }: Held, settings: Settings): Promise<void> {
  const pidFile = await readPidFile(folder.data);
  if (settings.idleMs !== undefined && pidFile !== undefined)
    await ensureIdleWatch(folder, pidFile.pid, settings.idleMs);
}

/**
 * After the hold was lost. A server that was killed is started again, by whichever process sees it first; one that was
 * stopped in order is somebody's wish, and waited for.
 */
async function holdAgain(folder: ServerFolder, settings: Settings): Promise<Client | undefined> {
  const found = await holdRunning(settings);
  if (found.kind === "held") {
    await watch(found, settings);
    return found.client;
  }
  const stopped = (await readPidFile(folder.data)) === undefined;
  if (found.kind === "down" && !stopped) await start(settings, performance.now() + START_MS);
  return undefined;
}

async function checkMajor(folder: ServerFolder): Promise<void> {
  const text = (await readOptional(`${folder.data}/PG_VERSION`))?.trim();
  if (text === String(folder.major)) return;
  throw new WavegateError(
    "DATABASE_DATA_UNUSABLE",
    text === undefined
      ? `${folder.data} is not a PostgreSQL data folder: PG_VERSION is missing.`
      : `${folder.data} belongs to PostgreSQL ${oneLine(text, 20)}, not ${folder.major}.`,
    {
      hint: `Restore ${folder.root} from a backup, or move it away to begin with an empty database.`,
    },
  );
}

function noMatch(
  settings: Settings,
  existing: readonly ServerFolder[],
  others: readonly { readonly version: string; readonly folder: string }[],
): WavegateError {
  const made = existing.map(({ major }) => String(major)).join(" and ");
  const found = others.map(({ version, folder }) => `${version} (${folder})`).join(", ");
  return new WavegateError(
    "DATABASE_DATA_UNUSABLE",
    `The data in ${settings.home} was made by PostgreSQL ${made}; found here: ${found}.`,
    {
      hint: `Install PostgreSQL ${made} or set WAVEGATE_POSTGRES_BIN to its bin folder; or move ${settings.home}/pg${existing[0]?.major} away to begin with an empty database.`,
    },
  );
}

function refused(folder: ServerFolder, message: string): WavegateError {
  return new WavegateError(
    "DATABASE_UNAVAILABLE",
    `The database server of ${folder.root} refuses connections: ${lastWords(message)}.`,
    {
      hint: /password/i.test(message)
        ? `The password in ${folder.passwordFile} is not the server's: restore that file.`
        : "Run wavegate db stop, then try again.",
    },
  );
}
