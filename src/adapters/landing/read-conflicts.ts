import { oneLine } from "../../core/text.ts";
import { namesIn } from "../shared/git/run-git.ts";

/** What git says of one path that it could not merge. */
export interface Conflict {
  readonly path: string;
  readonly kind: string;
  readonly message: string;
}

const HEADLINE = /^CONFLICT \(([a-z/ ]{1,40})[^)]{0,80}\): /;

/**
 * Read what `git merge-tree --write-tree -z --messages` writes: a tree, entries of the index that are left over, and messages, each with its
 * paths and its kind. `sides`: names that git appends to paths to keep them apart.
 */
export function readConflicts(
  output: Uint8Array,
  sides: readonly string[],
): { readonly tree: string; readonly conflicts: readonly Conflict[] } {
  const fields = fieldsOf(output);
  const tree = fields[0] ?? "";
  const gap = fields.indexOf("", 1);
  const left = fields.slice(1, gap < 0 ? undefined : gap);
  const told = gap < 0 ? [] : messagesIn(fields.slice(gap + 1), sides);
  const isTold = new Set(told.map(({ path }) => path));
  const untold = left
    .map((line) => plainPath(line.slice(line.indexOf("\t") + 1), sides))
    .filter((path) => !isTold.has(path));
  const others = [...new Set(untold)].map((path) => ({
    path,
    kind: "other",
    message: "It is part of a conflict of other paths.",
  }));
  return { tree, conflicts: [...told, ...others] };
}

/** Names that are not UTF-8 are refused: no other name may stand for them. Empty fields stay. */
function fieldsOf(output: Uint8Array): readonly string[] {
  namesIn(output);
  return new TextDecoder("utf-8").decode(output).split("\0");
}

function messagesIn(fields: readonly string[], sides: readonly string[]): readonly Conflict[] {
  const found = new Map<string, Conflict>();
  for (let at = 0; at < fields.length;) {
    const count = Number(fields[at]);
    if (!Number.isSafeInteger(count) || count < 1) break;
    const paths = fields.slice(at + 1, at + 1 + count);
    const [type = "", text = ""] = fields.slice(at + 1 + count, at + 3 + count);
    at += count + 3;
    if (!type.startsWith("CONFLICT")) continue;
    const path = paths.find((name) => plainPath(name, sides) === name) ?? paths[0] ?? "";
    const isBinary = type.includes("binary");
    // A binary file has a second message that says no more.
    if (found.get(path)?.kind === "binary") continue;
    const kind = isBinary ? "binary" : (HEADLINE.exec(text)?.[1]?.trim() ?? "other");
    const message = isBinary
      ? "Both changed it, and it is no text."
      : oneLine(text.replace(HEADLINE, ""), 400);
    found.set(path, { path, kind, message });
  }
  return [...found.values()];
}

/** `a~landed` stands for `a` where a folder is in its way. */
const plainPath = (path: string, sides: readonly string[]): string => {
  const side = sides.find((name) => path.endsWith(`~${name}`));
  return side === undefined ? path : path.slice(0, -side.length - 1);
};
