import { gitBytes } from "../shared/git/run-git.ts";
import { LandingError } from "./failure.ts";

/** What a commit says of itself. */
export interface CommitFacts {
  readonly tree: string;
  readonly parents: readonly string[];
}

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Commits by one command; a failure where one of them is none. */
export async function readCommits(
  gitDir: string,
  commits: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, CommitFacts>> {
  const ids = [...new Set(commits)];
  const wrong = ids.find((id) => !ID.test(id));
  if (wrong !== undefined) throw unknownCommit(wrong);
  const args = ["cat-file", "--batch=%(objectname) %(objecttype) %(objectsize)"];
  const input = ids.map((id) => `${id}\n`).join("");
  const output = await gitBytes({ gitDir, args, input, signal, maxOutputBytes: 2 ** 29 });
  const found = new Map<string, CommitFacts>();
  let at = 0;
  for (const id of ids) {
    const end = output.indexOf(10, at);
    const [name, kind, size] = output.toString("latin1", at, end).split(" ");
    if (end < 0 || name !== id || kind !== "commit") throw unknownCommit(id);
    const next = end + 1 + Number(size);
    found.set(id, factsOf(output.toString("latin1", end + 1, next)));
    at = next + 1;
  }
  return found;
}

/** The head of a commit: `tree`, then a `parent` for each. */
function factsOf(text: string): CommitFacts {
  const head = text.slice(0, text.indexOf("\n\n")).split("\n");
  const valuesOf = (name: string) =>
    head.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
  return { tree: valuesOf("tree")[0] ?? "", parents: valuesOf("parent") };
}

export const unknownCommit = (id: string): LandingError =>
  new LandingError("unknown-commit", `${id} is no commit of the repository.`);
