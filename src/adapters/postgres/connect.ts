import { Client } from "pg";
import { errnoOf } from "./failure.ts";
import { readOptional, readPidFile, type PidFile } from "./postmaster.ts";
import type { ServerFolder } from "./folders.ts";

export const DATABASE = "wavegate";
export const ROLE = "wavegate";

/** How an attempt to connect ended. `gone`: nobody listens; `not-yet`: the server starts, stops or recovers. */
export type Connecting =
  | { readonly kind: "connected"; readonly client: Client }
  | { readonly kind: "gone" }
  | { readonly kind: "not-yet" }
  | { readonly kind: "refused"; readonly code: string | undefined; readonly message: string };

/** Connection URL of the server a pid file describes. It holds the password: never print it. */
export async function serverUrl(folder: ServerFolder, pidFile: PidFile): Promise<string> {
  const password = ((await readOptional(folder.passwordFile)) ?? "").trim();
  const at = pidFile.socketFolder === "" ? "127.0.0.1" : "localhost";
  const url = new URL(`postgresql://${ROLE}@${at}:${pidFile.port}/${DATABASE}`);
  url.password = password;
  if (pidFile.socketFolder !== "") url.searchParams.set("host", pidFile.socketFolder);
  return url.toString();
}

export async function connect(url: string, applicationName: string): Promise<Connecting> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
  });
  // Without a listener a lost connection would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return { kind: "connected", client };
  } catch (error) {
    void client.end().catch(() => undefined);
    const code = errnoOf(error);
    if (code === "ENOENT" || code === "ECONNREFUSED") return { kind: "gone" };
    // 57P01–57P03: shutting down, crashed, starting up.
    if (code === "ECONNRESET" || code === "EPIPE" || code?.startsWith("57P"))
      return { kind: "not-yet" };
    const message = error instanceof Error ? error.message : String(error);
    if (/Connection terminated/.test(message)) return { kind: "not-yet" };
    return { kind: "refused", code, message };
  }
}

/** Connect to the server of a folder, if one is there. */
export async function connectTo(
  folder: ServerFolder,
  applicationName: string,
): Promise<Connecting & { readonly url?: string }> {
  const pidFile = await readPidFile(folder.data);
  if (pidFile === undefined) return { kind: "gone" };
  if (!pidFile.ready) return { kind: "not-yet" };
  const url = await serverUrl(folder, pidFile);
  return { ...(await connect(url, applicationName)), url };
}
