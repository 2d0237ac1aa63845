import { lstat, rm } from "node:fs/promises";
import path from "node:path";
import { gitBytes, namesIn } from "../shared/git/run-git.ts";
import { OutputLimitError, untracked, type OutputLimits } from "./untracked.ts";

export interface SnapshotRequest {
  /** Of ours, outside of the workspace; takes the objects. */
  readonly gitDir: string;
  readonly workspace: string;
  readonly base: string;
  /** Tracked by the agent although they are ignored. */
  readonly also: readonly string[];
  /** Never taken in: they were put there by us. */
  readonly without: ReadonlySet<string>;
  readonly limits: OutputLimits;
}

export interface Snapshot {
  readonly tree: string;
  readonly baseTree: string;
  readonly nested: readonly string[];
}

/**
 * The working tree as a tree of git: tracked files as they are, and what is neither tracked nor ignored. The index is built
 * anew from the base, so that nothing the agent did to its own can hide a change. Pipes, sockets and devices are left out.
 */
export async function takeSnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const { gitDir, workspace, base, limits } = request;
  const indexFile = path.join(gitDir, "snapshot-index");
  await rm(indexFile, { force: true });
  await rm(`${indexFile}.lock`, { force: true });
  const bytes = (args: readonly string[], input?: string) =>
    gitBytes({
      gitDir,
      workTree: workspace,
      indexFile,
      args,
      timeoutMs: 600_000,
      maxOutputBytes: 2 ** 29,
      ...(input !== undefined && { input }),
    });
  const git = async (args: readonly string[], input?: string) =>
    (await bytes(args, input)).toString("utf8").trim();
  const [baseTree] = await Promise.all([
    git(["rev-parse", "--verify", `${base}^{tree}`]),
    git(["read-tree", base]),
  ]);
  const [found, changed] = await Promise.all([
    untracked(gitDir, workspace, indexFile, limits),
    bytes(["ls-files", "-m", "-d", "-z"]).then(namesIn),
  ]);
  const wanted = new Set([...changed, ...found.paths, ...request.also]);
  const { present, absent } = await sorted(workspace, wanted, request);
  if (absent.length > 0)
    await git(["update-index", "-z", "--index-info"], removals(absent, base.length));
  // Those that stand where a folder was, or in a folder that was a file, take its place.
  if (present.length > 0)
    await git(["update-index", "--add", "--remove", "--replace", "-z", "--stdin"], lines(present));
  return { tree: await git(["write-tree"]), baseTree, nested: found.nested };
}

const lines = (paths: readonly string[]): string => paths.map((name) => `${name}\0`).join("");

const removals = (paths: readonly string[], digits: number): string =>
  lines(paths.map((name) => `0 ${"0".repeat(digits)}\t${name}`));

/** What there is to be taken in, and what is there no more; within the limits. */
async function sorted(
  workspace: string,
  paths: ReadonlySet<string>,
  { without, limits }: SnapshotRequest,
): Promise<{ readonly present: readonly string[]; readonly absent: readonly string[] }> {
  const present: string[] = [];
  const absent: string[] = [];
  const parents = new Map<string, Promise<boolean>>();
  let bytes = 0;
  for (const name of paths) {
    if (name === "" || without.has(name)) continue;
    const about = (await isInside(workspace, path.posix.dirname(name), parents))
      ? await lstat(path.join(workspace, name)).catch(() => undefined)
      : undefined;
    const isFile = about?.isFile() ?? false;
    const isKept =
      isFile ||
      about?.isSymbolicLink() ||
      (about?.isDirectory() && (await isRepository(path.join(workspace, name))));
    (isKept ? present : absent).push(name);
    bytes += isFile ? (about?.size ?? 0) : 0;
    if (present.length > limits.maxFiles)
      throw new OutputLimitError(`more than ${limits.maxFiles} files were changed`);
    if (bytes > limits.maxBytes)
      throw new OutputLimitError(`changed files have more than ${limits.maxBytes} bytes`);
  }
  return { present, absent };
}

/** A folder in place of a tracked path: a submodule's, if it has what such a one has. */
const isRepository = (folder: string): Promise<boolean> =>
  lstat(path.join(folder, ".git")).then(
    () => true,
    () => false,
  );

/** Whether no folder on the way is a link: what is behind one is not in the workspace. */
function isInside(
  workspace: string,
  folder: string,
  known: Map<string, Promise<boolean>>,
): Promise<boolean> {
  if (folder === ".") return Promise.resolve(true);
  const before = known.get(folder);
  if (before) return before;
  const inside = isInside(workspace, path.posix.dirname(folder), known).then(
    async (above) =>
      above &&
      ((await lstat(path.join(workspace, folder)).catch(() => undefined))?.isDirectory() ?? false),
  );
  known.set(folder, inside);
  return inside;
}
