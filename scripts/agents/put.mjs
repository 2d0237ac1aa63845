import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Write a file and the folders that it lies in. */
export function put(folder, file, text) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}
