import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/** What of a git folder is the user's alone. Of refs, all but ours are added. */
const OWN = ["HEAD", "index", "config", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD", "hooks", "info"];

/**
 * One digest of a user's working tree, index, HEAD, configuration, hooks and refs: whoever runs something on a repository
 * compares it before and after (RELIABILITY I-35). `except` has what is left out: paths from the tree's root, with a slash in front.
 */
export function usersTree(project: string, except: readonly string[] = []): string {
  const hash = createHash("sha256");
  const add = (file: string, name: string): void => {
    const about = lstatSync(file, { throwIfNoEntry: false });
    if (!about || except.includes(name)) return;
    hash.update(`${name}\0${about.mode}\0`);
    if (about.isSymbolicLink()) hash.update(readlinkSync(file));
    else if (about.isFile()) hash.update(readFileSync(file));
    else if (about.isDirectory())
      for (const entry of readdirSync(file).toSorted())
        if (name !== "" || entry !== ".git") add(path.join(file, entry), `${name}/${entry}`);
  };
  add(project, "");
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: project, encoding: "utf8" }).trim();
  const folder = path.resolve(project, git("rev-parse", "--git-dir"));
  for (const name of OWN) add(path.join(folder, name), `.git/${name}`);
  const refs = git("for-each-ref", "--format=%(refname) %(objectname)").split("\n");
  hash.update(refs.filter((line) => !/^refs\/(?:heads\/)?wavegate\//.test(line)).join("\n"));
  return hash.digest("hex");
}
