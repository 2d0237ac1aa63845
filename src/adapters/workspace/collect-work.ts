import { rm } from "node:fs/promises";
import path from "node:path";
import type { CollectedWork } from "../../ports/workspaces.ts";
import { gitOutput, namesIn, runGit } from "../shared/git/run-git.ts";
import { readAgentHistory, type AgentHistory } from "./agent-history.ts";
import { diffFacts } from "../shared/git/diff-facts.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf, freshGitFolder, ownGitOf, setRef, takeIn } from "../shared/git/own-git.ts";
import type { Entry, Layout } from "./registry.ts";
import { readerOf } from "./remove-workspace.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { OutputLimits } from "./untracked.ts";
import { rescueRef, resultRef } from "../shared/git/safe-refs.ts";

/** A workspace that stands where it was made, and what it belongs to. */
export interface Standing {
  readonly repository: UserRepository;
  readonly layout: Layout;
  readonly entry: Entry;
  readonly limits: OutputLimits;
}

/** What is in a workspace now, as a commit on its base in a git folder of ours. */
export interface Saved {
  readonly gitDir: string;
  /** The base itself where nothing differs. */
  readonly commit: string;
  readonly nested: readonly string[];
  readonly history: AgentHistory;
  /** The agent's commits, none of which another or the base leads to; HEAD's first if it is one. */
  readonly tips: readonly string[];
  /** Of ours; borrows the clone's objects. Undefined where there is nothing to be read. */
  readonly reader: string | undefined;
}

const RESULT = "refs/wavegate/result";

/** Take a workspace's content into the user's repository under the ref of its task. What the ref held before is kept. */
export async function collectWork(
  standing: Standing,
  {
    runId,
    task,
    files = [],
  }: {
    readonly runId: string;
    readonly task: string;
    readonly files?: readonly string[] | undefined;
  },
): Promise<CollectedWork> {
  const { repository, entry } = standing;
  const ref = resultRef(runId, task);
  const [saved, before] = await Promise.all([
    saveContent(standing, `${task} of ${runId}`),
    commitOf(repository, ref),
  ]);
  if (before !== undefined && before !== saved.commit && before !== entry.base)
    await setRef(repository, rescueRef(runId, task, before), before);
  if (saved.commit === entry.base) await setRef(repository, ref, entry.base);
  else await takeIn(repository, saved.gitDir, [{ from: RESULT, to: ref }]);
  const changes = await diffFacts(repository.commonDir, entry.base, saved.commit);
  const absent = await absentIn(repository.commonDir, saved.commit, files);
  await removeOwn(saved);
  const { nested, history, commit } = saved;
  const [head] = history.ids;
  const agentCommit = head === undefined || head === entry.base ? null : head;
  return {
    ref,
    commit,
    base: entry.base,
    changes,
    agentCommit,
    nested,
    tampered: history.tampered,
    ...(absent.length > 0 && { absent }),
  };
}

/** Git reads them as names, not as patterns. Where one can be in no repository (`../a`), nothing is said of any. */
async function absentIn(
  gitDir: string,
  commit: string,
  files: readonly string[],
): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const args = ["ls-tree", "-z", "--name-only", "--full-tree", commit, "--", ...files];
  const end = await runGit({ gitDir, args });
  if (end.exitCode !== 0) return [];
  const there = new Set(namesIn(end.stdout));
  return files.filter((file) => !there.has(path.posix.normalize(file)));
}

export async function removeOwn({ gitDir, reader }: Saved): Promise<void> {
  await rm(gitDir, { recursive: true, force: true });
  if (reader !== undefined) await rm(reader, { recursive: true, force: true });
}

/** Nothing is written to the user's repository yet. The same content gives the same commit, whenever it is saved. */
export async function saveContent(standing: Standing, about: string): Promise<Saved> {
  const { repository, layout, entry, limits } = standing;
  const gitDir = ownGitOf(layout.own, entry.id);
  await freshGitFolder(gitDir, repository, [repository.objects]);
  const history = await readAgentHistory(entry.folder, repository.objects);
  const reader = await openReader(standing, history);
  const tips = reader === undefined ? [] : await tipsOf(reader, entry.base, history.ids);
  const tampered = tips === undefined ? ["its commits can't be read"] : history.tampered;
  const also = reader === undefined ? [] : await addedBy(reader, entry.base, history.ids[0]);
  const [{ tree, baseTree, nested }, date] = await Promise.all([
    takeSnapshot({
      gitDir,
      workspace: entry.folder,
      base: entry.base,
      also,
      without: new Set(entry.provided),
      limits,
    }),
    gitOutput({ gitDir, args: ["show", "-s", "--format=%ct", entry.base] }),
  ]);
  const made = { gitDir, nested, history: { ...history, tampered }, tips: tips ?? [], reader };
  if (tree === baseTree) return { ...made, commit: entry.base };
  const message = `Work on ${about.replace(/\s+/g, " ").slice(0, 200)}`;
  const args = ["commit-tree", tree, "-p", entry.base, "-m", message];
  const commit = (await gitOutput({ gitDir, args, date: Number(date) })).trim();
  await gitOutput({ gitDir, args: ["update-ref", RESULT, commit] });
  return { ...made, commit };
}

async function openReader(
  { repository, layout, entry }: Standing,
  { ids }: AgentHistory,
): Promise<string | undefined> {
  if (ids.every((id) => id === entry.base)) return undefined;
  const reader = ownGitOf(layout.own, readerOf(entry.id));
  const objects = path.join(entry.folder, ".git", "objects");
  await freshGitFolder(reader, repository, [repository.objects, objects]);
  return reader;
}

/** Of ids that a clone names, the commits that lead to all the others; undefined where objects are missing or no objects. */
async function tipsOf(
  reader: string,
  base: string,
  ids: readonly string[],
): Promise<readonly string[] | undefined> {
  const input = ids.map((id) => `${id}^{commit}\n`).join("");
  const args = ["cat-file", "--batch-check=%(objectname) %(objecttype)"];
  const known = (await gitOutput({ gitDir: reader, args, input }))
    .split("\n")
    .filter((line) => line.endsWith(" commit"))
    .map((line) => line.split(" ")[0] ?? "");
  if (known.length === 0) return [];
  const independent = ["merge-base", "--independent", base, ...known];
  const end = await runGit({ gitDir: reader, args: independent });
  if (end.exitCode !== 0) return undefined;
  return namesOf(end.stdout).filter((id) => id !== base);
}

const namesOf = (output: Buffer): readonly string[] =>
  output
    .toString("latin1")
    .split("\n")
    .filter((id) => id !== "");

/** Files that the agent's own commit has and the base has not: some of them may be ignored. */
async function addedBy(
  reader: string,
  base: string,
  head: string | undefined,
): Promise<readonly string[]> {
  if (head === undefined || head === base) return [];
  const args = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--diff-filter=A"];
  const call = { gitDir: reader, args: [...args, base, head], maxOutputBytes: 2 ** 29 };
  const end = await runGit(call);
  return end.exitCode === 0 ? namesIn(end.stdout) : [];
}
