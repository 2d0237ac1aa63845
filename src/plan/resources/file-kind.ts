import type { ResourceKind } from "./model.ts";

/** What a declared path is: a glob has `*`, `?` or braces, a folder ends with `/`. */
export function fileKind(path: string): Exclude<ResourceKind, "other"> {
  if (/[*?]|\{[^}]{0,200},/.test(path)) return "glob";
  if (path.endsWith("/")) return "folder";
  return "file";
}
