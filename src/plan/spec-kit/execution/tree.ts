import type { TreeNode } from "../../../core/text-tree.ts";

/** The value of a key; undefined where there is none or the node is no map. */
export const field = (node: TreeNode | undefined, key: string): TreeNode | undefined =>
  node?.kind === "map" ? node.entries.find((entry) => entry.key === key)?.value : undefined;

/** The items of a list; a single value counts as a list of one, nothing as none. */
export function items(node: TreeNode | undefined): readonly TreeNode[] {
  if (node?.kind === "list") return node.items;
  return node === undefined || (node.kind === "scalar" && node.value === null) ? [] : [node];
}

/** A text or number as text. */
export const textOf = (node: TreeNode | undefined): string | undefined =>
  node?.kind === "scalar" && node.value !== null && typeof node.value !== "boolean"
    ? String(node.value)
    : undefined;

/** The texts of a list, with where they stand. */
export const texts = (
  node: TreeNode | undefined,
): readonly { readonly text: string; readonly at: number }[] =>
  items(node).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, at: item.at }];
  });
