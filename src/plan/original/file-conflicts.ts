/** A file that several descriptions name, and whose tasks. */
export interface FileConflict {
  /** As the first of them writes it; upper and lower case are the same. */
  readonly file: string;
  readonly taskIds: readonly string[];
}

/** Where a known folder begins in a run of path characters. `.claude` counts only behind a letter, as its dot is no word. */
const FOLDER = /\b(?:src|tests|docs|scripts|lib|\.claude)\//;
const PATH_RUN = /[\w./-]+/g;
const ENDING = /\.[a-z\d]+$/i;
const CHANGED =
  /\b(?:modify|modifying|update|updating|edit|editing|change|changing)\s+`?([\w-]+\.[a-z\d]+)\b/gi;
const INSIDE = /\bin\s+`?([\w-]+\.(?:json|jsx|tsx|js|ts|md|py|sh))\b/gi;

/** Tokens in backticks that end like a file and have no space or parenthesis. */
function quoted(description: string): readonly string[] {
  const files: string[] = [];
  const parts = description.split("`");
  for (let part = 1; part < parts.length - 1; part++) {
    const token = parts[part] ?? "";
    // A token that is no file is passed over with its opening backtick alone: its closing one may open the next.
    if ((ENDING.exec(token)?.index ?? 0) < 1) continue;
    part++;
    const file = token.trim();
    if (!/[ ()]/.test(file)) files.push(file);
  }
  return files;
}

/** Paths below a known folder, from that folder on: `app/src/x.ts` is `src/x.ts` here. One for each run of path characters. */
function inKnownFolders(description: string): readonly string[] {
  return Array.from(description.matchAll(PATH_RUN), ([run]) => {
    const folder = FOLDER.exec(run);
    if (folder === null) return "";
    const ends = [...run.matchAll(/\.[a-z\d]+\b/gi)];
    const end = ends.at(-1);
    const begin = folder.index + folder[0].length;
    return end === undefined || end.index <= begin
      ? ""
      : run.slice(folder.index, end.index + end[0].length);
  }).filter((file) => file !== "");
}

/** What a description names, once each: in backticks, below known folders, after words of changing, after `in` (FORMATS §1.4). */
function filesIn(description: string): ReadonlySet<string> {
  return new Set([
    ...quoted(description),
    ...inKnownFolders(description),
    ...Array.from(description.matchAll(CHANGED), ([, file = ""]) => file),
    ...Array.from(description.matchAll(INSIDE), ([, file = ""]) => file),
  ]);
}

/**
 * Files named by more than one of the tasks, sorted as a person of en-US sorts them. Mentions are taken for changes: a task that
 * reads a file conflicts, and one that names it in two spellings conflicts with itself.
 */
export function fileConflicts(
  tasks: readonly { readonly id: string; readonly description?: string | undefined }[],
): readonly FileConflict[] {
  const found = new Map<string, { readonly file: string; readonly taskIds: string[] }>();
  for (const { id, description = "" } of tasks) {
    for (const file of filesIn(description)) {
      const key = file.toLowerCase();
      const conflict = found.get(key) ?? { file, taskIds: [] };
      found.set(key, conflict);
      conflict.taskIds.push(id);
    }
  }
  return [...found.values()]
    .filter(({ taskIds }) => taskIds.length > 1)
    .toSorted((one, other) => one.file.localeCompare(other.file, "en-US"));
}
