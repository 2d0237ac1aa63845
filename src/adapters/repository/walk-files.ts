import { readdir } from "node:fs/promises";
import path from "node:path";

/** Folders of other people's code and of what tools make; without git nothing else tells them apart. */
const SKIPPED = new Set([
  "node_modules",
  ".git",
  ".hg",
  ".svn",
  ".jj",
  "dist",
  "build",
  "out",
  "target",
  "coverage",
  ".next",
  ".nuxt",
  ".turbo",
  ".cache",
  ".venv",
  "venv",
  "__pycache__",
  ".pytest_cache",
  ".mypy_cache",
  ".gradle",
  ".idea",
  ".wavegate",
  "site-packages",
  "vendor",
  "Pods",
]);

/** Paths below a folder, sorted within each folder, without well-known build output. Links are listed, never followed. */
export async function walkFiles(
  root: string,
  most: number,
): Promise<{
  readonly paths: readonly string[];
  readonly complete: boolean;
  readonly skipped: readonly string[];
}> {
  const paths: string[] = [];
  const skipped: string[] = [];
  const waiting = [""];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
    const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of sorted) {
      const relative = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name)) skipped.push(`${relative}/`);
        else waiting.push(relative);
      } else if (paths.length >= most) return { paths, complete: false, skipped };
      else paths.push(relative);
    }
  }
  return { paths, complete: true, skipped };
}
