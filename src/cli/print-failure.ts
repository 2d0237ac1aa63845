import { looseBooleanParser } from "@stricli/core";
import { WavegateError } from "../core/error.ts";
import { errorLines, errorReport } from "../reporters/error-lines.ts";
import { styleOf, type CliIo, type CommonFlags } from "./cli.ts";
import { Interrupted } from "./exit-code.ts";
import { readSources } from "./read-sources.ts";

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
    error instanceof WavegateError ? await readSources(error.diagnostics, flags.folder) : {},
    styleOf(io, "stderr", flags),
  );
  io.stderr.write(`${lines.join("\n").trimEnd()}\n`);
}
