import { spawn } from "node:child_process";
import type { WorkingTree } from "./working-trees.ts";

const TIMEOUT_MS = 30 * 60_000;
const MAX_TEXT = 200_000;
const MAX_OUTPUT = 2 ** 28;

export interface UsersGitEnd {
  /** Undefined where it did not end by itself. */
  readonly exitCode: number | undefined;
  readonly output: Buffer;
  /** What it complained of, in English. */
  readonly said: string;
}

/** Nothing that work of a task could have brought is run: hooks may lie in the tree. No message, no stash, no signature is asked for. */
const QUIET = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "merge.autoStash=false",
  "merge.verifySignatures=false",
  "submodule.recurse=false",
].flatMap((setting) => ["-c", setting]);

/**
 * Git on a working tree of the user's because they asked for it: with their own configuration, so that line ends, large files and modes
 * are what they are for them, but without hooks.
 */
export function usersGit(
  { gitDir, folder }: Pick<WorkingTree, "gitDir" | "folder">,
  args: readonly string[],
  input = "",
): Promise<UsersGitEnd> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const env = { ...Object.fromEntries(own), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
  return new Promise((resolve) => {
    const child = spawn(
      "git",
      [`--git-dir=${gitDir}`, `--work-tree=${folder}`, ...QUIET, ...args],
      {
        cwd: folder,
        env,
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    child.stdin.on("error", () => {}); // it need not read what it is given
    child.stdin.end(input);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let said = "";
    const timer = setTimeout(() => child.kill("SIGTERM"), TIMEOUT_MS);
    const end = (exitCode: number | undefined): void => {
      clearTimeout(timer);
      resolve({ exitCode, output: Buffer.concat(chunks), said });
    };
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT) child.kill("SIGKILL");
      else chunks.push(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      if (said.length < MAX_TEXT) said += chunk;
    });
    child.on("error", (error) => {
      said += error.message;
      end(undefined);
    });
    child.on("close", (code) => end(code ?? undefined));
  });
}
