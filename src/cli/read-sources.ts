import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";

/** Largest file of which lines are shown. */
const MAX_SOURCE_BYTES = 4_000_000;

/** The files that diagnostics speak of, by name from `folder`, as far as they can be read: their lines are an extra. */
export async function readSources(
  diagnostics: readonly Diagnostic[],
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const sources: Record<string, string> = {};
  for (const file of new Set(diagnostics.map(({ place }) => place.file))) {
    const text = await readSource(path.resolve(folder, file));
    if (text !== undefined) sources[file] = text;
  }
  return sources;
}

async function readSource(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > MAX_SOURCE_BYTES ? undefined : await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
