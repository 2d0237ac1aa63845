import { z } from "zod";
import type { Dependency } from "../model.ts";

const entry = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
});
const lock = z.looseObject({
  packages: z.record(z.string(), z.unknown()).optional(),
  dependencies: z.record(z.string(), z.unknown()).optional(),
});

/** Deepest nesting of version 1 lockfiles that is followed. */
const MAX_DEPTH = 40;

export interface ReadLock {
  readonly packages: readonly Dependency[];
  readonly unencrypted: readonly string[];
}

/** `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3. Throws when it is not JSON or not such a file. */
export function readNpmLock(text: string): ReadLock {
  const read = lock.parse(JSON.parse(text));
  const found: [string, z.infer<typeof entry>][] = [];
  if (read.packages) {
    for (const [place, value] of Object.entries(read.packages)) {
      const at = place.lastIndexOf("node_modules/");
      const one = entry.safeParse(value);
      if (at >= 0 && one.success && one.data.link !== true)
        found.push([place.slice(at + "node_modules/".length), one.data]);
    }
  } else if (read.dependencies) collect(read.dependencies, found, 0);
  else throw new Error("it has neither packages nor dependencies");
  return {
    packages: found.map(([name, { version }]) => ({ name, version: version ?? "unknown" })),
    unencrypted: found
      .filter(([, { resolved }]) => resolved?.startsWith("http://") === true)
      .map(([name]) => name),
  };
}

function collect(
  dependencies: Readonly<Record<string, unknown>>,
  found: [string, z.infer<typeof entry>][],
  depth: number,
): void {
  for (const [name, value] of Object.entries(dependencies)) {
    const one = entry.safeParse(value);
    if (!one.success) continue;
    found.push([name, one.data]);
    const below = z.record(z.string(), z.unknown()).safeParse(one.data["dependencies"]);
    if (below.success && depth < MAX_DEPTH) collect(below.data, found, depth + 1);
  }
}
