import { looseBooleanParser } from "@stricli/core";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../core/error.ts";
import { errorLines, errorReport } from "../reporters/error-lines.ts";
import { styleOf, type CliIo, type CommonFlags } from "./cli.ts";
import { Interrupted } from "./exit-code.ts";

/** Largest file of which lines are shown with an error. */
const MAX_SOURCE_BYTES = 4_000_000;

/** The common flags, read without the parser: errors of the parser have to be printed too. */
export function givenFlags(args: readonly string[]): CommonFlags {
  const end = args.indexOf("--");
  const given = end < 0 ? args : args.slice(0, end);
  const last = (name: string) => given.flatMap((arg) => valueOf(arg, name)).at(-1);
  const json = last("json") ?? false;
  const color = last("color");
  return color === undefined ? { json } : { json, color };
}

/** What an argument says of a flag: nothing, or one value. */
function valueOf(arg: string, name: string): readonly boolean[] {
  if (arg === `--${name}`) return [true];
  if (arg === `--no-${name}`) return [false];
  if (!arg.startsWith(`--${name}=`)) return [];
  try {
    return [looseBooleanParser(arg.slice(name.length + 3))];
  } catch {
    return [];
  }
}

/**
 * Print what went wrong: for people on standard error, with `--json` one object on standard output. Files are named
 * from `folder`, the project.
 */
export async function printFailure(
  error: unknown,
  flags: CommonFlags & { readonly folder: string },
  io: CliIo,
): Promise<void> {
  if (error instanceof Interrupted) return;
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(errorReport(error))}\n`);
    return;
  }
  const lines = errorLines(
    error,
    await sourcesOf(error, flags.folder),
    styleOf(io, "stderr", flags),
  );
  io.stderr.write(`${lines.join("\n").trimEnd()}\n`);
}

/** The files that diagnostics speak of, as far as they can be read. */
async function sourcesOf(
  error: unknown,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  if (!(error instanceof WavegateError)) return {};
  const sources: Record<string, string> = {};
  for (const file of new Set(error.diagnostics.map(({ place }) => place.file))) {
    const text = await readSource(path.resolve(folder, file));
    if (text !== undefined) sources[file] = text;
  }
  return sources;
}

async function readSource(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > MAX_SOURCE_BYTES ? undefined : await readFile(file, "utf8");
  } catch {
    // The error says all it can; the line of the file is an extra.
    return undefined;
  }
}
