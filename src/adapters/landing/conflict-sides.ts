import { inert } from "../../core/text.ts";
import type { ConflictSide } from "../../ports/landing.ts";
import { runGit } from "../shared/git/run-git.ts";
import type { Conflict } from "./read-conflicts.ts";

/** Who solves the conflict reads the rest where it is. */
const LIMITS = { sides: 20, fileBytes: 2 ** 20, characters: 4_000 } as const;
/** Lines around a place that does not fit. */
const AROUND = 3;

/** Conflicts with the lines that do not fit, from the files that git left marks in. */
export async function conflictSides(
  gitDir: string,
  tree: string,
  conflicts: readonly Conflict[],
): Promise<readonly ConflictSide[]> {
  const sides: ConflictSide[] = [];
  for (const { path, kind, message } of conflicts.slice(0, LIMITS.sides)) {
    const text = kind === "binary" ? "" : await textAt(gitDir, tree, path);
    sides.push({ path: inert(path), kind, message, excerpt: markedLines(text) });
  }
  return sides;
}

async function textAt(gitDir: string, tree: string, path: string): Promise<string> {
  const { exitCode, stdout } = await runGit({
    gitDir,
    args: ["cat-file", "blob", `${tree}:${path}`],
    maxOutputBytes: LIMITS.fileBytes,
  });
  return exitCode === 0 && !stdout.includes(0) ? stdout.toString("utf8") : "";
}

/** The marked places of a text, with some lines around each, cut at a length. */
export function markedLines(text: string): string {
  const lines = text.split("\n");
  const kept = new Set<number>();
  let start: number | undefined;
  for (const [at, line] of lines.entries()) {
    if (line.startsWith("<<<<<<< ")) start = at;
    if (start === undefined || !line.startsWith(">>>>>>> ")) continue;
    const last = Math.min(lines.length - 1, at + AROUND);
    for (let each = Math.max(0, start - AROUND); each <= last; each++) kept.add(each);
    start = undefined;
  }
  let before = -1;
  let excerpt = "";
  for (const at of kept) {
    if (before >= 0 && at > before + 1) excerpt += "…\n";
    excerpt += `${plainMark(lines[at] ?? "")}\n`;
    before = at;
    if (excerpt.length > LIMITS.characters)
      return `${inert(excerpt.slice(0, LIMITS.characters))}…\n`;
  }
  return inert(excerpt);
}

/** Behind the mark git writes the id of a commit that is nobody's. */
const plainMark = (line: string): string =>
  /^\|{7} [0-9a-f]{7,64}$/.test(line) ? "||||||| both began with" : line;
