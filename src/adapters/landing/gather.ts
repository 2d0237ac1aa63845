import path from "node:path";
import type { Gathered, GatherRequest, LandingItem, Merged } from "../../ports/landing.ts";
import { diffFacts } from "../shared/git/diff-facts.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { freshGitFolder, takeIn } from "../shared/git/own-git.ts";
import { gitOutput, runGit } from "../shared/git/run-git.ts";
import { triedRef } from "../shared/git/safe-refs.ts";
import { inOwnFolder } from "../shared/in-own-folder.ts";
import { attributesIn, attributesTree, type Attributes } from "./attributes-tree.ts";
import { conflictSides } from "./conflict-sides.ts";
import type { LandedFacts } from "./landed-facts.ts";
import { mergeInIndex } from "./merge-in-index.ts";
import { mergeTrees, nameCommit, type MergeTrees } from "./merge-trees.ts";
import { readCommits, type CommitFacts } from "./read-commits.ts";

/** How git merges: trees, or before 2.38 file by file in an index. */
export type Plumbing = "trees" | "index";

/** A git folder of ours in which one batch is put together; gone afterwards. */
interface Bench {
  readonly gitDir: string;
  readonly plumbing: Plumbing;
  readonly folder: string;
  readonly at: number;
  readonly facts: LandedFacts;
  readonly signal: AbortSignal;
}

interface Head {
  readonly commit: string;
  readonly tree: string;
  /** The attributes that hold for it, and a folder with them. */
  readonly found: readonly Attributes[];
  readonly attributes: string;
}

const LANDED = "refs/wavegate/landed";

export interface LandingPlace {
  readonly repository: UserRepository;
  /** For folders of ours. */
  readonly root: string;
  readonly plumbing: Plumbing;
  readonly facts: LandedFacts;
}

/** Put work on a head, one commit for each item that fits, and take the last of them in. */
export async function gather(
  { repository, root, plumbing, facts }: LandingPlace,
  request: GatherRequest,
  signal: AbortSignal,
): Promise<Gathered> {
  return inOwnFolder({ root, kind: "batch" }, async (folder) => {
    const gitDir = path.join(folder, "git");
    const bench = { gitDir, plumbing, folder, at: request.at, facts, signal };
    await freshGitFolder(bench.gitDir, repository, [repository.objects]);
    const gathered = await putTogether(bench, request);
    if (gathered.head !== request.head) {
      await nameCommit(bench.gitDir, LANDED, gathered.head);
      signal.throwIfAborted();
      await takeIn(repository, bench.gitDir, [{ from: LANDED, to: triedRef(request.runId) }]);
    }
    return gathered;
  });
}

async function putTogether(bench: Bench, { head, items }: GatherRequest): Promise<Gathered> {
  const wanted = [head, ...items.flatMap(({ work, base }) => [work, base])];
  const trees = await readCommits(bench.gitDir, wanted, bench.signal);
  const plain = await plainWork(bench, { head, items }, trees);
  const outcomes: Merged[] = [];
  let on = await headOf(bench, head, treeIn(trees, head));
  for (const item of items) {
    const { outcome, next } = await putOn({ ...bench, plain, trees }, on, item);
    outcomes.push(outcome);
    on = next;
  }
  bench.facts.made(on.commit, head);
  bench.facts.hasAttributes(on.commit, on.found);
  return { head: on.commit, outcomes };
}

/** What is known of the commits of a batch. */
interface Known {
  readonly trees: ReadonlyMap<string, CommitFacts>;
  /** Commits of work with one parent, their base, that the head leads to. */
  readonly plain: ReadonlySet<string>;
}

async function putOn(
  bench: Bench & Known,
  on: Head,
  { task, work, base, message, joins = false }: LandingItem,
): Promise<{ readonly outcome: Merged; readonly next: Head }> {
  const { gitDir, at: date, signal, trees } = bench;
  const sides = { base: treeIn(trees, base), landed: on.tree, task: treeIn(trees, work) };
  const commits = bench.plain.has(work) ? { landed: on.commit, task: work } : undefined;
  const merged = await threeWay(bench, on, { ...sides, commits });
  if (merged.kind === "conflict") {
    const paths = [...new Set(merged.conflicts.map((each) => each.path))].toSorted();
    const shown = await conflictSides(gitDir, merged.tree, merged.conflicts);
    return { outcome: { kind: "conflict", task, paths, sides: shown }, next: on };
  }
  if (merged.tree === on.tree && !joins) return { outcome: { kind: "nothing", task }, next: on };
  const parents = ["-p", on.commit, ...(joins ? ["-p", work] : [])];
  const args = ["commit-tree", merged.tree, ...parents, "-F", "-"];
  const input = message.replaceAll("\0", "");
  const commit = (await gitOutput({ gitDir, args, input, date, signal })).trim();
  const changes = await diffFacts(gitDir, on.commit, commit);
  const isSame = !changes.some(({ path: name }) => name.endsWith(".gitattributes"));
  const next = isSame
    ? { ...on, commit, tree: merged.tree }
    : await headOf(bench, commit, merged.tree);
  return { outcome: { kind: "merged", task, commit, changes }, next };
}

/** What needs no merge is told by the trees alone. */
async function threeWay(
  { gitDir, folder, plumbing, signal }: Bench,
  { attributes }: Head,
  sides: Pick<MergeTrees, "base" | "landed" | "task" | "commits">,
) {
  const { base, landed, task } = sides;
  if (task === base || task === landed) return { kind: "merged", tree: landed } as const;
  if (landed === base) return { kind: "merged", tree: task } as const;
  const request = { gitDir, attributes, ...sides, signal };
  return plumbing === "trees" ? mergeTrees(request) : mergeInIndex(request, folder);
}

async function headOf(
  { gitDir, folder, facts }: Bench,
  commit: string,
  tree: string,
): Promise<Head> {
  const found = facts.attributesOf(commit) ?? (await attributesIn(gitDir, commit));
  const attributes = await attributesTree(gitDir, found, path.join(folder, "attributes"));
  return { commit, tree, found, attributes };
}

/** Work whose history alone tells git the base of its merge. */
async function plainWork(
  { gitDir, signal, facts }: Bench,
  { head, items }: Pick<GatherRequest, "head" | "items">,
  commits: ReadonlyMap<string, CommitFacts>,
): Promise<ReadonlySet<string>> {
  const behind = new Map<string, boolean>();
  for (const base of new Set(items.map((item) => item.base))) {
    const ask = ["merge-base", "--is-ancestor", base, head];
    const leads =
      facts.leadsTo(head, base) || (await runGit({ gitDir, args: ask, signal })).exitCode === 0;
    behind.set(base, leads);
  }
  const plain = items.filter(({ work, base }) => {
    const { parents = [] } = commits.get(work) ?? {};
    return parents.length === 1 && parents[0] === base && behind.get(base);
  });
  return new Set(plain.map(({ work }) => work));
}

function treeIn(commits: ReadonlyMap<string, CommitFacts>, commit: string): string {
  const found = commits.get(commit);
  if (found === undefined) throw new Error(`${commit} was not asked for`);
  return found.tree;
}
