import { spawn } from "node:child_process";
import { isSmall, smallStarter } from "./small-starter.ts";

/** A program that is started, given its input, and heard to its end. */
export interface ProgramCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string | Uint8Array;
}

/** What it says. Nothing comes after `closed`, which comes once. */
export interface Hearing {
  readonly stdout: (chunk: Uint8Array) => void;
  readonly stderr: (chunk: Uint8Array) => void;
  /** Without a code it was killed, or never started; `error` is the system's code for that. */
  readonly closed: (code: number | undefined, error: string | undefined) => void;
}

export type Start = (call: ProgramCall, hearing: Hearing) => { readonly kill: () => void };

/** Start it by the small process where there is one, else by this one. */
export const startProgram: Start = (call, hearing) => {
  const start = isSmall(call.input) ? smallStarter() : undefined;
  return (start ?? startHere)(call, hearing);
};

const startHere: Start = (call, hearing) => {
  try {
    return hear(call, hearing);
  } catch (error) {
    // Not all that the system says is told as an event: that there is no memory is thrown.
    hearing.closed(undefined, codeOf(error));
    return { kill: () => {} };
  }
};

const hear: Start = ({ file, args, cwd, env, input }, hearing) => {
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: ["pipe", "pipe", "pipe"] });
  let over = false;
  const close = (code: number | undefined, error: string | undefined): void => {
    if (over) return;
    over = true;
    hearing.closed(code, error);
  };
  child.stdin.on("error", () => {}); // it need not read what it is given
  child.stdin.end(input);
  child.stdout.on("data", hearing.stdout);
  child.stderr.on("data", hearing.stderr);
  child.on("error", (error) => close(undefined, codeOf(error)));
  child.on("close", (code) => close(code ?? undefined, undefined));
  return { kill: () => void child.kill("SIGKILL") };
};

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "unknown";
