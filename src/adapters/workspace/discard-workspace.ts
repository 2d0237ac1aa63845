import { randomBytes } from "node:crypto";
import { chmod, readdir, readlink, rename, rm } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../core/disk-error.ts";
import type { Discarded } from "../../ports/workspaces.ts";
import { gitBytes, gitOutput, namesIn, runGit } from "../shared/git/run-git.ts";
import { readAgentHistory } from "./agent-history.ts";
import { removeOwn, saveContent, type Saved, type Standing } from "./collect-work.ts";
import { commitOf, freshGitFolder, ownGitOf, takeIn } from "../shared/git/own-git.ts";
import { identityOf, removeEntry, type Layout } from "./registry.ts";
import { rescueRef, resultRef } from "../shared/git/safe-refs.ts";

interface Task {
  readonly runId: string;
  readonly task: string;
}

/** Why a workspace that stands where it was made must not be deleted; undefined where it may be. */
export async function whyKept({ entry }: Standing): Promise<string | undefined> {
  const pid = await whoIsIn(entry.folder);
  return pid === undefined ? undefined : `process ${pid} works in it`;
}

/** A process whose working folder is inside. Where the system does not tell, nobody. */
async function whoIsIn(folder: string): Promise<number | undefined> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    if (cwd === folder || cwd.startsWith(`${folder}/`)) return Number(pid);
  }
  return undefined;
}

/** Save what no ref holds yet, then delete. Nothing is deleted when it can't be saved whole. */
export async function discardWorkspace(standing: Standing, task: Task): Promise<Discarded> {
  const { layout, entry } = standing;
  if (await isAsCollected(standing, task)) return dropWorkspace(standing);
  const saved = await saveContent(standing, `${task.task} of ${task.runId}, saved`);
  try {
    const [reason] = saved.history.tampered;
    if (reason !== undefined) return { kind: "kept", folder: entry.folder, reason };
    const rescue = await rescueContent(standing, saved, task);
    await deleteFolder(layout, standing);
    await removeEntry(layout, entry.id);
    return { kind: "discarded", rescue };
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

/** Delete what holds nobody's work that is not held elsewhere. */
export async function dropWorkspace({ layout, entry, ...rest }: Standing): Promise<Discarded> {
  await deleteFolder(layout, { layout, entry, ...rest });
  await removeEntry(layout, entry.id);
  return { kind: "discarded", rescue: null };
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

/** Out of the way first, under a name that nobody knows; then for good. Links are removed, never followed. */
async function deleteFolder(layout: Layout, { entry }: Standing): Promise<void> {
  const doomed = path.join(layout.trash, randomBytes(8).toString("hex"));
  await rename(entry.folder, doomed);
  const moved = await identityOf(doomed);
  if (moved?.ino !== entry.made?.ino || moved?.dev !== entry.made?.dev) {
    await rename(doomed, entry.folder);
    throw new Error(`${entry.folder} was replaced while it was deleted`);
  }
  const remove = () => rm(doomed, { recursive: true, force: true, maxRetries: 3 });
  await remove().catch(async (error: unknown) => {
    if (!["EACCES", "EPERM"].includes(systemCode(error) ?? "")) throw error;
    await makeRemovable(doomed);
    await remove();
  });
}

/** Folders that their owner may not change can't be emptied. */
async function makeRemovable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await makeRemovable(path.join(folder, entry.name));
}
