import type { CommitRow } from "../../ports/shared-store.ts";

/** How deep a commit is, and which one its bundle begins with. */
export type BundlePlace = Pick<CommitRow, "needs" | "depth" | "needsDepth">;

/**
 * Where a head's bundle begins: at the head before it, or further back, so that whoever comes later needs few of them. After n heads at most
 * 2 log2 n bundles lead to the last, and all of them together hold each commit at most log2 n times (skew-binary jump pointers: Myers,
 * An applicative random-access stack, 1983).
 *
 * @param base the head before
 * @param row how that one is kept; undefined where it isn't: every clone has it
 * @param further the same of the commit that the bundle of `base` begins with
 */
export function placeOfHead(
  base: string,
  row: BundlePlace | undefined,
  further: BundlePlace | undefined,
): BundlePlace {
  if (!row) return { needs: base, depth: 1, needsDepth: 0 };
  const back = further ?? { needs: row.needs, needsDepth: row.needsDepth };
  const isBalanced = row.depth - row.needsDepth === row.needsDepth - back.needsDepth;
  return isBalanced
    ? { needs: back.needs, depth: row.depth + 1, needsDepth: back.needsDepth }
    : { needs: base, depth: row.depth + 1, needsDepth: row.depth };
}
