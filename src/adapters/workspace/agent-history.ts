import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import path from "node:path";
import { alternatesText } from "../shared/git/git-folder.ts";

/** What a clone's git folder says of the agent's own commits, read as text: no git runs on it. */
export interface AgentHistory {
  /** Ids that HEAD, refs and the log of HEAD name; HEAD's first. Nothing is known of what they are ids of. */
  readonly ids: readonly string[];
  /** What is not as it was made, as ends of sentences; then there are no ids. */
  readonly tampered: readonly string[];
}

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const MAX_TEXT = 2 ** 20;
/** Refs and log entries that are read. */
const MAX_IDS = 200;
const MAX_DEPTH = 6;

/** Read it, unless the folder was replaced, or its objects could come from elsewhere. `objects`: the user's. */
export async function readAgentHistory(workspace: string, objects: string): Promise<AgentHistory> {
  const git = path.join(workspace, ".git");
  const tampered = await differences(git, objects);
  if (tampered.length > 0) return { ids: [], tampered };
  const head = (await textOf(path.join(git, "HEAD")))?.trim() ?? "";
  const [, ref] = /^ref: (refs\/\S+)$/.exec(head) ?? [];
  const refs = new Map([...(await packed(git)), ...(await loose(git, "refs", 0))]);
  const logged = ((await textOf(path.join(git, "logs", "HEAD"))) ?? "")
    .split("\n")
    .slice(-MAX_IDS)
    .map((line) => line.split(" ")[1] ?? "");
  const ids = [ref === undefined ? head : (refs.get(ref) ?? ""), ...refs.values(), ...logged];
  const known = [...new Set(ids.filter((id) => ID.test(id) && !/^0+$/.test(id)))];
  return { ids: known.slice(0, MAX_IDS), tampered: [] };
}

async function differences(git: string, objects: string): Promise<readonly string[]> {
  const kind = async (...part: readonly string[]) =>
    lstat(path.join(git, ...part)).catch(() => undefined);
  if (!(await kind())?.isDirectory()) return [".git is no folder any more"];
  const found: string[] = [];
  for (const folder of ["objects", "objects/info", "refs"])
    if (!(await kind(folder))?.isDirectory()) found.push(`.git/${folder} is no folder any more`);
  if (found.length > 0) return found;
  if (await kind("commondir")) found.push(".git/commondir leads to another repository");
  if ((await textOf(path.join(git, "objects", "info", "alternates"))) !== alternatesText([objects]))
    found.push(".git/objects/info/alternates leads to other objects");
  const entries = await readdir(path.join(git, "objects"), { withFileTypes: true });
  if (entries.some((entry) => !entry.isDirectory()))
    found.push(".git/objects has something that is no folder");
  return found;
}

async function packed(git: string): Promise<readonly (readonly [string, string])[]> {
  const text = (await textOf(path.join(git, "packed-refs"))) ?? "";
  return text
    .split("\n")
    .filter((line) => !/^[#^]/.test(line))
    .map((line) => {
      const [id = "", name = ""] = line.split(" ");
      return [name, id] as const;
    });
}

async function loose(
  git: string,
  folder: string,
  depth: number,
): Promise<readonly (readonly [string, string])[]> {
  if (depth > MAX_DEPTH) return [];
  const entries = await readdir(path.join(git, folder), { withFileTypes: true }).catch(() => []);
  const found: (readonly [string, string])[] = [];
  for (const entry of entries.slice(0, MAX_IDS)) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await loose(git, name, depth + 1)));
    else found.push([name, ((await textOf(path.join(git, name))) ?? "").trim()]);
  }
  return found;
}

/** The text of a small regular file; links are not followed, pipes not waited for. */
async function textOf(file: string): Promise<string | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const about = await handle.stat();
    return about.isFile() && about.size <= MAX_TEXT ? await handle.readFile("utf8") : undefined;
  } finally {
    await handle.close();
  }
}
