import { lstat, readdir, readFile, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { ensureFolderIn, PRIVATE_FILE } from "../shared/state-folder.ts";
import { writeAtomic } from "../shared/write-atomic.ts";

/** Folders of ours for one repository, each for its owner only. Agents get one folder of `work` each, and nothing else. */
export interface Layout {
  /** Real path. */
  readonly root: string;
  readonly work: string;
  /** Git folders of ours, by workspace. */
  readonly own: string;
  readonly registry: string;
  readonly locks: string;
  /** What is about to be deleted. */
  readonly trash: string;
  readonly cache: string;
}

export async function ensureLayout(root: string, repository: string): Promise<Layout> {
  const own = await ensureFolderIn(root, [repository]);
  const real = await realpath(own);
  const part = (name: string) => ensureFolderIn(real, [name]);
  return {
    root: real,
    work: await part("work"),
    own: await part("git"),
    registry: await part("registry"),
    locks: await part("locks"),
    trash: await part("trash"),
    cache: await part("cache"),
  };
}

const attempt = z.object({ runId: z.string(), task: z.string(), attempt: z.number() });

const folderIdentity = z.object({ dev: z.string(), ino: z.string() });

const entry = z.object({
  version: z.literal(1),
  id: z.string(),
  mode: z.enum(["read", "write"]),
  base: z.string(),
  folder: z.string(),
  ports: z.array(z.number()),
  /** Paths that the recipe made and git does not ignore: they are no work of an agent. */
  provided: z.array(z.string()),
  /** Who works in it: one attempt, or those that read. */
  users: z.array(attempt),
  /** Identity of the folder once it is made whole; null until then: nobody has worked in it. */
  made: folderIdentity.nullable(),
  /** Identity of the folder that is being made; null before there is one. */
  making: folderIdentity.nullable().default(null),
  /** Whether an agent was let in. */
  entered: z.boolean().default(false),
});

/** What is known of a workspace: only what stands here was made by us. */
export type Entry = z.infer<typeof entry>;

const fileOf = (layout: Layout, id: string): string => path.join(layout.registry, `${id}.json`);

/** Undefined where there is none; what can't be read as one is an error, as nothing may be done on a guess. */
export async function readEntry(layout: Layout, id: string): Promise<Entry | undefined> {
  const text = await readFile(fileOf(layout, id), "utf8").catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
  return text === undefined ? undefined : entry.parse(JSON.parse(text));
}

export const writeEntry = (layout: Layout, made: Entry): Promise<void> =>
  writeAtomic(fileOf(layout, made.id), Buffer.from(`${JSON.stringify(made, null, 2)}\n`), {
    mode: PRIVATE_FILE,
  });

export const removeEntry = (layout: Layout, id: string): Promise<void> =>
  onDisk(fileOf(layout, id), undefined, () => rm(fileOf(layout, id), { force: true }));

export async function allEntries(layout: Layout): Promise<readonly Entry[]> {
  const names = (await readdir(layout.registry)).filter((name) => name.endsWith(".json"));
  const entries = await Promise.all(names.map((name) => readEntry(layout, name.slice(0, -5))));
  return entries.filter((one) => one !== undefined);
}

/** Identity of a folder that is none but itself; undefined for links, files and nothing. */
export async function identityOf(folder: string): Promise<NonNullable<Entry["made"]> | undefined> {
  const about = await lstat(folder, { bigint: true }).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
  return about?.isDirectory() ? { dev: `${about.dev}`, ino: `${about.ino}` } : undefined;
}

/**
 * What stands where the folder of a workspace is: the very one that was made, below our root by name and by real path; the one that was
 * being made, in which nobody has worked; nothing; or something else, which is not ours.
 */
export async function standing(
  layout: Layout,
  { id, folder, made, making }: Entry,
): Promise<"ours" | "half-made" | "gone" | "replaced"> {
  const there = await lstat(folder).then(
    () => true,
    () => false,
  );
  if (!there) return "gone";
  const isOurs =
    (await isFolder(folder, made ?? making)) &&
    folder === path.join(layout.work, id) &&
    (await realpath(folder)) === folder;
  if (!isOurs) return "replaced";
  return made ? "ours" : "half-made";
}

/** Whether the very folder of that identity is there. */
export async function isFolder(folder: string, identity: Entry["made"]): Promise<boolean> {
  const now = await identityOf(folder);
  return now?.ino === identity?.ino && now?.dev === identity?.dev && now !== undefined;
}
