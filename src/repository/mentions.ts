import { idsIn, lineFinder } from "./ids-in.ts";

const HASH_COMMENTS = /\.(?:py|rb|sh|bash|zsh|r|pl|pm|ex|exs|jl|nim|ps1|ya?ml|toml)$/i;
const TITLE =
  /(?:\b(?:it|test|describe|context|suite|specify|scenario|step|t\.Run|xit|fit)(?:\.\w+)*\s{0,3}\(|\bdef test_|\bfunc Test|\bScenario(?: Outline)?:|@(?:tag|tags|req|requirement|covers|DisplayName)\b)/i;

/** First line of a source or test file that names each of the given ids, in a comment or in the title of a test. */
export function mentionsIn(
  path: string,
  text: string,
  known: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (known.size === 0 || text.length > 2_000_000) return found;
  const lines = text.split("\n");
  const lineOf = lineFinder(text);
  for (const { id, offset } of idsIn(text)) {
    if (!known.has(id) || found.has(id)) continue;
    const number = lineOf(offset);
    const line = lines[number - 1] ?? "";
    const start = text.lastIndexOf("\n", offset - 1) + 1;
    if (speaksOf(path, line.slice(0, 4_000), offset - start)) found.set(id, number);
  }
  return found;
}

/** Whether the line says something about the id, rather than holding it as data: a specification quoted in a test, a list. */
function speaksOf(path: string, line: string, at: number): boolean {
  const before = line.slice(0, at);
  if (
    /\/\/|\/\*|<!--|^\s*\*(?:\s|$)/.test(before) ||
    (/\.sql$/.test(path) && before.includes("--"))
  )
    return true;
  if (HASH_COMMENTS.test(path) && /#/.test(before)) return true;
  if (TITLE.test(before)) return true;
  // a title on a line of its own, or a docstring
  if (/^\s*["'`][[(]?$/.test(before)) return /^[\w-]+[\])]?[:\s–—-]+\p{L}{2}/u.test(line.slice(at));
  return /\.py$/.test(path) && !/["'`=]/.test(line);
}
