/** Whether a path matches a pattern. */
export type GlobMatcher = (path: string) => boolean;

/** Most characters and segments of a pattern that are read; longer ones match themselves only. */
const MAX_PATTERN = 1_000;

/**
 * A matcher for globs with `*` and `?` in a segment and `**` for any number of segments; everything else, `[id]` too, is
 * literal, as paths of frameworks have brackets. A pattern without `/` matches names in any folder. No backtracking: pattern ×
 * path steps at worst.
 */
export function globMatcher(pattern: string): GlobMatcher {
  if (pattern.length > MAX_PATTERN) return (path) => path === pattern;
  const parts = (pattern.includes("/") ? pattern : `**/${pattern}`).split("/");
  return (path) =>
    matches(
      parts,
      path.split("/"),
      (part) => part === "**",
      (part, segment) => matchesSegment(part, segment),
    );
}

const matchesSegment = (part: string, segment: string): boolean =>
  part === segment ||
  matches(
    Array.from(part),
    Array.from(segment),
    (char) => char === "*",
    (char, other) => char === "?" || char === other,
  );

/**
 * The two-pointer match: after a wild card that takes anything, on a mismatch only the last such card takes one more, which
 * is enough, as earlier ones could gain nothing by it.
 */
function matches(
  pattern: readonly string[],
  items: readonly string[],
  isWild: (part: string) => boolean,
  fits: (part: string, item: string) => boolean,
): boolean {
  let [part, item, wild, resume] = [0, 0, -1, 0];
  while (item < items.length) {
    const wanted = pattern[part];
    if (wanted !== undefined && isWild(wanted)) [wild, resume, part] = [part, item, part + 1];
    else if (wanted !== undefined && fits(wanted, items[item] ?? ""))
      [part, item] = [part + 1, item + 1];
    else if (wild >= 0) [part, resume, item] = [wild + 1, resume + 1, resume + 1];
    else return false;
  }
  while (part < pattern.length && isWild(pattern[part] ?? "")) part++;
  return part === pattern.length;
}

/** The part of a pattern before its first wild card, up to a `/`: what all that it matches begins with. */
export function fixedPrefix(pattern: string): string {
  if (!pattern.includes("/")) return "";
  const wild = pattern.search(/[*?]/);
  const fixed = wild < 0 ? pattern : pattern.slice(0, wild);
  return fixed.slice(0, fixed.lastIndexOf("/") + 1);
}
