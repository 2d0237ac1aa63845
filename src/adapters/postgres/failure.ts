import { statfs } from "node:fs/promises";
import path from "node:path";
import { WavegateError, type ErrorCode } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";

/** What a data folder takes at first, with its log and some room to work. */
export const NEEDED_BYTES = 96 * 1024 * 1024;

export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;

/** Bytes an ordinary user may still write under the nearest existing folder; undefined where nobody can tell. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const stat = await statfs(folder);
    return stat.bavail * stat.bsize;
  } catch {
    const above = path.dirname(folder);
    return above === folder ? undefined : freeBytes(above);
  }
}

export async function diskFull(folder: string, cause?: unknown): Promise<WavegateError> {
  const free = await freeBytes(folder);
  return new WavegateError(
    "DISK_FULL",
    `No space left for the database in ${folder}: ${megabytes(NEEDED_BYTES)} needed${free === undefined ? "" : `, ${megabytes(free)} free`}.`,
    {
      hint: `Free at least ${megabytes(NEEDED_BYTES)} there, or set WAVEGATE_HOME to a folder on another disk; then run the command again. What was stored is still there.`,
      cause,
    },
  );
}

/** A failed file operation under `folder`, as the user can act on it. Anything unknown is given back as it is. */
export async function fileFailure(error: unknown, folder: string): Promise<unknown> {
  const errno = errnoOf(error);
  if (errno === "ENOSPC" || errno === "EDQUOT") return diskFull(folder, error);
  if (errno === "EACCES" || errno === "EPERM" || errno === "EROFS" || errno === "ENOTDIR")
    return notWritable(folder, errno, error);
  return error;
}

export const notWritable = (folder: string, why: string, cause?: unknown): WavegateError =>
  new WavegateError("DATABASE_DATA_UNUSABLE", `The database can't be kept in ${folder}: ${why}.`, {
    hint: "Make that folder yours and writable, or set WAVEGATE_HOME to a folder that is.",
    cause,
  });

interface Known {
  readonly sign: RegExp;
  readonly code: ErrorCode;
  readonly hint: string;
}

const KNOWN: readonly Known[] = [
  {
    sign: /database files are incompatible|was initialized by PostgreSQL version|not compatible with this version/i,
    code: "DATABASE_DATA_UNUSABLE",
    hint: "Use the PostgreSQL version that made the folder (set WAVEGATE_POSTGRES_BIN to its bin folder), or move the folder away to begin with an empty database.",
  },
  {
    sign: /Permission denied|wrong ownership|has invalid permissions|Read-only file system/i,
    code: "DATABASE_DATA_UNUSABLE",
    hint: "Give the folder back to the account the server runs as, with mode 0700, or set WAVEGATE_HOME to another folder.",
  },
  {
    sign: /could not locate a valid checkpoint|could not read from file "global|invalid checkpoint|PANIC:.*corrupt/i,
    code: "DATABASE_DATA_UNUSABLE",
    hint: "The data folder is damaged: restore it from a backup, or move it away to begin with an empty database.",
  },
  {
    sign: /could not look up effective user ID/i,
    code: "DATABASE_UNAVAILABLE",
    hint: "Give this user id an entry in /etc/passwd, or set WAVEGATE_DATABASE_URL to a PostgreSQL server.",
  },
  {
    sign: /could not create shared memory segment|could not create semaphores|Cannot allocate memory/i,
    code: "DATABASE_UNAVAILABLE",
    hint: "Free memory, or raise the limit for shared memory; then run the command again.",
  },
];

/** What PostgreSQL's program `what` said when it failed in `folder`, as the user can act on it. */
export async function programFailure(
  what: string,
  folder: string,
  output: string,
): Promise<WavegateError> {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return diskFull(folder);
  const known = KNOWN.find(({ sign }) => sign.test(output));
  return new WavegateError(
    known?.code ?? "DATABASE_UNAVAILABLE",
    `${what} failed in ${folder}: ${lastWords(output)}`,
    {
      hint:
        known?.hint ??
        "Run wavegate doctor; or set WAVEGATE_DATABASE_URL to a PostgreSQL server of your own.",
    },
  );
}

/** The lines that say why, newest last, as one line of at most 400 characters. */
export function lastWords(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.filter((line) => /FATAL|PANIC|ERROR|error:|DETAIL|HINT/.test(line));
  const chosen = (telling.length > 0 ? telling : lines).slice(-3).join(" · ");
  return chosen === "" ? "it said nothing" : oneLine(chosen, 400);
}
