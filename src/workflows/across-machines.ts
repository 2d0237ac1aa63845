import { ok } from "../core/result.ts";
import type { Artifacts } from "../ports/artifacts.ts";
import type { CommitStore } from "../ports/commit-store.ts";
import type { Landing, LandingBranch, LandOnto } from "../ports/landing.ts";
import type { SharedStore } from "../ports/shared-store.ts";
import type { WorkspaceRequest, Workspaces } from "../ports/workspaces.ts";

/** What the machines of a project have in common besides runs. */
export interface Shared {
  readonly commits: CommitStore;
  readonly store: () => Promise<SharedStore>;
}

const pointName = (name: string): string => `point/${name}`;

/**
 * Workspaces of a run that may go on on any machine (PX-09): what a task works from is got from others where it is not here, and what it
 * left is kept for them before anybody is told of it.
 */
export const workspacesAcross = (own: Workspaces, { commits }: Shared): Workspaces => ({
  state: () => own.state(),
  async open(request, signal) {
    await bring(commits, request, signal);
    return own.open(request, signal);
  },
  check: (workspace) => own.check(workspace),
  async begin(workspace, signal) {
    await bring(commits, workspace, signal);
    return own.begin(workspace, signal);
  },
  async collect(workspace, files) {
    const collected = await own.collect(workspace, files);
    if (!collected.ok) return collected;
    const { commit, base } = collected.value;
    await commits.put({ runId: workspace.runId, commit, base, kind: "result" });
    return collected;
  },
  discard: (...args) => own.discard(...args),
  clear: (isOver) => own.clear(isOver),
});

async function bring(
  commits: CommitStore,
  { base, mentions = [] }: WorkspaceRequest,
  signal: AbortSignal,
): Promise<void> {
  await commits.get(base, signal);
  for (const commit of mentions) await commits.get(commit, signal).catch(() => {});
}

/**
 * Landing of a run that may go on on any machine: heads are kept before they are known, and a repository that does not have what the run
 * did elsewhere gets it first.
 */
export function landingAcross(own: Landing, { commits, store }: Shared): Landing {
  return {
    async begin(request) {
      await commits.get(request.base);
      return own.begin(request);
    },
    mayFollow: (request) => own.mayFollow(request),
    restore: (standing) => own.restore(standing),
    async gather(request, signal) {
      const { runId, head: base, items } = request;
      const needed = new Set([base, ...items.flatMap((item) => [item.base, item.work])]);
      for (const commit of needed) await commits.get(commit, signal);
      const gathered = await own.gather(request, signal);
      if (!gathered.ok) return gathered;
      await commits.put({ runId, commit: gathered.value.head, base, kind: "head" });
      return gathered;
    },
    async advance(request) {
      const { runId, from, to, branches } = request;
      for (const commit of [from, to]) await commits.get(commit);
      const restored = await own.restore({ runId, head: from, branches });
      if (!restored.ok) return restored;
      const advanced = await own.advance(request);
      if (!advanced.ok) {
        const { at } = advanced.error;
        if (at !== undefined) await commits.put({ runId, commit: at, base: from, kind: "head" });
        return advanced;
      }
      const told: LandingBranch[] = [];
      for (const branch of advanced.value) told.push(await keepTheirs(commits, request, branch));
      return ok(told);
    },
    async keepPoint(request) {
      const { runId, name, commit } = request;
      await commits.get(commit);
      const restored = await own.restore({ runId, head: commit });
      if (!restored.ok) return restored;
      const kept = await own.keepPoint(request);
      if (kept.ok) await (await store()).nameCommit({ runId, name: pointName(name), commit });
      return kept;
    },
    async landOnto(request) {
      await restoreRun(own, { commits, store }, request);
      return own.landOnto(request);
    },
    uncommitted: (paths) => own.uncommitted(paths),
  };
}

/**
 * What others put on a branch is kept as well. The head has moved by now, and who is not told of that never finds it again: commits that can't
 * be kept (too many bytes, a full disk) stay where they are, and are not brought in.
 */
async function keepTheirs(
  commits: CommitStore,
  { runId, to }: { readonly runId: string; readonly to: string },
  branch: LandingBranch,
): Promise<LandingBranch> {
  const { theirs, name, at, lags } = branch;
  if (theirs === undefined) return branch;
  try {
    await commits.put({ runId, commit: theirs, base: to, kind: "result" });
    return branch;
  } catch {
    return { name, at, lags: `${lags ?? ""}, whose commits can't be kept for other machines` };
  }
}

/** A run that did its work elsewhere is brought here first. */
async function restoreRun(
  own: Pick<Landing, "restore">,
  { commits, store }: Shared,
  { runId, head, point }: LandOnto,
): Promise<void> {
  if (head === undefined) return;
  await commits.get(head);
  const commit =
    point === undefined ? undefined : await (await store()).namedCommit(runId, pointName(point));
  const points = point === undefined || commit === undefined ? [] : [{ name: point, commit }];
  await own.restore({ runId, head, points });
}

/** Artifacts that are kept for other machines, too: what is not here is got from there, once. */
export const artifactsAcross = (
  own: Artifacts,
  { store, digestOf }: Pick<Shared, "store"> & { readonly digestOf: (text: string) => string },
): Artifacts => ({
  ...own,
  async put(name, content) {
    const ref = await own.put(name, content);
    const bytes = new TextEncoder().encode(content);
    await (await store()).keep(ref, async (from, to) => bytes.subarray(from, to));
    return ref;
  },
  async get(digest) {
    const here = await own.get(digest);
    if (here.ok) return here;
    const parts: Uint8Array[] = [];
    const found = await (await store()).take(digest, async (part) => void parts.push(part));
    const content = found ? textOf(parts) : undefined;
    if (content === undefined || digestOf(content) !== digest) return here;
    await own.put("kept elsewhere", content);
    return own.get(digest);
  },
});

function textOf(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
}
