import { WavegateError } from "../core/error.ts";
import { err, ok } from "../core/result.ts";
import type {
  Landing,
  LandingBranch,
  LandingItem,
  LandOnto,
  Merged,
  StandingRun,
} from "../ports/landing.ts";
import type { FileChange } from "../ports/workspaces.ts";
import {
  leadsTo,
  sorted,
  storeOf,
  type Files,
  type MemoryRepository,
  type Store,
} from "./memory-repository.ts";

/** Landing in a repository in memory: files are merged whole, so two changes of one are a conflict. Working trees have no files. */
export function createMemoryLanding(repository: MemoryRepository): Landing {
  const store = storeOf(repository);
  return {
    begin: async ({ runId, base, target }) => beginRun(store, { runId, base, target }),
    mayFollow: async ({ base, target }) => {
      const found = targetOf(store, base, target);
      return found.ok ? ok({ at: found.value ?? null }) : found;
    },
    gather: async ({ head, items, at }, signal) => {
      if (signal.aborted) return err({ kind: "canceled", message: "canceled" });
      const missing = [head, ...items.flatMap(({ work, base }) => [work, base])].find(
        (id) => !store.commits.has(id),
      );
      if (missing !== undefined) return err(unknown(missing));
      let on = head;
      const outcomes = items.map((item): Merged => {
        const outcome = putOn(store, on, item, at);
        if (outcome.kind === "merged") on = outcome.commit;
        return outcome;
      });
      return ok({ head: on, outcomes });
    },
    restore: async (standing) => restoreRun(store, standing),
    advance: async ({ runId, from, to, branches }) => {
      const { refs } = store;
      const now = refs.get(headOf(runId));
      if (!leadsTo(store, to, from)) return err(unknown(to));
      if (now !== from && now !== to && leadsTo(store, now, from)) {
        const message = `The head of ${runId} is elsewhere.`;
        return err({ kind: "head-moved", message, ...(now !== undefined && { at: now }) });
      }
      takeHead(store, runId, to);
      return ok(branches.map((branch) => follow(store, branch, to)));
    },
    keepPoint: async ({ runId, name, commit }) => {
      const ref = pointOf(runId, name);
      if (!leadsTo(store, store.refs.get(headOf(runId)), commit)) return err(unknown(commit));
      const now = store.refs.get(ref);
      if (now !== undefined && now !== commit)
        return err({ kind: "head-moved", message: `${ref} is there already.` });
      store.refs.set(ref, commit);
      return ok({ ref });
    },
    landOnto: async (request) => bringOver(store, request),
    uncommitted: async () => [],
  };
}

function bringOver({ refs, checkedOut, ...store }: Store, request: LandOnto) {
  const { runId, onto = "main", point } = request;
  const to = refs.get(point === undefined ? headOf(runId) : pointOf(runId, point));
  const branch = `refs/heads/${onto}`;
  const from = refs.get(branch);
  if (to === undefined) return err(refused("LANDING_MISSING"));
  if (from === undefined) return err(refused("BRANCH_MISSING"));
  const tree = checkedOut.has(branch) ? "/memory" : null;
  if (leadsTo(store, from, to)) return ok({ branch, from, to: from, commits: 0, tree: null });
  if (!leadsTo(store, to, from)) return err(refused("BRANCH_DIVERGED"));
  refs.set(branch, to);
  return ok({ branch, from, to, commits: between(store, from, to), tree });
}

const headOf = (runId: string) => `refs/wavegate/landing/${runId}/head`;
const pointOf = (runId: string, name: string) => `refs/wavegate/landing/${runId}/points/${name}`;
const unknown = (id: string) =>
  ({ kind: "unknown-commit", message: `${id} is no commit of the repository.` }) as const;
const refused = (code: WavegateError["code"]) =>
  new WavegateError(code, "Refused.", { hint: "Look at the repository in memory." });

function beginRun(store: Store, { runId, base, target }: Parameters<Landing["begin"]>[0]) {
  const { refs } = store;
  const branches: LandingBranch[] = [];
  const head = refs.get(headOf(runId)) ?? base;
  const name = `refs/heads/wavegate/${runId}`;
  const there = refs.get(name) ?? head;
  branches.push({ name, at: head, lags: there === head ? null : "there is one already" });
  if (target !== null) {
    const followed = `refs/heads/${target}`;
    const found = targetOf(store, base, target);
    if (!found.ok) return found;
    const at = found.value ?? base;
    refs.set(followed, at);
    branches.push({ name: followed, at, lags: null });
  }
  refs.set(headOf(runId), head);
  refs.set(name, there);
  return ok(branches);
}

/** Where the target is; undefined where it is missing. */
function targetOf(store: Store, base: string, target: string) {
  const name = `refs/heads/${target}`;
  const at = store.refs.get(name);
  if (store.checkedOut.has(name)) return err(refused("BRANCH_IN_USE"));
  if (at !== undefined && !leadsTo(store, base, at)) return err(refused("BRANCH_DIVERGED"));
  return ok(at);
}

function restoreRun(
  { refs, checkedOut, ...store }: Store,
  { runId, head, branches, points = [] }: StandingRun,
) {
  for (const { name, commit } of points)
    if (!refs.has(pointOf(runId, name))) refs.set(pointOf(runId, name), commit);
  const isBehind = (now: string | undefined, at: string) => !now || leadsTo(store, at, now);
  if (leadsTo(store, refs.get(headOf(runId)), head)) return ok(undefined);
  takeHead({ ...store, refs }, runId, head);
  const own = [{ name: `refs/heads/wavegate/${runId}`, at: head, lags: null }];
  for (const { name, at, lags } of branches ?? own)
    if (lags === null && !checkedOut.has(name) && isBehind(refs.get(name), at)) refs.set(name, at);
  return ok(undefined);
}

/** One that is apart is kept, and the run's branch that was put there with it goes along. */
function takeHead(
  { refs, ...store }: Pick<Store, "refs" | "commits">,
  runId: string,
  to: string,
): void {
  const now = refs.get(headOf(runId));
  refs.set(headOf(runId), to);
  if (now === undefined || leadsTo(store, to, now)) return;
  refs.set(`refs/wavegate/rescue/${runId}/head/${now.slice(0, 16)}`, now);
  const own = `refs/heads/wavegate/${runId}`;
  if (refs.get(own) === now) refs.set(own, to);
}

function follow(store: Store, branch: LandingBranch, to: string): LandingBranch {
  const { refs, checkedOut } = store;
  const { name, at } = branch;
  if (checkedOut.has(name)) return { name, at, lags: "it is checked out in /memory" };
  const now = refs.get(name);
  if (now !== at && now !== to) {
    const moved = { name, at, lags: "somebody else moved it" };
    return now !== undefined && leadsTo(store, now, at) ? { ...moved, theirs: now } : moved;
  }
  refs.set(name, to);
  return { name, at: to, lags: null };
}

function putOn(store: Store, on: string, item: LandingItem, at: number): Merged {
  const { task, work, base, message, joins = false } = item;
  const [landed, left, before] = [store.files(on), store.files(work), store.files(base)];
  const files = new Map(landed);
  const paths: string[] = [];
  for (const path of new Set([...before.keys(), ...left.keys()])) {
    const [was, ours, theirs] = [before.get(path), landed.get(path), left.get(path)];
    if (theirs === was || theirs === ours) continue;
    if (ours !== was) paths.push(path);
    else if (theirs === undefined) files.delete(path);
    else files.set(path, theirs);
  }
  if (paths.length > 0) {
    const sides = paths.toSorted().map((path) => {
      const both = `<<<<<<< landed\n${landed.get(path)}\n=======\n${left.get(path)}\n>>>>>>> task\n`;
      return { path, kind: "content", message: `Merge conflict in ${path}`, excerpt: both };
    });
    return { kind: "conflict", task, paths: paths.toSorted(), sides };
  }
  const changes = differences(landed, files);
  if (changes.length === 0 && !joins) return { kind: "nothing", task };
  const made = { files: sorted(files), parent: on, message, ...(joins && { joined: work }) };
  const commit = store.add(made, String(at));
  return { kind: "merged", task, commit, changes };
}

const differences = (before: Files, after: Files): readonly FileChange[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .toSorted()
    .map((path) => ({
      path,
      before: before.has(path) ? "100644" : null,
      after: after.has(path) ? "100644" : null,
      size: after.get(path)?.length ?? null,
    }));

function between({ commits }: Pick<Store, "commits">, from: string, to: string): number {
  let count = 0;
  for (let at: string | undefined = to; at !== undefined && at !== from; count++)
    at = commits.get(at)?.parent;
  return count;
}
