import { spawn } from "node:child_process";
import { err, ok, type Result } from "../../core/result.ts";
import { DEFAULT_ENV_NAMES } from "../../stage/agents/environment-names.ts";
import type { SecretDefinition } from "../../stage/config/secret-options.ts";

/** What keychains need to find themselves and to ask the person. */
const KEYCHAIN_ENV = [
  "DBUS_SESSION_BUS_ADDRESS",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "GNUPGHOME",
  "GPG_TTY",
  "PASSWORD_STORE_*",
];
/** Longest secret, in bytes: a private key with its chain. */
const MAX_BYTES = 65_536;
/** Shorter ones could not be told from ordinary text, so they could not be taken out of it. */
const SHORTEST = 8;

export interface SecretSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * The secret that a command prints on stdout, without the line end that closes it, or why there is none. What the command prints is in no
 * message, neither stdout nor stderr. Started without a shell and without a terminal; ended with all of its group when its time is up.
 */
export function readSecret(
  { command: [program = "", ...args], passEnv, timeoutMs }: SecretDefinition,
  { env, cwd }: SecretSurroundings,
): Promise<Result<string, string>> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: allowed(env, [...DEFAULT_ENV_NAMES, ...KEYCHAIN_ENV, ...passEnv]),
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let why: string | undefined;
    const end = (reason: string) => {
      why ??= reason;
      killGroup(child.pid);
      // Whoever left the group may hold the pipe for ever.
      child.stdout.destroy();
    };
    const timer = setTimeout(() => end("it took too long"), timeoutMs);
    const settle = (result: Result<string, string>) => {
      clearTimeout(timer);
      resolve(result);
    };
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > MAX_BYTES) end(`it printed more than ${MAX_BYTES} bytes`);
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      settle(err(error.code === "ENOENT" ? "there is no such program" : "it can't be started")),
    );
    child.on("close", (code, signal) => {
      killGroup(child.pid);
      if (why !== undefined) return settle(err(why));
      if (code !== 0) return settle(err(`it ended with ${signal ?? `exit code ${code}`}`));
      settle(secretIn(Buffer.concat(chunks)));
    });
  });
}

function secretIn(bytes: Buffer): Result<string, string> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "");
  } catch {
    return err("it printed no UTF-8 text");
  }
  if (text.includes("\0")) return err("it printed a NUL character");
  if (text.trim() === "") return err("it printed nothing");
  return text.length < SHORTEST ? err(`it printed fewer than ${SHORTEST} characters`) : ok(text);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

const allowed = (env: SecretSurroundings["env"], patterns: readonly string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) =>
        !name.startsWith("WAVEGATE_") &&
        patterns.some((pattern) =>
          pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
        ),
    ),
  );
