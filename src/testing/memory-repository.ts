import { createHash } from "node:crypto";

export type Files = ReadonlyMap<string, string>;

interface Commit {
  readonly files: Files;
  readonly parent: string | undefined;
  /** Of a merge: the commit that was taken in. */
  readonly joined?: string;
  readonly message: string;
}

/** A repository in memory: commits of whole files, and refs. */
export interface MemoryRepository {
  /** Changes on a parent; null deletes. The same gives the same id. */
  commit(
    parent: string | undefined,
    files: Readonly<Record<string, string | null>>,
    message?: string,
  ): string;
  files(commit: string): Files;
  message(commit: string): string;
  /** By full name. */
  readonly refs: Map<string, string>;
  /** Full names of branches that a working tree is on. */
  readonly checkedOut: Set<string>;
}

export interface Store extends MemoryRepository {
  readonly commits: Map<string, Commit>;
  add(commit: Commit, about: string): string;
}

const stores = new WeakMap<MemoryRepository, Store>();

/** @param objects a repository whose commits this one has, and that has those of this one: refs are its own */
export function createMemoryRepository(objects?: MemoryRepository): MemoryRepository {
  const commits = (objects && stores.get(objects)?.commits) ?? new Map<string, Commit>();
  const known = (id: string): Commit => {
    const commit = commits.get(id);
    if (commit) return commit;
    throw new Error(`there is no commit ${id}`);
  };
  const store: Store = {
    commits,
    refs: new Map(),
    checkedOut: new Set(),
    add(commit, about) {
      const text = JSON.stringify([
        [...commit.files],
        commit.parent,
        commit.joined,
        commit.message,
        about,
      ]);
      const id = createHash("sha1").update(text).digest("hex");
      commits.set(id, commit);
      return id;
    },
    commit(parent, changes, message = "") {
      const files = new Map(parent === undefined ? [] : known(parent).files);
      for (const [path, text] of Object.entries(changes))
        if (text === null) files.delete(path);
        else files.set(path, text);
      return store.add({ files: sorted(files), parent, message }, "");
    },
    files: (id) => known(id).files,
    message: (id) => known(id).message,
  };
  stores.set(store, store);
  return store;
}

/** What is behind a repository. */
export function storeOf(repository: MemoryRepository): Store {
  const store = stores.get(repository);
  if (store) return store;
  throw new Error("a repository of createMemoryRepository is needed");
}

/** Whether a commit leads to another, or is the same. */
export function leadsTo(
  { commits }: Pick<Store, "commits">,
  later: string | undefined,
  earlier: string,
): boolean {
  const open = later === undefined ? [] : [later];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === earlier) return true;
    const { parent, joined } = commits.get(at) ?? {};
    for (const each of [parent, joined]) if (each !== undefined) open.push(each);
  }
  return false;
}

export const sorted = (files: Files): Files =>
  new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
