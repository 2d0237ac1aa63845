import { readdir } from "node:fs/promises";
import path from "node:path";
import { PLAN_PLACES, type PlanPlace } from "../../plan/places.ts";
import type { FoundPlans } from "../../ports/plan-files.ts";

/** So many files are found, and so many folders looked into; more is no project's own plans. */
const MAX_FILES = 5_000;
const MAX_FOLDERS = 5_000;

/** What was found so far, and what may still be looked at. */
interface Search {
  readonly root: string;
  readonly place: PlanPlace;
  readonly paths: Set<string>;
  readonly left: { folders: number; more: boolean };
}

/** Files where plans usually are. Links and hidden folders are left out; folders that can't be read count as empty. */
export async function findPlans(root: string): Promise<FoundPlans> {
  const left = { folders: MAX_FOLDERS, more: false };
  const paths = new Set<string>();
  for (const place of PLAN_PLACES)
    await walk({ root, place, paths, left }, place.folder, place.depth);
  return { paths: [...paths].toSorted(), more: left.more };
}

async function walk(search: Search, folder: string, depth: number): Promise<void> {
  const { root, place, paths, left } = search;
  if (left.folders === 0) {
    left.more = true;
    return;
  }
  left.folders -= 1;
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory() && depth > 1 && !entry.name.startsWith("."))
      await walk(search, file, depth - 1);
    if (!entry.isFile() || !place.name.test(entry.name)) continue;
    if (paths.size < MAX_FILES) paths.add(file);
    else left.more = true;
  }
}
