import { randomBytes } from "node:crypto";
import { oneLine } from "../../../../core/text.ts";
import type { ProgramStart, Sandbox } from "../../../../ports/sandbox.ts";
import { ATTEMPT_VARIABLE } from "../../../shared/process/environment.ts";
import { runProcess } from "../../../shared/process/run-process.ts";

const VERSION_LIMITS = { timeoutMs: 3_000, stallMs: 3_000, maxOutputBytes: 64 * 1024 };

/**
 * The first line that the program prints on `--version`, which gets 3 seconds; `unknown` when it prints none or fails. It
 * runs in the sandbox, if there is one, without any network; not at all where it may run in no other place.
 */
export async function programVersion(
  file: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
  sandbox?: Sandbox,
): Promise<string> {
  const tag = randomBytes(16).toString("hex");
  const start = { file, args: ["--version"], cwd, env: { ...env, [ATTEMPT_VARIABLE]: tag } };
  const request = { start, writable: [], readable: [], network: false };
  const placed = await sandbox?.place(request);
  if (placed?.kind === "refused") return "unknown";
  if (placed?.kind !== "inside") return versionOf({ ...start, tag });
  try {
    return await versionOf({ ...placed.start, tag, wrapped: true });
  } finally {
    await placed.release();
  }
}

async function versionOf(
  start: ProgramStart & { readonly tag: string; readonly wrapped?: boolean },
): Promise<string> {
  const chunks: Uint8Array[] = [];
  const end = await runProcess(
    {
      ...start,
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
