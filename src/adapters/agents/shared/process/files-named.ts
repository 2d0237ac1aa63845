import { statSync } from "node:fs";
import path from "node:path";

/** Arguments that are paths of files: scripts are given to interpreters so. */
export const filesNamed = (words: readonly string[], cwd: string): readonly string[] =>
  words
    .filter((word) => !word.startsWith("-") && !word.includes("\0"))
    .map((word) => path.resolve(cwd, word))
    .filter(isFile);

/** The same words, with the paths of files that are there made absolute: they are the same files wherever the program runs. */
export const absoluteFiles = (words: readonly string[], cwd: string): readonly string[] =>
  words.map((word) => filesNamed([word], cwd)[0] ?? word);

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
