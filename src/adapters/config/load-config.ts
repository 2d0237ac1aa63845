import { lstatSync, realpathSync } from "node:fs";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { Locate } from "../../stage/config/locate.ts";
import type { Config } from "../../stage/config/config.ts";
import { PROMPT_FOLDER } from "../../stage/config/defaults.ts";
import { CLAIMING_NAMES, MISNAMED } from "./config-names.ts";
import { evaluateModule } from "./evaluate-module.ts";
import { promptFolderIn, promptsIn } from "./prompt-files.ts";
import { checkSource, readSource, type ConfigSource } from "./read-config.ts";
import { readTextFile } from "./read-text-file.ts";

/** Longest configuration, in bytes: every text that is short enough in characters has fewer. */
const MAX_CONFIG = 1_048_576;

/** A configuration, and the name of its file; null where there is none. */
export interface LoadedConfig extends Config {
  readonly file: string | null;
  /** As it is written, and where each value stands. */
  readonly written: unknown;
  readonly locate: Locate;
}

/** What stands in the configuration of a project that has none. */
const NONE_WRITTEN: ConfigSource = {
  value: {},
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
  if (name === undefined) return checked(root, given, null, NONE_WRITTEN);
  const misplaced = nameProblem(there);
  if (misplaced) return err(misplaced);
  const text = readTextFile(path.join(root, name), MAX_CONFIG);
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
  return source.ok ? checked(root, given, name, source.value) : err(invalid(name, source.error));
}

/** What is written, checked together with the files of the project that belong to it. */
function checked(
  root: string,
  given: readonly string[],
  file: string | null,
  source: ConfigSource,
): Result<LoadedConfig, WavegateError> {
  const config = checkSource(source, {
    readPrompt: promptsIn(root),
    readPromptFolder: promptFolderIn(root),
    given,
  });
  const { value: written, locate } = source;
  return config.ok
    ? ok({ ...config.value, file, written, locate })
    : err(invalid(file ?? PROMPT_FOLDER, config.error));
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

function exists(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch {
    return false;
  }
}
