import os from "node:os";
import path from "node:path";
import { createLanding } from "../adapters/landing/create-landing.ts";
import { killLeftovers } from "../adapters/shared/process/attempt-record.ts";
import { createWorkspaces } from "../adapters/workspace/create-workspaces.ts";
import { createWorkWatch } from "../adapters/workspace/work-watch.ts";
import type { Landing } from "../ports/landing.ts";
import type { EndLeftovers } from "../ports/leftovers.ts";
import type { WorkWatch } from "../ports/work-watch.ts";
import type { Workspaces } from "../ports/workspaces.ts";
import type { WorkspaceRecipe } from "../stage/workspace/workspace-settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where clones for tasks lie: outside of every repository, in the user's own folders. */
export function workspacesFolder(env: Environment): string {
  const { WAVEGATE_HOME: home, XDG_DATA_HOME: data } = env;
  if (home) return path.resolve(home, "workspaces");
  // The XDG specification says to ignore a relative path.
  const base =
    data && path.isAbsolute(data) ? data : path.join(env["HOME"] || os.homedir(), ".local/share");
  return path.join(base, "wavegate", "workspaces");
}

/** What carrying out plans needs besides what stages have. Nothing is touched before the first call. */
export function executionPorts({
  root: project,
  env,
  recipe,
}: {
  readonly root: string;
  readonly env: Environment;
  readonly recipe: WorkspaceRecipe;
}): {
  readonly workspaces: Workspaces;
  readonly landing: Landing;
  readonly workWatch: WorkWatch;
  readonly endLeftovers: EndLeftovers;
} {
  const root = workspacesFolder(env);
  return {
    workspaces: createWorkspaces({ project, root, recipe, env }),
    landing: createLanding({ project, root }),
    workWatch: createWorkWatch(),
    endLeftovers: async (folder) => void (await killLeftovers(folder)),
  };
}
