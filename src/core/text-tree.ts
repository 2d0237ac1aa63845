/** A value written in a text (JSON, YAML, …) with the offset where it stands; -1 for a value that isn't written. */
export type TreeNode =
  | {
      readonly kind: "scalar";
      readonly at: number;
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: "list"; readonly at: number; readonly items: readonly TreeNode[] }
  | { readonly kind: "map"; readonly at: number; readonly entries: readonly TreeEntry[] };

export interface TreeEntry {
  readonly key: string;
  readonly at: number;
  readonly value: TreeNode;
}

/** What is wrong with the text, and where. `feature`: something that the format, or its reader, does not have. */
export interface TextProblem {
  readonly kind: "syntax" | "feature" | "duplicate";
  readonly at: number;
  readonly message: string;
}

export interface TextTree {
  /** Undefined for a text with nothing in it that could be read. */
  readonly root: TreeNode | undefined;
  readonly problems: readonly TextProblem[];
}
