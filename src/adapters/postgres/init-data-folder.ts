import { randomBytes } from "node:crypto";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { program, type Binaries } from "./binaries.ts";
import { DATABASE, ROLE } from "./connect.ts";
import {
  diskFull,
  errnoOf,
  fileFailure,
  freeBytes,
  NEEDED_BYTES,
  programFailure,
} from "./failure.ts";
import { handOver, makeHome, serverFolder, type ServerFolder } from "./folders.ts";
import { killSetup, lives } from "./postmaster.ts";
import { runProgram } from "./run-program.ts";
import type { Settings } from "./settings.ts";

/** Nobody needs longer for an `initdb`; one that is older was given up. */
const LONGEST_INIT_MS = 120_000;

/**
 * Make the data folder for a PostgreSQL major: in a folder of its own, renamed whole when it is complete, so that a
 * setup killed in the middle leaves nothing that looks finished. Two processes at once: the second waits for the first,
 * and should both run, one rename wins and the other's work is thrown away.
 */
export async function initDataFolder(
  settings: Settings,
  binaries: Binaries,
): Promise<ServerFolder> {
  const { home, runAs } = settings;
  const folder = serverFolder(home, binaries.major);
  await makeHome(settings);
  await clearAbandoned(home);
  if (await finishedByAnother(folder)) return folder;
  const free = await freeBytes(home);
  if (free !== undefined && free < NEEDED_BYTES) throw await diskFull(home);
  settings.log(`Setting up PostgreSQL ${binaries.version} in ${home} (once, some seconds)`);
  let making: string | undefined;
  try {
    making = await mkdtemp(path.join(home, `pg${binaries.major}.making-${process.pid}-`));
    if (runAs !== undefined) await chmod(making, 0o711);
    await fill(making, binaries, settings);
    await rename(making, folder.root);
    await syncFolder(home);
  } catch (error) {
    if (making !== undefined) await removeFolder(making);
    if (await lstat(folder.root).catch(() => undefined)) return folder;
    throw await fileFailure(error, home);
  }
  return folder;
}

async function fill(making: string, binaries: Binaries, settings: Settings): Promise<void> {
  const { runAs } = settings;
  const data = path.join(making, "data");
  const passwordFile = path.join(making, "password");
  await mkdir(data);
  await handOver(data, 0o700, runAs);
  await writeFile(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  await handOver(passwordFile, 0o600, runAs);
  const run = async (name: string, args: readonly string[], input = "") => {
    const file = program(binaries, name);
    const ended = await runProgram({ file, args, runAs, input, timeoutMs: LONGEST_INIT_MS });
    const said = ended.failure?.message ?? ended.output;
    if (ended.code !== 0) throw await programFailure(`PostgreSQL's ${name}`, settings.home, said);
    return said;
  };
  // The locale C in UTF-8: the same order of text on every machine and after every upgrade of the system.
  await run("initdb", [
    `--pgdata=${data}`,
    `--username=${ROLE}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-locale",
    "--data-checksums",
    "--no-instructions",
  ]);
  const said = await run(
    "postgres",
    ["--single", "-D", data, "postgres"],
    `CREATE DATABASE ${DATABASE};\n`,
  );
  if (/ERROR|FATAL|PANIC/.test(said))
    throw await programFailure("Creating the database", settings.home, said);
  // The server needs it no more, and we keep it.
  if (runAs !== undefined) await chown(passwordFile, 0, 0);
}

/** Whether a setup another process has begun comes to its end while we wait. */
async function finishedByAnother(folder: ServerFolder): Promise<boolean> {
  for (;;) {
    if (await lstat(folder.root).catch(() => undefined)) return true;
    const others = await inProgress(path.dirname(folder.root));
    if (!others.some(({ alive, name }) => alive && name.startsWith(`pg${folder.major}.`)))
      return false;
    await sleep(50);
  }
}

/** Setups begun; `alive` when the process that began it may still be at it. */
async function inProgress(home: string) {
  const found = [];
  for (const name of await readdir(home)) {
    const pid = Number(/^pg\d+\.making-(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid === 0) continue;
    const born = await stat(path.join(home, name)).catch(() => undefined);
    const young = born !== undefined && Date.now() - born.ctimeMs < LONGEST_INIT_MS;
    found.push({ name, alive: young && pid !== process.pid && (await lives(pid)) });
  }
  return found;
}

/** Remove what killed setups left. */
async function clearAbandoned(home: string): Promise<void> {
  for (const { name, alive } of await inProgress(home)) {
    if (alive) continue;
    const abandoned = path.join(home, name);
    await killSetup(abandoned);
    await removeFolder(abandoned);
  }
}

/** Removing is best effort: what stays is removed at the next setup. */
const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }).catch(
    () => undefined,
  );

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  try {
    await handle?.sync();
  } catch (error) {
    // Some systems can't sync folders (Windows).
    if (errnoOf(error) === "ENOSPC") throw error;
  } finally {
    await handle?.close();
  }
}
