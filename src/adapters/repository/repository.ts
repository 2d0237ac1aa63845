import { realpath } from "node:fs/promises";
import type { Repository, RepositoryLimits } from "../../ports/repository.ts";
import { COVERAGE_PATHS } from "../../repository/coverage-figures/read-coverage.ts";
import { kindOfFile } from "../../repository/kind-of-file.ts";
import type { LeftOut, RepositoryFile, RepositoryListing } from "../../repository/model.ts";
import { gitFiles } from "./git-files.ts";
import { projectFileReader } from "./read-project-file.ts";
import { walkFiles } from "./walk-files.ts";

const LIMITS: RepositoryLimits = {
  maxFiles: 50_000,
  maxFileBytes: 2 ** 20,
  maxBytes: 48 * 2 ** 20,
};
/** Lockfiles and coverage grow larger than what people write. */
const MAX_LOCKFILE_BYTES = 8 * 2 ** 20;
const MAX_EXAMPLES = 5;
/** Files that are opened at once. */
const AT_ONCE = 16;

/** Wavegate's own state is not the project's. */
const OWN = /^\.wavegate\//;

/**
 * The files of a project on disk: through git where it is there, else by walking. Binary files only count.
 *
 * @param root absolute path of the project
 */
export function createRepository({ root }: { readonly root: string }): Repository {
  return {
    async read(given) {
      const limits = { ...LIMITS, ...given };
      const real = await realpath(root);
      const listed = await listFiles(real, limits.maxFiles);
      const gathered = await gather(projectFileReader(real), listed.paths, limits);
      return { ...listed.about, ...gathered, leftOut: [...listed.leftOut, ...gathered.leftOut] };
    },
  };
}

interface Listed {
  readonly paths: readonly string[];
  readonly about: Pick<RepositoryListing, "source" | "note" | "complete">;
  readonly leftOut: readonly LeftOut[];
}

async function listFiles(root: string, maxFiles: number): Promise<Listed> {
  const asked = await gitFiles(root);
  if (!asked.ok) {
    const { paths, complete, skipped } = await walkFiles(root, maxFiles);
    const about = { source: "walk", note: asked.error, complete } as const;
    const tooMany = complete
      ? []
      : [{ reason: `more than ${maxFiles} files`, count: 1, examples: [] }];
    return {
      paths,
      about,
      leftOut: [...tooMany, ...group(skipped, "build output or other people's code")],
    };
  }
  const own = asked.value.filter((path) => !OWN.test(path)).toSorted();
  const complete = own.length <= maxFiles;
  return {
    // coverage is usually ignored by git, and still wanted where it is
    paths: [...new Set([...own.slice(0, maxFiles), ...COVERAGE_PATHS])],
    about: { source: "git", note: null, complete },
    leftOut: group(own.slice(maxFiles), `more than ${maxFiles} files`),
  };
}

/** What matters most is read first, in case not all can be. */
const RANK = { document: 0, lockfile: 1, source: 2, test: 3, other: 4, generated: 5 } as const;

async function gather(
  read: ReturnType<typeof projectFileReader>,
  paths: readonly string[],
  limits: RepositoryLimits,
): Promise<Pick<RepositoryListing, "files" | "leftOut">> {
  const files: RepositoryFile[] = [];
  const reasons = new Map<string, string[]>();
  const leave = (reason: string, path: string) => {
    const list = reasons.get(reason);
    if (list) list.push(path);
    else reasons.set(reason, [path]);
  };
  let room = limits.maxBytes;
  const ordered = paths.toSorted((a, b) => RANK[kindOfFile(a)] - RANK[kindOfFile(b)]);
  for (let at = 0; at < ordered.length; at += AT_ONCE) {
    const some = ordered.slice(at, at + AT_ONCE);
    const found = await Promise.all(
      some.map(async (path) => ({
        path,
        read: await read(path, Math.min(room, mostOf(path, limits))),
      })),
    );
    for (const { path, read: one } of found) {
      if ("leftOut" in one) {
        if (one.leftOut !== "deleted") leave(one.leftOut, path);
        // a name whose bytes are no text cannot be asked for again
        else if (path.includes("\ufffd")) leave("a name that is not UTF-8", path);
        continue;
      }
      const fits = one.content !== undefined && one.bytes <= room;
      if (!fits)
        leave(
          one.bytes > mostOf(path, limits) ? "too large to read" : "no room left for its text",
          path,
        );
      const text = fits && one.content ? textOf(one.content) : undefined;
      if (text !== undefined) room -= one.bytes;
      files.push({ path, bytes: one.bytes, ...(text === undefined ? {} : { text }) });
    }
  }
  return {
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    leftOut: [...reasons].flatMap(([reason, list]) => group(list, reason)),
  };
}

const mostOf = (path: string, { maxFileBytes }: RepositoryLimits): number =>
  kindOfFile(path) === "lockfile" || COVERAGE_PATHS.includes(path)
    ? Math.max(maxFileBytes, MAX_LOCKFILE_BYTES)
    : maxFileBytes;

const group = (paths: readonly string[], reason: string): readonly LeftOut[] =>
  paths.length === 0
    ? []
    : [{ reason, count: paths.length, examples: paths.slice(0, MAX_EXAMPLES) }];

/** UTF-8 text; undefined for what is binary. */
function textOf(content: Buffer): string | undefined {
  if (content.subarray(0, 8_192).includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
