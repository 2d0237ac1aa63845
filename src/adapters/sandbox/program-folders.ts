import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { isWithin } from "./within.ts";

/** A chain of interpreters and links that is longer is no installation. */
const MAX_STEPS = 8;

export interface ProgramSurroundings {
  /** The user's home: never shown as a whole because a program lies in it. */
  readonly home: string;
  /** PATH, which scripts find their interpreters on. */
  readonly searchPath: string | undefined;
}

/**
 * What has to be shown of the file system for a program to start: itself, the installation it is part of, and the same of
 * its interpreter if it is a script. Paths may be links, and may not be there.
 */
export function programFolders(
  file: string,
  surroundings: ProgramSurroundings,
  steps = MAX_STEPS,
): readonly string[] {
  const real = realPath(file);
  if (real === undefined) return [];
  const interpreter = steps > 0 ? interpreterOf(real, surroundings.searchPath) : undefined;
  return [
    file,
    ...installationOf(real, surroundings.home),
    ...(interpreter === undefined ? [] : programFolders(interpreter, surroundings, steps - 1)),
  ];
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

/**
 * The folders of the program's installation. Packages of npm lie in a `node_modules`, with what they need beside them; other
 * programs in `PREFIX/bin`, with the rest in PREFIX, unless that is where other things of the user lie, too.
 */
function installationOf(file: string, home: string): readonly string[] {
  const parts = file.split("/");
  const modules = parts.indexOf("node_modules");
  if (modules > 0) return [parts.slice(0, modules + 1).join("/")];
  const folder = path.dirname(file);
  const prefix = path.dirname(folder);
  if (path.basename(folder) === "bin" && isOwn(prefix, home)) return [prefix];
  return isOwn(folder, home) ? [folder] : [];
}

/** Folders that hold what is no part of any one program. */
const COMMON = new Set([
  "/",
  "/tmp",
  "/var",
  "/var/tmp",
  "/opt",
  "/srv",
  "/home",
  "/mnt",
  "/etc",
  "/root",
]);
const COMMON_AT_HOME = [
  "",
  ".local",
  ".local/share",
  ".config",
  ".cache",
  "Documents",
  "Downloads",
  "Desktop",
];

const isOwn = (folder: string, home: string): boolean =>
  !COMMON.has(folder) &&
  !COMMON_AT_HOME.some((each) => folder === path.join(home, each)) &&
  !isWithin(home, folder);

/** What a script names in its first line: a program, or one that `env` finds on PATH. */
function interpreterOf(file: string, searchPath: string | undefined): string | undefined {
  const [program = "", ...words] = firstLine(file)?.split(/[ \t]+/) ?? [];
  if (!path.isAbsolute(program)) return undefined;
  if (path.basename(program) !== "env") return program;
  const name = words.find((word) => !word.startsWith("-") && !word.includes("="));
  return name === undefined ? undefined : onPath(name, searchPath);
}

function firstLine(file: string): string | undefined {
  let handle: number | undefined;
  try {
    if (!statSync(file).isFile()) return undefined;
    handle = openSync(file, "r");
    const bytes = Buffer.alloc(256);
    const text = bytes.subarray(0, readSync(handle, bytes, 0, 256, 0)).toString("latin1");
    return text.startsWith("#!") ? (text.slice(2).split("\n")[0] ?? "").trim() : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function onPath(name: string, searchPath: string | undefined): string | undefined {
  return (searchPath ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    });
}
