import type { Dependency } from "../model.ts";

/** Lockfiles that can be read line by line. Each throws when the text holds no sign of its format. */

const PNPM_ENTRY =
  /^ {2}['"]?\/?((?:@[^@/'"\s]{1,100}\/)?[^@/'"\s()]{1,214})[@/](\d[^'":(\s_]{0,100})/;

/** `pnpm-lock.yaml`, versions 5 to 9. */
export function readPnpmLock(text: string): readonly Dependency[] {
  if (!/^lockfileVersion:/m.test(text)) throw new Error("it has no lockfileVersion");
  let inside = false;
  const found: Dependency[] = [];
  for (const line of text.split("\n")) {
    if (/^\S/.test(line)) inside = line.startsWith("packages:");
    const [, name, version] = (inside && PNPM_ENTRY.exec(line)) || [];
    if (name !== undefined && version !== undefined) found.push({ name, version });
  }
  return found;
}

const YARN_HEAD = /^"?((?:@[^@/"\s]{1,100}\/)?[^@/"\s]{1,214})@[^\n]{0,2000}:\s*$/;
const YARN_VERSION = /^ {2}version:?\s+"?([^"\s]{1,100})"?/;

/** `yarn.lock`, version 1 and berry. */
export function readYarnLock(text: string): readonly Dependency[] {
  if (!/^# yarn lockfile v1|^__metadata:/m.test(text)) throw new Error("it is no yarn lockfile");
  let name: string | undefined;
  const found: Dependency[] = [];
  for (const line of text.split("\n")) {
    if (/^\S/.test(line)) name = YARN_HEAD.exec(line)?.[1];
    const version = YARN_VERSION.exec(line)?.[1];
    if (name !== undefined && version !== undefined) {
      if (!version.startsWith("0.0.0-use.local")) found.push({ name, version });
      name = undefined;
    }
  }
  return found;
}

/** `[[package]]` tables of `poetry.lock`, `uv.lock` and `Cargo.lock`. */
export function readTomlLock(text: string): readonly Dependency[] {
  const found: Dependency[] = [];
  let name: string | undefined;
  let inside = false;
  let any = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("[")) {
      inside = line.trim() === "[[package]]";
      any ||= inside || /^\[(?:metadata|options|manifest)\]/.test(line);
      name = undefined;
    }
    const [, key, value] =
      (inside && /^(name|version)\s{0,9}=\s{0,9}"([^"]{1,214})"/.exec(line)) || [];
    if (key === "name") name = value;
    if (key === "version" && name !== undefined && value !== undefined)
      found.push({ name, version: value });
  }
  if (!any && !/^version\s*=/m.test(text)) throw new Error("it has no [[package]] tables");
  return found;
}

/** `requirements.txt`: pinned packages; those without `==` have the version `unpinned`. */
export function readRequirements(text: string): readonly Dependency[] {
  return text.split("\n").flatMap((line) => {
    const [, name, version] =
      /^\s{0,20}([A-Za-z0-9][\w.-]{0,100})(?:\[[^\]]{0,200}\])?\s{0,9}(?:==\s{0,9}([^\s;#,]{1,100}))?/.exec(
        line,
      ) ?? [];
    return name === undefined ? [] : [{ name, version: version ?? "unpinned" }];
  });
}

/** `go.sum`: one entry per module and version, without those of `go.mod` files only. */
export function readGoSum(text: string): readonly Dependency[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const found = lines.flatMap((line) => {
    const [, name, version] = /^(\S{1,300}) (v[^\s/]{1,100}) h1:\S{10,100}\s*$/.exec(line) ?? [];
    return name === undefined || version === undefined ? [] : [{ name, version }];
  });
  if (found.length === 0 && lines.some((line) => !/^\S+ v\S+\/go\.mod h1:/.test(line)))
    throw new Error("no line is a module with its hash");
  return found;
}

/** `Gemfile.lock`: gems of every source, each once for its platforms; those below a remote over plain http are named. */
export function readGemfileLock(text: string): {
  readonly packages: readonly Dependency[];
  readonly unencrypted: readonly string[];
} {
  if (!/^(?:GEM|GIT|PATH|PLATFORMS|DEPENDENCIES)\s*$/m.test(text))
    throw new Error("it has none of the sections of a Gemfile.lock");
  const found = new Map<string, Dependency>();
  const unencrypted = new Set<string>();
  let source = "";
  let plain = false;
  for (const line of text.split("\n")) {
    if (/^\S/.test(line)) [source, plain] = [line.trim(), false];
    if (source === "GEM" || source === "GIT") {
      if (/^ {2}remote:/.test(line)) plain = /^ {2}remote:\s{0,9}http:\/\//i.test(line);
      // the platform stands behind a hyphen: `1.19.2-x86_64-linux-gnu`
      const [, name, version] =
        /^ {4}([\w.-]{1,200}) \(([^\s()-]{1,100})[^\s()]{0,100}\)\s*$/.exec(line) ?? [];
      if (name === undefined || version === undefined) continue;
      found.set(`${name} ${version}`, { name, version });
      if (plain) unencrypted.add(name);
    }
  }
  return { packages: [...found.values()], unencrypted: [...unencrypted] };
}
