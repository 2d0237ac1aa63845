import path from "node:path";
import type { IsOver, Kept } from "../../ports/workspaces.ts";
import { LockedError, withFileLock } from "../shared/file-lock.ts";
import { removeLeftBehind } from "../shared/state-folder.ts";
import type { Standing } from "./collect-work.ts";
import { leaveWorkspace } from "./leave-workspace.ts";
import { CLEARING } from "./lock-times.ts";
import { allEntries, type Entry } from "./registry.ts";

/** Let runs that are over leave every workspace that they are known to have here, whoever died in the middle of what; gives what stays. */
export async function clearWorkspaces(
  on: Omit<Standing, "entry">,
  isOver: IsOver,
): Promise<readonly Kept[]> {
  const { layout } = on;
  await removeLeftBehind(layout.registry);
  const entries = await allEntries(layout);
  const over = new Set<string>();
  for (const run of new Set(entries.flatMap(({ users }) => users.map(({ runId }) => runId))))
    if (await isOver(run)) over.add(run);
  const leaves = ({ runId }: Entry["users"][number]): boolean => over.has(runId);
  const kept: Kept[] = [];
  for (const { id, folder, users } of entries) {
    if (!users.some(leaves)) continue;
    const leave = () => leaveWorkspace(on, { id, leaves, content: "saved" });
    const left = await withFileLock(path.join(layout.locks, id), leave, CLEARING).catch(
      (error: unknown) => {
        if (!(error instanceof LockedError)) throw error;
        return { kind: "kept", folder, reason: "another process is at it" } as const;
      },
    );
    if (left.kind === "kept") kept.push(left);
  }
  return kept;
}
