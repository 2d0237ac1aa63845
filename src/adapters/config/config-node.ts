/** A value of a configuration with the offset where it stands; -1 for a value that isn't written. */
export type ConfigNode =
  | {
      readonly kind: "scalar";
      readonly at: number;
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: "list"; readonly at: number; readonly items: readonly ConfigNode[] }
  | { readonly kind: "map"; readonly at: number; readonly entries: readonly ConfigEntry[] };

export interface ConfigEntry {
  readonly key: string;
  readonly at: number;
  readonly value: ConfigNode;
}

/** What is wrong with the text as YAML or JSON, and where. */
export interface TextProblem {
  readonly kind: "syntax" | "feature" | "duplicate";
  readonly at: number;
  readonly message: string;
}

export interface ConfigTree {
  /** Undefined for a file with nothing in it that could be read. */
  readonly root: ConfigNode | undefined;
  readonly problems: readonly TextProblem[];
}

/** Nesting beyond this is no configuration. */
export const MAX_DEPTH = 32;
