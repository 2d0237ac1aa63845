import { existsSync } from "node:fs";
import { mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import type { Workspace, Workspaces } from "../../ports/workspaces.ts";
import { PLAIN_RECIPE, type WorkspaceRecipe } from "../../stage/workspace/workspace-settings.ts";
import { digestOf } from "../shared/digest.ts";
import { onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import type { Environment } from "../shared/process/environment.ts";
import { beginWorkspace } from "./begin-workspace.ts";
import { clearWorkspaces } from "./clear-workspaces.ts";
import { collectWork } from "./collect-work.ts";
import { orFailure, WorkspaceError } from "./failure.ts";
import { locateRepository } from "../shared/git/locate-repository.ts";
import { leaveWorkspace } from "./leave-workspace.ts";
import { LOCK_TIMES } from "./lock-times.ts";
import type { Ground } from "./make-workspace.ts";
import { asWorkspace, openWorkspace, workspaceHere, workspaceId } from "./open-workspace.ts";
import { ensureLayout, readEntry, standing, type Entry } from "./registry.ts";
import { repositoryState } from "./repository-state.ts";
import { OUTPUT_LIMITS, type OutputLimits } from "./untracked.ts";

export interface WorkspaceOptions {
  /** Folder of the project, in the user's repository. */
  readonly project: string;
  /** Absolute; outside of every repository. Made if missing. */
  readonly root: string;
  readonly recipe?: WorkspaceRecipe;
  readonly limits?: OutputLimits;
  /** The user's environment: of it the install command sees what is allowed. */
  readonly env: Environment;
}

/** Workspaces as clones on this machine (PX-06). Nothing is touched before the first call. */
export function createWorkspaces(options: WorkspaceOptions): Workspaces {
  const limits = options.limits ?? OUTPUT_LIMITS;
  const folders = [options.root, options.project];
  const ground = rememberedGround(options);
  const locked = async <T>(id: string, action: (ground: Ground) => Promise<T>): Promise<T> => {
    const on = await ground();
    return withFileLock(path.join(on.layout.locks, id), () => action(on), LOCK_TIMES);
  };
  return {
    state: async () => repositoryState(await locateRepository(options.project)),
    open: (request, signal) =>
      orFailure(folders, () =>
        locked(workspaceId(request), (on) => openWorkspace(on, request, signal)),
      ),
    check: (workspace) => orFailure(folders, async () => standingHere(await ground(), workspace)),
    begin: (workspace, signal) =>
      orFailure(folders, () =>
        locked(workspace.id, async (on) => {
          const here = workspaceHere(on, workspace);
          if (here.mode === "write") return beginWorkspace({ ...on, limits }, here, signal);
          // Of those that only look, nobody misses a folder that was elsewhere.
          if (here !== workspace) return openWorkspace(on, here, signal);
          return standingHere(on, here);
        }),
      ),
    collect: (workspace, files) => {
      if (workspace.mode === "read") throw new Error("nothing is collected from those who read");
      return orFailure(folders, () =>
        locked(workspace.id, async (on) => {
          const entry = await entryOf(on, workspaceHere(on, workspace));
          return collectWork({ ...on, entry, limits }, { ...workspace, files });
        }),
      );
    },
    discard: (workspace, content = "saved") => {
      if (workspace.mode === "write" && content === "dropped")
        throw new Error("what is written in a workspace for writing is never dropped");
      const { runId, task, attempt } = workspace;
      const leaves = (user: Entry["users"][number]): boolean =>
        user.runId === runId && user.task === task && user.attempt === attempt;
      return locked(workspace.id, (on) =>
        leaveWorkspace({ ...on, limits }, { id: workspace.id, leaves, content }),
      );
    },
    clear: async (isOver) =>
      // Where no run ever had a clone, nothing is made only to be looked into.
      existsSync(options.root) ? clearWorkspaces({ ...(await ground()), limits }, isOver) : [],
  };
}

async function standingHere(on: Ground, workspace: Workspace): Promise<Workspace> {
  const entry = await entryOf(on, workspaceHere(on, workspace));
  return asWorkspace(on, entry, workspace);
}

/** Opened when it is first asked for, and again where that failed. */
function rememberedGround(options: WorkspaceOptions): () => Promise<Ground> {
  let known: Promise<Ground> | undefined;
  return () => {
    known ??= openGround(options).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function openGround(options: WorkspaceOptions): Promise<Ground> {
  const repository = await locateRepository(options.project);
  if (/\n/.test(repository.objects))
    throw new WavegateError("REPOSITORY_UNFIT", "The repository's path has a line break.", {
      hint: "Move the repository to a path without one.",
    });
  await onDisk(options.root, undefined, () =>
    mkdir(options.root, { recursive: true, mode: 0o700 }),
  );
  const root = await realpath(options.root);
  for (const users of [repository.workTree, repository.commonDir])
    if (root === users || root.startsWith(`${users}${path.sep}`))
      throw new WavegateError("WORKSPACE_FOLDER_UNSAFE", `${root} is inside of the repository.`, {
        hint: "Choose a folder outside of the repository for workspaces.",
      });
  const layout = await ensureLayout(root, digestOf(repository.commonDir).slice(0, 16));
  return { repository, layout, recipe: options.recipe ?? PLAIN_RECIPE, env: options.env };
}

/** What is known of a workspace that stands where it was made; otherwise a failure. */
async function entryOf({ layout }: Ground, workspace: Workspace): Promise<Entry> {
  const entry = await readEntry(layout, workspace.id);
  const stands = entry ? await standing(layout, entry) : "gone";
  if (entry && stands === "ours" && entry.folder === workspace.folder) return entry;
  throw stands === "gone" || stands === "half-made"
    ? new WorkspaceError("workspace-gone", `${workspace.folder} is not there any more.`)
    : new WorkspaceError("workspace-replaced", `${workspace.folder} is not the folder we made.`);
}
