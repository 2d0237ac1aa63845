import { lstat, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../core/disk-error.ts";
import { leadsOut } from "../../core/leads-out.ts";
import type { Seen } from "../../integrations/changes.ts";
import { digestOf } from "../shared/digest.ts";
import { isMissing } from "../shared/disk-error.ts";

/** Longer ones are none of those that `init` deals with: their text is not read in. */
const MAX_TEXT_BYTES = 1_000_000;

/**
 * What is at a path of the project, given with slashes. Links among its folders are followed while they stay inside;
 * a link in the place of the file itself is not.
 */
export async function lookAt(root: string, asked: string): Promise<Seen> {
  try {
    return await walk(await realpath(root), asked);
  } catch (cause) {
    return { kind: "blocked", path: asked, why: `it can't be read (${systemCode(cause) ?? "?"})` };
  }
}

async function walk(root: string, asked: string): Promise<Seen> {
  const names = asked.split("/");
  const blocked = (why: string): Seen => ({ kind: "blocked", path: asked, why });
  let folder = root;
  for (const [at, name] of names.slice(0, -1).entries()) {
    const next = path.join(folder, name);
    const shown = names.slice(0, at + 1).join("/");
    const about = await lstatIfThere(next);
    if (!about) return missing(root, folder, names.slice(at));
    if (about.isDirectory()) {
      folder = next;
      continue;
    }
    if (!about.isSymbolicLink()) return blocked(`${shown} is not a folder`);
    const target = await realpath(next).catch(() => undefined);
    if (target === undefined) return blocked(`${shown} is a link to something missing`);
    const inside = path.relative(root, target);
    if (leadsOut(inside, path.sep) || path.isAbsolute(inside))
      return blocked(`${shown} is a link that leads out of the project`);
    if (!(await lstat(target)).isDirectory()) return blocked(`${shown} is not a folder`);
    folder = target;
  }
  return lookAtFile(root, path.join(folder, names.at(-1) ?? ""), blocked);
}

async function lookAtFile(
  root: string,
  file: string,
  blocked: (why: string) => Seen,
): Promise<Seen> {
  const about = await lstatIfThere(file);
  const own = fromRoot(root, file);
  if (!about) return { kind: "missing", path: own, folders: [] };
  if (about.isSymbolicLink()) return blocked("a link of this name is there");
  if (about.isDirectory()) return blocked("a folder of this name is there");
  if (!about.isFile()) return blocked("something that is no file is there");
  const bytes = await readFile(file);
  return { kind: "file", path: own, digest: digestOf(bytes), text: textOf(bytes) };
}

function missing(root: string, folder: string, names: readonly string[]): Seen {
  const at = (count: number) => fromRoot(root, path.join(folder, ...names.slice(0, count)));
  return {
    kind: "missing",
    path: at(names.length),
    folders: names.slice(0, -1).map((_name, index) => at(index + 1)),
  };
}

const fromRoot = (root: string, file: string) =>
  path.relative(root, file).split(path.sep).join("/");

const lstatIfThere = (file: string) =>
  lstat(file).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });

/** Undefined where writing the text again would give other bytes. */
function textOf(bytes: Buffer): string | undefined {
  if (bytes.byteLength > MAX_TEXT_BYTES) return undefined;
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
