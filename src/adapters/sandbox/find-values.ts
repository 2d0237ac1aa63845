import { readdirSync, type Dirent } from "node:fs";
import path from "node:path";

/** Files of a project that hold values for programs that run, and not the examples of these. */
const VALUES = /^\.env(?:\.(?!example$|sample$|template$|dist$)[^/]*)?$/;
/** What others wrote and published, and what git keeps. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git"]);
/** It is looked at whenever a program starts; folders near the top of a project go first. */
const MOST_FOLDERS = 5_000;

/** The `.env` files in a project, wherever in it they lie but in the folder `except`; links are not followed, as what they lead to is shown or not. */
export function findValues(project: string, except: string): readonly string[] {
  const found: string[] = [];
  const folders = [project];
  for (let next = 0; next < Math.min(folders.length, MOST_FOLDERS); next += 1) {
    const folder = folders[next] ?? project;
    for (const entry of entriesOf(folder)) {
      const file = path.join(folder, entry.name);
      if (VALUES.test(entry.name)) found.push(file);
      else if (entry.isDirectory() && !SKIPPED.has(entry.name) && file !== except)
        folders.push(file);
    }
  }
  return found;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
