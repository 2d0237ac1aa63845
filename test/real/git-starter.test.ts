/** Git commands by the small process that starts them for a large one: the same ends as without it, and none of it is left. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runGit, type GitCall } from "../../src/adapters/shared/git/run-git.ts";

const folder = mkdtempSync(path.join(tmpdir(), "wg-starter-"));
const gitDir = path.join(folder, "repository.git");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (call: Partial<GitCall>) => runGit({ gitDir, args: [], ...call });
/** An alias runs a shell command: here it finds out who started git. */
const by = async (): Promise<number> => {
  const script = "!sed -n 's/^PPid:\\s*//p' /proc/$PPID/status";
  const end = await git({ args: ["-c", `alias.who=${script}`, "who"] });
  return Number(end.stdout.toString());
};

describe.runIf(process.platform === "linux")("commands of git", () => {
  const pipe = path.join(folder, "pipe");
  let blob = "";
  beforeAll(() => {
    execFileSync("git", ["init", "-q", "--bare", gitDir]);
    execFileSync("mkfifo", [pipe]);
    const args = ["--git-dir", gitDir, "hash-object", "-w", "--stdin"];
    blob = execFileSync("git", args, { input: big, encoding: "utf8" }).trim();
  });

  const big = "x".repeat(3_000_000);
  /** Nobody writes into the pipe. */
  const endless = ["hash-object", pipe];
  const ends = async () => {
    const stop = new AbortController();
    const canceled = git({ args: endless, signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    const all = await Promise.all([
      git({ args: ["hash-object", "--stdin"], input: big }),
      git({ args: ["hash-object", "--stdin"], input: new Uint8Array([0, 255, 10]) }),
      git({ args: ["rev-parse", "--verify", "nothing"] }),
      git({ args: endless, timeoutMs: 150 }),
      git({ args: ["cat-file", "blob", blob], maxOutputBytes: 10_000 }),
      git({ args: ["hash-object", "--stdin"], workTree: path.join(folder, "missing") }),
      canceled,
    ]);
    return all.map(({ stdout, stopped, ...end }) => ({
      ...end,
      stopped,
      stdout: stopped === "output-limit" ? "" : stdout.toString("hex"),
    }));
  };

  test("end in the same way, whoever starts them, and with the starter's death", async () => {
    expect(await by()).toBe(process.pid);
    const here = await ends();
    expect(here.map(({ stopped }) => stopped)).toEqual([
      undefined,
      undefined,
      undefined,
      "timeout",
      "output-limit",
      "not-installed",
      "canceled",
    ]);
    let starter = process.pid;
    for (let tries = 0; starter === process.pid && tries < 500; tries++) starter = await by();
    expect(starter).not.toBe(process.pid);
    expect(readFileSync(`/proc/${starter}/environ`, "utf8")).not.toContain("HOME=");
    expect(await ends()).toEqual(here);
    expect(await by()).toBe(starter);

    const cut = git({ args: endless });
    await by();
    process.kill(starter, "SIGKILL");
    // The one whose starter is gone reads to its end.
    execFileSync("sh", ["-c", ': > "$0"', pipe]);
    expect(await cut).toMatchObject({ exitCode: undefined, stopped: undefined });
    expect(await by()).toBe(process.pid);
    expect(existsSync(`/proc/${starter}/cwd`)).toBe(false);
  });
});
