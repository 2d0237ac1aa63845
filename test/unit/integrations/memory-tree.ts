import { digestOf } from "../../../src/adapters/shared/digest.ts";
import type { Seen } from "../../../src/integrations/changes.ts";
import { RECORD_FILE } from "../../../src/integrations/install-record.ts";
import type { ProjectTree } from "../../../src/ports/project-tree.ts";

const IGNORE = ".wavegate/.gitignore";
const STATE_PARTS = [".wavegate", ".wavegate/locks", IGNORE];

const foldersOf = (path: string) =>
  path
    .split("/")
    .slice(0, -1)
    .map((_name, at, names) => names.slice(0, at + 1).join("/"));

/** A project's files and folders without a disk. Folders of files count as there. */
export function createMemoryTree(files: Map<string, string>, folders = new Set<string>()) {
  const hasInside = (folder: string) =>
    [...files.keys(), ...folders].some((path) => path.startsWith(`${folder}/`));
  const isFolder = (path: string) => folders.has(path) || hasInside(path);

  const look = (path: string): Seen => {
    const file = foldersOf(path).find((folder) => files.has(folder));
    if (file !== undefined) return { kind: "blocked", path, why: `${file} is not a folder` };
    if (isFolder(path)) return { kind: "blocked", path, why: "a folder of this name is there" };
    const text = files.get(path);
    return text === undefined
      ? { kind: "missing", path, folders: foldersOf(path).filter((folder) => !isFolder(folder)) }
      : { kind: "file", path, digest: digestOf(text), text };
  };
  const write = (path: string, content: string) => {
    for (const folder of foldersOf(path)) folders.add(folder);
    files.set(path, content);
  };
  const removeIfEmpty = (folder: string) => {
    if (!hasInside(folder)) folders.delete(folder);
  };
  /** Changes that are still made; then the disk is full. */
  const room = { changes: Number.POSITIVE_INFINITY };

  const tree: ProjectTree = {
    look: async (paths) => new Map(paths.map((path) => [path, look(path)])),
    async change(action) {
      const made = STATE_PARTS.filter((part) => !isFolder(part) && !files.has(part));
      let leaving: readonly string[] = [];
      if (made.includes(IGNORE)) write(IGNORE, "*\n");
      folders.add(".wavegate/locks");
      const result = await action({
        made,
        async keepRecord(text) {
          if (text === undefined) files.delete(RECORD_FILE);
          else write(RECORD_FILE, text);
        },
        async make(change) {
          if (room.changes <= 0) throw new Error("full");
          room.changes -= 1;
          const there = files.get(change.path);
          const expected = change.kind === "create" ? undefined : change.expected;
          if ((there === undefined ? undefined : digestOf(there)) !== expected)
            throw new Error(`${change.path} is not what it was`);
          if (change.kind === "remove") files.delete(change.path);
          else write(change.path, change.content);
        },
        async prune(all) {
          for (const folder of all.toSorted((one, other) => other.length - one.length))
            if (!STATE_PARTS.includes(folder)) removeIfEmpty(folder);
        },
        leave: (all) => (leaving = all),
      });
      if (leaving.includes(".wavegate/locks")) removeIfEmpty(".wavegate/locks");
      const inState = [...files.keys(), ...folders].filter((path) => path.startsWith(".wavegate/"));
      if (leaving.includes(IGNORE) && inState.length === 1) files.delete(IGNORE);
      if (leaving.includes(".wavegate")) removeIfEmpty(".wavegate");
      return result;
    },
  };
  const snapshot = () => ({
    files: [...files].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    folders: [...new Set([...folders, ...[...files.keys()].flatMap(foldersOf)])].toSorted(),
  });
  return { tree, files, folders, room, snapshot };
}
