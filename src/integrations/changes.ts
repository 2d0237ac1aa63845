/** What is at a path of the project. `path` is where that really is, links of its folders followed. */
export type Seen =
  | {
      readonly kind: "missing";
      readonly path: string;
      /** Folders that have to be made for a file there, outermost first. */
      readonly folders: readonly string[];
    }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly digest: string;
      /** Undefined for one that is not UTF-8, or too long to be one of those in question. */
      readonly text: string | undefined;
    }
  /** Something that is no file of the project, and why. */
  | { readonly kind: "blocked"; readonly path: string; readonly why: string };

export type Look = (path: string) => Seen;

/** A change of one file. It is made only if the file is what it was when it was planned. */
export type Change =
  | { readonly kind: "create"; readonly path: string; readonly content: string }
  | {
      readonly kind: "update";
      readonly path: string;
      readonly content: string;
      readonly expected: string;
    }
  | { readonly kind: "remove"; readonly path: string; readonly expected: string };

/** A file that is left as it is, though it would have been changed. */
export interface Left {
  readonly path: string;
  readonly reason: string;
  readonly hint: string;
}
