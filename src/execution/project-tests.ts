/** How what is about to land is tested. */
export type ProjectTests =
  /** `execution.test` names the command. */
  | { readonly kind: "configured"; readonly command: string }
  /** A file of the project suggests it; `others` are suggested as well, and not run. */
  | ({ readonly kind: "found" } & Suggested)
  /** The same, but clones have not what it needs, as nothing installs it: it is not run. */
  | ({ readonly kind: "not-installed"; readonly install: readonly string[] } & Suggested)
  | { readonly kind: "none-found" }
  /** `execution.test` is `none`. */
  | { readonly kind: "off" };

interface Suggested {
  readonly command: string;
  readonly from: string;
  readonly others: readonly { readonly command: string; readonly from: string }[];
}

/** The command that is run; null where none is. */
export const testCommandOf = (tests: ProjectTests): string | null =>
  tests.kind === "configured" || tests.kind === "found" ? tests.command : null;
