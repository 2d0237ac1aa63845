import { closeSync, lstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { ReadPrompt } from "../../stage/config/check-prompts.ts";
import type { Locate } from "../../stage/config/locate.ts";
import { NO_CONFIG, type Config } from "../../stage/config/config.ts";
import { CLAIMING_NAMES, MISNAMED } from "./config-names.ts";
import { evaluateModule } from "./evaluate-module.ts";
import { checkSource, readSource } from "./read-config.ts";

/** Longest configuration, in bytes: every text that is short enough in characters has fewer. */
const MAX_CONFIG = 1_048_576;
/** Longest prompt file, in bytes. */
const MAX_PROMPT = 131_072;

/** A configuration, and the name of its file; null where there is none. */
export interface LoadedConfig extends Config {
  readonly file: string | null;
  /** As it is written, and where each value stands. */
  readonly written: unknown;
  readonly locate: Locate;
}

const NONE: LoadedConfig = {
  ...NO_CONFIG,
  file: null,
  written: {},
  locate: () => ({ file: "wavegate.config.yaml" }),
};

/**
 * The configuration of a project, or the defaults when it has none. Two files are refused: one would be ignored; and so is
 * one whose name only resembles. A configuration in TypeScript is evaluated: call it for trusted projects only. `given` are
 * names of agents that are there besides those of the file.
 */
export function loadConfig(
  root: string,
  given: readonly string[] = [],
): Result<LoadedConfig, WavegateError> {
  const there = CLAIMING_NAMES.filter((name) => exists(path.join(root, name)));
  const [name] = there;
  if (name === undefined) return ok(NONE);
  const misplaced = nameProblem(there);
  if (misplaced) return err(misplaced);
  const text = readText(path.join(root, name), MAX_CONFIG);
  if (!text.ok)
    return err(
      new WavegateError("CONFIG_INVALID", `${name} can't be read: ${text.error}.`, {
        hint: "Check its permissions, its size, and that it is a text file in UTF-8.",
        place: { file: name },
      }),
    );
  const source = readSource(text.value, name, {
    evaluate: () => evaluateModule(path.join(realpathSync(root), name)),
  });
  if (!source.ok) return err(invalid(name, source.error));
  const config = checkSource(source.value, { readPrompt: promptsIn(root), given });
  if (!config.ok) return err(invalid(name, config.error));
  const { value: written, locate } = source.value;
  return ok({ ...config.value, file: name, written, locate });
}

function invalid(name: string, problems: readonly Diagnostic[]): WavegateError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const place = problems[0]?.place;
  return new WavegateError("CONFIG_INVALID", `${name} has ${count}.`, {
    hint: "Correct what is listed; docs/configuration.md explains each code.",
    diagnostics: problems,
    ...(place && { place }),
  });
}

/** Two configurations, or one that is called otherwise than it should be. */
function nameProblem([name = "", ...others]: readonly string[]): WavegateError | undefined {
  const [other] = others;
  if (other !== undefined)
    return new WavegateError(
      "CONFIG_INVALID",
      `There are ${others.length + 1} configurations: ${[name, ...others].join(", ")}.`,
      {
        hint: `Keep one of them, and call it ${MISNAMED[name] ?? name}.`,
        place: { file: other },
      },
    );
  const right = MISNAMED[name];
  if (right === undefined) return undefined;
  const rewrite = path.extname(right) === path.extname(name) || name.endsWith(".yml");
  return new WavegateError(
    "CONFIG_INVALID",
    `${name} is not a name of the configuration, so nothing of it would be read.`,
    {
      hint: rewrite ? `Rename it to ${right}.` : `Write it as ${right}.`,
      place: { file: name },
    },
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
