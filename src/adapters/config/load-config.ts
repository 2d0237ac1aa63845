import { closeSync, lstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { ReadPrompt } from "../../stage/config/check-prompts.ts";
import { NO_CONFIG, type Config } from "../../stage/config/config.ts";
import { readConfig } from "./read-config.ts";

/** Names of the configuration, in the order they are looked for. */
export const CONFIG_FILES = ["wavegate.yaml", "wavegate.yml", "wavegate.json"] as const;

/** Longest configuration, in bytes: every text that is short enough in characters has fewer. */
const MAX_CONFIG = 1_048_576;
/** Longest prompt file, in bytes. */
const MAX_PROMPT = 131_072;

/** A configuration, and the name of its file; null where there is none. */
export interface LoadedConfig extends Config {
  readonly file: string | null;
}

/**
 * The configuration of a project, or the defaults when it has none. Two files are refused: one would be ignored. `given`
 * are names of agents that are there besides those of the file.
 */
export function loadConfig(
  root: string,
  given: readonly string[] = [],
): Result<LoadedConfig, WavegateError> {
  const there = CONFIG_FILES.filter((name) => exists(path.join(root, name)));
  const [name, other] = there;
  if (name === undefined) return ok({ ...NO_CONFIG, file: null });
  if (other !== undefined)
    return err(
      new WavegateError("CONFIG_INVALID", `There are two configurations: ${there.join(", ")}.`, {
        hint: "Keep one of them.",
        place: { file: other },
      }),
    );
  const text = readText(path.join(root, name), MAX_CONFIG);
  if (!text.ok)
    return err(
      new WavegateError("CONFIG_INVALID", `${name} can't be read: ${text.error}.`, {
        hint: "Check its permissions, its size, and that it is a text file in UTF-8.",
        place: { file: name },
      }),
    );
  const config = readConfig(text.value, name, promptsIn(root), given);
  if (config.ok) return ok({ ...config.value, file: name });
  const count = config.error.length === 1 ? "1 problem" : `${config.error.length} problems`;
  const place = config.error[0]?.place;
  return err(
    new WavegateError("CONFIG_INVALID", `${name} has ${count}.`, {
      hint: "Correct what is listed; docs/configuration.md explains each code.",
      diagnostics: config.error,
      ...(place && { place }),
    }),
  );
}

/** Prompt files lie in the project, links followed. */
const promptsIn =
  (root: string): ReadPrompt =>
  (file) => {
    try {
      const home = realpathSync(root);
      const real = realpathSync(path.resolve(root, file));
      if (!real.startsWith(home + path.sep)) return err("it lies outside the project");
      const text = readText(real, MAX_PROMPT);
      return text.ok && text.value.trim() === "" ? err("it is empty") : text;
    } catch {
      return err("there is no such file");
    }
  };

function readText(file: string, maxBytes: number): Result<string, string> {
  try {
    const found = statSync(file);
    if (!found.isFile()) return err("it is not a plain file");
    const bytes = readAtMost(file, maxBytes + 1);
    if (bytes.byteLength > maxBytes)
      return err(`it has ${Math.max(found.size, bytes.byteLength)} bytes, more than ${maxBytes}`);
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    if (cause instanceof TypeError) return err("it is not UTF-8 text");
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}

/** The beginning of a file, whatever size it says it has. */
function readAtMost(file: string, maxBytes: number): Uint8Array {
  const bytes = Buffer.alloc(maxBytes);
  const handle = openSync(file, "r");
  try {
    let filled = 0;
    for (let read = -1; read !== 0 && filled < maxBytes; filled += read)
      read = readSync(handle, bytes, filled, maxBytes - filled, null);
    return bytes.subarray(0, filled);
  } finally {
    closeSync(handle);
  }
}

function exists(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch {
    return false;
  }
}
