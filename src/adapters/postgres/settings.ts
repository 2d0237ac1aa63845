import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseDuration } from "../../core/duration.ts";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";

export interface EmbeddedOptions {
  /** Folder for Wavegate's own data; wins over the environment. */
  readonly dataHome?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what takes time: the first setup, a start. */
  readonly log?: (line: string) => void;
}

/** An account as the system knows it. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface Settings {
  /** Absolute. Holds one folder per PostgreSQL major (`pg17`) and, where needed, a copy of the binaries. */
  readonly home: string;
  /** Whom the server runs as when we are root, which PostgreSQL refuses to be. Undefined: ourselves. */
  readonly runAs: Account | undefined;
  /** How long the server may be without clients before it stops. Undefined: it never stops by itself. */
  readonly idleMs: number | undefined;
  /** WAVEGATE_POSTGRES_BIN: the one folder of binaries to use. */
  readonly binFolder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
}

const DEFAULT_IDLE_MS = 5 * 60_000;

/** Read what the environment says about the embedded server. Throws CONFIG_INVALID for a value that means nothing. */
export async function readSettings(options: EmbeddedOptions): Promise<Settings> {
  const { env } = options;
  const runAs = process.getuid?.() === 0 ? await unprivilegedAccount(env) : undefined;
  return {
    home: path.resolve(options.dataHome ?? env["WAVEGATE_HOME"] ?? defaultHome(env, runAs)),
    runAs,
    idleMs: readIdle(env["WAVEGATE_DB_IDLE"]),
    binFolder: env["WAVEGATE_POSTGRES_BIN"] || undefined,
    env,
    log: options.log ?? (() => undefined),
  };
}

function defaultHome(env: EmbeddedOptions["env"], runAs: Account | undefined): string {
  if (runAs !== undefined) return "/var/lib/wavegate";
  if (process.platform === "win32")
    return path.join(env["LOCALAPPDATA"] ?? path.join(os.homedir(), "AppData/Local"), "wavegate");
  const xdg = env["XDG_DATA_HOME"];
  // The XDG specification says to ignore a relative path.
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, "wavegate");
  return path.join(env["HOME"] || os.homedir(), ".local/share/wavegate");
}

function readIdle(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return DEFAULT_IDLE_MS;
  if (text === "never") return undefined;
  const read = parseDuration(text);
  if (read.ok) return read.value;
  throw new WavegateError("CONFIG_INVALID", `WAVEGATE_DB_IDLE: ${oneLine(read.error)}`, {
    hint: "Set WAVEGATE_DB_IDLE to a duration such as 5m, to never, or leave it unset.",
  });
}

/** WAVEGATE_POSTGRES_USER, else `postgres`, else `nobody`. */
async function unprivilegedAccount(env: EmbeddedOptions["env"]): Promise<Account> {
  const accounts = (await readFile("/etc/passwd", "utf8").catch(() => ""))
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
    .filter(({ name, uid }) => name !== "" && uid !== 0);
  const wanted = env["WAVEGATE_POSTGRES_USER"];
  const names = wanted ? [wanted] : ["postgres", "nobody"];
  const found = names.flatMap((name) => accounts.filter((account) => account.name === name))[0];
  if (found !== undefined) return found;
  throw new WavegateError(
    "DATABASE_UNAVAILABLE",
    wanted
      ? `WAVEGATE_POSTGRES_USER names ${oneLine(wanted)}, which is no unprivileged account of this machine.`
      : "PostgreSQL refuses to run as root, and this machine has neither an account postgres nor nobody.",
    {
      hint: "Set WAVEGATE_POSTGRES_USER to an unprivileged account, run wavegate as an ordinary user, or set WAVEGATE_DATABASE_URL.",
    },
  );
}
