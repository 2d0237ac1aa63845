import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isSecretName } from "../../../../stage/config/secret-name.ts";
import { ownVariables, type EnvironmentRules } from "../../../shared/process/environment.ts";

/** Larger files that arguments name are told apart by size and time of change alone. */
const MAX_READ = 1024 * 1024;

const digestOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** A program as its definition starts it. */
export interface StartedProgram extends EnvironmentRules {
  /** Program and arguments. */
  readonly command: readonly string[];
}

/**
 * What makes a program's answers different, besides its version and how it is asked: the file itself, its arguments and
 * the files these name, and the variables that were meant for it. Arguments and variables only as digests, and of variables
 * with the name of a secret not even that: who logs in otherwise gets the same answers.
 */
export async function programIdentity(
  definition: StartedProgram,
  env: Readonly<Record<string, string>>,
  { file, cwd }: { readonly file: string; readonly cwd: string },
): Promise<Readonly<Record<string, string>>> {
  const [, ...args] = definition.command;
  const files = await Promise.all(args.map((arg) => fileNamed(arg, cwd)));
  const named = files.filter((each) => each !== undefined);
  const variables = ownVariables(definition, env)
    .filter(([name]) => !isSecretName(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    program: await realpath(file),
    "program file": await stateOf(file),
    arguments: digestOf(args),
    ...(named.length > 0 && { "files of arguments": digestOf(named) }),
    ...(variables.length > 0 && { variables: digestOf(variables) }),
  };
}

/** A file that is replaced or edited is another one. */
async function stateOf(file: string): Promise<string> {
  const { size, mtime } = await stat(file);
  return `${size} bytes of ${mtime.toISOString()}`;
}

/** The path and state of a file that an argument is the path of: scripts are given to interpreters so. */
async function fileNamed(argument: string, cwd: string): Promise<readonly string[] | undefined> {
  if (argument.startsWith("-") || argument.includes("\0")) return undefined;
  const file = path.resolve(cwd, argument);
  try {
    const found = await stat(file);
    if (!found.isFile()) return undefined;
    const { size } = found;
    const state = size > MAX_READ ? await stateOf(file) : await contentOf(file);
    return [file, state];
  } catch {
    return undefined;
  }
}

const contentOf = async (file: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
