import { readdir, readlink } from "node:fs/promises";
import { WavegateError } from "../../core/error.ts";
import { err } from "../../core/result.ts";
import type { Discarded } from "../../ports/workspaces.ts";
import type { Standing } from "./collect-work.ts";
import { orFailure } from "./failure.ts";
import { endInstall } from "./install.ts";
import { readEntry, standing, writeEntry, type Entry } from "./registry.ts";
import { removeWorkspace } from "./remove-workspace.ts";
import { saveWorkspace, type SavedWorkspace } from "./save-workspace.ts";

type User = Entry["users"][number];

/** Who leaves a workspace, and what is to become of what is in it. */
export interface Leaving {
  readonly id: string;
  readonly leaves: (user: User) => boolean;
  readonly content: "saved" | "dropped";
}

/**
 * Let users go; with the last one the workspace goes, too. Every reason not to delete comes first; what is left is ours alone, and nobody is in
 * it (I-32). Must be called under the workspace's lock; what a kill in the middle leaves is done by the next call.
 */
export async function leaveWorkspace(
  on: Omit<Standing, "entry">,
  { id, leaves, content }: Leaving,
): Promise<Discarded> {
  const entry = await readEntry(on.layout, id);
  if (!entry) return { kind: "absent" };
  const { folder } = entry;
  const users = entry.users.filter((user) => !leaves(user));
  const task = entry.users.find(leaves);
  if (!task) return { kind: "kept", folder, reason: "it belongs to another attempt" };
  if (users.length > 0) {
    await writeEntry(on.layout, { ...entry, users });
    return { kind: "shared" };
  }
  // A full disk, too, only keeps it from being deleted: what was collected of it counts.
  const left = await orFailure([on.layout.root, on.repository.commonDir], () =>
    deleted({ ...on, entry }, task, content),
  ).catch((error: unknown) => {
    if (error instanceof WavegateError) return err(error);
    throw error;
  });
  return left.ok ? left.value : { kind: "kept", folder, reason: left.error.message };
}

async function deleted(
  place: Standing,
  task: User,
  content: Leaving["content"],
): Promise<Discarded> {
  const { layout, entry } = place;
  const { folder, id } = entry;
  const stands = await standing(layout, entry);
  const kept = (reason: string): Discarded => ({ kind: "kept", folder, reason });
  if (stands === "replaced") return kept("it is not the folder that was made");
  await endInstall(layout.own, id);
  const pid = stands === "gone" ? undefined : await whoIsIn(folder);
  if (pid !== undefined) return kept(`process ${pid} works in it`);
  // Into one that is half made nobody was let.
  const isWork = stands === "ours" && content === "saved";
  const saved = isWork ? await saveWorkspace(place, task) : NOTHING;
  if (!saved.ok) return kept(saved.reason);
  await removeWorkspace(place, entry);
  return stands === "gone" ? { kind: "absent" } : { kind: "discarded", rescue: saved.rescue };
}

const NOTHING: SavedWorkspace = { ok: true, rescue: null };

/** A process whose working folder is inside. Where the system does not tell, nobody. */
async function whoIsIn(folder: string): Promise<number | undefined> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    if (cwd === folder || cwd.startsWith(`${folder}/`)) return Number(pid);
  }
  return undefined;
}
