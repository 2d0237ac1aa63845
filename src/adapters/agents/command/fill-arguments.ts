import { Buffer } from "node:buffer";
import { err, ok, type Result } from "../../../core/result.ts";

/** What the placeholders of a command stand for. */
export interface Placeholders {
  readonly prompt: string;
  readonly promptFile: string;
  readonly answerFile: string;
  readonly schemaFile: string;
  readonly schema: string;
  readonly cwd: string;
}

/** Linux takes at most 32 pages for one argument, with its final NUL; other systems take more for one and less for all. */
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1;

const PLACEHOLDER = /\{(prompt|promptFile|answerFile|schemaFile|schema|cwd)\}/g;

const isName = (name: string, values: Placeholders): name is keyof Placeholders => name in values;

/**
 * Put the values into the arguments, each in one pass, so that a `{cwd}` inside a prompt stays as it is. Fails with a
 * sentence when the result is no argument the system can take.
 */
export function fillArguments(
  args: readonly string[],
  values: Placeholders,
): Result<readonly string[], string> {
  const filled = args.map((argument) =>
    argument.replace(PLACEHOLDER, (all, name: string) =>
      isName(name, values) ? values[name] : all,
    ),
  );
  const longest = Math.max(0, ...filled.map((argument) => Buffer.byteLength(argument)));
  if (longest > MAX_ARGUMENT_BYTES)
    return err(
      `an argument of ${longest} bytes is more than a program can be given (${MAX_ARGUMENT_BYTES}); ` +
        "set `prompt: stdin` or `prompt: file` for this agent",
    );
  if (filled.some((argument) => argument.includes("\0")))
    return err(
      "the prompt holds a NUL character, which no argument can carry; set `prompt: stdin`",
    );
  return ok(filled);
}

/** Whether any argument names the placeholder, so that its file is written only when somebody reads it. */
export const mentions = (args: readonly string[], name: keyof Placeholders): boolean =>
  args.some((argument) => argument.includes(`{${name}}`));
