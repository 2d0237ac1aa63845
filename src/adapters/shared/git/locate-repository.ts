import { execFile } from "node:child_process";
import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { systemCode } from "../../../core/disk-error.ts";
import { WavegateError } from "../../../core/error.ts";
import { oneLine } from "../../../core/text.ts";

/** The user's repository, found once by git's own rules; after that it is always named. All paths are absolute and real. */
export interface UserRepository {
  readonly gitDir: string;
  /** The same but in linked working trees: refs and objects are here. */
  readonly commonDir: string;
  readonly objects: string;
  readonly workTree: string;
  /** The project's folder inside of the working tree; empty where it is the same. */
  readonly prefix: string;
  readonly objectFormat: "sha1" | "sha256";
  readonly shallow: boolean;
}

const QUESTIONS = [
  "--is-bare-repository",
  "--is-shallow-repository",
  "--show-object-format",
  "--absolute-git-dir",
  "--git-common-dir",
  "--git-path",
  "objects",
  "--show-prefix",
  "--show-toplevel",
];

/** What stands in a git folder while something is half done, and what it is called. */
const IN_PROGRESS: readonly (readonly [file: string, name: string])[] = [
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["rebase-merge", "rebase"],
  ["rebase-apply", "rebase"],
];

/** The repository that a project is in; a `WavegateError` where there is none that tasks can work from. */
export async function locateRepository(project: string): Promise<UserRepository> {
  const repository = await findRepository(project);
  const name = await halfDone(repository.gitDir);
  if (name !== undefined)
    throw unfit(`is in the middle of a ${name}`, `Finish or abort the ${name}, then try again.`);
  return repository;
}

/** What a working tree is in the middle of. */
export async function halfDone(gitDir: string): Promise<string | undefined> {
  for (const [file, name] of IN_PROGRESS) if (await isThere(path.join(gitDir, file))) return name;
  return undefined;
}

/** As `locateRepository`, also in the middle of a merge or a rebase of the user's. */
export async function findRepository(project: string): Promise<UserRepository> {
  const lines = (await discover(project)).split("\n");
  const [bare, shallow, format, gitDir = "", commonDir = "", objects = "", prefix = "", top] =
    lines;
  if (bare === "true" || top === undefined)
    throw unfit("is bare: it has no working tree", "Run Wavegate in a clone that has one.");
  const absolute = (folder: string) => realpath(path.resolve(project, folder));
  return {
    gitDir: await absolute(gitDir),
    commonDir: await absolute(commonDir),
    objects: await absolute(objects),
    workTree: await realpath(top),
    prefix,
    objectFormat: format === "sha256" ? "sha256" : "sha1",
    shallow: shallow === "true",
  };
}

/** With the user's own configuration, which says whose repositories are trusted. */
async function discover(project: string): Promise<string> {
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  try {
    const { stdout } = await promisify(execFile)(
      "git",
      ["-c", "core.fsmonitor=false", "rev-parse", "--path-format=absolute", ...QUESTIONS],
      { cwd: project, env: { ...Object.fromEntries(env), LC_ALL: "C" }, timeout: 20_000 },
    );
    return stdout.replace(/\n$/, "");
  } catch (cause) {
    throw notFound(project, cause);
  }
}

function notFound(project: string, cause: unknown): WavegateError {
  if (systemCode(cause) === "ENOENT")
    return new WavegateError("GIT_NOT_INSTALLED", "There is no git on PATH.", {
      hint: "Install git 2.31 or later: tasks work in clones of the repository.",
      cause,
    });
  const { stdout, stderr } = outputOf(cause);
  if (stdout.startsWith("true\n"))
    return unfit("is bare: it has no working tree", "Run Wavegate in a clone that has one.");
  if (stderr.includes("not a git repository"))
    return new WavegateError("REPOSITORY_MISSING", `${project} is not in a git repository.`, {
      hint: "Make one and commit what is there: git init && git add -A && git commit.",
      cause,
    });
  return unfit(
    `can't be used: ${oneLine(stderr.trim().split("\n")[0] ?? "", 160)}`,
    "Do what git says, or see that `git status` works there.",
  );
}

function outputOf(cause: unknown): { readonly stdout: string; readonly stderr: string } {
  const text = (name: "stdout" | "stderr"): string => {
    const value: unknown = cause instanceof Error ? Reflect.get(cause, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { stdout: text("stdout"), stderr: text("stderr") };
}

/** A repository that tasks can't work from. */
export const unfit = (why: string, hint: string): WavegateError =>
  new WavegateError("REPOSITORY_UNFIT", `The repository ${why}.`, { hint });

export const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );
