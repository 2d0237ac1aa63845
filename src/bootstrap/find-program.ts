import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** Whether a program of this name would be found on PATH. */
export const hasProgram = (
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): boolean => findOnPath(name, env) !== undefined;

/** The program of this name on PATH. */
export function findOnPath(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const windows = process.platform === "win32";
  const folders = (env["PATH"] ?? env["Path"] ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const endings = windows ? (env["PATHEXT"] ?? ".EXE;.CMD;.BAT").split(";") : [""];
  return folders
    .flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
