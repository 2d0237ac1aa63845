import { realpathSync } from "node:fs";
import path from "node:path";
import { isWithin } from "./within.ts";

/** Where version managers and package tools keep what their programs on PATH need, in the user's home: no settings, no credentials. */
const TOOLCHAINS_AT_HOME = [
  ".asdf/installs",
  ".asdf/shims",
  ".cargo/bin",
  ".cargo/git",
  ".cargo/registry",
  ".deno/bin",
  ".bun/bin",
  ".bun/install/cache",
  ".fnm/node-versions",
  ".gradle/wrapper/dists",
  ".jenv/versions",
  ".local/share/fnm",
  ".local/share/mise/installs",
  ".local/share/mise/shims",
  ".local/share/pnpm",
  ".local/share/uv/python",
  ".m2/repository",
  ".nodenv/versions",
  ".npm-global",
  ".nuget/packages",
  ".nvm/versions",
  ".pyenv/shims",
  ".pyenv/versions",
  ".rbenv/shims",
  ".rbenv/versions",
  ".rustup/settings.toml",
  ".rustup/toolchains",
  ".sdkman/candidates",
  ".volta/bin",
  ".volta/tools",
  "go/pkg/mod",
];

export interface ToolSurroundings {
  readonly home: string;
  readonly searchPath: string | undefined;
  /** The user's project: nothing of it is shown because PATH names it. */
  readonly project: string;
}

/**
 * What has to be shown for whatever programs a person would call in the project: the folders of PATH with the installations that they are
 * part of, and what toolchains keep at home. Absolute paths of what is there; relative entries of PATH are skipped.
 */
export function toolFolders({ home, searchPath, project }: ToolSurroundings): readonly string[] {
  const onPath = (searchPath ?? "").split(path.delimiter).flatMap((folder) => {
    const real = path.isAbsolute(folder) ? realPath(folder) : undefined;
    if (real === undefined || isWithin(project, real) || isWithin(real, project)) return [];
    return isWithin(home, real) ? [] : [folder, withPrefix(real, { home, project })];
  });
  const atHome = TOOLCHAINS_AT_HOME.map((each) => path.join(home, each));
  return [...new Set([...onPath, ...atHome.filter((each) => realPath(each) !== undefined)])];
}

/** `PREFIX/bin` needs what lies in PREFIX where that is an installation: it has libraries, and nothing of the user's is known to be there. */
function withPrefix(
  folder: string,
  { home, project }: Pick<ToolSurroundings, "home" | "project">,
): string {
  const prefix = path.dirname(folder);
  const isInstallation =
    path.basename(folder) === "bin" &&
    ["lib", "lib64", "libexec"].some((name) => realPath(path.join(prefix, name)) !== undefined) &&
    prefix !== path.join(home, ".local") &&
    ![home, project].some((each) => isWithin(each, prefix));
  return isInstallation && prefix !== "/" ? prefix : folder;
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
