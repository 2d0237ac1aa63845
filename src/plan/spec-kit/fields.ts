import { placeOn, type SourceLine } from "../../core/markdown/source-lines.ts";
import type { DeclaredFile } from "../model.ts";

/** What the bullets below a task declare. */
export interface TaskFields {
  readonly files: readonly DeclaredFile[];
  /** The command of `Verify:`. */
  readonly command: string | undefined;
  readonly requirements: readonly string[];
}

const FIELD =
  /^\s{0,5000}(?:[-*+]\s{1,8})?[*_]{0,3}([A-Za-z][A-Za-z ]{0,30}?)[*_]{0,3}\s?:[*_]{0,3}\s{0,20}(.{0,60000})$/u;
const FILES =
  /^(?:files?|files? (?:to )?(?:modify|create|change|touch)|target files?|output files?|modif(?:y|ies)|creates?|reads?)$/iu;
const NESTED = /^\s{0,5000}[-*+]\s{1,8}(\S.{0,2000})$/u;
const COMMAND = /^verify$/iu;
const REQUIRED = /^_{0,2}(?:requirements?|req|leverage requirements)$/iu;
const READ = /\((?:read|read-only|reference|context)\)|^reads?$/iu;
const WRITE =
  /\((?:modify|modified|create|created|new|write|delete|update|extend)[^)]{0,40}\)|modif|creat|^output/iu;
const NO_PATH = /^(?:none|n\/a|-|—)$/iu;

/** Read the fields of a task: `- Files: a.ts (modify), b.ts`, `- **Verify**: \`npm test\``, `_Requirements: 1.1, 2.3_`. */
export function readFields(details: readonly SourceLine[], file: string): TaskFields {
  const files: DeclaredFile[] = [];
  const requirements: string[] = [];
  let command: string | undefined;
  let listing: { readonly indent: number; readonly name: string } | undefined;
  for (const line of details) {
    const indent = line.text.length - line.text.trimStart().length;
    const [, name = "", value = ""] = FIELD.exec(line.text.replace(/_\s*$/, "")) ?? [];
    const nested = NESTED.exec(line.text)?.[1];
    if (listing && nested !== undefined && indent > listing.indent) {
      files.push(...pathsOf(nested, listing.name, line, file).slice(0, 1));
      continue;
    }
    listing = undefined;
    if (FILES.test(name)) {
      files.push(...pathsOf(value, name, line, file));
      if (value.trim() === "") listing = { indent, name };
    } else if (COMMAND.test(name))
      command ??= value.trim().replace(/^`([^`]*)`.*$/, "$1") || undefined;
    else if (REQUIRED.test(name))
      requirements.push(...value.split(/[\s,;_*]{1,8}/).filter((id) => /^\D{0,5}\d/.test(id)));
  }
  return { files, command, requirements };
}

function pathsOf(value: string, name: string, line: SourceLine, file: string): DeclaredFile[] {
  const from = line.text.indexOf(value);
  const found: DeclaredFile[] = [];
  let offset = 0;
  for (const part of value.split(/[,;]/)) {
    const words = part.trim();
    const path =
      words
        .replace(/^`([^`]*)`/, "$1 ")
        .split(/\s/)[0]
        ?.replaceAll(/[`*"']/g, "") ?? "";
    if (path !== "" && !NO_PATH.test(path) && /[./*]|^\p{Lu}\w+file$/u.test(path)) {
      const access =
        READ.test(words) || READ.test(name)
          ? "read"
          : WRITE.test(words) || WRITE.test(name)
            ? "write"
            : undefined;
      found.push({
        path,
        access,
        place: { file, ...placeOn(line, from + offset + Math.max(0, part.indexOf(path))) },
      });
    }
    offset += part.length + 1;
  }
  return found;
}
