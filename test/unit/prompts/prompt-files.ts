import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = path.resolve(import.meta.dirname, "../../../prompts");

/** The files of the package's `prompts/`, by `folder/name`, without the line end that closes a file. */
export const promptFiles = (): readonly (readonly [name: string, text: string])[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) =>
      readdirSync(path.join(FOLDER, folder)).map((file): readonly [string, string] => [
        `${folder}/${path.basename(file, ".md")}`,
        readFileSync(path.join(FOLDER, folder, file), "utf8").replace(/\n$/, ""),
      ]),
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
