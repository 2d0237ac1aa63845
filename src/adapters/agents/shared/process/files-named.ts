import { statSync } from "node:fs";
import path from "node:path";

/** Arguments that are paths of files: scripts are given to interpreters so. */
export const filesNamed = (words: readonly string[], cwd: string): readonly string[] =>
  words
    .filter((word) => !word.startsWith("-") && !word.includes("\0"))
    .map((word) => path.resolve(cwd, word))
    .filter(isFile);

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
