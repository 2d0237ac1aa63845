import type { TreeEntry, TreeNode } from "../../core/text-tree.ts";

/** A configuration is read from YAML, JSON or TypeScript into one tree with places. */
export type ConfigNode = TreeNode;
export type ConfigEntry = TreeEntry;

/** Nesting beyond this is no configuration. */
export const MAX_DEPTH = 32;
