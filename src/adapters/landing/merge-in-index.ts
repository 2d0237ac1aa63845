import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { gitBytes, GitError, gitOutput, namesIn, runGit } from "../shared/git/run-git.ts";
import { SIDES, type MergedTrees, type MergeTrees } from "./merge-trees.ts";
import type { Conflict } from "./read-conflicts.ts";

/** Entries of one path that the index could not make one of: of the base, of what landed, of the task. */
interface Left {
  readonly path: string;
  readonly stages: ReadonlyMap<number, { readonly mode: string; readonly object: string }>;
}

/** What is put into the index for a path; null: nothing. */
interface Put {
  readonly path: string;
  readonly entry: { readonly mode: string; readonly object: string } | null;
  readonly conflict?: Conflict;
}

type Git = (args: readonly string[], input?: string) => Promise<Buffer>;

/**
 * Merge three trees in an index of ours, file by file: for git before 2.38, which has no `merge-tree --write-tree`. A file that was
 * renamed on one side and changed on the other is a conflict here.
 */
export async function mergeInIndex(request: MergeTrees, folder: string): Promise<MergedTrees> {
  const { gitDir, attributes, base, landed, task, signal } = request;
  const indexFile = path.join(folder, "merge-index");
  await rm(indexFile, { force: true });
  const git: Git = (args, input) =>
    gitBytes({
      gitDir,
      workTree: attributes,
      indexFile,
      args,
      signal,
      maxOutputBytes: 2 ** 29,
      ...(input !== undefined && { input }),
    });
  await git(["read-tree", "-i", "-m", "--aggressive", base, landed, task]);
  const left = leftOver(namesIn(await git(["ls-files", "-u", "-z"])));
  const rules = await mergeRules(git, left);
  const puts: Put[] = [];
  const names = new Set(left.map((one) => one.path));
  for (const one of left)
    puts.push(inFolder(one, names) ?? (await mergePath(request, folder, one, rules.get(one.path))));
  await git(["update-index", "-z", "--index-info"], indexInfo(puts, base.length));
  const conflicts = puts.flatMap(({ conflict }) => (conflict ? [conflict] : []));
  const written = await runGit({ gitDir, indexFile, args: ["write-tree"], signal });
  const tree = written.stdout.toString("latin1").trim();
  if (conflicts.length > 0)
    return { kind: "conflict", tree: written.exitCode === 0 ? tree : landed, conflicts };
  if (written.exitCode !== 0) throw new GitError("write-tree", written);
  return { kind: "merged", tree };
}

function leftOver(lines: readonly string[]): readonly Left[] {
  const paths = new Map<string, Map<number, { readonly mode: string; readonly object: string }>>();
  for (const line of lines) {
    const tab = line.indexOf("\t");
    const [mode = "", object = "", stage = ""] = line.slice(0, tab).split(" ");
    const name = line.slice(tab + 1);
    const stages = paths.get(name) ?? new Map();
    paths.set(name, stages.set(Number(stage), { mode, object }));
  }
  return [...paths].map(([name, stages]) => ({ path: name, stages }));
}

/** What is new in a folder of whose name there is a file, too: the file is what does not fit. */
function inFolder({ path: name, stages }: Left, names: ReadonlySet<string>): Put | undefined {
  const entry = stages.size === 1 ? (stages.get(2) ?? stages.get(3)) : undefined;
  const parts = name.split("/");
  const isInside = parts.some((_, count) => names.has(parts.slice(0, count).join("/")));
  return entry && isInside ? { path: name, entry } : undefined;
}

/** What `.gitattributes` says of merging each path. */
async function mergeRules(git: Git, left: readonly Left[]): Promise<ReadonlyMap<string, string>> {
  if (left.length === 0) return new Map();
  const input = left.map((one) => `${one.path}\0`).join("");
  const fields = namesIn(await git(["check-attr", "-z", "--stdin", "merge"], input));
  const rules = new Map<string, string>();
  for (let at = 0; at + 2 < fields.length; at += 3)
    rules.set(fields[at] ?? "", fields[at + 2] ?? "");
  return rules;
}

async function mergePath(
  { gitDir, signal }: MergeTrees,
  folder: string,
  { path: name, stages }: Left,
  rule: string | undefined,
): Promise<Put> {
  const [before, ours, theirs] = [stages.get(1), stages.get(2), stages.get(3)];
  const clash = (kind: string, message: string): Put => ({
    path: name,
    entry: null,
    conflict: { path: name, kind, message },
  });
  if (!ours || !theirs) {
    if (!before) return clash("file/directory", "A file and a folder have the same name.");
    const gone = ours ? SIDES.task : SIDES.landed;
    return clash("modify/delete", `${name} was deleted in ${gone} and changed in the other.`);
  }
  if (![ours, theirs, before ?? ours].every(isFile))
    return clash("distinct types", "One of them is no file.");
  if (rule === "unset") return clash("binary", "Both changed it, and it is no text.");
  const files = await Promise.all(
    [ours, before, theirs].map(async (entry, index) => {
      const file = path.join(folder, `side-${index}`);
      const args = ["cat-file", "blob", entry?.object ?? ""];
      await writeFile(file, entry ? await gitBytes({ gitDir, args, signal }) : "");
      return file;
    }),
  );
  const style = rule === "union" ? "--union" : "--diff3";
  const labels = [SIDES.landed, "both began with", SIDES.task].flatMap((label) => ["-L", label]);
  const args = ["merge-file", "-p", "-q", style, ...labels, ...files];
  const end = await runGit({ gitDir, args, signal });
  if (end.exitCode === undefined) throw new GitError("merge-file", end);
  if (end.exitCode > 127) return clash("binary", "Both changed it, and it is no text.");
  const input = end.stdout;
  const object = await gitOutput({ gitDir, args: ["hash-object", "-w", "--stdin"], input, signal });
  const mode = ours.mode === before?.mode ? theirs.mode : ours.mode;
  const entry = { mode, object: object.trim() };
  if (end.exitCode === 0) return { path: name, entry };
  const kind = before ? "content" : "add/add";
  return {
    path: name,
    entry,
    conflict: { path: name, kind, message: `Merge conflict in ${name}` },
  };
}

const isFile = ({ mode }: { readonly mode: string }): boolean => mode.startsWith("100");

/** What is taken away goes first: it may be in the place of what is put. */
function indexInfo(puts: readonly Put[], digits: number): string {
  const gone = puts.map(({ path: name }) => `0 ${"0".repeat(digits)}\t${name}\0`);
  const there = puts.map(({ path: name, entry }) =>
    entry ? `${entry.mode} ${entry.object} 0\t${name}\0` : "",
  );
  return [...gone, ...there].join("");
}
