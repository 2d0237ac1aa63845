import { randomBytes } from "node:crypto";
import { oneLine } from "../../../../core/text.ts";
import { ATTEMPT_VARIABLE } from "./environment.ts";
import { runProcess } from "./run-process.ts";

const VERSION_LIMITS = { timeoutMs: 3_000, stallMs: 3_000, maxOutputBytes: 64 * 1024 };

/** The first line that the program prints on `--version`, which gets 3 seconds; `unknown` when it prints none or fails. */
export async function programVersion(
  file: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<string> {
  const tag = randomBytes(16).toString("hex");
  const chunks: Uint8Array[] = [];
  const end = await runProcess(
    {
      file,
      args: ["--version"],
      cwd,
      env: { ...env, [ATTEMPT_VARIABLE]: tag },
      tag,
      input: "",
      limits: VERSION_LIMITS,
      signal: new AbortController().signal,
      graceMs: 100,
    },
    {
      started: async () => {},
      stdout: async (chunk) => void chunks.push(chunk),
      stderr: async () => {},
    },
  );
  const text = Buffer.concat(chunks).toString("utf8");
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  return end.exitCode === 0 && end.stopped === undefined && first !== ""
    ? oneLine(first, 80)
    : "unknown";
}
