import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** Real files beside the project; tests that read them are skipped where they are absent. */
export const SAMPLES = path.resolve("../shared/samples");

/** All sample files in a folder whose name ends so, sorted. */
export function samples(folder: string, ending: string): readonly string[] {
  const root = path.join(SAMPLES, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(root, file))
    .toSorted();
}
