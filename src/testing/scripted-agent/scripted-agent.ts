import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Json } from "../../core/json.ts";

/** One thing the scripted program does; a script is done in order, then the program ends with code 0. */
export type ScriptStep =
  /** A line on stdout. */
  | { readonly print: string }
  /** Text on stdout, without a newline. */
  | { readonly write: string }
  /** Bytes on stdout, in hexadecimal. */
  | { readonly hex: string }
  /** A line on stderr. */
  | { readonly stderr: string }
  /** Text repeated on stdout to exactly so many bytes. */
  | { readonly flood: { readonly text: string; readonly bytes: number } }
  /** Milliseconds. */
  | { readonly sleep: number }
  | { readonly forever: true }
  | { readonly exit: number }
  /** Send itself a signal. */
  | { readonly kill: NodeJS.Signals }
  /** Do nothing when this signal comes. */
  | { readonly ignore: NodeJS.Signals }
  /** Read the prompt (`--prompt=`, `--prompt-file=` or stdin) and print its size and SHA-256 as JSON. */
  | { readonly prompt: true }
  /** Read the prompt, print the JSON listed for the role in WAVEGATE_ROLE. */
  | { readonly answers: Readonly<Record<string, Json>> }
  /** Print environment, folder and arguments as JSON. */
  | { readonly surroundings: true }
  /** Write the file of `--answer-file=`. */
  | { readonly answerFile: string }
  | { readonly append: { readonly file: string; readonly text: string } }
  /** Start another one. */
  | { readonly spawn: SpawnStep };

export interface SpawnStep {
  readonly steps: readonly ScriptStep[];
  /** Leave group and session (setsid). */
  readonly daemon?: boolean;
  /** Lose every environment variable. */
  readonly cleanEnv?: boolean;
  /** Let go of stdout and stderr. */
  readonly quiet?: boolean;
  /** Append its process number here. */
  readonly pidFile?: string;
}

/**
 * The command line of a program that does what the script says: real, small, the same on every machine. `more` are
 * further arguments, e.g. `--prompt-file={promptFile}`. From the built package the program is run as a file; from source
 * its text is handed to Node, because Node 20 does not run TypeScript files.
 */
export function scriptedCommand(
  steps: readonly ScriptStep[],
  more: readonly string[] = [],
): readonly [string, ...string[]] {
  const built = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(built ? "program.js" : "program.ts", import.meta.url));
  const program = built ? [file] : ["--input-type=module", "--eval", readFileSync(file, "utf8")];
  return [process.execPath, ...program, "--", `--script=${JSON.stringify(steps)}`, ...more];
}
