import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import path from "node:path";
import { err, ok, type Result } from "../../core/result.ts";
import type { ReadPrompt } from "../../stage/config/check-prompts.ts";
import type { FoundPrompt, ReadPromptFolder } from "../../stage/config/prompt-folder.ts";
import { readTextFile } from "./read-text-file.ts";

/** Longest prompt file, in bytes. */
const MAX_PROMPT = 131_072;
/** Most files in a folder of prompts, and how deep they are looked for. */
const MAX_FILES = 500;
const MAX_DEPTH = 3;

/** Prompt files lie in the project, links followed. */
export const promptsIn =
  (root: string): ReadPrompt =>
  (file) => {
    try {
      const real = insideOf(root, file);
      if (!real.ok) return real;
      const text = readTextFile(real.value, MAX_PROMPT);
      return text.ok && text.value.trim() === "" ? err("it is empty") : text;
    } catch {
      return err("there is no such file");
    }
  };

/** The folder of prompts of a project. Hidden files and a README.md in any of its folders are no prompts. */
export const promptFolderIn =
  (root: string): ReadPromptFolder =>
  (folder) => {
    const read = promptsIn(root);
    try {
      const real = insideOf(root, folder);
      if (!real.ok) return real;
      if (!statSync(real.value).isDirectory()) return err("it is no folder");
      const names = [...namesIn(real.value, "", 1)];
      if (names.length > MAX_FILES) return err(`it has more than ${MAX_FILES} files`);
      return ok(
        names.toSorted().map((name): FoundPrompt => {
          const file = `${folder.replace(/\/+$/, "")}/${name}`;
          return { file, name, text: read(file) };
        }),
      );
    } catch (cause) {
      return cause instanceof Error && "code" in cause && cause.code === "ENOENT"
        ? undefined
        : err(cause instanceof Error ? cause.message : String(cause));
    }
  };

/** Where a path of the project really is, if that is in the project. Throws where nothing is. */
function insideOf(root: string, file: string): Result<string, string> {
  const home = realpathSync(root);
  const real = realpathSync(path.resolve(root, file));
  return real.startsWith(home + path.sep) ? ok(real) : err("it lies outside the project");
}

/** Files below a folder, `/` between the parts; those that lie too deep by the name of their folder. */
function* namesIn(folder: string, prefix: string, depth: number): Generator<string> {
  const entries: Dirent[] = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries) {
    const name = `${prefix}${entry.name}`;
    if (entry.name.startsWith(".") || entry.name === "README.md") continue;
    if (entry.isDirectory() && depth < MAX_DEPTH)
      yield* namesIn(path.join(folder, entry.name), `${name}/`, depth + 1);
    else yield name;
  }
}
