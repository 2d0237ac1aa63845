import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { CommitStore, KeptCommit } from "../../ports/commit-store.ts";
import type { CommitRow, SharedStore } from "../../ports/shared-store.ts";
import { findRepository, type UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf, freshGitFolder, takeIn } from "../shared/git/own-git.ts";
import { GitError } from "../shared/git/run-git.ts";
import { keptRef } from "../shared/git/safe-refs.ts";
import { inOwnFolder } from "../shared/in-own-folder.ts";
import { KEPT, keepFile, nameRef, readBundle, takeFile, writeBundle } from "./bundles.ts";
import { fetchRemote } from "./fetch-remote.ts";
import { placeOfHead, type BundlePlace } from "./place-of-bundle.ts";

export interface CommitStoreOptions {
  /** Folder of the project, in the user's repository. */
  readonly project: string;
  /** Absolute, for folders of ours; outside of every repository. Made if missing. */
  readonly root: string;
  readonly store: () => Promise<SharedStore>;
  /** Name or address of the remote that may be asked for what nobody kept; null: none. */
  readonly remote: string | null;
  /** The most that one commit may have more than its base, as git packs it. */
  readonly maxBytes: number;
}

/** More than any history needs: at most two for each doubling of it. */
const MOST_BUNDLES = 1_000;

interface Place extends CommitStoreOptions {
  readonly repository: UserRepository;
  /** Commits that were seen here: refs of ours hold those of a run, so that git is asked once. */
  readonly seen: Set<string>;
}

const MOST_SEEN = 10_000;

/**
 * Commits as git bundles in the store that machines share (PX-09). What comes from there is unpacked in a git folder of ours, compared with
 * its digest, and taken into the user's repository by a fetch that looks at every object; nothing of it is run. It is held by
 * `refs/wavegate/kept/COMMIT`.
 */
export function createCommitStore(options: CommitStoreOptions): CommitStore {
  let known: Promise<Place> | undefined;
  const open = (): Promise<Place> => {
    known ??= findRepository(options.project).then(
      (repository) => ({ ...options, repository, seen: new Set<string>() }),
      (error: unknown) => {
        known = undefined;
        throw error;
      },
    );
    return known;
  };
  return {
    put: async (kept) => put(await open(), kept),
    get: async (commit, signal) => get(await open(), commit, signal),
  };
}

async function isHere({ repository, seen }: Place, commit: string): Promise<boolean> {
  if (seen.has(commit)) return true;
  if (!/^[0-9a-f]{40,64}$/.test(commit) || (await commitOf(repository, commit)) !== commit)
    return false;
  if (seen.size >= MOST_SEEN) seen.clear();
  seen.add(commit);
  return true;
}

async function put(place: Place, { runId, commit, base, kind }: KeptCommit): Promise<void> {
  if (commit === base) return;
  const store = await place.store();
  if (await store.findCommit(commit)) return;
  const on: BundlePlace =
    kind === "head" ? await placeInChain(store, base) : { needs: base, depth: 1, needsDepth: 0 };
  await inOwnGit(place, async (gitDir, folder) => {
    const file = path.join(folder, "bundle");
    if (!(await writeBundle(gitDir, { commit, needs: on.needs }, file))) return;
    const content = await keepFile(store, file, { commit, maxBytes: place.maxBytes });
    await store.addCommit({ runId, commit, ...on, ...content });
  });
}

async function placeInChain(store: SharedStore, base: string): Promise<BundlePlace> {
  const row = await store.findCommit(base);
  return placeOfHead(base, row, row && (await store.findCommit(row.needs)));
}

async function get(place: Place, commit: string, signal: AbortSignal | undefined): Promise<void> {
  const { repository } = place;
  if (await isHere(place, commit)) return;
  const store = await place.store();
  const chain: CommitRow[] = [];
  for (let wanted = commit; !(await isHere(place, wanted));) {
    signal?.throwIfAborted();
    const row = await store.findCommit(wanted, signal);
    if (!row || chain.length === MOST_BUNDLES) {
      await fetchOrThrow(place, wanted);
      break;
    }
    chain.push(row);
    wanted = row.needs;
  }
  if (chain.length === 0) return;
  await inOwnGit(place, async (gitDir, folder) => {
    for (const [index, row] of chain.toReversed().entries()) {
      const file = path.join(folder, `bundle-${index}`);
      const why =
        (await takeFile(store, row, { file, signal })) ?? (await readBundle(gitDir, file, row));
      if (why !== undefined) throw unusable(row.commit, why);
      await nameRef(gitDir, KEPT, row.commit);
      await rm(file, { force: true });
    }
    await takeIn(repository, gitDir, [{ from: KEPT, to: keptRef(commit) }]).catch(
      (error: unknown) => {
        throw error instanceof GitError ? unusable(commit, error.message) : error;
      },
    );
  });
}

/** A git folder of ours that borrows the user's objects; gone afterwards. */
const inOwnGit = <T>(
  { repository, root }: Place,
  use: (gitDir: string, folder: string) => Promise<T>,
): Promise<T> =>
  inOwnFolder({ root, kind: "commits" }, async (folder) => {
    const gitDir = path.join(folder, "git");
    await freshGitFolder(gitDir, repository, [repository.objects]);
    await mkdir(path.join(gitDir, "refs/wavegate"));
    return use(gitDir, folder);
  });

async function fetchOrThrow({ repository, remote }: Place, commit: string): Promise<void> {
  const why = remote === null ? undefined : await fetchRemote(repository, remote, commit);
  if (remote !== null && why === undefined) return;
  const short = commit.slice(0, 12);
  const asked = why === undefined ? "" : ` Git said of ${remote ?? ""}: ${why}.`;
  throw new WavegateError(
    "COMMIT_MISSING",
    `The commit ${short} is not in this clone, and no machine kept it.${asked}`,
    {
      hint: "Bring it here (on the machine that has it: git push; here: git fetch), then go on: wavegate resume RUN. With machines.fetch in the configuration it is fetched by itself.",
    },
  );
}

const unusable = (commit: string, why: string): WavegateError =>
  new WavegateError(
    "COMMIT_MISSING",
    `The commit ${commit.slice(0, 12)} is kept for other machines, and can't be used: ${oneLine(why, 300)}.`,
    { hint: "Bring it here from a machine that has it, by git, then go on: wavegate resume RUN." },
  );
