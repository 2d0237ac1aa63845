import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { oneLine } from "../../core/text.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf, setRef } from "../shared/git/own-git.ts";
import { gitOutput } from "../shared/git/run-git.ts";
import { keptRef } from "../shared/git/safe-refs.ts";

const FETCH_MS = 10 * 60_000;
const MAX_COMPLAINT = 4_000;

/** No hook is run, nobody is asked, no ref of the user's is moved, and no program of a URL is started. */
const QUIET = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.logAllRefUpdates=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "fetch.fsckObjects=true",
  "fetch.prune=false",
  "fetch.pruneTags=false",
  "protocol.ext.allow=never",
].flatMap((setting) => ["-c", setting]);

/**
 * Fetch a commit from a remote that the user named for that, with their own configuration, which knows how to get in. First the commit alone,
 * which not every server gives; then all branches. Gives what git complained of; undefined when it is there.
 */
export async function fetchRemote(
  repository: UserRepository,
  remote: string,
  commit: string,
): Promise<string | undefined> {
  const held = keptRef(commit);
  const alone = await usersFetch(repository, remote, `+${commit}:${held}`);
  if ((await commitOf(repository, commit)) !== undefined) return undefined;
  const folder = `refs/wavegate/fetched/${randomBytes(6).toString("hex")}`;
  try {
    const all = await usersFetch(repository, remote, `+refs/heads/*:${folder}/*`);
    if ((await commitOf(repository, commit)) === undefined)
      return all ?? alone ?? "none of its branches has it";
    await setRef(repository, held, commit);
    return undefined;
  } finally {
    await removeRefs(repository, folder);
  }
}

async function removeRefs({ commonDir }: UserRepository, folder: string): Promise<void> {
  const list = ["for-each-ref", "--format=delete %(refname)", `${folder}/`];
  const input = await gitOutput({ gitDir: commonDir, args: list });
  if (input !== "") await gitOutput({ gitDir: commonDir, args: ["update-ref", "--stdin"], input });
}

function usersFetch(
  { commonDir }: UserRepository,
  remote: string,
  refspec: string,
): Promise<string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const env = { ...Object.fromEntries(own), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
  const options = ["--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--refmap="];
  const args = [...QUIET, "fetch", "-q", ...options, "--end-of-options", remote, refspec];
  return new Promise((resolve) => {
    const child = spawn("git", [`--git-dir=${commonDir}`, ...args], {
      cwd: commonDir,
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    const timer = setTimeout(() => child.kill("SIGTERM"), FETCH_MS);
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      if (said.length < MAX_COMPLAINT) said += chunk.slice(0, MAX_COMPLAINT);
    });
    const end = (code: number | null, complaint: string): void => {
      clearTimeout(timer);
      resolve(code === 0 ? undefined : oneLine(complaint.trim(), 300) || `it ended with ${code}`);
    };
    child.on("error", (error) => end(null, error.message));
    child.on("close", (code) => end(code, said));
  });
}
