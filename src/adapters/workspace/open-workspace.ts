import path from "node:path";
import type { Workspace, WorkspaceRequest } from "../../ports/workspaces.ts";
import { digestOf } from "../shared/digest.ts";
import { safeName } from "../shared/git/safe-refs.ts";
import { WorkspaceError } from "./failure.ts";
import { givenLater } from "./install.ts";
import { makeWorkspace, type Ground } from "./make-workspace.ts";
import { readEntry, standing, writeEntry, type Entry } from "./registry.ts";

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
  const stands = entry && (await standing(layout, entry));
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
  return asWorkspace(ground, await makeWorkspace(ground, request, { id, signal }), request);
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
    ...(request.mentions && { mentions: request.mentions }),
    id,
    folder,
    project: path.join(folder, repository.prefix),
    objects: repository.objects,
    ports,
    env,
    readable: [repository.objects, ...readable],
  };
}
