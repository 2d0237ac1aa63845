import { existsSync } from "node:fs";
import path from "node:path";

/** What makes a folder a project, strongest first where several folders above have one. */
const MARKS = ["wavegate.yaml", "wavegate.yml", "wavegate.json", ".wavegate", ".specify", ".git"];

/** The project a folder belongs to: the nearest one at or above it with a mark, else the folder itself. */
export function findProject(cwd: string): string {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    if (MARKS.some((mark) => existsSync(path.join(folder, mark)))) return folder;
    if (folder === path.dirname(folder)) return path.resolve(cwd);
  }
}
