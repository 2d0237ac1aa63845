import { spawn, type ChildProcess } from "node:child_process";
import {
  chmod,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { program, type Binaries } from "./binaries.ts";
import { fileFailure, programFailure } from "./failure.ts";
import { makeSocketFolder, type ServerFolder } from "./folders.ts";
import {
  exists,
  isServer,
  killOrphans,
  readPidFile,
  removeEmptyLock,
  removeStaleLock,
} from "./postmaster.ts";
import { programEnv, runProgram, spawnAs } from "./run-program.ts";
import { serverSettings, type Listening } from "./server-settings.ts";
import type { Settings } from "./settings.ts";

interface Start {
  readonly folder: ServerFolder;
  readonly binaries: Binaries;
  readonly settings: Settings;
  /** By `performance.now()`. */
  readonly deadline: number;
}

/**
 * Start the server of a data folder. `started`: it takes connections. `again`: something was in the way and is not any
 * more (another process starting it, a killed server's leftovers), so look again. There is no lock of ours: PostgreSQL
 * lets one server into a data folder, however many try at once.
 */
export async function startServer(start: Start): Promise<"started" | "again"> {
  const { folder } = start;
  try {
    await clearLeftovers(folder);
    const outcome = await tryStart(start, true);
    return outcome === "no-socket" ? await withoutSocketBeside(start) : outcome;
  } catch (error) {
    throw await fileFailure(error, folder.root);
  }
}

/** Some file systems (network folders, some mounts into containers) can't hold sockets. */
async function withoutSocketBeside(start: Start): Promise<"started" | "again"> {
  const outcome = await tryStart(start, false);
  if (outcome !== "no-socket") return outcome;
  throw await programFailure("PostgreSQL", start.folder.root, "could not create a Unix socket");
}

async function clearLeftovers(folder: ServerFolder): Promise<void> {
  const lockFile = path.join(folder.data, "postmaster.pid");
  const pidFile = await readPidFile(folder.data);
  if (pidFile === undefined) {
    await removeEmptyLock(lockFile);
    return;
  }
  if (await isServer(pidFile.pid, folder.data)) return;
  await killOrphans(folder.data);
  await removeStaleLock(lockFile, folder.data);
  if (pidFile.socketFolder !== "") {
    const lock = path.join(pidFile.socketFolder, `.s.PGSQL.${pidFile.port}.lock`);
    await removeStaleLock(lock, folder.data);
  }
}

async function tryStart(start: Start, beside: boolean): Promise<"started" | "again" | "no-socket"> {
  const { folder, settings } = start;
  const began = Date.now();
  await writeSettings(folder, await chooseListening(folder, settings, beside));
  const logFile = path.join(folder.root, `start-${process.pid}.log`);
  const log = await open(logFile, "w", 0o600);
  try {
    const child = process.platform === "win32" ? undefined : spawnServer(start, log);
    const ended = child === undefined ? startByPgCtl(start, logFile) : endOf(child);
    const outcome = await readyOrEnded(start, child?.pid, ended);
    if (outcome.kind === "ready") return "started";
    const said = await readFile(logFile, "utf8");
    const output = `${said}\n${await loggedSince(folder, began)}\n${outcome.why}`;
    return await judge(start, output);
  } finally {
    await log.close();
    await rm(logFile, { force: true });
  }
}

/** What PostgreSQL says when another one is ahead of it, at whichever point of making or removing the lock file the two met. */
const ANOTHER_STARTS =
  /lock file "[^"]*" (?:already exists|is empty)|could not (?:open|read|remove old) lock file|bogus data in lock file/;

/** What a failed start means. */
async function judge(start: Start, output: string): Promise<"again" | "no-socket"> {
  if (ANOTHER_STARTS.test(output) && performance.now() < start.deadline) {
    await sleep(20);
    return "again";
  }
  if (/pre-existing shared memory block/.test(output) && performance.now() < start.deadline) {
    await killOrphans(start.folder.data);
    await sleep(100);
    return "again";
  }
  if (/could not (?:create|bind) (?:any )?Unix/i.test(output)) return "no-socket";
  throw await programFailure("Starting PostgreSQL", start.folder.root, output);
}

function spawnServer(start: Start, log: FileHandle): ChildProcess {
  const child = spawn(program(start.binaries, "postgres"), serverArguments(start.folder), {
    ...spawnAs(start.settings.runAs),
    cwd: "/",
    env: programEnv(),
    // A session of its own: Ctrl-C on our terminal is not for the server.
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.unref();
  return child;
}

const serverArguments = (folder: ServerFolder): readonly string[] => [
  "-D",
  folder.data,
  "-c",
  `config_file=${folder.settingsFile}`,
];

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });

/** Windows: `pg_ctl` gives up an administrator's rights, which PostgreSQL refuses to run with. Resolves on failure only. */
async function startByPgCtl(start: Start, logFile: string): Promise<string> {
  const { binaries, folder, deadline } = start;
  const options = serverArguments(folder)
    .slice(2)
    .map((text) => `"${text}"`)
    .join(" ");
  const ended = await runProgram({
    file: program(binaries, "pg_ctl"),
    args: ["start", "-W", "-s", "-D", folder.data, "-l", `${logFile}.server`, "-o", options],
    runAs: undefined,
    timeoutMs: Math.ceil(deadline - performance.now()),
  });
  return ended.code === 0
    ? new Promise<string>(() => undefined)
    : (ended.failure?.message ?? ended.output);
}

type Outcome = { readonly kind: "ready" } | { readonly kind: "ended"; readonly why: string };

async function readyOrEnded(
  start: Start,
  pid: number | undefined,
  ended: Promise<string>,
): Promise<Outcome> {
  let why: string | undefined;
  void ended.then((text) => (why = text));
  for (;;) {
    const pidFile = await readPidFile(start.folder.data);
    if (pidFile?.ready && (pid === undefined ? exists(pidFile.pid) : pidFile.pid === pid))
      return { kind: "ready" };
    if (why !== undefined) return { kind: "ended", why };
    if (performance.now() > start.deadline)
      return { kind: "ended", why: "FATAL: it is not ready in time; it goes on starting" };
    await sleep(10);
  }
}

async function chooseListening(
  folder: ServerFolder,
  settings: Settings,
  beside: boolean,
): Promise<Listening> {
  return process.platform === "win32"
    ? { kind: "loopback", port: await freePort() }
    : { kind: "socket", folder: await makeSocketFolder(folder, settings, beside) };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

async function writeSettings(folder: ServerFolder, listening: Listening) {
  const making = `${folder.settingsFile}.${process.pid}`;
  await writeFile(making, serverSettings(listening));
  await chmod(making, 0o644);
  await rename(making, folder.settingsFile);
}

/** The end of what the server logged since `began`, once it logs to its own files. */
async function loggedSince(folder: ServerFolder, began: number): Promise<string> {
  const logs = path.join(folder.data, "log");
  const texts = [];
  for (const name of await readdir(logs).catch(() => [])) {
    const file = path.join(logs, name);
    if ((await stat(file)).mtimeMs < began - 1_000) continue;
    texts.push((await readFile(file, "utf8")).slice(-4_096));
  }
  return texts.join("\n");
}
