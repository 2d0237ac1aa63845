import { z } from "zod";
import type { Dependency } from "../model.ts";
import type { ReadLock } from "./read-npm-lock.ts";

/** Lockfiles of Python and PHP that are JSON. Each throws when the text is not JSON or not such a file. */

const pipEntry = z.looseObject({
  version: z.string().optional(),
  index: z.string().optional(),
});
const pipfile = z.looseObject({
  _meta: z.looseObject({
    sources: z.array(z.looseObject({ name: z.string(), url: z.string() })).default([]),
  }),
});

/** `Pipfile.lock`: `default`, `develop` and the groups that Pipfiles can add; what is not pinned is `unpinned`. */
export function readPipfileLock(text: string): ReadLock {
  const { _meta: meta, ...groups } = pipfile.parse(JSON.parse(text));
  const plain = new Set(
    meta.sources.filter(({ url }) => /^http:\/\//i.test(url)).map(({ name }) => name),
  );
  const [first] = meta.sources;
  const packages: Dependency[] = [];
  const unencrypted = new Set<string>();
  for (const group of Object.values(groups)) {
    const entries = z.record(z.string(), z.unknown()).safeParse(group);
    for (const [name, value] of Object.entries(entries.success ? entries.data : {})) {
      const entry = pipEntry.safeParse(value);
      if (!entry.success) continue;
      packages.push({ name, version: entry.data.version?.replace(/^==/, "") ?? "unpinned" });
      if (plain.has(entry.data.index ?? first?.name ?? "")) unencrypted.add(name);
    }
  }
  return { packages, unencrypted: [...unencrypted] };
}

const address = z.looseObject({ url: z.string().optional() }).nullable().optional();
const composerPackages = z.array(
  z.looseObject({ name: z.string(), version: z.string(), dist: address, source: address }),
);
const composer = z.looseObject({
  packages: composerPackages,
  "packages-dev": composerPackages.nullable().default([]),
});

/** `composer.lock`. */
export function readComposerLock(text: string): ReadLock {
  const read = composer.parse(JSON.parse(text));
  const all = [...read.packages, ...(read["packages-dev"] ?? [])];
  return {
    packages: all.map(({ name, version }) => ({ name, version })),
    unencrypted: all
      .filter(({ dist, source }) => /^http:\/\//i.test(dist?.url ?? source?.url ?? ""))
      .map(({ name }) => name),
  };
}
