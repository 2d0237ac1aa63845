import { rm } from "node:fs/promises";
import path from "node:path";
import { gitBytes, gitOutput, namesIn, runGit } from "../shared/git/run-git.ts";
import { readAgentHistory } from "./agent-history.ts";
import { removeOwn, saveContent, type Saved, type Standing } from "./collect-work.ts";
import { commitOf, freshGitFolder, ownGitOf, takeIn } from "../shared/git/own-git.ts";
import { rescueRef, resultRef } from "../shared/git/safe-refs.ts";

interface Task {
  readonly runId: string;
  readonly task: string;
}

/** Where work was saved that no other ref held, null where there was none; or why it can't be saved whole, so that nothing may be deleted. */
export type SavedWorkspace =
  | { readonly ok: true; readonly rescue: string | null }
  | { readonly ok: false; readonly reason: string };

/** Save what is in a workspace and no ref holds yet. */
export async function saveWorkspace(standing: Standing, task: Task): Promise<SavedWorkspace> {
  if (await isAsCollected(standing, task)) return { ok: true, rescue: null };
  const saved = await saveContent(standing, `${task.task} of ${task.runId}, saved`);
  try {
    const [reason] = saved.history.tampered;
    if (reason !== undefined) return { ok: false, reason };
    return { ok: true, rescue: await rescueContent(standing, saved, task) };
  } finally {
    await removeOwn(saved);
  }
}

/** Whether all that is in it was collected: a look that is much cheaper than saving it once more. In doubt it is not. */
async function isAsCollected(
  { repository, layout, entry }: Standing,
  { runId, task }: Task,
): Promise<boolean> {
  const { ids, tampered } = await readAgentHistory(entry.folder, repository.objects);
  if (tampered.length > 0 || ids.some((id) => id !== entry.base)) return false;
  const commit = await commitOf(repository, resultRef(runId, task));
  if (commit === undefined) return false;
  const gitDir = ownGitOf(layout.own, entry.id);
  const call = { gitDir, workTree: entry.folder, indexFile: path.join(gitDir, "collected-index") };
  try {
    await freshGitFolder(gitDir, repository, [repository.objects]);
    await gitOutput({ ...call, args: ["read-tree", commit] });
    const args = ["ls-files", "-m", "-d", "-o", "--exclude-standard", "-z"];
    const other = namesIn(await gitBytes({ ...call, args, timeoutMs: 600_000 }));
    const provided = new Set(entry.provided);
    return other.every((name) => provided.has(name));
  } catch {
    return false;
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

/** The ref of the content, or of the agent's commits, where they had to be saved. */
async function rescueContent(
  { repository, entry }: Standing,
  saved: Saved,
  { runId, task }: Task,
): Promise<string | null> {
  const rescued: string[] = [];
  const save = async (from: string, commit: string, source: string) => {
    if (await isHeld(repository.commonDir, commit)) return;
    const to = rescueRef(runId, task, commit);
    await takeIn(repository, from, [{ from: source, to }]);
    rescued.push(to);
  };
  const collected = await commitOf(repository, resultRef(runId, task));
  const isCollected =
    collected !== undefined &&
    (await treeOf(repository.commonDir, collected)) === (await treeOf(saved.gitDir, saved.commit));
  if (saved.commit !== entry.base && !isCollected)
    await save(saved.gitDir, saved.commit, "refs/wavegate/result");
  for (const tip of saved.tips) {
    if (saved.reader === undefined) break;
    const ref = `refs/wavegate/tip-${tip}`;
    await gitOutput({ gitDir: saved.reader, args: ["update-ref", ref, tip] });
    await save(saved.reader, tip, ref);
  }
  return rescued[0] ?? null;
}

const treeOf = async (gitDir: string, commit: string): Promise<string> =>
  (await gitOutput({ gitDir, args: ["rev-parse", "--verify", `${commit}^{tree}`] })).trim();

/** Whether a ref of the user's repository leads to a commit. */
async function isHeld(gitDir: string, commit: string): Promise<boolean> {
  const args = ["for-each-ref", "--count=1", "--format=%(refname)", "--contains", commit];
  const end = await runGit({ gitDir, args });
  return end.exitCode === 0 && end.stdout.length > 0;
}
