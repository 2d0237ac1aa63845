import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { bubblewrapArguments } from "./bubblewrap-arguments.ts";
import { systemMounts } from "./system-mounts.ts";

/** A bubblewrap that can make sandboxes here. */
export interface Bubblewrap {
  readonly file: string;
  /** As it says itself: `bubblewrap 0.8.0`. */
  readonly version: string;
}

export interface NoBubblewrap {
  /** As the end of a sentence. */
  readonly reason: string;
  readonly hint: string;
}

const PROBE_MS = 5_000;
/** The first version that can forbid further user namespaces. */
const NEEDED = "0.8";

/**
 * Try bubblewrap out, by making a sandbox with all that ours have: that a program is there says nothing, where namespaces
 * are forbidden. Takes about 20 ms.
 */
export async function probeBubblewrap(
  file: string | undefined,
  platform: string,
): Promise<Result<Bubblewrap, NoBubblewrap>> {
  if (platform !== "linux")
    return err({
      reason: `there is no sandbox for ${platform}: bubblewrap needs Linux`,
      hint: "Run Wavegate in a Linux container or virtual machine, or write sandbox: { mode: off }.",
    });
  if (file === undefined)
    return err({
      reason: "bubblewrap is not installed",
      hint: "Install it (apt install bubblewrap, dnf install bubblewrap, pacman -S bubblewrap), or write sandbox: { mode: off }.",
    });
  const version = await run(file, ["--version"]);
  if (version.code !== 0) return err(failed(file, version));
  const trial = ["/usr/bin/true", "/bin/true"].find((each) => existsSync(each));
  const made = await run(
    file,
    bubblewrapArguments({
      mounts: systemMounts(),
      cwd: "/",
      start: trial === undefined ? [process.execPath, "-e", "0"] : [trial],
    }),
  );
  return made.code === 0
    ? ok({ file, version: oneLine(version.output, 40).trim() })
    : err(failed(file, made));
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

const run = (file: string, args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(
      file,
      args,
      { timeout: PROBE_MS, killSignal: "SIGKILL", env: {}, cwd: "/", maxBuffer: 65_536 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        const output = stderr.trim() || stdout.trim() || (error?.message ?? "");
        resolve({ code, output });
      },
    );
  });

function failed(file: string, { output }: Ran): NoBubblewrap {
  const said = oneLine(output.split("\n")[0] ?? "", 200);
  if (/unknown option/i.test(output))
    return {
      reason: `${file} is older than bubblewrap ${NEEDED}, which is needed (${said})`,
      hint: `Install bubblewrap ${NEEDED} or later, or name one in WAVEGATE_BWRAP.`,
    };
  if (/permission|not permitted|uid map|namespace/i.test(output))
    return {
      reason: `this machine does not let ${file} make namespaces (${said})`,
      hint: "Allow unprivileged user namespaces (docs/sandbox.md says how), or write sandbox: { mode: off }.",
    };
  return {
    reason: `${file} makes no sandbox (${said})`,
    hint: "Try it in a shell; WAVEGATE_BWRAP names another one, sandbox: { mode: off } does without.",
  };
}
