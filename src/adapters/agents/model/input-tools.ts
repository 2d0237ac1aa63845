import { delimitData } from "../../../core/delimited-data.ts";

/** Most that one reading returns, in characters. */
const MAX_READ = 48_000;
/** A longer line is cut: minified files have lines of megabytes. */
const MAX_LINE = 4_000;

export interface InputReading {
  readonly name: string;
  /** From 1. */
  readonly from?: number | undefined;
  readonly lines?: number | undefined;
}

/** What there is to read: name, lines and characters of each input. */
export const listInputs = (inputs: Readonly<Record<string, string>>): string =>
  Object.entries(inputs)
    .map(([name, text]) => `${name}: ${text.split("\n").length} lines, ${text.length} characters`)
    .join("\n");

/** Some lines of an input as data, with how to go on; or what is wrong with the request, for the model to mend. */
export function readInput(
  inputs: Readonly<Record<string, string>>,
  { name, from = 1, lines = 400 }: InputReading,
): string {
  if (!Object.hasOwn(inputs, name))
    return `There is no input of that name. There are: ${Object.keys(inputs).join(", ")}.`;
  const all = (inputs[name] ?? "").split("\n");
  if (from > all.length) return `${name} has only ${all.length} lines.`;
  const taken: string[] = [];
  let size = 0;
  for (const line of all.slice(from - 1, from - 1 + lines)) {
    const shown =
      line.length <= MAX_LINE
        ? line
        : `${line.slice(0, MAX_LINE)} […${line.length - MAX_LINE} characters more]`;
    size += shown.length + 1;
    if (size > MAX_READ && taken.length > 0) break;
    taken.push(shown);
  }
  const last = from + taken.length - 1;
  const rest = last < all.length ? ` The next line is ${last + 1}.` : " That is its end.";
  const { blocks } = delimitData([[name, taken.join("\n")]]);
  return `Lines ${from} to ${last} of ${all.length}.${rest}\n${blocks.join("")}`;
}
