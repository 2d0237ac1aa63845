import { createHash, randomUUID } from "node:crypto";
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import path from "node:path";
import { errnoOf, fileFailure } from "./failure.ts";
import { makeHome } from "./folders.ts";
import type { Settings } from "./settings.ts";

/**
 * Make the `native` folder of an npm package usable: with the links npm can't pack, and readable by the account that
 * runs the server. Works in place where it can, else on a copy in our own home. `look` says what a folder gives: the
 * binaries, or as text why not.
 */
export async function prepareNpmBinaries<T extends object>(
  native: string,
  settings: Settings,
  look: (native: string) => Promise<T | string>,
): Promise<T | string> {
  if (await makeLinks(native)) {
    const inPlace = await look(native);
    // As ourselves, a copy would run no better.
    if (typeof inPlace !== "string" || settings.runAs === undefined) return inPlace;
  }
  const copy = await copyOf(native, settings);
  const copied = await look(copy);
  return copied;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The links listed in `pg-symlinks.json`, paths relative to `native`. Those that point elsewhere are left out. */
async function listedLinks(native: string): Promise<readonly Link[]> {
  const text = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const list: unknown = JSON.parse(text);
  return (Array.isArray(list) ? list : [])
    .map((entry: unknown) => {
      const fields: Record<string, unknown> = { ...Object(entry) };
      return { source: inside(fields["source"]), target: inside(fields["target"]) };
    })
    .filter(({ source, target }) => source !== "" && target !== "");
}

function inside(value: unknown): string {
  const full = typeof value === "string" ? path.normalize(value) : "";
  return full.startsWith(`native${path.sep}`) ? full.slice("native".length + 1) : "";
}

/** Make the links that are missing; false where we may not write. Another process doing the same is no problem. */
async function makeLinks(native: string): Promise<boolean> {
  for (const { source, target } of await listedLinks(native)) {
    const at = path.join(native, target);
    if (await lstat(at).catch(() => undefined)) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), at);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === "EACCES" || errno === "EPERM" || errno === "EROFS") return false;
      if (errno !== "EEXIST") throw await fileFailure(error, native);
    }
  }
  return true;
}

/** A copy in our home that everybody can read and run, named by its content, made once. */
async function copyOf(native: string, settings: Settings): Promise<string> {
  const files = (await readdir(native, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(native, path.join(entry.parentPath, entry.name)))
    .toSorted();
  const sizes = await Promise.all(
    files.map(async (file) => `${file} ${(await stat(path.join(native, file))).size}`),
  );
  const key = createHash("sha256").update(sizes.join("\n")).digest("hex").slice(0, 16);
  const base = path.join(settings.home, "binaries");
  const target = path.join(base, key);
  if (await lstat(target).catch(() => undefined)) return target;
  settings.log(
    `Copying the PostgreSQL programs to ${base}, where the server's account can run them`,
  );
  const making = `${target}.${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    await makeHome(settings);
    await mkdir(making, { recursive: true });
    for (const file of files) await copyOne(native, making, file);
    await makeLinks(making);
    for (const folder of [base, making, ...foldersOf(files).map((name) => path.join(making, name))])
      await chmod(folder, 0o755);
    await rename(making, target);
  } catch (error) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
    // Somebody else finished the same copy first.
    if (await lstat(target).catch(() => undefined)) return target;
    throw await fileFailure(error, base);
  }
  return target;
}

const foldersOf = (files: readonly string[]): readonly string[] => {
  const found = new Set<string>();
  for (const file of files)
    for (let at = path.dirname(file); at !== "."; at = path.dirname(at)) found.add(at);
  return [...found];
};

async function copyOne(from: string, to: string, file: string): Promise<void> {
  const target = path.join(to, file);
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(path.join(from, file), target);
  const runs = file.startsWith(`bin${path.sep}`) || /\.(?:so|dylib|dll)(?:\.|$)/.test(file);
  await chmod(target, runs ? 0o755 : 0o644);
}
