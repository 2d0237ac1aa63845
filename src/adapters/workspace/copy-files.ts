import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, writeFile } from "node:fs/promises";
import path from "node:path";
import { WorkspaceError } from "./failure.ts";

/** No file of settings is longer. */
const MAX_BYTES = 16 * 2 ** 20;

/**
 * Copy files by a recipe's rules from the project into a fresh clone of it, and give their paths. What is in the clone
 * already stays. Links are neither followed nor copied, on both sides.
 */
export async function copyFiles(
  rules: readonly string[],
  from: string,
  to: string,
): Promise<readonly string[]> {
  const copied: string[] = [];
  for (const rule of rules)
    for (const name of await matching(rule, from))
      if (await copyOne(from, to, name)) copied.push(name);
  return [...new Set(copied)];
}

/** Paths below the project that a rule means, with `/`. */
async function matching(rule: string, project: string): Promise<readonly string[]> {
  const normal = path.posix.normalize(rule);
  if (path.posix.isAbsolute(normal) || normal.split("/").includes(".."))
    throw new WorkspaceError("bootstrap-failed", `${rule} leads out of the project.`);
  const folder = path.posix.dirname(normal);
  const parts = path.posix.basename(normal).split("*");
  if (parts.length === 1) return [normal];
  const names = await readdir(path.join(project, folder)).catch(() => []);
  return names
    .filter((name) => fits(name, parts))
    .map((name) => path.posix.join(folder, name))
    .toSorted();
}

/** Whether a name is these parts in their order, with anything between. */
function fits(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= name.length;
}

async function copyOne(from: string, to: string, name: string): Promise<boolean> {
  const content = await contentOf(from, name);
  if (content === undefined || name.split("/")[0] === ".git") return false;
  const target = path.join(to, name);
  const parent = path.dirname(target);
  await mkdir(parent, { recursive: true }).catch(() => undefined);
  if ((await realpath(parent).catch(() => undefined)) !== parent) return false;
  if (await lstat(target).catch(() => undefined)) return false;
  await writeFile(target, content, { flag: "wx", mode: 0o600 });
  return true;
}

async function contentOf(project: string, name: string): Promise<Buffer | undefined> {
  const file = path.join(project, name);
  const real = await realpath(path.dirname(file)).catch(() => undefined);
  if (real !== path.dirname(file)) return undefined;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const about = await handle.stat();
    if (!about.isFile()) return undefined;
    if (about.size > MAX_BYTES)
      throw new WorkspaceError("bootstrap-failed", `${name} is too large to be copied.`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
