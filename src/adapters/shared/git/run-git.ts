import { oneLine } from "../../../core/text.ts";
import { startProgram } from "./starter/start-program.ts";

/** One git command on a repository that is named, never looked for. */
export interface GitCall {
  /** Absolute. Its configuration is the only one that is read, and it must not be one that an agent can write. */
  readonly gitDir: string;
  /** Absolute; without it the command has no working tree. */
  readonly workTree?: string;
  readonly args: readonly string[];
  readonly input?: string | Uint8Array;
  /** Index file instead of the repository's own. */
  readonly indexFile?: string;
  /** Date of what is committed, in seconds since 1970. Default: now. */
  readonly date?: number;
  /** Whether what is written must survive a power cut: in the user's repository, not in folders that can be made anew. */
  readonly durable?: boolean;
  readonly timeoutMs?: number;
  /** Past this the command is killed. Default: 64 MiB. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
}

/** How it ended; `exitCode` is undefined when it was killed or never started. */
export interface GitEnd {
  readonly exitCode: number | undefined;
  readonly stdout: Buffer;
  /** The first lines of what it complained of. */
  readonly stderr: string;
  readonly stopped: "timeout" | "output-limit" | "canceled" | "not-installed" | undefined;
}

const TIMEOUT_MS = 120_000;
const MAX_OUTPUT = 64 * 2 ** 20;
const MAX_COMPLAINT = 4_000;

/** Nothing that a configuration names is started, and nothing is tidied up in the background (RELIABILITY D5). */
const QUIET = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.logAllRefUpdates=false",
  "core.alternateRefsCommand=true",
  "commit.gpgSign=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "diff.ignoreSubmodules=all",
  "submodule.recurse=false",
  "fetch.fsckObjects=true",
  "protocol.file.allow=always",
  "safe.directory=*",
].flatMap((setting) => ["-c", setting]);

/**
 * Run git with nothing of the user's or the system's configuration, no prompts, no hooks, no replaced objects, no fetching
 * of what is missing, and no transport but files of this machine. Never rejects.
 */
export function runGit(call: GitCall): Promise<GitEnd> {
  const { gitDir, workTree, args, input, timeoutMs = TIMEOUT_MS } = call;
  const maxOutputBytes = call.maxOutputBytes ?? MAX_OUTPUT;
  const where = [`--git-dir=${gitDir}`, ...(workTree ? [`--work-tree=${workTree}`] : [])];
  return new Promise((resolve) => {
    const sync = ["-c", `core.fsync=${call.durable ? "all" : "none"}`];
    const chunks: Buffer[] = [];
    let bytes = 0;
    const words = new TextDecoder();
    let said = "";
    let stopped: GitEnd["stopped"];
    let kill: (() => void) | undefined;
    const stop = (why: GitEnd["stopped"]): void => {
      stopped ??= why;
      kill?.();
    };
    const cancel = (): void => stop("canceled");
    const timer = setTimeout(stop, timeoutMs, "timeout");
    const program = {
      file: "git",
      args: [...where, ...QUIET, ...sync, ...args],
      cwd: workTree ?? gitDir,
      env: gitEnvironment(call),
      input: input ?? "",
    };
    const started = startProgram(program, {
      stdout(chunk) {
        bytes += chunk.length;
        if (bytes > maxOutputBytes) stop("output-limit");
        else chunks.push(Buffer.from(chunk));
      },
      stderr(chunk) {
        if (said.length < MAX_COMPLAINT) said += words.decode(chunk, { stream: true });
      },
      closed(code, error) {
        if (error === "ENOENT") stopped ??= "not-installed";
        else if (error !== undefined)
          said ||= `it could not be started, or heard to its end: ${error}`;
        clearTimeout(timer);
        call.signal?.removeEventListener("abort", cancel);
        const exitCode = stopped === undefined ? code : undefined;
        const stderr = said.slice(0, MAX_COMPLAINT);
        resolve({ exitCode, stdout: Buffer.concat(chunks), stderr, stopped });
      },
    });
    kill = started.kill;
    call.signal?.addEventListener("abort", cancel, { once: true });
    if (call.signal?.aborted) cancel();
  });
}

/** What the command wrote; a failure is a plain error that names the command. For what cannot fail but by the machine. */
export async function gitOutput(call: GitCall): Promise<string> {
  return (await gitBytes(call)).toString("utf8");
}

/** As `gitOutput`, as it was written. */
export async function gitBytes(call: GitCall): Promise<Buffer> {
  const end = await runGit(call);
  if (end.exitCode === 0) return end.stdout;
  throw new GitError(call.args[0] ?? "", end);
}

/** A git command did not do what it must. */
export class GitError extends Error {
  override readonly name = "GitError";
  readonly end: GitEnd;

  constructor(command: string, end: GitEnd) {
    super(`git ${command}: ${whyFailed(end)}`);
    this.end = end;
  }
}

/** Names that git wrote with `-z`. One that is not UTF-8 is an error: no other name may stand for it. */
export function namesIn(output: Uint8Array): readonly string[] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(output);
  } catch (cause) {
    throw new Error("the name of a file is not UTF-8", { cause });
  }
  return text.split("\0").filter((name) => name !== "");
}

/** Why a command failed, on one line. */
export const whyFailed = ({ exitCode, stderr, stopped }: GitEnd): string =>
  stopped ?? (oneLine(stderr.trim(), 300) || `ended with ${exitCode}`);

/** Author and committer of all that is committed for others. */
const IDENTITY = { name: "Wavegate", email: "wavegate@localhost" };

function gitEnvironment({ indexFile, date }: GitCall): NodeJS.ProcessEnv {
  const when = date === undefined ? undefined : `${date} +0000`;
  return {
    PATH: process.env["PATH"],
    HOME: "/nonexistent",
    XDG_CONFIG_HOME: "/nonexistent",
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "file",
    GIT_AUTHOR_NAME: IDENTITY.name,
    GIT_AUTHOR_EMAIL: IDENTITY.email,
    GIT_COMMITTER_NAME: IDENTITY.name,
    GIT_COMMITTER_EMAIL: IDENTITY.email,
    ...(when !== undefined && { GIT_AUTHOR_DATE: when, GIT_COMMITTER_DATE: when }),
    ...(indexFile !== undefined && { GIT_INDEX_FILE: indexFile }),
  };
}
