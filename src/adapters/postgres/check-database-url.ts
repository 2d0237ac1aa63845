import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { OLDEST_MAJOR } from "./binaries.ts";
import { connect } from "./connect.ts";

/** What to call a server in messages: its address and database, never its user's password. */
export interface CheckedDatabase {
  readonly version: string;
  /** E.g. `db.example.org:5432/wavegate`. */
  readonly place: string;
}

/**
 * Check a WAVEGATE_DATABASE_URL: that it is a PostgreSQL URL, that the server takes it, and that it is new enough. Throws
 * DATABASE_UNAVAILABLE with what to do; no message holds the password.
 */
export async function checkDatabaseUrl(url: string): Promise<CheckedDatabase> {
  const place = placeOf(url);
  const found = await connect(url, "wavegate");
  if (found.kind !== "connected") {
    const why = found.kind === "refused" ? withoutSecret(found.message, url) : WHY[found.kind];
    const code = found.kind === "refused" ? found.code : undefined;
    throw unavailable(`${place} can't be used: ${why}`, hintFor(code));
  }
  try {
    const { rows } = await found.client.query<{ number: number; version: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
    );
    const { number = 0, version = "?" } = rows[0] ?? {};
    if (number < OLDEST_MAJOR * 10_000)
      throw unavailable(
        `${place} runs PostgreSQL ${oneLine(version, 40)}; Wavegate needs ${OLDEST_MAJOR} or newer`,
        `Upgrade that server, or point WAVEGATE_DATABASE_URL to another.`,
      );
    return { version, place };
  } finally {
    await found.client.end().catch(() => undefined);
  }
}

const WHY = {
  gone: "nothing listens there",
  "not-yet": "it is starting or shutting down",
} as const;

function placeOf(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw unavailable(
      "WAVEGATE_DATABASE_URL is not a URL",
      "Write it as postgresql://user:password@host:5432/database; percent-encode special characters in the password.",
    );
  }
  if (url.protocol !== "postgresql:" && url.protocol !== "postgres:")
    throw unavailable(
      `WAVEGATE_DATABASE_URL begins with ${oneLine(url.protocol, 30)}, not postgresql:`,
      "Write it as postgresql://user:password@host:5432/database.",
    );
  if (url.pathname.length < 2)
    throw unavailable(
      "WAVEGATE_DATABASE_URL names no database",
      "Add the database's name at the end: postgresql://user:password@host:5432/wavegate.",
    );
  const socket = url.searchParams.get("host");
  return oneLine(`${socket ?? url.hostname}:${url.port || 5432}${url.pathname}`, 200);
}

const HINTS: Readonly<Record<string, string>> = {
  "28P01": "Check user and password in WAVEGATE_DATABASE_URL, and the server's pg_hba.conf.",
  "28000": "Check user and password in WAVEGATE_DATABASE_URL, and the server's pg_hba.conf.",
  "3D000": "Create the database on that server (CREATE DATABASE), or name one that exists.",
  "53300": "Raise the server's max_connections, or close other clients.",
  ENOTFOUND: "Check the host name in WAVEGATE_DATABASE_URL.",
  EAI_AGAIN: "Check the host name in WAVEGATE_DATABASE_URL.",
};
const hintFor = (code: string | undefined): string =>
  HINTS[code ?? ""] ??
  "Check that the server runs and can be reached from here, and the address in WAVEGATE_DATABASE_URL; unset it to use the embedded database.";

function withoutSecret(message: string, url: string): string {
  const { password } = new URL(url);
  const secrets = [password, decodeURIComponent(password)].filter((secret) => secret !== "");
  return oneLine(
    secrets.reduce((text, secret) => text.replaceAll(secret, "***"), message),
    300,
  );
}

const unavailable = (message: string, hint: string): WavegateError =>
  new WavegateError("DATABASE_UNAVAILABLE", `${message}.`, { hint });
