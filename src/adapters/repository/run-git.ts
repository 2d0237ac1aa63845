import { spawn } from "node:child_process";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT = 64 * 2 ** 20;

/** Settings of the project by which git would start programs or write. */
const QUIET = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.untrackedCache=false",
  "log.showSignature=false",
];

/**
 * What git answers to a reading command; an error's text says why it did not. Takes no locks, writes nothing, fetches nothing and
 * starts no program of the project's configuration.
 *
 * @param tooLong said where the answer is longer than 64 MiB
 */
export function runGit(
  root: string,
  options: readonly string[],
  tooLong: string,
): Promise<Result<Buffer, string>> {
  const settings = QUIET.flatMap((setting) => ["-c", setting]);
  return new Promise((resolve) => {
    const child = spawn("git", [...settings, ...options], {
      cwd: root,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT) child.kill("SIGKILL");
      else chunks.push(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      if (said.length < 2_000) said += chunk;
    });
    child.on("error", (error) => resolve(err(reasonOf(error))));
    child.on("close", (code, signal) => {
      if (bytes > MAX_OUTPUT) resolve(err(tooLong));
      else if (signal !== null) resolve(err(`git did not answer within ${TIMEOUT_MS / 1000} s`));
      else if (code !== 0)
        resolve(err(oneLine(said.split("\n")[0] ?? "", 160) || `git ended with ${code}`));
      else resolve(ok(Buffer.concat(chunks)));
    });
  });
}

/** The environment without what would point git elsewhere or let it start programs. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    // a partial clone would fetch what is missing
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    LC_ALL: "C",
  };
}

const reasonOf = (error: Error): string =>
  "code" in error && error.code === "ENOENT" ? "git is not installed" : oneLine(error.message, 160);
