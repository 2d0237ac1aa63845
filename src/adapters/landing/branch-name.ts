import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { runGit } from "../shared/git/run-git.ts";

const HEADS = "refs/heads/";

/**
 * The full name of a local branch that a person named; an expression, a tag, a remote's branch, or a name that git makes no branch of (`HEAD`,
 * `-x`) is none.
 */
export async function branchName({ commonDir }: UserRepository, name: string): Promise<string> {
  const ref = name.startsWith(HEADS) ? name : `${HEADS}${name}`;
  const holds = async (...words: readonly string[]): Promise<boolean> =>
    (await runGit({ gitDir: commonDir, args: ["check-ref-format", ...words] })).exitCode === 0;
  // Of the two only the second knows names that are taken; it resolves expressions, which the first refuses.
  if (!name.includes("\0") && (await holds(ref)) && (await holds("--branch", shortBranch(ref))))
    return ref;
  throw new WavegateError("BRANCH_MISSING", `${oneLine(name, 80)} is no name of a branch.`, {
    hint: "Name a local branch: git branch lists them.",
  });
}

export const shortBranch = (ref: string): string =>
  ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref;

/** A word of a command that people may copy: a branch may be called nearly anything. */
export const shellWord = (text: string): string =>
  /^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
