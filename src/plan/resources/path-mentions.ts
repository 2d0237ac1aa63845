import { expandBraces } from "./expand-braces.ts";
import { baseName, isHost, isProjectRoot, isSystemPath, namesFile } from "./file-words.ts";

/** A path that a text names. */
export interface PathMention {
  /** With `/`, without `./`, `../`, `@/` in front and line numbers behind; a folder ends with `/`. */
  readonly path: string;
  readonly kind: "file" | "glob" | "folder";
  /** Where it stands in the text, in UTF-16 units; several of one place come from braces. */
  readonly offset: number;
  readonly end: number;
  /** `command`: a word of a code span with several, such as `npx vitest run a.test.ts`. */
  readonly form: "code" | "command" | "plain";
  /** What the path was relative to: the project, as far as can be told; a folder above (`../`); an alias (`@/`). */
  readonly base: "project" | "above" | "alias";
}

/** Longest word that is looked at. */
const MAX_WORD = 400;
/** A code span, or a word outside of one. Each try ends after `MAX_WORD` characters. */
const WORDS = new RegExp(`\`{1,3}([^\`\\n]{1,${MAX_WORD}})\`{1,3}|[^\\s\`]{1,${MAX_WORD}}`, "g");
/** What all paths have; most words don't. */
const LIKE_A_PATH = /[./\\*]|file|LICENSE|NOTICE|CODEOWNERS/;
const NO_PATH = /:\/\/|^(?:mailto|data):|^www\./i;
/** Words inside a code span. */
const INNER = /\S+/g;
/** What stands between two paths without a space. Inside of braces a comma is part of the path. */
const SPLITS = "\"',;|“”„‘’«»→⇒=&<>";
const MAY_SPLIT = new RegExp(`[${SPLITS}(\\]]`);
/** `src/{models, services}/`. */
const SPACED_BRACES = /\{[\w./*-]{1,60}(?:, ?[\w./*-]{1,60}){1,12}\}/g;
const closeUp = (braces: string): string => braces.replaceAll(", ", ",\0");
const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s/;

/**
 * Paths of files, folders and globs that a text names, in code spans and outside, in the order of the text. URLs, versions,
 * products (`Next.js`), ids, MIME types, routes and packages are none. Linear in the text.
 */
export function pathMentionsIn(text: string): readonly PathMention[] {
  const found: PathMention[] = [];
  if (!LIKE_A_PATH.test(text)) return found;
  const joined = text.includes("{") ? text.replace(SPACED_BRACES, closeUp) : text;
  for (const match of joined.matchAll(WORDS)) {
    const [whole, code] = match;
    if (code === undefined) take(whole, match.index, "plain", found);
    else if (!METHOD.test(code)) {
      const start = match.index + whole.indexOf(code);
      const words = [...code.matchAll(INNER)];
      for (const word of words)
        take(word[0], start + word.index, words.length > 1 ? "command" : "code", found);
    }
  }
  return found;
}

/** Add the paths in a word without spaces. */
function take(word: string, offset: number, form: PathMention["form"], found: PathMention[]): void {
  if (!LIKE_A_PATH.test(word) || word.length >= MAX_WORD || NO_PATH.test(word)) return;
  for (const [piece, at] of pieces(form === "plain" ? word : placeholders(word))) {
    const [path, skipped] = bare(piece);
    if (path === "") continue;
    const start = offset + at + skipped;
    for (const each of expandBraces(path).flatMap(apart)) {
      const mention = asMention(each, form);
      if (!mention) continue;
      const { path: named, kind, base } = mention;
      found.push({ path: named, kind, offset: start, end: start + path.length, form, base });
    }
  }
}

/** `spec.md/plan.md` are two files. */
function apart(path: string): readonly string[] {
  const names = path.split("/");
  const files =
    names.length > 1 &&
    names.every((name) => !name.startsWith(".") && namesFile(name, false, false));
  return files ? names : [path];
}

/** `<name>` in code stands for some name; of the same length, so that offsets stay. */
const placeholders = (word: string): string =>
  word.replace(/<[\w -]{1,40}>/g, (placeholder) => "*".padEnd(placeholder.length, "\0"));

/** The parts of a word, with where they begin. */
function pieces(word: string): readonly (readonly [string, number])[] {
  if (!MAY_SPLIT.test(word)) return [[word, 0]];
  const parts: [string, number][] = [];
  let depth = 0;
  let start = 0;
  const cut = (at: number, next: number) => {
    if (at > start) parts.push([word.slice(start, at), start]);
    start = next;
  };
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (char === "{") depth++;
    else if (char === "}") depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (SPLITS.includes(char)) cut(at, at + 1);
    else if (char === "]" && word[at + 1] === "(") cut(at, at + 2);
    else if (char === "(" && at > start && word[at - 1] !== "/" && word[at - 1] !== "(")
      cut(at, at + 1);
  }
  cut(word.length, word.length);
  return parts;
}

const OPENING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const count = (text: string, char: string): number => text.split(char).length - 1;

/** Nothing around it and nothing behind it, as most paths are. */
const BARE = /^[A-Za-z0-9/.@~][\w./@-]*[A-Za-z0-9/]$/;

/** A piece without what surrounds it and the line behind it; and how much was taken off its front. */
function bare(piece: string): readonly [string, number] {
  if (BARE.test(piece)) return [piece, 0];
  let start = 0;
  let end = piece.length;
  const rest = () => piece.slice(start, end);
  for (let again = true; again && start < end;) {
    again = false;
    const first = piece.charAt(start);
    const last = piece.charAt(end - 1);
    const closing = CLOSING[first];
    const opening = OPENING[last];
    const emphasis = first === "*" && !/^(?:\*\*?\/|\*\.(?!\/))/.test(rest());
    if (emphasis || (closing && count(rest(), first) > count(rest(), closing))) start++;
    else if (/[.,;:!?…\0]/.test(last)) end--;
    else if (opening && count(rest(), last) > count(rest(), opening)) end--;
    else if (last === "*" && !/[/*.-]\*{1,2}$/.test(rest())) end--;
    else if (last === "*" && /[^/*]\*\*$/.test(rest())) end -= 2;
    else if (first === "(" && last === ")" && !rest().includes(")/"))
      [start, end] = [start + 1, end - 1];
    else if (first === "_" && last === "_" && end - start > 2) [start, end] = [start + 1, end - 1];
    else if (last === "_" && /\.[a-z]{1,9}_$/.test(rest())) end--;
    else continue;
    again = true;
  }
  const text = rest();
  const drive = /^[A-Za-z]:\\/.test(text) ? 2 : 0;
  const found = text.slice(drive).search(/[:#]/);
  const location = found < 0 ? found : found + drive;
  if (location < 0) return [text, start];
  // `follows/:id/route` is a route
  if (location < 2 || text[location - 1] === "/") return ["", start];
  return [text.slice(0, location), start];
}

const SEGMENTS = /^[\p{L}\p{N}\p{M}_.@$()[\]+~*?-]+(?:\/[\p{L}\p{N}\p{M}_.@$()[\]+~*?-]+)*$/u;
const WINDOWS = /^(?:[A-Za-z]:)?\\?[\w.@-]{1,100}(?:\\[\w.@-]{1,100}){1,20}\\?$/;

function asMention(
  written: string,
  form: PathMention["form"],
): Pick<PathMention, "path" | "kind" | "base"> | undefined {
  const [path, base] = relative(written.replaceAll("\0", ""));
  if (path === "" || path.length > 300) return undefined;
  const folder = path.endsWith("/");
  const joined = folder ? path.slice(0, -1) : path;
  if (!SEGMENTS.test(joined)) return undefined;
  const segments = joined.split("/");
  const [first = ""] = segments;
  const name = segments.at(-1) ?? "";
  if (segments.length > 1 && isHost(first)) return undefined;
  if (segments.includes("..") || path.startsWith("path/to/")) return undefined;
  const inCode = form !== "plain";
  const many = segments.length > 1;
  if (/[*?]/.test(path) || segments.includes("...")) return asGlob(segments, folder, base);
  if (folder) {
    if (!/[\p{L}\p{N}]/u.test(name)) return undefined;
    return many || inCode || isProjectRoot(name) ? { path, kind: "folder", base } : undefined;
  }
  if (!many && /[()$]/.test(name)) return undefined;
  if (namesFile(name, many, inCode)) return { path, kind: "file", base };
  if (base === "alias" && many) return { path, kind: "file", base };
  if (many && isProjectRoot(first) && (inCode || !/^[A-Z]/.test(name)) && isFolderLike(segments))
    return { path: `${path}/`, kind: "folder", base };
  return undefined;
}

const HOLDS_PARTS = /^(?:apps|packages|services|modules|libs|crates|src|cmd|internal|pkg|\..*)$/;

/** `client/server` and `docs/tests` are alternatives. */
const isFolderLike = (segments: readonly string[]): boolean =>
  !(
    segments.length === 2 &&
    segments.every(isProjectRoot) &&
    !HOLDS_PARTS.test(segments[0] ?? "")
  ) && segments.every((segment) => /^[\w.@()[\]$-]+$/.test(segment) && !/^\d+$/.test(segment));

function asGlob(
  segments: readonly string[],
  folder: boolean,
  base: PathMention["base"],
): Pick<PathMention, "path" | "kind" | "base"> | undefined {
  const plain = segments.map((segment) => (segment === "..." ? "**" : segment));
  const name = plain.at(-1) ?? "";
  const fixed = plain.some((segment) => /^[\w.@-]*[A-Za-z]{2}[\w.@-]*$/.test(segment));
  // `a?`, `**`, `x*y` are no files; `src/**`, `*.ts` and `src/*/index.ts` are
  const named = namesFile(name.replace(/[*?]+/g, "x"), true, true);
  if (!(named || (fixed && plain.length > 1))) return undefined;
  if (/\?/.test(name) && plain.length === 1) return undefined;
  return { path: plain.join("/") + (folder ? "/**" : ""), kind: "glob", base };
}

/** Take off what a path is relative to, and write it with `/`. */
function relative(written: string): readonly [string, PathMention["base"]] {
  let path = written;
  if (path.includes("\\")) {
    path = path.replace(/(?<=\w)\\(?=[_*[\]])/g, "");
    if (WINDOWS.test(path)) path = path.replace(/^[A-Za-z]:\\?/, "").replaceAll("\\", "/");
    if (path.includes("\\")) return ["", "project"];
  }
  if (isSystemPath(path)) return ["", "project"];
  const plain = path.startsWith("./") ? path.replace(/^(?:\.\/)+/, "") : path;
  const above = plain.startsWith("../") ? plain.replace(/^(?:\.\.\/)+/, "") : plain;
  if (above !== plain) return [above, "above"];
  // `~/.config` is at home, `~/components` in the project
  if (plain.startsWith("~/.")) return ["", "project"];
  if (/^[@~]\//.test(plain)) return [plain.slice(2), "alias"];
  if (!plain.startsWith("/"))
    return [plain.includes("//") ? plain.replace(/\/{2,}/g, "/") : plain, "project"];
  // `/auth/me` is a route, `/src/a.ts` a file
  return [namesFile(baseName(plain), true, true) ? plain.slice(1) : "", "project"];
}
