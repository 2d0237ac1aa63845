import { rm } from "node:fs/promises";
import path from "node:path";
import type { Workspace, WorkspaceRequest } from "../../ports/workspaces.ts";
import type { WorkspaceRecipe } from "../../stage/workspace/workspace-settings.ts";
import { digestOf } from "../shared/digest.ts";
import { onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import { runGit } from "../shared/git/run-git.ts";
import type { Environment } from "../shared/process/environment.ts";
import { givenLater } from "./install.ts";
import { assignPorts } from "./assign-ports.ts";
import { bootstrap } from "./bootstrap.ts";
import { WorkspaceError } from "./failure.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { makeClone } from "./make-clone.ts";
import { commitsOf, ownGitOf, setRef } from "../shared/git/own-git.ts";
import {
  allEntries,
  identityOf,
  readEntry,
  removeEntry,
  standing,
  writeEntry,
  type Entry,
  type Layout,
} from "./registry.ts";
import { baseRef, safeName } from "../shared/git/safe-refs.ts";

/** What workspaces of one repository are made from. */
export interface Ground {
  readonly repository: UserRepository;
  readonly layout: Layout;
  readonly recipe: WorkspaceRecipe;
  readonly env: Environment;
}

/** Who opens the same workspace waits for who makes it, as long as an install command may take and more. */
export const LOCK_TIMES = { patienceMs: 60 * 60_000, leaseMs: 10_000 };

/** Names a workspace: its attempt, or for reading its base. */
export function workspaceId({ runId, task, attempt, base, mode }: WorkspaceRequest): string {
  if (mode === "read") return safeName(`read-${base.slice(0, 40)}`);
  const digest = digestOf(JSON.stringify([runId, task, attempt])).slice(0, 16);
  return `${safeName(task).slice(0, 40)}-${digest}`;
}

/** The workspace as it stands, or made; must be called under its lock. */
export async function openWorkspace(
  ground: Ground,
  request: WorkspaceRequest,
  signal: AbortSignal,
): Promise<Workspace> {
  const { layout } = ground;
  const id = workspaceId(request);
  const entry = await readEntry(layout, id);
  const stands = entry?.made ? await standing(layout, entry) : undefined;
  if (entry && stands === "replaced")
    throw new WorkspaceError("workspace-replaced", `${entry.folder} is not the folder we made.`);
  if (entry && entry.base !== request.base)
    throw new WorkspaceError("git-failed", `${id} was made for another base, ${entry.base}.`);
  const user = { runId: request.runId, task: request.task, attempt: request.attempt };
  if (entry && stands === "ours") {
    const isKnown = entry.users.some((one) => JSON.stringify(one) === JSON.stringify(user));
    const known = isKnown ? entry : { ...entry, users: [...entry.users, user] };
    if (!isKnown) await writeEntry(layout, known);
    return asWorkspace(ground, known, request);
  }
  return asWorkspace(ground, await makeAnew(ground, request, signal), request);
}

/** Nobody works in what stands there, if anything: it was left half made, or went away, or is saved. `given`: ports that it had before. */
export async function makeAnew(
  ground: Ground,
  request: WorkspaceRequest,
  signal: AbortSignal,
  given?: readonly number[],
): Promise<Entry> {
  const { layout, repository } = ground;
  const { base } = request;
  const id = workspaceId(request);
  const folder = path.join(layout.work, id);
  if (!(await readEntry(layout, id)) && (await identityOf(folder)))
    throw new WorkspaceError("workspace-replaced", `${folder} is there, and was not made by us.`);
  await holdBase(ground, base);
  const begun = newEntry(request, folder);
  const ports = await reservePorts(ground, begun, given);
  try {
    await onDisk(folder, undefined, () => rm(folder, { recursive: true, force: true }));
    await onDisk(folder, undefined, () => makeClone(repository, folder, base, signal));
    const provided = await bootstrap({
      recipe: ground.recipe,
      env: ground.env,
      repository,
      workspace: folder,
      project: path.join(folder, repository.prefix),
      base,
      ownGit: ownGitOf(layout.own, id),
      cache: layout.cache,
      ports,
      signal,
    });
    const made = (await identityOf(folder)) ?? null;
    const entry = { ...begun, ports: [...ports], provided: [...provided], made };
    await writeEntry(layout, entry);
    return entry;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    await removeEntry(layout, id);
    throw error;
  }
}

/** Of one that is not made yet. */
const newEntry = (request: WorkspaceRequest, folder: string): Entry => {
  const { base, mode, runId, task, attempt } = request;
  return {
    version: 1,
    id: workspaceId(request),
    mode,
    base,
    folder,
    ports: [],
    provided: [],
    users: [{ runId, task, attempt }],
    made: null,
    entered: false,
  };
};

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

/** The user's git must not tidy the base away while clones borrow its objects. */
async function holdBase({ repository, layout }: Ground, base: string): Promise<void> {
  if (!/^[0-9a-f]{40,64}$/.test(base)) throw noCommit(base);
  await withFileLock(
    path.join(layout.locks, "bases"),
    async () => {
      const [commit, held] = await commitsOf(repository, [base, baseRef(base)]);
      if (commit !== base) throw noCommit(base);
      if (held === undefined) await setRef(repository, baseRef(base), base);
    },
    LOCK_TIMES,
  );
}

const noCommit = (base: string): WorkspaceError =>
  new WorkspaceError("git-failed", `${base} is no commit of the repository.`);

/** Once no workspace works from it. Results have it as their parent. */
export async function releaseBase(
  { repository, layout }: Pick<Ground, "repository" | "layout">,
  base: string,
): Promise<void> {
  await withFileLock(
    path.join(layout.locks, "bases"),
    async () => {
      if ((await allEntries(layout)).some((entry) => entry.base === base)) return;
      const args = ["update-ref", "-d", baseRef(base), base];
      await runGit({ gitDir: repository.commonDir, args });
    },
    LOCK_TIMES,
  );
}

/**
 * A workspace as it is on this machine: one that was made on another, or in another clone of the repository, has its place here, and may not
 * be there yet. What agents and checks of it were told there does not hold here.
 */
export function workspaceHere(ground: Ground, workspace: Workspace): Workspace {
  const { layout } = ground;
  const { id, folder, ports } = workspace;
  const own = path.join(layout.work, id);
  if (folder === own || id !== workspaceId(workspace)) return workspace;
  return asWorkspace(ground, { id, folder: own, ports: [...ports] }, workspace);
}

export function asWorkspace(
  { repository, recipe, layout }: Ground,
  { id, folder, ports }: Pick<Entry, "id" | "folder" | "ports">,
  request: WorkspaceRequest,
): Workspace {
  const { env, readable } = givenLater(recipe, layout.cache, ports);
  return {
    runId: request.runId,
    task: request.task,
    attempt: request.attempt,
    base: request.base,
    mode: request.mode,
    id,
    folder,
    project: path.join(folder, repository.prefix),
    objects: repository.objects,
    ports,
    env,
    readable: [repository.objects, ...readable],
  };
}
