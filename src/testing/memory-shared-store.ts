import type { CommitRow, SharedStore } from "../ports/shared-store.ts";

/** What machines share, in memory; contents can be looked at and damaged. */
export interface MemorySharedStore extends SharedStore {
  readonly contents: Map<string, Uint8Array>;
  readonly commits: Map<string, CommitRow>;
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

export function createMemorySharedStore(): MemorySharedStore {
  const contents = new Map<string, Uint8Array>();
  const commits = new Map<string, CommitRow>();
  const names = new Map<string, string>();
  return {
    contents,
    commits,
    async keep({ digest, bytes }, read) {
      if (!contents.has(digest)) contents.set(digest, await read(0, bytes));
    },
    async take(digest, write) {
      const content = contents.get(digest);
      if (content) await write(content);
      return content !== undefined;
    },
    async addCommit(row) {
      if (!commits.has(row.commit)) commits.set(row.commit, row);
    },
    findCommit: async (commit) => commits.get(commit),
    async nameCommit({ runId, name, commit }) {
      const key = keyOf(runId, name);
      if (!names.has(key)) names.set(key, commit);
    },
    namedCommit: async (runId, name) => names.get(keyOf(runId, name)),
  };
}
