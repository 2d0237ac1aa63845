/** Most paths that one pattern is written out to. */
const MAX_PATHS = 64;
const GROUP = /\{([^{}]{0,200})\}/;

/**
 * `packages/{a,b}/index.ts` → both paths. Braces without a comma stand for some name: `*`. Innermost first; a pattern with
 * more than 64 paths gives a glob in place of the rest.
 */
export function expandBraces(pattern: string): readonly string[] {
  if (!pattern.includes("{")) return [pattern];
  let paths: readonly string[] = [pattern];
  for (let round = 0; round < 8; round++) {
    if (!paths.some((path) => GROUP.test(path))) return paths;
    paths = paths.flatMap((path) => {
      const match = GROUP.exec(path);
      if (!match) return [path];
      const [whole, inside = ""] = match;
      const parts = inside.split(",").map((part) => part.trim());
      const choices = parts.length > 1 && parts.length * paths.length <= MAX_PATHS ? parts : ["*"];
      const [before, after] = [path.slice(0, match.index), path.slice(match.index + whole.length)];
      return choices.map(
        (choice) => `${before.replace(/\$$/, choice === "*" ? "" : "$")}${choice}${after}`,
      );
    });
  }
  return [];
}
