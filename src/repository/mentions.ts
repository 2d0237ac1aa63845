import { idsIn } from "./ids-in.ts";

const HASH_COMMENTS = /\.(?:py|rb|sh|bash|zsh|r|pl|pm|ex|exs|jl|nim|ps1|ya?ml|toml)$/i;
const TITLE =
  /(?:\b(?:it|test|describe|context|suite|specify|scenario|step|t\.Run|xit|fit)(?:\.\w+)*\s{0,3}\(|\bdef test_|\bfunc Test|\bScenario(?: Outline)?:|@(?:tag|tags|req|requirement|covers|DisplayName)\b)/i;

/** Longest part of a line that is read; longer ones are data. */
const MAX_LINE = 2_000;

/** First line of a source or test file that names each of the given ids, in a comment or in the title of a test. */
export function mentionsIn(
  path: string,
  text: string,
  known: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (known.size === 0) return found;
  text.split("\n").forEach((whole, index) => {
    const line = whole.slice(0, MAX_LINE);
    if (!/[A-Z][-_]?\d/.test(line)) return;
    for (const { id, offset } of idsIn(line))
      if (known.has(id) && !found.has(id) && speaksOf(path, line, offset)) found.set(id, index + 1);
  });
  return found;
}

/** Whether the line says something about the id, rather than holding it as data: a specification quoted in a test, a list. */
function speaksOf(path: string, line: string, at: number): boolean {
  const before = line.slice(0, at);
  // in a code span it is an example
  if ((before.split("`").length - 1) % 2 === 1 && /^[^`\n]{0,80}`/.test(line.slice(at)))
    return false;
  if (
    /\/\/|\/\*|<!--|^\s*\*(?:\s|$)/.test(before) ||
    (path.endsWith(".sql") && before.includes("--"))
  )
    return true;
  if (HASH_COMMENTS.test(path) && /#/.test(before)) return true;
  if (TITLE.test(before)) return true;
  // a title on a line of its own, or a docstring
  if (/^\s*["'`][[(]?$/.test(before)) return /^[\w-]+[\])]?[:\s–—-]+\p{L}{2}/u.test(line.slice(at));
  return path.endsWith(".py") && !/["'`=]/.test(line);
}
