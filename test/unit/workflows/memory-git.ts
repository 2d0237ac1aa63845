/** A repository in memory: clones, results and merges path by path, for runs of plans without git. */
import { createHash } from "node:crypto";
import type { WavegateError } from "../../../src/core/error.ts";
import { err, ok } from "../../../src/core/result.ts";
import type { Landing, Merged } from "../../../src/ports/landing.ts";
import type { FileChange, Workspaces } from "../../../src/ports/workspaces.ts";

export type Tree = Map<string, string>;

interface Commit {
  readonly tree: Tree;
  readonly parent: string | null;
  readonly message: string;
}

export interface MemoryGit {
  readonly base: string;
  readonly commits: Map<string, Commit>;
  /** What every run's branch was moved to, in order. */
  readonly heads: string[];
  /** By folder of the clone. */
  readonly clones: Map<string, Tree>;
  readonly workspaces: Workspaces;
  readonly landing: Landing;
  readonly points: ReadonlyMap<string, string>;
  readonly refusals: WavegateError[];
  readonly treeAt: (commit: string) => Tree;
  /** The user commits files on the branch that HEAD is on. */
  readonly commitOn: (files: Readonly<Record<string, string>>) => string;
  /** Messages from a commit back to the base, newest first. */
  readonly log: (head: string) => readonly string[];
}

const OBJECTS = "/objects";

export function memoryGit(files: Readonly<Record<string, string>>): MemoryGit {
  const commits = new Map<string, Commit>();
  const clones = new Map<string, Tree>();
  const heads: string[] = [];
  const put = (commit: Commit): string => {
    const text = JSON.stringify([
      [...commit.tree].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      commit.parent,
      commit.message,
    ]);
    const id = createHash("sha1").update(text).digest("hex");
    commits.set(id, commit);
    return id;
  };
  const treeAt = (id: string): Tree => {
    const commit = commits.get(id);
    if (!commit) throw new Error(`there is no commit ${id}`);
    return commit.tree;
  };
  const base = put({ tree: new Map(Object.entries(files)), parent: null, message: "base" });
  /** What the branch of the user is on. */
  let own = base;
  /** Clones that an agent was let into. */
  const entered = new Set<string>();
  const workspaces: Workspaces = {
    state: async () => ({
      commit: own,
      branch: "refs/heads/main",
      dirty: false,
      shallow: false,
      submodules: [],
      lfs: false,
    }),
    async open(request) {
      const { runId, task, attempt, base: from, mode } = request;
      const folder = `/clones/${runId}/${mode === "read" ? from : `${task}-${attempt}`}`;
      if (!clones.has(folder)) clones.set(folder, new Map(treeAt(from)));
      const id = folder.replaceAll("/", "_");
      return ok({
        ...request,
        id,
        folder,
        project: folder,
        objects: OBJECTS,
        ports: [],
        env: {},
        readable: [OBJECTS],
      });
    },
    check: async (workspace) => ok(workspace),
    async begin(workspace) {
      if (workspace.mode === "write" && entered.has(workspace.folder))
        clones.set(workspace.folder, new Map(treeAt(workspace.base)));
      entered.add(workspace.folder);
      return ok(workspace);
    },
    async collect(workspace, wanted = []) {
      const tree = clones.get(workspace.folder);
      if (!tree) return err({ kind: "workspace-gone", message: "the folder is gone" });
      const changes = changesOf(treeAt(workspace.base), tree);
      const { base: parent, task, attempt } = workspace;
      const commit =
        changes.length === 0
          ? parent
          : put({ tree: new Map(tree), parent, message: `work on ${task} ${attempt}` });
      const ref = `refs/wavegate/${task}/${attempt}`;
      return ok({
        ref,
        commit,
        base: parent,
        changes,
        agentCommit: null,
        nested: [],
        tampered: [],
        absent: wanted.filter((file) => !tree.has(file)),
      });
    },
    async discard({ folder }) {
      return clones.delete(folder) ? { kind: "discarded", rescue: null } : { kind: "absent" };
    },
    async clear(isOver) {
      for (const folder of clones.keys())
        if (await isOver(folder.split("/")[2] ?? "")) clones.delete(folder);
      return [];
    },
  };
  /** What is in the way when a person brings work over, one for each time. */
  const refusals: WavegateError[] = [];
  /** Refs that are kept to go back to. */
  const points = new Map<string, string>();
  const landing: Landing = {
    begin: async ({ runId, base: at, target }) =>
      ok(
        [`wavegate/${runId}`, ...(target === null ? [] : [target])].map((name) => ({
          name: `refs/heads/${name}`,
          at,
          lags: null,
        })),
      ),
    mayFollow: async () => {
      const [refusal] = refusals;
      return refusal ? err(refusal) : ok({ at: null });
    },
    restore: async () => ok(undefined),
    async gather({ head, items }) {
      let now = head;
      const outcomes = items.map(({ task, work, base: from, message }): Merged => {
        const merged = merge(treeAt(from), treeAt(now), treeAt(work));
        if (merged.conflicts.length > 0)
          return {
            kind: "conflict",
            task,
            paths: merged.conflicts,
            sides: merged.conflicts.map((path) => ({
              path,
              kind: "content",
              message: `both changed ${path}`,
              excerpt: `<<<<<<<\n${treeAt(now).get(path)}\n=======\n${treeAt(work).get(path)}\n>>>>>>>`,
            })),
          };
        const changes = changesOf(treeAt(now), merged.tree);
        if (changes.length === 0) return { kind: "nothing", task };
        now = put({ tree: merged.tree, parent: now, message });
        return { kind: "merged", task, commit: now, changes };
      });
      return ok({ head: now, outcomes });
    },
    async advance({ from, to, branches }) {
      if (!leadsTo(to, from))
        return err({ kind: "unknown-commit", message: `${to} does not lead to ${from}.` });
      if (heads.at(-1) !== to) heads.push(to);
      return ok(branches.map((branch) => ({ ...branch, at: to })));
    },
    async landOnto() {
      const inTheWay = refusals.shift();
      if (inTheWay) return err(inTheWay);
      const [from, to] = [own, heads.at(-1) ?? base];
      if (!leadsTo(to, from)) throw new Error(`${to} does not lead to ${from}`);
      own = to;
      return ok({ branch: "refs/heads/main", from, to, commits: log(to).length, tree: null });
    },
    uncommitted: async (paths) => paths,
    async keepPoint({ runId, name, commit }) {
      const ref = `refs/wavegate/landing/${runId}/points/${name}`;
      points.set(ref, commit);
      return ok({ ref });
    },
  };
  const leadsTo = (later: string, earlier: string): boolean => {
    for (let id: string | null = later; id !== null; id = commits.get(id)?.parent ?? null)
      if (id === earlier) return true;
    return false;
  };
  const log = (from: string): readonly string[] => {
    const messages: string[] = [];
    for (
      let id: string | null = from;
      id !== null && id !== base;
      id = commits.get(id)?.parent ?? null
    )
      messages.push(commits.get(id)?.message ?? "");
    return messages;
  };
  const commitOn = (changed: Readonly<Record<string, string>>): string => {
    const tree = new Map([...treeAt(own), ...Object.entries(changed)]);
    return (own = put({ tree, parent: own, message: "by the user" }));
  };
  const facts = { base, commits, heads, clones, points, refusals };
  return { ...facts, workspaces, landing, treeAt, commitOn, log };
}

function changesOf(before: Tree, after: Tree): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path): FileChange[] => {
    const [old, fresh] = [before.get(path), after.get(path)];
    if (old === fresh) return [];
    return [
      {
        path,
        before: old === undefined ? null : "100644",
        after: fresh === undefined ? null : "100644",
        size: fresh === undefined ? null : fresh.length,
      },
    ];
  });
}

/** Three sides, whole files. */
function merge(
  base: Tree,
  head: Tree,
  work: Tree,
): { readonly tree: Tree; readonly conflicts: string[] } {
  const tree = new Map(head);
  const conflicts: string[] = [];
  for (const { path } of changesOf(base, work)) {
    const [was, now, wanted] = [base.get(path), head.get(path), work.get(path)];
    if (now === wanted) continue;
    if (now !== was) conflicts.push(path);
    else if (wanted === undefined) tree.delete(path);
    else tree.set(path, wanted);
  }
  return { tree, conflicts };
}
