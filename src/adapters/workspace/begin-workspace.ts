import type { Workspace } from "../../ports/workspaces.ts";
import type { Standing } from "./collect-work.ts";
import { deleteFolder } from "./delete-folder.ts";
import { WorkspaceError } from "./failure.ts";
import { makeWorkspace, type Ground } from "./make-workspace.ts";
import { asWorkspace } from "./open-workspace.ts";
import { readEntry, standing, writeEntry } from "./registry.ts";
import { saveWorkspace } from "./save-workspace.ts";

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
  const stands = entry ? await standing(layout, entry) : "gone";
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
    const saved = await saveWorkspace({ ...on, entry }, workspace);
    if (!saved.ok)
      throw new WorkspaceError("workspace-replaced", `${entry.folder}: ${saved.reason}`);
    await deleteFolder(layout, entry);
  }
  // Of one that was elsewhere, ports may be others' here.
  const given = entry && workspace.ports;
  const made = await makeWorkspace(on, workspace, { id: workspace.id, signal, given });
  await writeEntry(layout, { ...made, entered: true });
  return asWorkspace(on, made, workspace);
}
