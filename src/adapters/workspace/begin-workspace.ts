import type { Workspace } from "../../ports/workspaces.ts";
import type { Standing } from "./collect-work.ts";
import { discardWorkspace } from "./discard-workspace.ts";
import { WorkspaceError } from "./failure.ts";
import { asWorkspace, makeAnew, type Ground } from "./open-workspace.ts";
import { readEntry, standing, writeEntry } from "./registry.ts";

/**
 * The first agent is let into the clone as it was made; any later one, whose predecessor died or was stopped in the middle, into a new one in
 * the same place, once what is there is saved. Must be called under the workspace's lock; a kill in the middle is mended by the next call.
 */
export async function beginWorkspace(
  on: Ground & Pick<Standing, "limits">,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<Workspace> {
  const { layout } = on;
  const entry = await readEntry(layout, workspace.id);
  const stands = entry?.made ? await standing(layout, entry) : "gone";
  if (entry && (stands === "replaced" || entry.folder !== workspace.folder))
    throw new WorkspaceError(
      "workspace-replaced",
      `${workspace.folder} is not the folder we made.`,
    );
  if (entry && stands === "ours" && !entry.entered) {
    await writeEntry(layout, { ...entry, entered: true });
    return asWorkspace(on, entry, workspace);
  }
  if (entry && stands === "ours") {
    const discarded = await discardWorkspace({ ...on, entry }, workspace);
    if (discarded.kind === "kept")
      throw new WorkspaceError("workspace-replaced", `${entry.folder}: ${discarded.reason}`);
  }
  // Of one that was elsewhere, ports may be others' here.
  const made = await makeAnew(on, workspace, signal, entry && workspace.ports);
  await writeEntry(layout, { ...made, entered: true });
  return asWorkspace(on, made, workspace);
}
