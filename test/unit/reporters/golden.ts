import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const FOLDER = path.resolve(import.meta.dirname, "../../golden/cli");

/** What a file of `test/golden/cli` holds; `UPDATE_GOLDEN=1` writes `text` to it first. */
export function golden(name: string, text: string): string {
  const file = path.join(FOLDER, name);
  if (process.env["UPDATE_GOLDEN"]) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  return readFileSync(file, "utf8");
}
