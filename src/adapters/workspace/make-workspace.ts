import { rename } from "node:fs/promises";
import path from "node:path";
import type { WorkspaceRequest } from "../../ports/workspaces.ts";
import type { WorkspaceRecipe } from "../../stage/workspace/workspace-settings.ts";
import { onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { ownGitOf } from "../shared/git/own-git.ts";
import type { Environment } from "../shared/process/environment.ts";
import { assignPorts } from "./assign-ports.ts";
import { holdBase } from "./bases.ts";
import { bootstrap } from "./bootstrap.ts";
import { deleteFolder, emptyTrash, stageFolder } from "./delete-folder.ts";
import { WorkspaceError } from "./failure.ts";
import { endInstall, installFolder } from "./install.ts";
import { LOCK_TIMES } from "./lock-times.ts";
import { makeClone } from "./make-clone.ts";
import {
  allEntries,
  identityOf,
  readEntry,
  standing,
  writeEntry,
  type Entry,
  type Layout,
} from "./registry.ts";
import { removeWorkspace } from "./remove-workspace.ts";

/** What workspaces of one repository are made from. */
export interface Ground {
  readonly repository: UserRepository;
  readonly layout: Layout;
  readonly recipe: WorkspaceRecipe;
  readonly env: Environment;
}

/**
 * Make the workspace; nobody works in what stands there, if anything: it was left half made, or went away, or is saved. Its entry is there
 * before anything of it is, so that a kill leaves nothing that nobody finds. `given`: ports that it had before.
 */
export async function makeWorkspace(
  ground: Ground,
  request: WorkspaceRequest,
  { id, signal, given }: MakeOptions,
): Promise<Entry> {
  const { layout, repository } = ground;
  const { base } = request;
  const folder = path.join(layout.work, id);
  await clearPlace(ground, id, folder);
  const ports = await reservePorts(ground, newEntry(request, id, folder), given);
  let entry: Entry = { ...newEntry(request, id, folder), ports: [...ports] };
  try {
    await holdBase(ground, base);
    const { stage, making } = await onDisk(folder, undefined, () => stageFolder(layout, id));
    entry = { ...entry, making };
    await writeEntry(layout, entry);
    await onDisk(folder, undefined, () => rename(stage, folder));
    await onDisk(folder, undefined, () => makeClone(repository, folder, base, signal));
    const provided = await bootstrap({
      recipe: ground.recipe,
      env: ground.env,
      repository,
      workspace: folder,
      project: path.join(folder, repository.prefix),
      base,
      ownGit: ownGitOf(layout.own, id),
      record: installFolder(layout.own, id),
      cache: layout.cache,
      ports,
      signal,
    });
    const whole = { ...entry, provided: [...provided], made: making };
    await writeEntry(layout, whole);
    return whole;
  } catch (error) {
    // What can't be taken away now is found by its entry later.
    await removeWorkspace(ground, entry).catch(() => {});
    throw error;
  }
}

export interface MakeOptions {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly given?: readonly number[] | undefined;
}

/** What was left half made goes, with what an install command left running there; what is not ours stays, and nothing is made. */
async function clearPlace({ layout }: Ground, id: string, folder: string): Promise<void> {
  const entry = await readEntry(layout, id);
  const there = entry ? await standing(layout, entry) : (await identityOf(folder)) && "replaced";
  if (there === "replaced" || there === "ours")
    throw new WorkspaceError("workspace-replaced", `${folder} is there, and was not made by us.`);
  await endInstall(layout.own, id);
  if (entry && there === "half-made") await deleteFolder(layout, entry);
  if (entry) await emptyTrash(layout, id);
}

/** Of one that is not made yet. */
const newEntry = (
  { base, mode, runId, task, attempt }: WorkspaceRequest,
  id: string,
  folder: string,
): Entry => ({
  version: 1,
  id,
  mode,
  base,
  folder,
  ports: [],
  provided: [],
  users: [{ runId, task, attempt }],
  made: null,
  making: null,
  entered: false,
});

/** The entry is written with its ports before the next one is given any. */
async function reservePorts(
  { layout, recipe }: Ground,
  begun: Entry,
  given: readonly number[] | undefined,
): Promise<readonly number[]> {
  if ((given?.length ?? recipe.ports) === 0) {
    await writeEntry(layout, begun);
    return [];
  }
  return withFileLock(
    path.join(layout.locks, "ports"),
    async () => {
      const others = (await allEntries(layout)).filter(({ id }) => id !== begun.id);
      const taken = new Set(others.flatMap(({ ports }) => ports));
      const ports = given ?? (await assignPorts(recipe.ports, taken));
      await writeEntry(layout, { ...begun, ports: [...ports] });
      return ports;
    },
    LOCK_TIMES,
  );
}
