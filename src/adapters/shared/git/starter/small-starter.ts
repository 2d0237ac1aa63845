import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ATTEMPT_VARIABLE } from "../../process/environment.ts";
import type { Hearing, Start } from "./start-program.ts";

/**
 * Linux copies the page tables of a process that starts another one, and nothing else happens in it meanwhile: with 150 MB that is 2 ms on a
 * machine of its own and 9 ms in a virtual one, some forty times for each task of a plan. So who starts many has a small process start
 * them, which ends with this one. Where it is not there, or not any more, everything is started here.
 */
const AFTER_CALLS = 16;
/** What was killed is no longer waited for after this. */
const KILLED_MS = 5_000;
/** More is not sent from process to process. */
const MOST_INPUT = 2 ** 22;

interface Message {
  readonly id?: number;
  readonly ready?: true;
  readonly stdout?: Uint8Array;
  readonly stderr?: Uint8Array;
  readonly error?: string;
  readonly closed?: true;
  readonly code?: number | null;
}

interface Starter {
  readonly start: Start;
  readonly ready: () => boolean;
}

let calls = 0;
let starter: Starter | undefined;

/** Starts programs by the small process; undefined where that is not there (yet). */
export function smallStarter(): Start | undefined {
  if (process.platform !== "linux") return undefined;
  calls += 1;
  if (!starter && calls >= AFTER_CALLS) tryStarter();
  return starter?.ready() ? starter.start : undefined;
}

/** Where there can be none, as without its file, everything goes on being started here. */
function tryStarter(): void {
  try {
    starter = openStarter(() => {
      starter = undefined;
      calls = 0;
    });
  } catch {
    calls = Number.NEGATIVE_INFINITY;
  }
}

function openStarter(onGone: () => void): Starter {
  const hearings = new Map<number, Hearing>();
  const child = launch();
  let [ids, ready] = [0, false];
  const close = (id: number, code: number | undefined, error?: string): void => {
    const hearing = hearings.get(id);
    hearings.delete(id);
    if (hearings.size === 0) child.channel?.unref();
    hearing?.closed(code, error);
  };
  let gone = false;
  const end = (): void => {
    if (gone) return;
    gone = true;
    onGone();
    for (const id of hearings.keys()) close(id, undefined, "EPIPE");
  };
  child.on("message", (message) => {
    if (!isMessage(message)) return;
    const { id = 0, stdout, stderr, error, closed, code } = message;
    ready ||= message.ready === true;
    if (stdout) hearings.get(id)?.stdout(stdout);
    if (stderr) hearings.get(id)?.stderr(stderr);
    if (error !== undefined) close(id, undefined, error);
    if (closed) close(id, code ?? undefined);
  });
  for (const event of ["error", "exit", "disconnect"]) child.on(event, end);
  child.unref();
  child.channel?.unref();
  const send = (message: object): void => {
    child.send(message, (error) => {
      if (error) end();
    });
  };
  return {
    ready: () => ready && !gone && child.connected,
    start(call, hearing) {
      const id = ++ids;
      hearings.set(id, hearing);
      // Who waits for it keeps this process alive.
      child.channel?.ref();
      send({ ...call, id });
      const kill = (): void => {
        if (child.connected) send({ id, kill: true });
        setTimeout(() => close(id, undefined), KILLED_MS).unref();
      };
      return { kill };
    },
  };
}

/** In a session of its own: Ctrl-C is for who asked, who may need it to come to an end. */
function launch(): ChildProcess {
  const text = programText();
  const tag = process.env[ATTEMPT_VARIABLE];
  return spawn(
    process.execPath,
    ["--max-old-space-size=64", "--input-type=module", "--eval", text],
    {
      cwd: "/",
      detached: true,
      env: { PATH: process.env["PATH"], ...(tag !== undefined && { [ATTEMPT_VARIABLE]: tag }) },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
    },
  );
}

function programText(): string {
  const built = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(`program.${built ? "js" : "ts"}`, import.meta.url));
  return readFileSync(file, "utf8");
}

const isMessage = (message: unknown): message is Message =>
  typeof message === "object" && message !== null;

/** Whether the small process may get this much to give on. */
export const isSmall = (input: string | Uint8Array): boolean => input.length <= MOST_INPUT;
